// A bureau's own scored form (format 2): its columns in the paper's order with cells over several rows where the paper
// has them, what was filled into the blanks of a row in its place, the sums and the paper's own lines below.
#include <algorithm>

#include "core/evaluate/definition.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/evaluate/facts.hpp"
#include "core/evaluate/grade.hpp"
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/layout_own_class.hpp"
#include "exchange/why.hpp"

namespace duibiao {

OwnLayout::OwnLayout(const Document& document)
    : document_(document),
      form_(*document.instrument),
      scored_(*form_.scored),
      language_(language_of(form_)),
      evaluation_(evaluate(document)),
      words_(document, evaluation_),
      columns_(own_columns(form_)) {
    find_rows();
}

namespace {

/// Items for different kinds of unit, one below the other, share one row of the paper.
bool are_alternatives(const ItemScoring& a, const ItemScoring& b) {
    if (a.kinds.empty() || b.kinds.empty()) return false;
    return std::none_of(a.kinds.begin(), a.kinds.end(), [&b](std::size_t kind) {
        return std::find(b.kinds.begin(), b.kinds.end(), kind) != b.kinds.end();
    });
}

}  // namespace

std::size_t OwnLayout::applying(const std::vector<std::size_t>& items) const {
    const auto kind = unit_kind(document_);
    for (const std::size_t at : items) {
        if (kind && is_for(*item(at).scoring, scored_, kind)) return at;
    }
    return items.front();
}

/// Is the item there, in the same group?
bool OwnLayout::is_in(const Instrument::Place& place, std::size_t at) const {
    return at < form_.order.size() && form_.order[at].section == place.section && form_.order[at].group == place.group;
}

/// Items of one kind of unit that stand one below the other are a list of their own, and share no row with the next
/// kind's.
bool OwnLayout::are_pairs(const std::vector<std::size_t>& block) const {
    const Instrument::Place& place = form_.order[block.front()];
    const auto is_like = [&](std::size_t at, std::size_t other) {
        return is_in(place, other) && item(at).scoring->kinds == item(other).scoring->kinds;
    };
    const bool has_one_above = block.front() > 0 && is_like(block.front(), block.front() - 1);
    return !has_one_above && !is_like(block.back(), block.back() + 1);
}

void OwnLayout::find_rows() {
    const bool has_points = has(ColumnRole::point);
    for (std::size_t at = 0; at < form_.order.size();) {
        const Instrument::Place& place = form_.order[at];
        std::vector<std::size_t> block{at};
        const auto is_beside = [&](std::size_t next) {
            return is_in(place, next) && std::all_of(block.begin(), block.end(), [&](std::size_t one) {
                       return are_alternatives(*item(one).scoring, *item(next).scoring);
                   });
        };
        while (is_beside(block.back() + 1)) block.push_back(block.back() + 1);
        if (!are_pairs(block)) block.resize(1);
        const std::size_t shown = applying(block);
        for (const std::size_t each : block) {
            const auto& tiers = item(each).scoring->tiers;
            if (!has_points || tiers.empty()) rows_.push_back({each, shown, at, 0, 0});
            for (std::size_t tier = 0; has_points && tier < tiers.size(); ++tier) {
                for (std::size_t point = 0; point < tiers[tier].points.size(); ++point)
                    rows_.push_back({each, shown, at, tier, point});
            }
        }
        at = block.back() + 1;
    }
}

namespace {

/// Neighbours below each other that are one cell.
void merge_cells(std::vector<LayoutRow>& rows, const std::vector<std::vector<std::size_t>>& keys) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < keys[row].size(); ++column) {
            const std::size_t key = keys[row][column];
            if (key == 0 || rows[row].cells[column].continues) continue;
            std::size_t end = row + 1;
            while (end < rows.size() && column < keys[end].size() && keys[end][column] == key) ++end;
            rows[row].cells[column].rows = end - row;
            for (std::size_t below = row + 1; below < end; ++below) {
                LayoutCell& cell = rows[below].cells[column];
                cell.paragraphs.clear();
                cell.value = {};
                cell.rows = end - row;
                cell.continues = true;
            }
        }
    }
}

}  // namespace

