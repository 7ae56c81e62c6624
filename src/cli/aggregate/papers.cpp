#include "cli/aggregate/papers.hpp"

#include <algorithm>

#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "core/text.hpp"
#include "exchange/campaign_papers/campaign_papers.hpp"

namespace duibiao::cli {
namespace {

constexpr std::string_view default_format = "docx";

/// What a paper can be written as; nothing: it has one form of its own.
std::vector<std::string> formats_of(std::string_view paper) {
    if (paper == "units") return {"docx", "html", "csv", "xlsx"};
    if (paper == "drafts" || paper == "message") return {};
    return {"docx", "html"};
}

Result<PaperMaking> making_of(Language language, const AggregateArguments& arguments) {
    PaperMaking making{today(), std::nullopt, language};
    if (arguments.until.empty()) return making;
    const auto until = parse_date(arguments.until);
    if (!until) return tl::unexpected(until.error());
    making.until = *until;
    return making;
}

/// "state=missing,district=…". Error: "unit-where" {choices}.
Result<UnitFilter> read_filter(const std::string& where) {
    UnitFilter filter;
    for (const std::string_view part : split_list(where)) {
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view name = trim(part.substr(0, equals));
        const std::string value(equals == part.size() ? std::string_view{} : trim(part.substr(equals + 1)));
        std::string* field = name == "state"      ? &filter.state
                             : name == "district" ? &filter.district
                             : name == "class"    ? &filter.class_name
                             : name == "text"     ? &filter.text
                                                  : nullptr;
        if (field == nullptr || value.empty())
            return fail("unit-where", part,
                        {{"choices", std::vector<std::string>{"state", "district", "class", "text"}}});
        *field = value;
    }
    return filter;
}

/// "COLUMN" or "COLUMN:desc".
UnitOrder read_order(const AggregateArguments& arguments) {
    constexpr std::string_view down = ":desc";
    UnitOrder order{arguments.order, arguments.order.ends_with(down), arguments.group};
    if (order.is_descending) order.column.resize(order.column.size() - down.size());
    return order;
}

class PaperWriting {
public:
    PaperWriting(Language language, const AggregateArguments& arguments, const CampaignSource& source,
                 const PaperMaking& making)
        : language_(language),
          arguments_(arguments),
          source_(source),
          making_(making),
          format_(arguments.has_format ? arguments.to : default_format) {}

    [[nodiscard]] Result<std::string> write() const;

private:
    [[nodiscard]] Result<std::string> write_drafts() const;
    [[nodiscard]] Result<std::string> write_messages() const;
    [[nodiscard]] Result<std::string> write_letters() const;
    [[nodiscard]] Result<std::string> write_the_bulletin() const;
    [[nodiscard]] Result<std::string> write_units() const;

    Language language_;
    const AggregateArguments& arguments_;
    const CampaignSource& source_;
    const PaperMaking& making_;
    std::string format_;
};

Result<std::string> PaperWriting::write() const {
    const std::string& paper = arguments_.paper;
    if (paper == "reminder") return write_reminder_list(source_, making_, format_);
    if (paper == "notice") return write_reminder_notice(source_, making_, format_);
    if (paper == "drafts") return write_drafts();
    if (paper == "message") return write_messages();
    if (paper == "letters") return write_letters();
    if (paper == "bulletin") return write_the_bulletin();
    return write_units();
}

/// One draft is a file; several are an archive.
Result<std::string> PaperWriting::write_drafts() const {
    auto drafts =
        write_reminder_drafts(source_, making_, arguments_.all_hidden ? DraftsTo::all_hidden : DraftsTo::each_unit);
    if (!drafts) return tl::unexpected(drafts.error());
    for (const std::string& unit : drafts->without_address)
        print_notice(printable(unit), label(language_, "cli.aggregate.no_address"));
    if (drafts->files.empty()) return fail("paper-no-address");
    return arguments_.all_hidden ? std::move(drafts->files.front().content) : zip_files(drafts->files);
}

/// An empty line between two messages.
Result<std::string> PaperWriting::write_messages() const {
    const auto messages = write_reminder_messages(source_, making_);
    if (!messages) return tl::unexpected(messages.error());
    std::string text;
    for (const std::string& message : *messages) text += (text.empty() ? "" : "\n") + message + "\n";
    return text;
}

Result<std::string> PaperWriting::write_letters() const {
    const auto letters = write_unit_letters(source_, making_, format_);
    if (!letters) return tl::unexpected(letters.error());
    if (letters->empty()) return fail("paper-no-report");
    return zip_files(*letters);
}

Result<std::string> PaperWriting::write_the_bulletin() const {
    auto bulletin = write_bulletin(source_, making_, {arguments_.brief, arguments_.ranked}, format_);
    if (!bulletin) return tl::unexpected(bulletin.error());
    const Params count{{"characters", std::to_string(bulletin->characters)},
                       {"limit", std::to_string(bulletin->limit)}};
    print_notice(translate(
        language_, bulletin->characters > bulletin->limit ? "cli.aggregate.long" : "cli.aggregate.length", count));
    return std::move(bulletin->file);
}

Result<std::string> PaperWriting::write_units() const {
    const auto filter = read_filter(arguments_.where);
    if (!filter) return tl::unexpected(filter.error());
    return write_unit_table(source_, *filter, read_order(arguments_), making_, format_);
}

/// Options that only some papers have.
bool has_stray_option(const AggregateArguments& arguments) {
    const bool is_units = arguments.paper == "units";
    const bool has_listing = !arguments.where.empty() || !arguments.order.empty() || !arguments.group.empty();
    return (has_listing && !is_units) || (arguments.all_hidden && arguments.paper != "drafts") ||
           ((arguments.brief || arguments.ranked) && arguments.paper != "bulletin") ||
           (!arguments.until.empty() && (arguments.paper.empty() || is_units));
}

}  // namespace

bool check_paper(Language language, const AggregateArguments& arguments) {
    if (has_stray_option(arguments)) {
        print_error(language, "--paper", {"paper-alone", {}, {}});
        return false;
    }
    if (arguments.paper.empty() || !arguments.has_format) return true;
    const auto formats = formats_of(arguments.paper);
    if (std::ranges::find(formats, arguments.to) != formats.end()) return true;
    print_error(language, "--to", {"paper-format", {}, {{"formats", formats}}});
    return false;
}

Exit write_paper(Language language, Language paper_language, const AggregateArguments& arguments,
                 const CampaignSource& source, Exit exit) {
    const auto making = making_of(arguments.paper == "units" ? language : paper_language, arguments);
    if (!making) {
        print_error(language, "--until", making.error());
        return Exit::unusable;
    }
    const auto paper = PaperWriting(language, arguments, source, *making).write();
    if (!paper) {
        print_error(language, "--paper", paper.error());
        return Exit::unusable;
    }
    return deliver(language, arguments.output, *paper, "cli.written", {}, exit);
}

}  // namespace duibiao::cli
