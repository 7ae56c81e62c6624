// Sentences: every word a user reads comes from assets/i18n; the form's own words come from its definition.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/result.hpp"

namespace duibiao {

enum class Language : std::uint8_t { chinese, english };

/// The language of the form's own words: whatever is written of a document for others to read (paper, tables,
/// calendars, letters, what goes into its reports) speaks it, whoever sits at the screen. Chinese where a form does not
/// say.
[[nodiscard]] Language language_of(const Instrument& form);

/// The sentence for `key` with {name} placeholders filled from `params` (lists joined by "、" or ", "). A key that is
/// missing in English falls back to Chinese; one missing everywhere comes back as itself.
[[nodiscard]] std::string translate(Language language, std::string_view key, const Params& params);
[[nodiscard]] std::string translate(Language language, std::string_view key);

/// A text with its {name} marks filled; a mark that nobody gave is left out.
[[nodiscard]] std::string fill_in(Language language, std::string_view text, const Params& params);

/// The plain text of a key without placeholders; stays valid for ever.
[[nodiscard]] std::string_view label(Language language, std::string_view key);

/// "2026-03" as 3月, "2026-Q1" as 一季度, "2026-H1" as 上半年, "2026" as 全年; other texts as they are.
[[nodiscard]] std::string period_words(Language language, std::string_view period);

/// "2026 年度", "2026 年上半年", "2026 年一季度", "2026 年8月".
[[nodiscard]] std::string period_title(Language language, std::string_view period);

/// Where an error is, for people: "line 7, column 3" as 第 7 行第 3 个字, "sheet A" as 工作表“A”, a row's id as 一行;
/// other places as they are.
[[nodiscard]] std::string place_words(Language language, std::string_view place);

/// What is wrong and what to do, one sentence (key `error.<code>`; the two halves are separated by "；" or "; ").
[[nodiscard]] std::string describe(Language language, const Error& error);

/// The two halves apart.
struct ErrorText {
    std::string problem;
    std::string remedy;
};
[[nodiscard]] ErrorText describe_parts(Language language, const Error& error);

/// A finding in words: short title, what it is, what to do.
struct FindingText {
    std::string title;
    std::string message;
    std::string remedy;
};
[[nodiscard]] FindingText describe(Language language, const Finding& finding);

/// Where a finding stands, for people: its row ("第 3 行"), else its item's position or number ("3.2.4", "①"); empty
/// where it has none.
[[nodiscard]] std::string finding_place(Language language, const Finding& finding);

}  // namespace duibiao
