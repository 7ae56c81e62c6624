#include "exchange/fill_long.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/answer.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

using Errors = std::vector<Error>;

enum Column : std::size_t { item_column, field_column, value_column, note_column, column_count };
constexpr std::array<std::array<std::string_view, 2>, column_count> names{
    {{"item", "编号"}, {"field", "栏目"}, {"value", "内容"}, {"note", "说明"}}};

using Head = std::array<std::optional<std::size_t>, column_count>;

std::optional<Head> read_head(const CsvRow& row) {
    Head head;
    for (std::size_t i = 0; i < named_columns(row); ++i) {
        const std::string cell = head_key(row.cells[i]);
        const auto known = std::find_if(names.begin(), names.end(),
                                        [&cell](const auto& pair) { return cell == pair[0] || cell == pair[1]; });
        if (known == names.end()) return std::nullopt;
        auto& at = head[static_cast<std::size_t>(known - names.begin())];
        if (at) return std::nullopt;
        at = i;
    }
    if (!head[item_column] || !head[field_column] || !head[value_column]) return std::nullopt;
    return head;
}

/// Ids, and the numbers that only one item has.
class ItemNames {
public:
    explicit ItemNames(const Instrument& form) : form_(form) {
        for (const Instrument::Place& place : form.order) {
            const Criterion& item = form.criterion(place);
            const auto [at, is_new] = by_number_.emplace(plain_text(item.number), item.id);
            if (!is_new) at->second.clear();
        }
    }
    /// The item's id; what is no item stays as it is.
    [[nodiscard]] std::string find(std::string_view text) const {
        std::string name = plain_text(text);
        if (form_.find_criterion(name) != nullptr) return name;
        const auto found = by_number_.find(name);
        return found == by_number_.end() || found->second.empty() ? name : found->second;
    }

private:
    const Instrument& form_;
    std::map<std::string, std::string, std::less<>> by_number_;
};

class LongFilling {
public:
    LongFilling(const Document& document, Layer layer, const Author& author)
        : document_(document),
          layer_(layer),
          author_(author),
          batch_("fill-" + author.session),
          items_(*document.instrument) {}

    void fill_row(const CsvRow& row, const Head& head) {
        if (is_empty_row(row)) return;
        line_ = row.line;
        const auto cell = [&](Column column) {
            const auto at = head[column];
            return at && *at < row.cells.size() ? trim(row.cells[*at]) : std::string_view{};
        };
        const std::string item = items_.find(cell(item_column));
        const bool is_header = item == "header";
        const Target target{is_header ? Layer::self : layer_, item, field_name(cell(field_column))};
        if (!is_new(target, "row-doubled")) return;
        write(target, cell(value_column));
        const std::string_view note = cell(note_column);
        if (note.empty() || is_header || item == "foot" || target.field == "note") return;
        const Target note_target{layer_, item, "note"};
        if (is_new(note_target, "note-doubled")) write(note_target, note);
    }

    tl::expected<Filled, Errors> finish() && {
        if (!errors_.empty()) return tl::unexpected(std::move(errors_));
        Filled filled{document_, static_cast<int>(edits_.size())};
        if (auto done = apply_all(filled.document, std::move(edits_)); !done)
            return tl::unexpected(Errors{std::move(done.error())});
        return filled;
    }

private:
    /// "count：2" as an IME types it; what stands behind the colon is the form's own word.
    static std::string field_name(std::string_view text) {
        constexpr std::string_view wide_colon = "：";
        std::string field(text);
        const std::size_t at = field.find(wide_colon);
        if (at != std::string::npos && field.find(':') > at) field.replace(at, wide_colon.size(), ":");
        return field;
    }

    bool is_new(const Target& target, std::string code) {
        const auto [first, added] = lines_.emplace(target, line_);
        if (added) return true;
        errors_.push_back(
            {std::move(code),
             line_place(line_),
             {{"item", target.item}, {"field", target.field}, {"first", static_cast<std::int64_t>(first->second)}}});
        return false;
    }

    void write(const Target& target, std::string_view text) {
        if (text.empty()) return;  // leaves the answer alone
        auto value = parse_value(*document_.instrument, target, text);
        if (!value) return refuse(std::move(value.error()), target);
        if (*value == document_.answer(target)) return;
        auto edit = make_edit(document_, author_, target, *value, batch_, edits_.size());
        if (!edit) return refuse(std::move(edit.error()), target);
        edits_.push_back(*std::move(edit));
    }

    void refuse(Error error, const Target& target) {
        error.place = line_place(line_);
        error.params.try_emplace("item", target.item);
        error.params.try_emplace("field", target.field);
        errors_.push_back(std::move(error));
    }

    const Document& document_;
    Layer layer_;
    const Author& author_;
    std::string batch_;
    ItemNames items_;
    std::vector<Edit> edits_;
    Errors errors_;
    std::size_t line_ = 0;
    std::map<Target, std::size_t, TargetLess> lines_;  ///< where a target was met first
};

}  // namespace

bool is_long_head(const CsvRow& row) { return read_head(row).has_value(); }

tl::expected<Filled, std::vector<Error>> fill_long(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                                   const Author& author) {
    const auto head = read_head(rows.front());
    LongFilling filling(document, layer, author);
    for (const CsvRow& row : rows.subspan(1)) filling.fill_row(row, *head);
    return std::move(filling).finish();
}

}  // namespace duibiao
