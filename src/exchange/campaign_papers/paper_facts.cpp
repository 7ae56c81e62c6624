#include "exchange/campaign_papers/paper_facts.hpp"

#include <algorithm>
#include <utility>

#include "core/sort.hpp"
#include "core/text.hpp"
#include "exchange/archive.hpp"
#include "exchange/file_name.hpp"
#include "exchange/layout.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/library.hpp"

namespace duibiao {

std::string zip_files(const std::vector<NamedFile>& files) {
    Archive archive;
    for (const NamedFile& file : files) archive.add(file.name.c_str(), file.content);
    return archive.take();
}

}  // namespace duibiao

namespace duibiao::papers {

std::string PaperSentences::day(const std::optional<Date>& date) const {
    return date_words(language_, date ? to_string(*date) : std::string{});
}

std::string PaperSentences::layer(Layer layer) const { return layer_title(language_, form_, index_of(layer)); }

std::vector<std::string> PaperSentences::heads(std::initializer_list<std::string_view> keys) const {
    std::vector<std::string> heads;
    for (const std::string_view key : keys) heads.push_back((*this)("head." + std::string(key)));
    return heads;
}

std::vector<MissingUnit> missing_units(const CampaignSource& source, Date today) {
    std::vector<MissingUnit> missing;
    if (source.campaign == nullptr) return missing;
    const auto& expected = source.campaign->expected;
    std::vector<bool> is_there(expected.size());
    for (std::size_t i = 0; i < source.sorted.fates.size(); ++i) {
        const std::int32_t at = source.sorted.expected[i];
        if (source.sorted.fates[i] == Fate::counted && at >= 0) is_there[static_cast<std::size_t>(at)] = true;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (is_there[i]) continue;
        MissingUnit unit{&expected[i], expected[i].due ? expected[i].due : source.campaign->due};
        if (unit.due && *unit.due < today)
            unit.overdue = static_cast<int>((std::chrono::sys_days(today) - std::chrono::sys_days(*unit.due)).count());
        missing.push_back(unit);
    }
    sort_stably(missing, [](const MissingUnit& a, const MissingUnit& b) { return a.overdue > b.overdue; });
    return missing;
}

Result<std::vector<MissingUnit>> units_to_remind(const CampaignSource& source, const PaperMaking& making) {
    if (!source.all.expected) return fail("paper-list");
    auto missing = missing_units(source, making.today);
    if (missing.empty()) return fail("paper-none-missing");
    return missing;
}

std::optional<Date> campaign_due(const CampaignSource& source) {
    if (source.campaign == nullptr) return std::nullopt;
    const auto& expected = source.campaign->expected;
    if (source.campaign->due || expected.empty()) return source.campaign->due;
    const auto& due = expected.front().due;
    const bool is_shared =
        std::all_of(expected.begin(), expected.end(), [&](const auto& unit) { return unit.due == due; });
    return is_shared ? due : std::nullopt;
}

std::optional<Date> answer_day(const CampaignSource& source, const PaperMaking& making) {
    if (making.until) return making.until;
    const auto due = campaign_due(source);
    return due && making.today <= *due ? due : std::nullopt;
}

std::string office_of(const CampaignSource& source, const PaperSentences& words) {
    const bool is_known = source.campaign != nullptr && !source.campaign->unit.empty();
    return is_known ? on_one_line(source.campaign->unit) : words("office");
}

std::string form_title(const CampaignSource& source, const PaperSentences& words) {
    if (source.all.form != nullptr) return source.all.form->title;
    const std::string& id = source.all.subject.instrument;
    if (id.empty()) return words("form");
    const InstrumentPtr form = InstrumentLibrary::on_demand().find(id);
    return form == nullptr ? id : form->title;
}

std::string subject_words(const CampaignSource& source, const PaperSentences& words) {
    const std::string period = period_title(words.language(), source.all.subject.period);
    return words(period.empty() ? "subject_alone" : "subject",
                 {{"title", form_title(source, words)}, {"period", period}});
}

std::vector<Layer> scored_layers(const RollUp& all) {
    std::vector<Layer> layers;
    for (std::size_t i = 0; i < all.layers.size(); ++i) {
        if (all.layers[i].figures.n() > 0) layers.push_back(layer_at(i));
    }
    return layers;
}

std::optional<Layer> telling_layer(const RollUp& all) {
    std::optional<Layer> telling;
    std::uint64_t most = 0;
    for (const Layer layer : scored_layers(all)) {
        const std::uint64_t n = all.layers[index_of(layer)].figures.n();
        const bool is_half = n * 2 >= all.count(Fate::counted);
        if (!is_half && n <= most) continue;
        telling = layer;
        most = std::max(most, n);
    }
    return telling;
}

std::uint64_t verified_reports(const CampaignSource& source) {
    std::uint64_t verified = 0;
    for_each_counted(source.collection, source.campaign, source.sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit*) {
                         bool is_verified = false;
                         for (std::size_t i = 1; i < digest.scores.size(); ++i)
                             is_verified = is_verified || digest.total(layer_at(i)).has_value();
                         verified += is_verified ? 1 : 0;
                     });
    return verified;
}

std::string_view state_of(const ReportDigest& digest) {
    for (const std::string_view state : {"returned", "accepted"}) {
        if (std::find(digest.states.begin(), digest.states.end(), state) != digest.states.end()) return state;
    }
    return "pending";
}

bool is_late(const ReportDigest& digest, const std::optional<Date>& due) {
    constexpr std::size_t day_length = 10;
    const auto handed = parse_date(std::string_view(digest.handed).substr(0, day_length));
    return due && handed && *due < *handed;
}

std::string grade_of(const ReportDigest& digest) {
    const bool is_one = digest.form->kind == to_string(InstrumentKind::scored) && digest.grades.size() == 1;
    return is_one ? digest.grades.begin()->first : std::string{};
}

std::string percent_words(std::uint64_t part, std::uint64_t whole) {
    const std::uint64_t tenths = (part * 2000 + whole) / (whole * 2);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string shortened(std::string_view text, std::size_t characters) {
    if (count_characters(text) <= characters) return std::string(text);
    return std::string(first_characters(text, characters - 1)) + "…";
}

std::string on_one_line(std::string_view text) {
    std::string line = file_text(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

CampaignCell counted_cell(std::uint64_t count) { return {std::to_string(count), true}; }
CampaignCell points_cell(const std::optional<Points>& points) {
    return points ? CampaignCell{points->to_string(), true} : CampaignCell{};
}

void sign(Paper& paper, const CampaignSource& source, const PaperMaking& making) {
    const PaperSentences words(making.language, source.all.form.get());
    paper.add(PaperPart::Kind::text, {});
    paper.add(PaperPart::Kind::signature, office_of(source, words) + "\n" + words.day(making.today));
}

std::string FileNames::take(std::string_view name, std::string_view extension) {
    constexpr std::size_t most_characters = 60;
    std::string part = file_part(name, most_characters);
    if (part.empty()) part = "duibiao";
    std::string free = part;
    for (int number = 2; !taken_.insert(free).second; ++number) free = part + "-" + std::to_string(number);
    return free + "." + std::string(extension);
}

}  // namespace duibiao::papers
