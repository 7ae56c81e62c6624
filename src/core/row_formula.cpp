#include "core/row_formula.hpp"

#include <algorithm>
#include <array>

#include "core/cell.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/row_due.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::int64_t parts_of_whole = 1'000'000;  ///< ten-thousandths of a per cent in the whole
constexpr std::int64_t parts_of_hundredth = 100;    ///< in a hundredth of a per cent, which Points count

/// Half up, away from nought.
std::int64_t divide_rounded(__int128 dividend, std::int64_t divisor) {
    const __int128 half = divisor / 2;
    return static_cast<std::int64_t>((dividend + (dividend < 0 ? -half : half)) / divisor);
}

std::optional<Points> amount_in(std::string_view cell) {
    if (cell.empty()) return std::nullopt;
    const auto amount = Points::parse(cell);
    return amount ? std::optional(*amount) : std::nullopt;
}

bool is_rate(const Table& table, std::size_t column) { return table.columns[column].type == AnswerField::Type::rate; }

bool fits(const RowFormula::Band& band, const std::vector<std::string_view>& cells) {
    const bool holds_all = std::all_of(band.when.begin(), band.when.end(),
                                       [&cells](const RowCondition& condition) { return holds(condition, cells); });
    if (!holds_all || !band.of) return holds_all;
    const auto amount = amount_in(cells[*band.of]);
    return amount && (!band.up_to || *amount <= *band.up_to);
}

std::string rate_of(const RowFormula& formula, const std::vector<std::string_view>& cells) {
    const auto band = std::find_if(formula.bands.begin(), formula.bands.end(),
                                   [&cells](const RowFormula::Band& one) { return fits(one, cells); });
    return band == formula.bands.end() ? std::string() : band->rate;
}

/// An amount at a rate, rounded to the cent; a fixed amount needs no other.
std::string product_of(const Table& table, const RowFormula& formula, const std::vector<std::string_view>& cells) {
    std::optional<Points> amount;
    std::optional<Rate> rate;
    for (const std::size_t column : formula.product) {
        if (!is_rate(table, column)) {
            amount = amount_in(cells[column]);
        } else if (const auto read = parse_rate(cells[column])) {
            rate = *read;
        } else {
            return {};
        }
    }
    if (rate && rate->fixed) amount = rate->fixed;
    if (!amount) return {};
    __int128 product = static_cast<__int128>(amount->hundredths()) * formula.times.hundredths();
    std::int64_t divisor = 100;
    if (rate && !rate->fixed) {
        product *= rate->parts;
        divisor *= parts_of_whole;
    }
    return money(Points::from_hundredths(divide_rounded(product, divisor)));
}

std::string sum_of(const RowFormula& formula, const std::vector<std::string_view>& cells) {
    Points sum;
    bool any = false;
    for (const std::size_t column : formula.sum) {
        const auto amount = amount_in(cells[column]);
        if (!amount) continue;
        sum += *amount;
        any = true;
    }
    const auto less = formula.less ? amount_in(cells[*formula.less]) : std::nullopt;
    if (!any || (formula.less && !less)) return {};
    return money(less ? sum - *less : sum);
}

/// To one decimal, half up.
std::string share_text(std::int64_t part, std::int64_t whole) {
    const std::int64_t tenths = divide_rounded(static_cast<__int128>(part) * 1000, whole);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

}  // namespace

bool RowFormula::reads(std::size_t column) const {
    const auto names = [column](const std::vector<std::size_t>& columns) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    return names(product) || names(sum) || less == column ||
           std::any_of(bands.begin(), bands.end(), [&](const Band& band) {
               return band.of == column || std::any_of(band.when.begin(), band.when.end(),
                                                       [&](const RowCondition& one) { return names(one.columns); });
           });
}

Result<Rate> parse_rate(std::string_view text) {
    std::string plain = plain_text(text);
    constexpr std::array<std::string_view, 4> per{"每人每月", "每月", "每人", "月"};
    for (const std::string_view word : per) {
        if (plain.starts_with(word)) plain.erase(0, word.size());
    }
    for (const std::string_view end : {"/月", "每月", "/人"}) {
        if (plain.ends_with(end)) plain.resize(plain.size() - end.size());
    }
    constexpr std::string_view of_hundred = "百分之";
    const bool in_words = plain.starts_with(of_hundred);
    if (in_words) plain.erase(0, of_hundred.size());
    const bool is_share = in_words || plain.ends_with('%');
    if (!in_words && is_share) plain.pop_back();
    if (!is_share && !plain.ends_with("元")) return fail("rate-format", {}, {{"text", shown(text)}});
    const auto number = read_number(trim(plain), "元");
    if (!number || *number < Points{}) return fail("rate-format", {}, {{"text", shown(text)}});
    if (is_share) return Rate{number->hundredths() * parts_of_hundredth, std::nullopt};
    return Rate{0, *number};
}