Layout OwnLayout::make() const {
    Layout layout = lay_out_frame(document_);
    fill_own_frame(layout, document_, words_);
    LayoutTable table = own_table(columns_);
    std::vector<LayoutRow> rows;
    std::vector<std::vector<std::size_t>> keys;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        add_titles(rows, i);
        keys.resize(rows.size());
        add_row(rows, rows_[i]);
        keys.emplace_back();
        for (const OwnColumn& column : columns_) keys.back().push_back(key_of(column, rows_[i]));
        add_result(rows, i);
    }
    add_foot(rows);
    keys.resize(rows.size());
    merge_cells(rows, keys);
    table.sections.push_back({{}, {{{}, std::move(rows)}}});
    layout.tables.push_back(std::move(table));
    const auto evidence = evidence_of(document_);
    if (!evidence.empty()) layout.tables.push_back(lay_out_evidence(document_, evidence));
    return layout;
}

Layer OwnLayout::layer_of(const OwnColumn& column) const {
    const auto layers = layers_of(form_);
    const auto scorer = column.paper == nullptr ? std::nullopt : column.paper->scorer;
    return layers[std::min(scorer.value_or(evaluation_.deciding), layers.size() - 1)];
}

// --- Rows ---------------------------------------------------------------------------------------------------------

std::size_t OwnLayout::key_of(const OwnColumn& column, const OwnRow& row) const {
    constexpr std::size_t most_tiers = 1000;
    const Instrument::Place& place = form_.order[row.item];
    switch (column.role) {
        case ColumnRole::section:
        case ColumnRole::sum:
            return place.section + 1;
        case ColumnRole::group:
            return place.section * form_.order.size() + place.group + 1;
        case ColumnRole::number:
        case ColumnRole::points:
        case ColumnRole::score:
        case ColumnRole::gained:
        case ColumnRole::deducted:
        case ColumnRole::note:
            return row.block + 1;
        case ColumnRole::tier:
            return row.item * most_tiers + row.tier + 1;
        case ColumnRole::point:
        case ColumnRole::met:
        case ColumnRole::unmet:
            return 0;
        default:
            return row.item + 1;
    }
}

void OwnLayout::add_row(std::vector<LayoutRow>& rows, const OwnRow& row) const {
    LayoutRow out;
    std::size_t characters = 0;
    for (const OwnColumn& column : columns_) {
        out.cells.push_back(cell(column, row));
        characters = std::max(characters, count_characters(out.cells.back().text()));
    }
    out.may_break = characters > most_uncut_characters;
    if (row.tier == 0 && row.point == 0) {
        out.id = item(row.item).id;
        out.name = item(row.item).text;
        if (item(row.item).scoring->votes) out.name = criterion_text(item(row.item));
    }
    rows.push_back(std::move(out));
}

/// Where no column holds them, titles of sections and groups stand across the table.
void OwnLayout::add_titles(std::vector<LayoutRow>& rows, std::size_t at) const {
    const Instrument::Place& place = form_.order[rows_[at].item];
    const Instrument::Place* before = at == 0 ? nullptr : &form_.order[rows_[at - 1].item];
    const bool is_new_section = before == nullptr || before->section != place.section;
    const bool is_new_group = is_new_section || before->group != place.group;
    const Section& section = form_.sections[place.section];
    const bool is_alone = form_.sections.size() == 1;
    if (is_new_section && !has(ColumnRole::section) && !is_alone) rows.push_back(across(section.title, true));
    const std::string& group = section.groups[place.group].title;
    if (is_new_group && !has(ColumnRole::section) && !has(ColumnRole::group) && !group.empty())
        rows.push_back(across(group, true));
}

/// Below the last row of an item and of a section.
void OwnLayout::add_result(std::vector<LayoutRow>& rows, std::size_t at) const {
    const OwnRow& row = rows_[at];
    const bool is_last = at + 1 == rows_.size();
    const ItemScoring& scoring = *item(row.item).scoring;
    if (!scored_.words.result.empty() && !scoring.tiers.empty() && (is_last || rows_[at + 1].item != row.item)) {
        const ItemResult& result = evaluation_.scorers[evaluation_.deciding].items[row.item];
        std::vector<std::string> labels;
        for (const Tier& tier : scoring.tiers) labels.insert(labels.begin(), tier.label);
        if (!scoring.no_tier.empty()) labels.push_back(scoring.no_tier);
        const std::string absent = translate(language_, "print.not_applicable");
        labels.push_back(absent);
        const Layer layer = layer_at(evaluation_.deciding);
        const std::string level = result.is_absent ? absent : level_words(document_, layer, item(row.item), result);
        rows.push_back(across(scored_.words.result + (language_ == Language::chinese ? "：" : ": ") +
                              words_.boxes(labels, level)));
    }
    const std::size_t section = form_.order[row.item].section;
    const bool ends_section = is_last || form_.order[rows_[at + 1].item].section != section;
    if (!ends_section || scored_.sections[section].subtotal.empty()) return;
    std::size_t first = section;
    while (first > 0 && scored_.sections[first - 1].subtotal.empty()) --first;
    rows.push_back(sums(scored_.sections[section].subtotal, first, section + 1, false));
}

