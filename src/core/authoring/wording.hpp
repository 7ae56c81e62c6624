// How offices write figures, numbers, points and blanks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/draft.hpp"

namespace duibiao::authoring {

/// A text in ordinary forms: full-width letters, digits and signs made plain, every blank an ASCII one, line feeds
/// kept. Knows where each of its bytes stood.
class Folded {
public:
    explicit Folded(std::string_view source);

    std::string text;
    /// What stood there, as it was written.
    [[nodiscard]] std::string original(std::size_t begin, std::size_t end) const;

private:
    std::string source_;
    std::vector<std::uint32_t> at_;  ///< by byte of text, and one more for its end
};

/// Ordinary forms without any blanks or line feeds.
[[nodiscard]] std::string squeeze(std::string_view text);
/// Without blanks and line feeds, otherwise as it was written.
[[nodiscard]] std::string compact(std::string_view text);
/// A title as one line: letters written one below the other, and lines, are put together.
[[nodiscard]] std::string one_line(std::string_view text);
[[nodiscard]] bool has_any(std::string_view text, std::initializer_list<std::string_view> words);
[[nodiscard]] bool is_any(std::string_view text, std::initializer_list<std::string_view> words);
[[nodiscard]] bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words);
[[nodiscard]] bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> words);

/// A number at a place of a folded text.
struct Figure {
    Points value;
    std::size_t end = 0;
};
[[nodiscard]] std::optional<Figure> figure_at(std::string_view text, std::size_t at);
/// The same, or a Chinese numeral up to 99.
[[nodiscard]] std::optional<Figure> count_at(std::string_view text, std::size_t at);

/// "次", "人次", "个百分点": where a word that counts begins, how long it is; 0 where there is none.
[[nodiscard]] std::size_t measure_at(std::string_view text, std::size_t at);

/// Points as they stand in a text: （2分）, （12分，7分奖分）, （23分+10分）, 20分 at its end.
struct PrintedPoints {
    std::optional<Points> points;
    std::optional<Points> bonus;
    std::optional<Points> most;    ///< （最高减20分）
    std::optional<Points> weight;  ///< 占40%, in per cent
};
[[nodiscard]] PrintedPoints printed_points(std::string_view text);
/// A cell of a column of points: "15", "１５分", "0-5" (5), "+3" and "-3" (3). Nothing where it is no number.
[[nodiscard]] std::optional<Points> points_of_cell(std::string_view text);

/// A number in front of a text: "1.", "（一）", "1.1.1 ", "①"; with how deep such numbers lie: 第一部分 1, 一、 2,
/// （一） 3, 1. 4, (1) 5; 1.1 10 and deeper by its dots.
struct LeadingNumber {
    std::string number;
    int depth = 0;
    std::size_t end = 0;  ///< bytes of the text, blanks behind it too
};
[[nodiscard]] std::optional<LeadingNumber> leading_number(std::string_view text);

/// A row's text with places to fill in: 应报  次, 有□无□.
struct FilledText {
    std::vector<DraftBlank> blanks;
    std::string result;  ///< blanks as {name}
};
[[nodiscard]] FilledText read_blanks_of(std::string_view text);
/// Whether there is a place to fill in.
[[nodiscard]] bool has_places(std::string_view text);

/// "name：____" and its like of a line, from left to right; the words in front of the first place and between.
struct LineField {
    std::string label;
    std::string value;
};
[[nodiscard]] std::vector<LineField> fields_of_line(std::string_view line);

}  // namespace duibiao::authoring
