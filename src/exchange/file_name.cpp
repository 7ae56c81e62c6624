#include "exchange/file_name.hpp"

#include <algorithm>

#include "core/custody.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_characters = 120;
constexpr std::size_t most_unit_characters = 40;
constexpr std::size_t most_title_characters = 40;

/// Refused by Windows, macOS or Linux, or read by shells and browsers as something else.
bool is_refused(char c) {
    constexpr std::string_view refused = "\\/:*?\"<>|%#&{}$!'`@+=~";
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || refused.find(c) != std::string_view::npos;
}

}  // namespace

std::string_view first_characters(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    while (at < text.size() && characters-- > 0) {
        do ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    return text.substr(0, at);
}

std::string file_part(std::string_view text, std::size_t characters) {
    std::string part;
    for (const char c : first_characters(trim(text), characters)) {
        const bool blank = c == ' ' || is_refused(c);
        if (!blank)
            part += c;
        else if (!part.empty() && part.back() != '_')
            part += '_';
    }
    while (!part.empty() && (part.back() == '_' || part.back() == '.')) part.pop_back();
    part.erase(0, std::min(part.find_first_not_of("._-"), part.size()));
    return part;
}

namespace {

std::string name_of(const Document& document, std::string_view end) {
    std::string name;
    const auto append = [&name](const std::string& part) {
        if (part.empty()) return;
        if (!name.empty()) name += '-';
        name += part;
    };
    append(file_part(document.unit(), most_unit_characters));
    append(file_part(document.instrument->short_title, most_title_characters));
    append(file_part(document.period(), most_unit_characters));
    if (name.empty()) name = "duibiao";
    return std::string(first_characters(name, most_characters - end.size())) + std::string(end);
}

/// What became of the document last: "-报送2".
std::string state_part(const Document& document) {
    const Instrument& form = *document.instrument;
    const auto last = std::find_if(document.log.rbegin(), document.log.rend(), hands_over);
    if (last == document.log.rend()) return {};
    const Layer layer = last->target.layer;
    const Custody custody = custody_of(document)[index_of(layer)];
    if (custody.state == LayerState::draft) return {};  // unlocked since
    const LayerLabel* label = form.find_layer(layer);
    std::string part = "-" + translate(language_of(form), "file." + std::string(to_string(custody.state)),
                                       {{"layer", label == nullptr ? std::string() : label->short_label}});
    if (custody.revision > 1) part += std::to_string(custody.revision);
    return part;
}

}  // namespace

std::string suggest_file_name(const Document& document, std::string_view extension) {
    return name_of(document, "." + std::string(extension));
}

std::string suggest_report_name(const Document& document) { return name_of(document, state_part(document) + ".json"); }

}  // namespace duibiao
