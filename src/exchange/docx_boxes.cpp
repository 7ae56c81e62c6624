// Cells of a Word form that ask for a tick or a figure: "□是 □否", "是□ 否□", "（  ）次". They are filled in their own
// way, and nothing else in them changes.
#include <algorithm>
#include <array>
#include <optional>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/docx_plan.hpp"

namespace duibiao {
namespace {

/// Plain characters that are boxes, and what each becomes when it is ticked.
struct Glyph {
    std::string_view empty;
    std::string_view ticked;
};
constexpr std::array<Glyph, 9> glyphs{
    {{"□", "☑"}, {"☐", "☑"}, {"▢", "☑"}, {"◻", "☑"}, {"⬜", "☑"}, {"❑", "☑"}, {"❏", "☑"}, {"○", "●"}, {"◯", "●"}}};
/// Characters that are typed for boxes: they are ones in front of a yes or a no.
constexpr std::array<Glyph, 3> typed_glyphs{{{"口", "☑"}, {"囗", "☑"}, {"〇", "●"}}};
constexpr std::array<std::string_view, 8> ticked_signs{"☑", "☒", "■", "●", "√", "✓", "✔", "◉"};

/// A box of a cell with what stands between it and its neighbours.
struct TickBox {
    std::string label;
    std::vector<Splice> tick;
    bool is_ticked = false;
};

/// The boxes of a cell, and the texts around them: one more than boxes.
struct TickBoxes {
    std::vector<TickBox> boxes;
    std::vector<std::string> texts{std::string{}};
};

/// What ticks a plain box, if its bytes lie there as they are.
std::vector<Splice> tick_glyph(const WordParagraph& paragraph, std::size_t at, const Glyph& glyph) {
    const WordPiece* piece = paragraph.piece_at(at);
    if (piece == nullptr || piece->size != piece->source.size() || at < piece->at) return {};
    if (at + glyph.empty.size() > piece->at + piece->size) return {};
    const std::size_t begin = piece->source.begin + at - piece->at;
    return {{{begin, begin + glyph.empty.size()}, std::string(glyph.ticked)}};
}

/// Length of what lies between the brackets that a text begins with, if that is blanks: "[ ]", "（　）"; 0 for others.
std::size_t blanks_in_brackets(std::string_view text) {
    std::size_t at = 0;
    const char32_t opening = text.empty() ? U' ' : ordinary_form(take_character(text, at));
    if (opening != U'(' && opening != U'[' && opening != U'\u3014') return 0;
    const std::size_t begin = at;
    std::size_t end = at;
    while (at < text.size()) {
        const char32_t character = ordinary_form(take_character(text, at));
        if (character == U')' || character == U']' || character == U'\u3015') return end - begin;
        if (!is_blank(character)) return 0;
        end = at;
    }
    return 0;
}

/// The box that stands there.
const Glyph* glyph_at(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 8> answers{"是", "否", "有", "无", "没有", "已", "未", "不"};
    const std::string_view rest = text.substr(at);
    const auto stands = [rest](const Glyph& one) { return rest.starts_with(one.empty); };
    const auto* glyph = std::find_if(glyphs.begin(), glyphs.end(), stands);
    if (glyph != glyphs.end()) return glyph;
    const auto* typed = std::find_if(typed_glyphs.begin(), typed_glyphs.end(), stands);
    if (typed == typed_glyphs.end()) return nullptr;
    const std::string behind = plain_text(rest.substr(typed->empty.size()));
    const bool answers_follow = std::any_of(answers.begin(), answers.end(),
                                            [&behind](std::string_view answer) { return behind.starts_with(answer); });
    constexpr std::array<std::string_view, 13> ends{" ",  "　", "\u00A0", "\t", ":",  "：", "；",
                                                    "，", "、", "/",      "是", "有", "无"};
    const std::string_view before = text.substr(0, at);
    const bool begins = before.empty() || std::any_of(ends.begin(), ends.end(),
                                                      [before](std::string_view end) { return before.ends_with(end); });
    return answers_follow && begins ? typed : nullptr;
}

void read_tick_boxes(const WordParagraph& paragraph, TickBoxes& found) {
    const std::string_view text = paragraph.text;
    const auto add = [&found](TickBox box) {
        found.boxes.push_back(std::move(box));
        found.texts.emplace_back();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const auto known = std::find_if(paragraph.boxes.begin(), paragraph.boxes.end(),
                                        [at](const WordBox& box) { return box.at == at; });
        const Glyph* glyph = glyph_at(text, at);
        const std::size_t between = blanks_in_brackets(rest);
        const auto ticked = std::find_if(ticked_signs.begin(), ticked_signs.end(),
                                         [rest](std::string_view sign) { return rest.starts_with(sign); });
        if (known != paragraph.boxes.end()) {
            add({{}, known->tick, known->is_ticked});
            at += std::max<std::size_t>(known->size, 1);
        } else if (glyph != nullptr) {
            add({{}, tick_glyph(paragraph, at, *glyph), false});
            at += glyph->empty.size();
        } else if (between > 0) {
            std::size_t inside = at;
            (void)take_character(text, inside);
            add({{}, tick_glyph(paragraph, inside, {text.substr(inside, between), "√"}), false});
            at = inside + between;
            (void)take_character(text, at);
        } else if (ticked != ticked_signs.end()) {
            add({{}, {}, true});
            at += ticked->size();
        } else {
            found.texts.back() += text[at];
            ++at;
        }
    }
    found.texts.back() += '\n';
}

/// A box's words without what only separates them from the next.
std::string plain_label(std::string_view text) {
    std::string label = plain_text(text);
    constexpr std::array<std::string_view, 9> ends{";", ",", "。", "、", ".", "/", ":", "|", " "};
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::string_view end : ends) {
            if (label.ends_with(end)) {
                label.resize(label.size() - end.size());
                changed = true;
            } else if (label.starts_with(end)) {
                label.erase(0, end.size());
                changed = true;
            }
        }
    }
    return label;
}

