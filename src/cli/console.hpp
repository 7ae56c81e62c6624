// What the command line says, and how.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "exchange/messages.hpp"

namespace duibiao::cli {

/// How a command ended; the contract's exit codes.
enum class Exit : int { done = 0, findings = 1, unusable = 2 };

/// The language of --lang, else of the locale: zh* is Chinese, anything else English, none at all Chinese.
[[nodiscard]] Language find_language(const std::vector<std::string>& arguments);

/// A copy in which control characters are spelt out (\n, \x1B), so that no text steers the terminal or breaks a line.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns that a terminal gives the text: two for a hanzi.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// "duibiao: FILE: PLACE: what is wrong: what to do" to standard error. The place of a whole file is "/".
void print_error(Language language, std::string_view file, const Error& error);
/// The same of a finding that must not be overlooked.
void print_finding(Language language, std::string_view file, const Finding& finding);

/// The same of something that went not as hoped, and stops nothing.
void print_notice(std::string_view file, std::string_view text);
/// "duibiao: …" to standard error: what is no error and should be known all the same.
void print_notice(const std::string& sentence);

/// Rows of cells in columns as wide as their widest cell.
class TextTable {
public:
    enum class Align : std::uint8_t { left, right };
    explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

    void add(std::vector<std::string> cells);
    [[nodiscard]] std::string to_string() const;

private:
    std::vector<Align> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace duibiao::cli
