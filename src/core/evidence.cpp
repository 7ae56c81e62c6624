#include "core/evidence.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/cell.hpp"
#include "core/limits.hpp"
#include "core/sort.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t evidence_digits = 8;

using EvidenceCells = std::array<std::string, evidence_cells>;

std::string joined(const EvidenceCells& cells) {
    std::string line;
    for (const std::string& cell : cells) line += (&cell == cells.data() ? "" : "\t") + cell;
    while (line.ends_with('\t')) line.pop_back();
    return line;
}

std::string on_one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    }
    return std::string(trim(line));
}

/// A day, or a month where the paper says no more.
Result<std::string> written_date(const Instrument& instrument, std::string_view text) {
    AnswerField field;
    field.type = AnswerField::Type::month;
    auto value = parse_cell(instrument, field, text);
    if (!value) return tl::unexpected<Error>(value.error());
    return show_value(*value);
}

Done clean_cells(EvidenceCells& cells) {
    for (std::string& cell : cells) {
        if (auto clean = clean_in_place(cell, limits::name_characters); !clean) return clean;
        cell = on_one_line(cell);
    }
    return {};
}

/// The number in an id that next_evidence_id made; none in ids that other programs thought of.
std::optional<std::size_t> number_of_evidence(std::string_view id) {
    const std::string_view key = id.substr(evidence_prefix.size());
    if (key.size() <= evidence_digits || key[evidence_digits] != '-') return std::nullopt;
    std::size_t number = 0;
    for (const char c : key.substr(0, evidence_digits)) {
        if (!is_digit(c)) return std::nullopt;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number > limits::log_edits ? std::nullopt : std::optional(number);
}

std::size_t last_evidence_number(const Document& document) {
    std::size_t last = 0;
    auto answer = document.answers.lower_bound(TargetRef{Layer::self, evidence_prefix, {}});
    for (; answer != document.answers.end() && answer->first.item.starts_with(evidence_prefix); ++answer) {
        if (const auto number = number_of_evidence(answer->first.item)) last = std::max(last, *number);
    }
    return last;
}

}  // namespace

bool is_evidence_id(std::string_view item) {
    return item.starts_with(evidence_prefix) && is_row_key(item.substr(evidence_prefix.size()));
}

std::string join_evidence(const Evidence& evidence) {
    return joined({on_one_line(evidence.item), on_one_line(evidence.name), on_one_line(evidence.number),
                   on_one_line(evidence.date), on_one_line(evidence.place)});
}

Evidence split_evidence(std::string_view line) {
    const auto cells = split_row(line, evidence_cells);
    return {{}, cells[0], cells[1], cells[2], cells[3], cells[4]};
}

Result<std::string> normalise_evidence(const Instrument& instrument, std::string_view line) {
    if (trim(line).empty()) return std::string{};
    const auto count = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1;
    if (count > evidence_cells)
        return fail("row-columns", {}, {{"count", static_cast<std::int64_t>(count)}, {"expected", std::int64_t{5}}});
    EvidenceCells cells;
    const auto given = split_row(line, evidence_cells);
    std::copy(given.begin(), given.end(), cells.begin());
    if (auto clean = clean_cells(cells); !clean) return tl::unexpected<Error>(clean.error());
    if (instrument.find_criterion(cells[0]) == nullptr) return fail("item-unknown", {}, {{"item", shown(cells[0])}});
    if (cells[1].empty()) return fail("evidence-name");
    auto date = written_date(instrument, cells[3]);
    if (!date) return tl::unexpected<Error>(date.error());
    cells[3] = *std::move(date);
    return joined(cells);
}

std::vector<Evidence> evidence_of(const Document& document) {
    std::vector<Evidence> all;
    auto answer = document.answers.lower_bound(TargetRef{Layer::self, evidence_prefix, {}});
    for (; answer != document.answers.end() && answer->first.layer == Layer::self; ++answer) {
        if (!answer->first.item.starts_with(evidence_prefix)) break;
        const auto* line = std::get_if<std::string>(&answer->second);
        if (line == nullptr) continue;
        all.push_back(split_evidence(*line));
        all.back().id = answer->first.item;
    }
    if (all.empty()) return all;
    const Instrument& form = *document.instrument;
    std::map<std::string_view, std::size_t> places;
    for (const Instrument::Place& place : form.order) places.emplace(form.criterion(place).id, places.size());
    sort_stably(all, [&places](const Evidence& a, const Evidence& b) { return places[a.item] < places[b.item]; });
    return all;
}

std::string evidence_numbers(const std::vector<Evidence>& all, std::string_view item) {
    const auto is_of = [item](const Evidence& one) { return one.item == item; };
    const auto first = std::find_if(all.begin(), all.end(), is_of);
    if (first == all.end()) return {};
    const auto end = std::find_if_not(first, all.end(), is_of);
    std::string numbers = std::to_string(first - all.begin() + 1);
    if (end - first > 1) numbers += "–" + std::to_string(end - all.begin());
    return numbers;
}

std::string next_evidence_id(const Document& document, const Author& author, std::size_t ahead) {
    std::string digits = std::to_string(last_evidence_number(document) + 1 + ahead);
    if (digits.size() < evidence_digits) digits.insert(0, evidence_digits - digits.size(), '0');
    std::string id = std::string(evidence_prefix) + digits + "-";
    for (const char c : author.session.substr(0, 12)) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) id += c;
        if (c >= 'A' && c <= 'Z') id += static_cast<char>(c - 'A' + 'a');
    }
    return id;
}

}  // namespace duibiao
