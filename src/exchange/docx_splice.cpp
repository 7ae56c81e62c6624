// Text put into a Word document without writing anything else of it anew.
#include <algorithm>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/docx_plan.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"

namespace duibiao {
namespace {

/// "w:" of "<w:p …>".
std::string prefix_of(std::string_view xml, const WordParagraph& paragraph) {
    const std::string_view tag = xml.substr(paragraph.tag.begin + 1, paragraph.tag.size() - 1);
    const std::size_t end = tag.find_first_of(": \t\r\n/>");
    return end != std::string_view::npos && tag[end] == ':' ? std::string(tag.substr(0, end + 1)) : std::string();
}

/// A run in the letters of the paragraph's end mark, as Word itself writes what is typed there.
std::string run_of(std::string_view xml, const WordParagraph& paragraph, std::string_view text) {
    const std::string prefix = prefix_of(xml, paragraph);
    const auto open = [&prefix](std::string_view name) { return "<" + prefix + std::string(name); };
    const auto close = [&prefix](std::string_view name) { return "</" + prefix + std::string(name) + ">"; };
    Html run;
    run.markup(open("r")).markup(">");
    if (!paragraph.format.empty()) {
        run.markup(open("rPr")).markup(">");
        for (const WordRange& part : paragraph.format) run.markup(xml.substr(part.begin, part.size()));
        run.markup(close("rPr"));
    }
    const std::string clean = file_text(text);
    std::string_view rest = clean;
    while (true) {
        const std::size_t end = std::min(rest.find_first_of("\n\t"), rest.size());
        if (end > 0)
            run.markup(open("t")).markup(" xml:space=\"preserve\">").text(rest.substr(0, end)).markup(close("t"));
        if (end == rest.size()) break;
        run.markup(open(rest[end] == '\n' ? "br" : "tab")).markup("/>");
        rest.remove_prefix(end + 1);
    }
    return std::move(run.markup(close("r"))).take();
}

}  // namespace

std::vector<Splice> replace_placeholder(std::string_view xml, const WordParagraph& paragraph,
                                        const WordPlaceholder& placeholder, std::string_view text) {
    std::vector<Splice> splices{{placeholder.flag, {}}};
    for (const WordRange& run : placeholder.runs) splices.push_back({run, {}});
    if (splices.size() > 1) splices[1].bytes = run_of(xml, paragraph, text);
    return splices;
}

namespace {

std::vector<Splice> put_into(std::string_view xml, const WordCell& cell, std::string_view text) {
    const auto holds = [](const WordParagraph& paragraph) { return !paragraph.placeholders.empty(); };
    const auto control = std::find_if(cell.paragraphs.begin(), cell.paragraphs.end(), holds);
    if (control != cell.paragraphs.end())
        return replace_placeholder(xml, *control, control->placeholders.front(), text);
    if (cell.paragraphs.empty()) return {};
    const WordParagraph& paragraph = cell.paragraphs.front();
    const std::string run = run_of(xml, paragraph, text);
    if (paragraph.is_bare) {
        const WordRange end{paragraph.tag.end - 2, paragraph.tag.end};  // "/>"
        return {{end, ">" + run + "</" + prefix_of(xml, paragraph) + "p>"}};
    }
    std::vector<Splice> splices{{{paragraph.start, paragraph.start}, run}};
    // Strokes held the place.
    for (const WordParagraph& blank : cell.paragraphs) {
        for (const WordPiece& piece : blank.pieces) {
            if (!looks_empty(std::string_view(blank.text).substr(piece.at, piece.size)))
                splices.push_back({piece.source, {}});
        }
    }
    return splices;
}

}  // namespace

std::vector<Splice> fill_cell(std::string_view xml, const WordCell& cell, std::string_view text) {
    if (cell.is_blank()) return put_into(xml, cell, text);
    std::vector<Splice> splices = tick_boxes(cell, text);
    return splices.empty() ? fill_gap(cell, text) : splices;
}

std::string beginning(std::string_view text) {
    constexpr std::size_t most_characters = 60;
    std::string line;
    for (const char c : trim(text)) line += c == '\n' || c == '\t' ? ' ' : c;
    if (count_characters(line) <= most_characters) return line;
    std::size_t end = 0;
    for (std::size_t count = 0; count < most_characters; ++count) {
        ++end;
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) ++end;
    }
    return line.substr(0, end) + "…";
}

std::string apply_splices(std::string_view xml, WordRange range, std::vector<Splice> splices) {
    std::stable_sort(splices.begin(), splices.end(),
                     [](const Splice& a, const Splice& b) { return a.at.begin < b.at.begin; });
    std::string out;
    std::size_t at = range.begin;
    for (const Splice& splice : splices) {
        if (splice.at.begin < at || splice.at.end > range.end) continue;
        out += xml.substr(at, splice.at.begin - at);
        out += splice.bytes;
        at = splice.at.end;
    }
    return out += xml.substr(at, range.end - at);
}

}  // namespace duibiao
