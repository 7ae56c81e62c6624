#include "exchange/layout_own.hpp"

#include <algorithm>

#include "core/evaluate/definition.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {

std::vector<OwnColumn> own_columns(const Instrument& form) {
    std::vector<OwnColumn> columns;
    bool has_groups = false;
    for (const Section& section : form.sections) {
        for (const Group& group : section.groups) has_groups = has_groups || !group.title.empty();
    }
    for (const PaperColumn& column : form.scored->columns) columns.push_back({&column, column.role});
    const bool has_column = std::any_of(columns.begin(), columns.end(), [](const OwnColumn& column) {
        return column.role == PaperColumn::Role::group;
    });
    const auto section = std::find_if(columns.begin(), columns.end(), [](const OwnColumn& column) {
        return column.role == PaperColumn::Role::section;
    });
    if (has_groups && section != columns.end() && !has_column) columns.insert(section + 1, OwnColumn{});
    return columns;
}

// --- Widths and heads ---------------------------------------------------------------------------------------------

namespace {

using ColumnRole = PaperColumn::Role;

/// Texts share what is left.
LayoutWidth usual_width(ColumnRole role) {
    switch (role) {
        case ColumnRole::section:
        case ColumnRole::group:
            return widths::name;
        case ColumnRole::number:
        case ColumnRole::met:
        case ColumnRole::unmet:
            return widths::mark;
        case ColumnRole::points:
            return widths::count;
        case ColumnRole::score:
        case ColumnRole::gained:
        case ColumnRole::deducted:
        case ColumnRole::sum:
        case ColumnRole::tier:
            return widths::score;
        default:
            return widths::rest;
    }
}

/// The paper's own widths where it says all of them, as wide as the page.
std::vector<LayoutWidth> own_widths(const std::vector<OwnColumn>& columns) {
    std::vector<LayoutWidth> found;
    Points all;
    bool says_all = true;
    for (const OwnColumn& column : columns) {
        found.push_back(usual_width(column.role));
        if (column.paper == nullptr) continue;
        all += column.paper->width;
        says_all = says_all && column.paper->width > Points{};
    }
    if (!says_all) return found;
    constexpr double page = 100;  // shares; column_widths() stretches them
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool is_split = columns[i].paper == nullptr || (i + 1 < columns.size() && !columns[i + 1].paper);
        const PaperColumn& paper = columns[i].paper == nullptr ? *columns[i - 1].paper : *columns[i].paper;
        const double share = static_cast<double>(paper.width.hundredths()) / static_cast<double>(all.hundredths());
        found[i] = {{}, page * share / (is_split ? 2 : 1)};
    }
    return found;
}

std::vector<LayoutTable::Use> own_uses(const std::vector<OwnColumn>& columns) {
    using Use = LayoutTable::Use;
    std::vector<Use> uses;
    for (const OwnColumn& column : columns) {
        const ColumnRole role = column.role;
        const bool is_figure = role == ColumnRole::score || role == ColumnRole::gained ||
                               role == ColumnRole::deducted || role == ColumnRole::sum;
        const bool is_text = role == ColumnRole::note || role == ColumnRole::met || role == ColumnRole::unmet;
        const bool is_context = role == ColumnRole::section || role == ColumnRole::group;
        uses.push_back(is_figure ? Use::figure : is_text ? Use::text : is_context ? Use::context : Use::label);
    }
    return uses;
}

void add_own_head(LayoutTable& table, const std::vector<OwnColumn>& columns) {
    const bool has_two = std::any_of(columns.begin(), columns.end(), [](const OwnColumn& column) {
        return column.paper != nullptr && !column.paper->over.empty();
    });
    std::vector<LayoutCell> upper;
    std::vector<LayoutCell> lower;
    const PaperColumn* last = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const PaperColumn* paper = columns[i].paper;
        if (paper == nullptr) continue;  // below the sections' heading
        const std::size_t span = i + 1 < columns.size() && columns[i + 1].paper == nullptr ? 2 : 1;
        if (paper->over.empty()) {
            upper.push_back(heading_cell(paper->label, span, has_two ? 2 : 1));
        } else {
            const bool goes_on = last != nullptr && last->over == paper->over;
            if (goes_on) upper.back().columns += span;
            if (!goes_on) upper.push_back(heading_cell(paper->over, span));
            lower.push_back(heading_cell(paper->label, span));
        }
        last = paper;
    }
    table.head.push_back(std::move(upper));
    if (has_two) table.head.push_back(std::move(lower));
}

}  // namespace

LayoutTable own_table(const std::vector<OwnColumn>& columns) {
    LayoutTable table;
    table.widths = own_widths(columns);
    table.uses = own_uses(columns);
    add_own_head(table, columns);
    return table;
}

// --- The frame ----------------------------------------------------------------------------------------------------

namespace {

/// "（{period}年度）" of a year; of a part of one "（2026 年第一季度）", which says itself what it is.
std::string with_period(std::string line, Language language, const std::string& period) {
    constexpr std::string_view place = "{period}";
    constexpr std::size_t year_digits = 4;
    const std::size_t at = line.find(place);
    if (at == std::string::npos) return line;
    if (period.size() == year_digits) return line.replace(at, place.size(), period);
    std::size_t end = at + place.size();
    for (const std::string_view kind : {"年度", "年"}) {
        if (line.compare(end, kind.size(), kind) != 0) continue;
        end += kind.size();
        break;
    }
    return line.replace(at, end - at, period_title(language, period));
}

bool ends_with_colon(std::string_view text) { return text.ends_with("：") || text.ends_with(":"); }

}  // namespace

void fill_own_frame(Layout& layout, const Document& document, const OwnWords& words) {
    const Instrument& form = *document.instrument;
    const ScoredForm& scored = *form.scored;
    const Language language = language_of(form);
    layout.shape = Layout::Shape::own;
    layout.portrait = form.portrait;
    layout.notes = form.paper_notes;
    layout.notes_first = true;
    if (!scored.words.period.empty()) {
        layout.period = with_period(scored.words.period, language, layout.plain_period);
    }
    bool names_unit = false;
    for (std::size_t i = 0; i < form.header.size(); ++i) {
        if (form.header[i].type == HeaderField::Type::computed) layout.head_line[i].value = words.total();
        names_unit = names_unit || form.header[i].id == "unit";
    }
    auto place = layout.head_line.begin();
    if (!names_unit) place = layout.head_line.insert(place, {translate(language, "print.unit"), layout.unit});
    if (place != layout.head_line.end()) ++place;
    const std::string_view subject = document.text(Layer::self, "header", "subject");
    if (!subject.empty() || !scored.subject.empty())
        place = layout.head_line.insert(place,
                                        {scored.subject.empty() ? translate(language, "print.subject") : scored.subject,
                                         std::string(subject)}) +
                1;
    if (!scored.kinds.empty())
        layout.head_line.insert(place, {translate(language, "print.kind"),
                                        words.boxes(scored.kinds, document.text(Layer::self, "header", "kind"))});
    // "考核组组长签字：" is a line to sign on; a party without a colon has the place for its seal.
    std::erase_if(layout.blocks, [&layout](const LayoutBlock& block) {
        const bool is_line = block.lines.empty() && ends_with_colon(block.party);
        constexpr std::string_view wide_colon = "：";
        const std::size_t colon = block.party.ends_with(wide_colon) ? wide_colon.size() : 1;
        if (is_line) layout.contact.push_back({block.party.substr(0, block.party.size() - colon), {}});
        return is_line;
    });
}

}  // namespace duibiao