/// "A.是" and "1、是": what only counts the choices.
std::string_view without_number(std::string_view label) {
    constexpr std::array<std::string_view, 3> ends{".", "、", ")"};
    if (label.empty() || !(is_digit(label.front()) || (label.front() >= 'A' && label.front() <= 'F'))) return label;
    for (const std::string_view end : ends) {
        if (label.substr(1).starts_with(end) && label.size() > end.size() + 1)
            return trim(label.substr(end.size() + 1));
    }
    return label;
}

/// Words stand behind their boxes, or in front of them where nothing follows the last.
TickBoxes read_boxes(const WordCell& cell) {
    TickBoxes found;
    for (const WordParagraph& paragraph : cell.paragraphs) read_tick_boxes(paragraph, found);
    const bool in_front = looks_empty(found.texts.back()) && !looks_empty(found.texts.front());
    for (std::size_t i = 0; i < found.boxes.size(); ++i)
        found.boxes[i].label = without_number(plain_label(found.texts[in_front ? i : i + 1]));
    return found;
}

std::string without_has(std::string_view text) {
    constexpr std::string_view has = "有";
    return label_key(text.starts_with(has) && text.size() > has.size() ? text.substr(has.size()) : text);
}

/// Does a box's label say what a part of an answer names_part?
bool names_part(std::string_view label, std::string_view part) {
    constexpr std::array<std::string_view, 6> yes{"是", "有", "已", "达到", "符合", "完成"};
    constexpr std::array<std::string_view, 7> no{"否", "无", "没有", "未", "未达到", "不符合", "未完成"};
    if (label.empty()) return false;
    if (without_has(label) == without_has(part)) return true;
    return (part == "是" && position_in(yes, label)) || (part == "否" && position_in(no, label));
}

/// "已建立" and "未建立", "有问题" and "没有问题", "合格" and "不合格": the box of the two that says yes; nothing when
/// they are no such pair.
const TickBox* affirmed(const std::vector<TickBox>& boxes) {
    constexpr std::array<std::string_view, 7> no{"没有", "未", "无", "不", "否", "非", "没"};
    constexpr std::array<std::string_view, 5> yes{"已", "有", "能", "会", "是"};
    const auto denied = [&](std::string_view label, std::string_view other) {
        return std::any_of(no.begin(), no.end(), [&](std::string_view word) {
            if (!label.starts_with(word) || label.size() == word.size()) return false;
            const std::string_view rest = label.substr(word.size());
            return rest == other || std::any_of(yes.begin(), yes.end(), [&](std::string_view start) {
                       return other.starts_with(start) && rest == other.substr(start.size());
                   });
        });
    };
    if (boxes.size() != 2) return nullptr;
    if (denied(boxes[1].label, boxes[0].label)) return &boxes[0];
    return denied(boxes[0].label, boxes[1].label) ? &boxes[1] : nullptr;
}

}  // namespace

std::vector<Splice> tick_boxes(const WordCell& cell, std::string_view answer) {
    const TickBoxes found = read_boxes(cell);
    const auto& boxes = found.boxes;
    const auto is_ticked = [](const TickBox& box) { return box.is_ticked || box.tick.empty(); };
    if (boxes.empty() || std::any_of(boxes.begin(), boxes.end(), is_ticked)) return {};
    // One box alone names_part yes or nothing.
    if (boxes.size() == 1 && yes_or_no(answer).value_or(false) &&
        (boxes.front().label.empty() || names_part(boxes.front().label, "是")))
        return boxes.front().tick;
    if (const TickBox* yes = affirmed(boxes); yes != nullptr && (answer == "是" || answer == "否"))
        return answer == "是" ? yes->tick : boxes[yes == &boxes[0] ? 1 : 0].tick;
    std::vector<bool> chosen(boxes.size());
    for (const std::string& part : split_parts(answer)) {
        const auto box = std::find_if(boxes.begin(), boxes.end(),
                                      [&part](const TickBox& one) { return names_part(one.label, part); });
        if (box == boxes.end()) return {};
        chosen[static_cast<std::size_t>(box - boxes.begin())] = true;
    }
    std::vector<Splice> splices;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (chosen[i]) splices.insert(splices.end(), boxes[i].tick.begin(), boxes[i].tick.end());
    }
    return splices;
}