std::string to_string(const Rate& rate) {
    if (rate.fixed) return rate.fixed->to_string() + "元";
    return Points::from_hundredths(rate.parts / parts_of_hundredth).to_string() + "%";
}

std::string money(Points amount) {
    const std::int64_t hundredths = amount.hundredths();
    const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
    const std::string cents = std::to_string(size % 100);
    return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

std::string work_out(const Table& table, std::size_t column, const std::vector<std::string_view>& cells) {
    const RowFormula* formula = table.formula(column);
    if (formula == nullptr) return std::string(cells[column]);
    if (!formula->bands.empty()) return rate_of(*formula, cells);
    return formula->sum.empty() ? product_of(table, *formula, cells) : sum_of(*formula, cells);
}

bool work_out_all(const Table& table, std::vector<std::string>& cells) {
    bool changed = false;
    for (std::size_t column = 0; column < table.formulas.size(); ++column) {  // each reads columns before it
        if (table.formula(column) == nullptr || (table.columns[column].open && !cells[column].empty())) continue;
        std::string now = work_out(table, column, {cells.begin(), cells.end()});
        if (now == cells[column]) continue;
        cells[column] = std::move(now);
        changed = true;
    }
    return changed;
}

void forget_what_follows(const Table& table, std::size_t column, std::vector<std::string>& cells) {
    for (std::size_t other = 0; other < table.formulas.size(); ++other) {
        const RowFormula* formula = table.formula(other);
        if (formula != nullptr && formula->reads(column)) cells[other].clear();
    }
}

std::vector<FootFigure> foot_figures(const Table& table, const std::vector<std::vector<std::string_view>>& rows) {
    using Kind = TableFoot::Figure::Kind;
    std::vector<FootFigure> figures;
    const auto count_of = [&](const std::string& id) -> std::int64_t {
        for (const FootFigure& one : figures) {
            if (one.figure->id == id) return one.count;
        }
        return 0;
    };
    for (const TableFoot::Figure& figure : table.foot.figures) {
        std::string text;
        std::int64_t count = 0;
        if (figure.kind == Kind::count) {
            count = std::count_if(rows.begin(), rows.end(), [&figure](const auto& cells) {
                return std::all_of(figure.when.begin(), figure.when.end(),
                                   [&cells](const RowCondition& one) { return holds(one, cells); });
            });
            text = std::to_string(count);
        } else if (figure.kind == Kind::share) {
            const std::int64_t whole = count_of(figure.whole);
            if (whole > 0) text = share_text(count_of(figure.part), whole);
        } else {
            Points sum;
            for (const auto& cells : rows) sum += amount_in(cells[figure.column]).value_or(Points{});
            const bool counts = table.columns[figure.column].type == AnswerField::Type::count;
            text = counts ? sum.to_string() : money(sum);
        }
        figures.push_back({&figure, count, std::move(text)});
    }
    return figures;
}

std::vector<FootFigure> foot_figures(const Document& document) {
    const Table& table = document.instrument->table;
    if (table.foot.figures.empty()) return {};
    std::vector<std::vector<std::string_view>> rows;
    for (const RowView& row : rows_of(document)) rows.push_back(split_row(row.cells, table.columns.size()));
    return foot_figures(table, rows);
}

std::string foot_words(const Document& document) {
    const Table& table = document.instrument->table;
    const auto figures = foot_figures(document);
    std::string words = foot_line(table, figures);
    std::string sums;
    for (const FootFigure& one : figures) {
        if (one.figure->kind == TableFoot::Figure::Kind::sum) sums += "　" + one.figure->label + " " + one.text;
    }
    if (sums.empty()) return words;
    return table.foot.label + sums + (words.empty() ? "" : "　" + words);
}

std::string foot_line(const Table& table, const std::vector<FootFigure>& figures) {
    std::string line = table.foot.line;
    for (const FootFigure& one : figures) {
        const std::string mark = "{" + one.figure->id + "}";
        for (std::size_t at = line.find(mark); at != std::string::npos; at = line.find(mark, at + one.text.size()))
            line.replace(at, mark.size(), one.text);
    }
    return line;
}

}  // namespace duibiao
