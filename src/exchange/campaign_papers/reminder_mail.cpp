// 催报 by e-mail and messenger.
#include "core/text.hpp"
#include "exchange/campaign_papers/paper_facts.hpp"
#include "exchange/export.hpp"
#include "exchange/mail_encoding.hpp"

namespace duibiao {
namespace {

using papers::MissingUnit;
using papers::PaperSentences;

std::string reminder_mail(const std::string& addresses, const std::string& subject, const std::string& body,
                          const PaperMaking& making) {
    return "X-Unsent: 1\r\n" + date_header(making.today, "00:00:00") + addresses + header_line("Subject", subject) +
           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           base64_lines(with_mail_line_ends(body));
}

/// What is asked, from one unit or from all.
class ReminderText {
public:
    ReminderText(const CampaignSource& source, const PaperMaking& making) : source_(source), making_(making) {}

    [[nodiscard]] std::string subject() const { return words_("mail.subject", {{"subject", form()}}); }
    [[nodiscard]] std::string body(const std::string& salutation, const std::optional<Date>& due) const {
        return words_("mail.body", {{"salutation", salutation},
                                    {"subject", form()},
                                    {"due", words_.day(due)},
                                    {"today", words_.day(making_.today)},
                                    {"until", words_.day(papers::answer_day(source_, making_))},
                                    {"office", papers::office_of(source_, words_)}});
    }
    [[nodiscard]] std::string to_unit(const MissingUnit& one) const {
        return body(words_("mail.unit", {{"unit", papers::on_one_line(one.unit->name)}}), one.due);
    }
    [[nodiscard]] std::string to_all() const { return body(words_("mail.all"), papers::campaign_due(source_)); }
    [[nodiscard]] std::string file_name(const std::string& unit) const { return words_("mail.file", {{"unit", unit}}); }
    [[nodiscard]] std::string file_name_of_all() const { return words_("mail.file_all"); }

private:
    [[nodiscard]] std::string form() const { return papers::subject_words(source_, words_); }

    const CampaignSource& source_;
    const PaperMaking& making_;
    PaperSentences words_{making_.language};
};

/// The texts of a message around the names.
struct MessageFrame {
    std::string before;
    std::string after;
};

MessageFrame message_frame(const CampaignSource& source, const PaperMaking& making, std::size_t missing) {
    constexpr std::size_t most_title = 40;
    constexpr std::size_t most_office = 30;
    const PaperSentences words(making.language, source.all.form.get());
    const std::string title = papers::shortened(papers::on_one_line(papers::form_title(source, words)), most_title);
    const std::string office = papers::shortened(papers::office_of(source, words), most_office);
    return {words("message.before", {{"title", title},
                                     {"period", period_title(making.language, source.all.subject.period)},
                                     {"due", words.day(papers::campaign_due(source))},
                                     {"today", words.day(making.today)},
                                     {"missing", std::to_string(missing)}}),
            words("message.after", {{"until", words.day(papers::answer_day(source, making))}, {"office", office}})};
}

/// Names in as few lists as possible, each of at most `room` characters.
std::vector<std::string> lists_of_names(const std::vector<MissingUnit>& missing, std::size_t room,
                                        std::string_view separator) {
    std::vector<std::string> lists;
    std::size_t used = 0;
    for (const MissingUnit& one : missing) {
        const std::string name = papers::shortened(papers::on_one_line(one.unit->name), room);
        const std::size_t size = count_characters(name);
        const bool fits = !lists.empty() && used + count_characters(separator) + size <= room;
        if (fits) {
            lists.back().append(separator).append(name);
            used += count_characters(separator) + size;
        } else {
            lists.push_back(name);
            used = size;
        }
    }
    return lists;
}

}  // namespace

Result<ReminderDrafts> write_reminder_drafts(const CampaignSource& source, const PaperMaking& making, DraftsTo to) {
    const auto missing = papers::units_to_remind(source, making);
    if (!missing) return tl::unexpected(missing.error());
    const ReminderText text(source, making);
    ReminderDrafts drafts;
    papers::FileNames names;
    std::string all;
    for (const MissingUnit& one : *missing) {
        const auto addresses = address_list(one.unit->email);
        if (!addresses || addresses->empty()) {
            drafts.without_address.push_back(one.unit->name);
            continue;
        }
        all += (all.empty() ? "" : ", ") + *addresses;
        if (to == DraftsTo::each_unit)
            drafts.files.push_back(
                {names.take(text.file_name(one.unit->name), "eml"),
                 reminder_mail(address_header("To", *addresses), text.subject(), text.to_unit(one), making)});
    }
    if (to == DraftsTo::all_hidden && !all.empty())
        drafts.files.push_back({names.take(text.file_name_of_all(), "eml"),
                                reminder_mail(address_header("Bcc", all), text.subject(), text.to_all(), making)});
    return drafts;
}

Result<std::vector<std::string>> write_reminder_messages(const CampaignSource& source, const PaperMaking& making) {
    constexpr std::size_t number_characters = 13;  // "（1000/1000）" and to spare
    const auto missing = papers::units_to_remind(source, making);
    if (!missing) return tl::unexpected(missing.error());
    const PaperSentences words(making.language, source.all.form.get());
    const MessageFrame frame = message_frame(source, making, missing->size());
    const std::size_t taken = count_characters(frame.before) + count_characters(frame.after) + number_characters;
    std::vector<std::string> messages =
        lists_of_names(*missing, most_message_characters - taken, words("message.separator"));
    const std::string count = std::to_string(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string number = messages.size() == 1
                                       ? std::string{}
                                       : words("message.number", {{"number", std::to_string(i + 1)}, {"count", count}});
        messages[i] = number + frame.before + messages[i] + frame.after;
    }
    return messages;
}

}  // namespace duibiao