// --- Gaps for a figure --------------------------------------------------------------------------------------------

namespace {

/// A stretch of blanks in a paragraph.
struct FigureGap {
    const WordParagraph* paragraph = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t width = 0;  ///< characters
    std::string unit;       ///< what stands behind it
};

bool is_gap(char32_t character) { return is_blank(character) || character == U'_' || character == U'\uFF3F'; }

/// The only stretch of two blanks or more, or one between brackets, in a cell of a few words.
std::optional<FigureGap> find_gap(const WordCell& cell) {
    constexpr std::size_t longest_words = 24;  // bytes, of what stands around it
    const WordParagraph* only = nullptr;
    for (const WordParagraph& paragraph : cell.paragraphs) {
        if (looks_empty(paragraph.text)) continue;
        if (only != nullptr) return std::nullopt;
        only = &paragraph;
    }
    if (only == nullptr || cell.has_table || only->has_object || only->text.size() > 200) return std::nullopt;
    const std::string_view text = only->text;
    std::optional<FigureGap> found;
    bool in_brackets = false;
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        std::size_t width = 0;
        std::size_t next = at;
        while (next < text.size() && is_gap(take_character(text, next))) {
            ++width;
            at = next;
        }
        const bool closes = text.substr(at).starts_with("）") || text.substr(at).starts_with(")") ||
                            text.substr(at).starts_with("〕") || text.substr(at).starts_with("]");
        if (width == 0) {
            if (in_brackets && closes && found) return std::nullopt;
            if (in_brackets && closes) found = FigureGap{only, at, at, 0, plain_label(text.substr(at))};
            const char32_t character = ordinary_form(take_character(text, at));
            in_brackets = character == U'(' || character == U'[' || character == U'\u3014';
            append_character(words, character);
            continue;
        }
        if (width < 2 && !(in_brackets && closes)) continue;
        in_brackets = false;
        if (found && at < text.size()) return std::nullopt;
        if (found) continue;  // blanks at the very end
        found = FigureGap{only, begin, at, width, plain_label(text.substr(at))};
    }
    // Other figures would make another number of it.
    const bool has_digits = words.find_first_of("0123456789") != std::string::npos;
    return found && !has_digits && words.size() <= longest_words && !words.empty() ? found : std::nullopt;
}

/// A text between two characters that stand together: "（）".
std::vector<Splice> put_in(const WordParagraph& paragraph, std::size_t at, const std::string& text) {
    const WordPiece* piece = paragraph.piece_at(at);
    if (piece == nullptr || piece->size != piece->source.size() || at < piece->at) return {};
    const std::size_t place = piece->source.begin + at - piece->at;
    return {{{place, place}, text}};
}

}  // namespace

std::vector<Splice> fill_gap(const WordCell& cell, std::string_view answer) {
    const auto gap = find_gap(cell);
    if (!gap) return {};
    std::string unit = gap->unit;
    if (const std::size_t bracket = unit.find(')'); bracket == 0) unit.erase(0, 1);
    const auto figure = read_number(answer, unit);
    if (!figure) return {};
    const std::string text = gap->width > 2 ? " " + figure->to_string() + " " : figure->to_string();
    std::vector<Splice> splices;
    if (gap->begin == gap->end) return put_in(*gap->paragraph, gap->begin, text);
    for (const WordPiece& piece : gap->paragraph->pieces) {
        const std::size_t begin = std::max(gap->begin, piece.at);
        const std::size_t end = std::min(gap->end, piece.at + piece.size);
        if (begin >= end) continue;
        const bool is_plain = piece.size == piece.source.size();
        const bool is_whole = begin == piece.at && end == piece.at + piece.size;
        if (!is_plain && !is_whole) return {};
        const WordRange source =
            is_whole ? piece.source
                     : WordRange{piece.source.begin + begin - piece.at, piece.source.begin + end - piece.at};
        splices.push_back({source, splices.empty() ? text : std::string()});
    }
    return splices;
}

bool is_open(const WordCell& cell) {
    if (cell.is_blank()) return true;
    const TickBoxes found = read_boxes(cell);
    const bool has_open =
        !found.boxes.empty() && std::none_of(found.boxes.begin(), found.boxes.end(),
                                             [](const TickBox& box) { return box.is_ticked || box.tick.empty(); });
    return has_open || find_gap(cell).has_value();
}

}  // namespace duibiao
