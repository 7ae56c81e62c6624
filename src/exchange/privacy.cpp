#include "exchange/privacy.hpp"

#include <algorithm>
#include <array>

#include "core/cell.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

constexpr std::string_view name_separators = " ,;/\t\n";
constexpr std::array<std::string_view, 4> wide_separators{"、", "，", "；", "　"};

std::size_t first_character(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return end;
}

bool is_separator(std::string_view character) {
    return name_separators.find(character) != std::string_view::npos ||
           std::find(wide_separators.begin(), wide_separators.end(), character) != wide_separators.end();
}

/// The first character of each name; the rest is one asterisk, however long it was.
std::string mask_names(std::string_view text) {
    std::string out;
    bool begins = true;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, first_character(text));
        text.remove_prefix(character.size());
        if (is_separator(character)) {
            out += character;
            begins = true;
        } else if (begins) {
            out += std::string(character) + "*";
            begins = false;
        }
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "1985年" of any way to write a date.
std::string mask_date(std::string_view text) {
    constexpr std::size_t digits = 4;
    const bool has_year = text.size() >= digits && std::all_of(text.begin(), text.begin() + digits, is_digit);
    return has_year ? std::string(text.substr(0, digits)) + "年" : "***";
}

std::string mask_number(std::string_view text) {
    constexpr std::size_t kept = 4;
    std::string digits;
    for (const char c : fold_width(text)) {
        if (is_digit(c) || c == 'X' || c == 'x') digits += c;
    }
    return digits.size() > 2 * kept ? "***" + digits.substr(digits.size() - kept) : "***";
}

Personal kind_of(const Instrument& form, const Target& target) {
    if (target.item == "header") {
        for (const HeaderField& field : form.header) {
            if (field.id == target.field) return field.personal;
        }
        return Personal::none;
    }
    const Criterion* item = form.find_criterion(target.item);
    const AnswerField* field = item == nullptr ? nullptr : item->find_field(target.field);
    return field == nullptr ? Personal::none : field->personal;
}

std::string mask_row(const Instrument& form, std::string_view row) {
    const auto cells = split_row(row, form.table.columns.size());
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i)
        out += (i > 0 ? "\t" : "") + mask(form.table.columns[i].personal, cells[i]);
    return out;
}

class Labels {
public:
    void add(const std::string& label) {
        if (std::find(labels_.begin(), labels_.end(), label) == labels_.end()) labels_.push_back(label);
    }
    [[nodiscard]] std::vector<std::string> take() && { return std::move(labels_); }

private:
    std::vector<std::string> labels_;
};

}  // namespace

std::string mask(Personal kind, std::string_view text) {
    if (text.empty()) return {};
    switch (kind) {
        case Personal::none:
            return std::string(text);
        case Personal::name:
            return mask_names(text);
        case Personal::date:
            return mask_date(text);
        case Personal::number:
            return mask_number(text);
        case Personal::text:
            break;
    }
    return "***";
}

std::vector<std::string> personal_columns(const Document& document) {
    const Instrument& form = *document.instrument;
    Labels labels;
    for (const HeaderField& field : form.header) {
        const bool is_filled = !document.text(Layer::self, "header", field.id).empty();
        if (field.personal != Personal::none && is_filled) labels.add(field.label);
    }
    std::vector<bool> filled(form.table.columns.size());
    for (const RowView& row : rows_of(document)) {
        const auto cells = split_row(row.cells, filled.size());
        for (std::size_t i = 0; i < cells.size(); ++i) filled[i] = filled[i] || !cells[i].empty();
    }
    for (std::size_t i = 0; i < filled.size(); ++i) {
        if (filled[i] && form.table.columns[i].personal != Personal::none) labels.add(form.table.columns[i].label);
    }
    for (const auto& [target, value] : document.answers) {
        if (target.item == "header" || kind_of(form, target) == Personal::none) continue;
        labels.add(form.find_criterion(target.item)->find_field(target.field)->label);
    }
    return std::move(labels).take();
}

Document masked(const Document& document) {
    const Instrument& form = *document.instrument;
    Document out = document;
    for (auto& [target, value] : out.answers) {
        auto* text = std::get_if<std::string>(&value);
        const bool is_row = target.item.starts_with("row.") && target.field == "cells";
        if (is_row && text != nullptr) {
            *text = mask_row(form, *text);
        } else if (const Personal kind = kind_of(form, target); kind != Personal::none) {
            value = mask(kind, show_value(value));
        }
    }
    return out;
}

}  // namespace duibiao
