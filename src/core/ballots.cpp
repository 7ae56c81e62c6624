#include "core/ballots.hpp"

#include <algorithm>
#include <utility>

#include "core/answer.hpp"
#include "core/cell.hpp"
#include "core/instrument_reader.hpp"
#include "core/limits.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

using instrument_parts::Need;
using instrument_parts::Node;
using instrument_parts::Reader;

constexpr std::string_view ballots_format = "duibiao-ballots";

/// One rater's part of the text form.
void read_rater(Reader& reader, const Node& node, BallotBox& box) {
    const std::string label = reader.text(node, "label", Need::required);
    const Node scores = reader.member(node, "scores", Need::required);
    if (!reader.good()) return;
    const auto rater = box.add_rater(label);
    if (!rater) return reader.refuse(rater.error().code, node.pointer, rater.error().params);
    const auto* members = scores.value->get_ptr<const Json::object_t*>();
    if (members == nullptr) return reader.refuse("field-type", scores.pointer, {{"field", "scores"}});
    for (const auto& [row, value] : *members) {
        const std::string place = json_pointer(scores.pointer, row);
        const auto score = points_from_json(value);
        if (!score) return reader.refuse(score.error().code, place);
        const auto done = box.set_score(*rater, row, *score);
        if (!done) return reader.refuse(done.error().code, place, done.error().params);
    }
}

}  // namespace

Done check_ballot(const Instrument& form, std::string_view text) {
    if (looks_empty(text)) return {};
    const auto score = read_number(text, "分");
    if (!score) return tl::unexpected<Error>(score.error());
    return check_score(*score, form.points, form.score_step);
}

std::optional<Points> BallotBox::score(std::size_t rater, std::string_view row) const {
    const auto& scores = raters_[rater].scores;
    const auto found = scores.find(row);
    return found == scores.end() ? std::nullopt : std::optional(found->second);
}

Result<std::size_t> BallotBox::add_rater(std::string label) {
    if (auto cleaned = clean_in_place(label, limits::name_characters); !cleaned) {
        return tl::unexpected<Error>(cleaned.error());
    }
    label = std::string(trim(label));
    if (label.empty()) return fail("rater-missing");
    if (std::any_of(raters_.begin(), raters_.end(), [&label](const Rater& known) { return known.label == label; })) {
        return fail("rater-doubled", {}, {{"rater", shown(label)}});
    }
    raters_.push_back({std::move(label), {}});
    return raters_.size() - 1;
}

void BallotBox::remove_rater(std::size_t rater) { raters_.erase(raters_.begin() + static_cast<std::ptrdiff_t>(rater)); }

Done BallotBox::set_score(std::size_t rater, std::string_view row, std::optional<Points> score) {
    if (!is_row_id(row)) return fail("item-unknown", {}, {{"item", shown(row)}});
    auto& scores = raters_[rater].scores;
    if (!score) {
        if (const auto known = scores.find(row); known != scores.end()) scores.erase(known);
        return {};
    }
    if (auto fits = check_score(*score, most_, step_); !fits) return fits;
    scores.insert_or_assign(std::string(row), *score);
    return {};
}

BallotFigures BallotBox::figures(std::string_view row, std::int64_t fewest) const {
    std::vector<std::int64_t> hundredths;
    for (std::size_t rater = 0; rater < size(); ++rater) {
        if (const auto given = score(rater, row)) hundredths.push_back(given->hundredths());
    }
    BallotFigures figures;
    figures.raters = static_cast<std::int64_t>(hundredths.size());
    if (figures.raters < fewest || hundredths.empty()) return figures;
    std::int64_t sum = 0;
    for (const std::int64_t score : hundredths) sum += score;
    const auto [lowest, highest] = std::minmax_element(hundredths.begin(), hundredths.end());
    figures.mean = Points::from_hundredths((2 * sum + figures.raters) / (2 * figures.raters));
    figures.lowest = Points::from_hundredths(*lowest);
    figures.highest = Points::from_hundredths(*highest);
    return figures;
}

std::string BallotBox::write() const {
    Json raters = Json::array();
    for (const Rater& rater : raters_) {
        Json scores = Json::object();
        for (const auto& [row, score] : rater.scores) scores[row] = to_json(score);
        raters.push_back({{"label", rater.label}, {"scores", std::move(scores)}});
    }
    return canonical_json({{"format", ballots_format}, {"version", 1}, {"raters", std::move(raters)}});
}

Result<BallotBox> BallotBox::parse(const Instrument& form, std::string_view text) {
    const auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    Reader reader;
    const Node root{&*json, {}};
    const std::string format = reader.text(root, "format", Need::required);
    const auto version = reader.points(root, "version", Need::required);
    if (!reader.good() || format != ballots_format || version != Points::from_whole(1)) return fail("ballots-format");
    BallotBox box(form);
    for (const Node& node : reader.list(root, "raters", Need::required)) {
        if (reader.good()) read_rater(reader, node, box);
    }
    if (!reader.good()) return tl::unexpected<Error>(reader.take_error());
    return box;
}

}  // namespace duibiao
