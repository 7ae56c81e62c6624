#include "exchange/given_table/read_given.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/csv.hpp"
#include "exchange/intake/arrived_file.hpp"

namespace duibiao {
namespace {

/// A line that begins what belongs to the next table.
bool opens_a_form(std::string_view line) {
    const std::string plain = plain_text(line);
    constexpr std::array<std::string_view, 4> words{"附件", "附表", "附录", "表"};
    return std::any_of(words.begin(), words.end(), [&plain](std::string_view word) {
        return plain.starts_with(word) && plain.size() <= word.size() + 8;
    });
}

bool closes_a_form(std::string_view line) {
    constexpr std::array<std::string_view, 8> words{"签字",   "签名",   "盖章", "填表人",
                                                    "填报人", "审核人", "注：", "说明："};
    return std::any_of(words.begin(), words.end(),
                       [line](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

/// Where in the lines the next table's own begin.
std::size_t border_of(const std::vector<std::string>& lines) {
    for (std::size_t i = lines.size(); i > 0; --i) {
        if (opens_a_form(lines[i - 1])) return i - 1;
    }
    std::size_t last = lines.size();
    while (last > 0 && !closes_a_form(lines[last - 1])) --last;
    return last;
}

}  // namespace

void share_lines(std::vector<std::string> lines, GivenTable* before, GivenTable* behind) {
    std::erase_if(lines, [](const std::string& line) { return looks_empty(line); });
    const std::size_t border = before == nullptr ? 0 : behind == nullptr ? lines.size() : border_of(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        GivenTable* table = i < border ? before : behind;
        if (table == nullptr) continue;
        (i < border ? table->below : table->above).push_back(std::move(lines[i]));
    }
}

Result<GivenFile> read_given_csv(std::string_view text) {
    const auto rows = parse_csv(text);
    if (!rows) return tl::unexpected(rows.error());
    GivenFile file;
    GivenTable& table = file.tables.emplace_back();
    for (const CsvRow& row : *rows) {
        const std::size_t at = table.rows();
        table.add_row({row.line, false, false});
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const std::string cell = clean_text(row.cells[column]);
            table.add({at, column, 1, 1, std::string(trim(cell))});
        }
    }
    return file;
}

Result<GivenFile> read_given(const std::string& name, std::string bytes) {
    auto seen = look_at({name, std::move(bytes)});
    if (!seen) return tl::unexpected(std::move(seen.error()));
    using Kind = ArrivedFile::Kind;
    Result<GivenFile> file = fail(seen->kind == Kind::locked ? "file-locked" : "import-kind");
    if (seen->kind == Kind::word) file = read_given_word(seen->content);
    if (seen->kind == Kind::workbook) file = read_given_workbook(seen->content);
    if (seen->kind == Kind::table) file = read_given_csv(seen->content);
    if (file && file->tables.empty()) return fail("import-no-table");
    return file;
}

}  // namespace duibiao