LayoutCell OwnLayout::figure(const Fraction& value) const {
    return text_cell(value.to_string(scored_.decimals), LayoutCell::Kind::score);
}

LayoutCell OwnLayout::cell(const OwnColumn& column, const OwnRow& row) const {
    const Criterion& own = item(row.item);
    const ItemScoring& scoring = *own.scoring;
    if (column.paper != nullptr && column.paper->cell) {
        const std::size_t at = *column.paper->cell;
        return text_cell(at < scoring.cells.size() ? scoring.cells[at] : std::string());
    }
    switch (column.role) {
        case ColumnRole::section:
        case ColumnRole::group:
        case ColumnRole::sum:
            return section_cell(column, row);
        case ColumnRole::number:
            return text_cell(number_text(row), LayoutCell::Kind::middle);
        case ColumnRole::criterion:
            return text_cell(criterion_text(own));
        case ColumnRole::points: {
            const bool is_bare = !scoring.points || (scoring.votes && !scoring.votes->has_points);
            return is_bare ? text_cell({}) : number_cell(item(row.shown).scoring->points, LayoutCell::Kind::middle);
        }
        case ColumnRole::blanks:
            return scoring.tiers.empty() ? text_cell(words_.filled(scoring, own.id)) : tiers_cell(own);
        case ColumnRole::note:
            return note_cell(column, row.shown);
        case ColumnRole::tier:
        case ColumnRole::point:
        case ColumnRole::met:
        case ColumnRole::unmet:
            return point_cell(column, row);
        default:
            return score_cell(column, row.shown);
    }
}

LayoutCell OwnLayout::section_cell(const OwnColumn& column, const OwnRow& row) const {
    const Instrument::Place& place = form_.order[row.item];
    const Section& section = form_.sections[place.section];
    if (column.role == ColumnRole::section) return text_cell(section.title, LayoutCell::Kind::middle);
    if (column.role == ColumnRole::group) return text_cell(section.groups[place.group].title, LayoutCell::Kind::middle);
    return sum_under(column, place.section, place.section + 1, false);
}

LayoutCell OwnLayout::score_cell(const OwnColumn& column, std::size_t at) const {
    const Layer layer = layer_of(column);
    const ItemResult& result = result_of(column).items[at];
    if (column.role == ColumnRole::score) {
        if (!scored_.has_points)
            return text_cell(level_words(document_, layer, item(at), result), LayoutCell::Kind::score);
        if (result.state == ItemResult::State::absent)
            return text_cell(translate(language_, "print.not_applicable"), LayoutCell::Kind::score);
        return number_cell(document_.score(layer, item(at).id), LayoutCell::Kind::score);
    }
    const Fraction value = moved(column, at);
    return value.is_zero() ? text_cell({}, LayoutCell::Kind::score) : figure(value);
}

/// With why it does not apply, where that was said.
LayoutCell OwnLayout::note_cell(const OwnColumn& column, std::size_t at) const {
    LayoutCell cell = text_cell(std::string(document_.text(layer_of(column), item(at).id, "note")));
    const Value& reason = document_.answer(TargetRef{layer_of(column), item(at).id, "na"});
    if (const auto* words = std::get_if<std::string>(&reason); words != nullptr && !words->empty())
        add_paragraph(cell, translate(language_, "print.absent", {{"reason", *words}}));
    return cell;
}

Fraction OwnLayout::moved(const OwnColumn& column, std::size_t at) const {
    const ItemResult& result = result_of(column).items[at];
    if (!result.is_scored()) return {};
    const ItemScoring& scoring = *item(at).scoring;
    return column.role == ColumnRole::gained ? points_given(scoring, result) : points_taken(scoring, result);
}

