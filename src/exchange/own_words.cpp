#include "exchange/own_words.hpp"

#include "core/evaluate/grade.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

constexpr std::string_view empty_blank = "____";
constexpr std::string_view checked_box = "■";
constexpr std::string_view empty_box = "□";

}  // namespace

OwnWords::OwnWords(const Document& document, const Evaluation& evaluation)
    : document_(document),
      evaluation_(evaluation),
      scored_(*document.instrument->scored),
      language_(language_of(*document.instrument)) {}

std::string OwnWords::blank(const Blank& blank, std::string_view item) const {
    const std::string field = (blank.is_tick() ? "tick:" : "blank:") + blank.name;
    const Value& value = document_.answer(TargetRef{deciding(), item, field});
    if (!blank.is_tick()) {
        const std::string text = show_value(value);
        return text.empty() ? std::string(empty_blank) : text;
    }
    const auto* yes = std::get_if<bool>(&value);
    const auto box = [](bool checked) { return std::string(checked ? checked_box : empty_box); };
    const std::string yes_word = blank.yes.empty() ? translate(language_, "print.yes") : blank.yes;
    const std::string no_word = blank.no.empty() ? translate(language_, "print.no") : blank.no;
    return yes_word + box(yes != nullptr && *yes) + no_word + box(yes != nullptr && !*yes);
}

/// A number has its unit behind it, where the text has not.
std::string OwnWords::filled(const ItemScoring& scoring, std::string_view item) const {
    std::string text = scoring.result;
    for (const Blank& blank : scoring.blanks) {
        const std::string mark = "{" + blank.name + "}";
        const std::size_t at = text.find(mark);
        if (at == std::string::npos) continue;
        const bool has_unit = std::string_view(text).substr(at + mark.size()).starts_with(blank.unit);
        text.replace(at, mark.size(), this->blank(blank, item) + (has_unit ? std::string() : blank.unit));
    }
    return text;
}

std::string OwnWords::total() const {
    const bool is_there = evaluation_.total && evaluation_.counted > 0 && scored_.has_points;
    return is_there ? evaluation_.total->to_string(scored_.decimals) : std::string();
}

/// Empty while there is none.
std::string OwnWords::value_of(std::string_view name) const {
    const ScorerResult& own = evaluation_.scorers[evaluation_.deciding];
    const auto shown = [&](const Fraction& figure) {
        return own.any ? figure.to_string(scored_.decimals) : std::string();
    };
    if (name == "total") return total();
    if (name == "points") return shown(own.sum.score);
    if (name == "bonus") return shown(joint_beside(scored_, evaluation_).bonus);
    if (name == "penalty") return shown(joint_beside(scored_, evaluation_).penalty);
    if (name == "full") return own.full.to_string(scored_.decimals);
    if (name == "grade") {
        const auto& band = evaluation_.grade.band;
        return band ? scored_.grades.bands[*band].label : std::string();
    }
    for (const FigureResult& figure : evaluation_.figures) {
        if (figure.definition->name == name && figure.value)
            return figure.value->to_string(figure.definition->decimals);
    }
    for (const Blank& blank : scored_.foot_blanks) {
        if (blank.name == name) return this->blank(blank, "foot");
    }
    return {};
}

std::string OwnWords::line(std::string_view pattern) const {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        const std::size_t close = std::min(pattern.find('}', open), pattern.size());
        out += pattern.substr(0, open);
        if (close == pattern.size()) break;
        const std::string value = value_of(pattern.substr(open + 1, close - open - 1));
        out += value.empty() ? std::string(empty_blank) : value;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

std::string OwnWords::boxes(const std::vector<std::string>& labels, std::string_view chosen) const {
    const std::string_view gap = language_ == Language::chinese ? "　" : " ";
    std::string out;
    for (const std::string& label : labels) {
        if (!out.empty()) out += gap;
        out += label;
        out += label == chosen ? checked_box : empty_box;
    }
    return out;
}

}  // namespace duibiao
