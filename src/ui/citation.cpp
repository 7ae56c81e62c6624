#include "ui/citation.hpp"

#include <algorithm>

namespace duibiao::ui {

namespace {

constexpr std::string_view between_clauses = "；";

std::string clause_words(const Ui& ui, std::string_view clause) {
    const std::size_t end = std::min(clause.find(' '), clause.size());
    const std::string key = "source.short." + std::string(clause.substr(0, end));
    const std::string name = ui.say(key);
    return name == key ? std::string(clause) : name + std::string(clause.substr(end));
}

}  // namespace

std::string citation_words(const Ui& ui, std::string_view citation) {
    std::string words;
    while (!citation.empty()) {
        const std::size_t end = std::min(citation.find(between_clauses), citation.size());
        if (!words.empty()) words += between_clauses;
        words += clause_words(ui, citation.substr(0, end));
        citation.remove_prefix(std::min(end + between_clauses.size(), citation.size()));
    }
    return words;
}

}  // namespace duibiao::ui