/// "【C】" over the points of C; each point's text; √ in one of two cells.
LayoutCell OwnLayout::point_cell(const OwnColumn& column, const OwnRow& row) const {
    const Criterion& own = item(row.item);
    if (own.scoring->tiers.empty()) return text_cell({});
    const Tier& tier = own.scoring->tiers[row.tier];
    if (column.role == ColumnRole::tier) return text_cell("【" + tier.label + "】", LayoutCell::Kind::middle);
    if (column.role == ColumnRole::point) {
        const std::string number = tier.points.size() > 1 ? std::to_string(row.point + 1) + "." : std::string();
        return text_cell(number + tier.points[row.point]);
    }
    const Blank& blank = own.scoring->blanks[tier.first + row.point];
    const Value& value = document_.answer(TargetRef{layer_of(column), own.id, "tick:" + blank.name});
    const auto* met = std::get_if<bool>(&value);
    const bool is_marked = met != nullptr && *met == (column.role == ColumnRole::met);
    return text_cell(is_marked ? "√" : "", LayoutCell::Kind::middle);
}

/// What the numbers of items for different kinds have in common: 2 of 2a and 2b.
std::string OwnLayout::number_text(const OwnRow& row) const {
    std::string number = item(row.block).number;
    for (std::size_t at = row.block + 1; at < form_.order.size(); ++at) {
        const auto same = std::find_if(rows_.begin(), rows_.end(), [&](const OwnRow& other) {
            return other.item == at && other.block == row.block;
        });
        if (same == rows_.end()) break;
        const std::string& other = item(at).number;
        const auto end = std::mismatch(number.begin(), number.end(), other.begin(), other.end()).first;
        number.erase(end, number.end());
    }
    return number;
}

/// Whose ballots the paper has: of whoever decides, or of all where the total is of all.
std::vector<Layer> OwnLayout::voting_layers() const {
    if (!is_joint(scored_)) return {layer_at(evaluation_.deciding)};
    const auto all = layers_of(form_);
    return {all.begin(), all.end()};
}

/// Of all of these together; empty while nobody entered any.
std::string OwnLayout::ballots_of(const Criterion& own, std::string_view name) const {
    std::optional<Fraction> sum;
    for (const Layer layer : voting_layers()) {
        const auto given = figure_of_blank(document_.answer({layer, own.id, "votes:" + std::string(name)}));
        if (given) sum = sum.value_or(Fraction()) + *given;
    }
    return sum ? sum->to_string(0) : std::string();
}

/// The printed number stands before the text where it has no column; a vote tells how it went.
std::string OwnLayout::criterion_text(const Criterion& own) const {
    std::string text;
    if (!has(ColumnRole::number) && !own.number.empty() && !own.text.starts_with(own.number)) {
        const bool is_plain = std::all_of(own.number.begin(), own.number.end(), is_digit);
        text = own.number + (is_plain ? "." : " ");
    }
    text += own.text;
    if (!own.scoring->votes) return text;
    const Votes& votes = *own.scoring->votes;
    std::vector<std::string> counts;
    const std::vector<Layer> voting = voting_layers();
    const bool is_masked = std::any_of(voting.begin(), voting.end(), [&](Layer layer) {
        return read_facts(document_, layer, own).has_too_few_ballots(*own.scoring);
    });
    const auto add = [&](std::string_view name) {
        const std::string given = ballots_of(own, name);
        counts.push_back(translate(language_, "print.votes",
                                   {{"name", std::string(name)}, {"count", given.empty() ? "____" : given}}));
    };
    if (votes.has_issued) add(ballot_counts[0]);
    if (votes.has_returned) add(ballot_counts[1]);
    if (votes.has_valid) add(ballot_counts[2]);
    if (is_masked)
        counts.push_back(translate(language_, "print.votes_masked", {{"fewest", std::int64_t{votes.fewest}}}));
    else
        for (const VoteOption& option : votes.options) add(option.label);
    return translate(language_, "print.votes_of", {{"text", text}, {"counts", counts}});
}

/// One line a point: "【C】■有制度".
LayoutCell OwnLayout::tiers_cell(const Criterion& own) const {
    LayoutCell out;
    const Layer layer = layers_of(form_)[evaluation_.deciding];
    for (const Tier& tier : own.scoring->tiers) {
        for (std::size_t i = 0; i < tier.points.size(); ++i) {
            const Blank& blank = own.scoring->blanks[tier.first + i];
            const bool is_met = document_.flag(layer, own.id, "tick:" + blank.name);
            add_paragraph(out, "【" + tier.label + "】" + (is_met ? "■" : "□") + tier.points[i]);
            out.paragraphs.back().kind = LayoutParagraph::Kind::paragraph;
        }
    }
    return out;
}

Layout lay_out_own(const Document& document) { return OwnLayout(document).make(); }

}  // namespace duibiao
