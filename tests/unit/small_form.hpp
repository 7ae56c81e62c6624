// A form small enough to see through, with every kind of measure and rule; and short ways to fill it.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/document.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"
#include "small_form_definition.hpp"

namespace small_form {

using namespace duibiao;

inline Json json() { return *parse_json(definition, limits::instrument_bytes); }

inline InstrumentPtr load() {
    const auto instrument = load_instrument(definition);
    REQUIRE(instrument.has_value());
    return *instrument;
}

inline InstrumentFinder finder() {
    return [instrument = load()](const FormIdentity& wanted) { return wanted.id == "small" ? instrument : nullptr; };
}

inline Author author(std::string session = "s") { return {std::move(session), "张三", "2026-11-21T06:03:34Z"}; }

/// Hundredths for short figures in tests.
inline Points points(double value) { return Points::from_hundredths(std::llround(value * 100)); }

inline Document empty() {
    auto document = new_document(load(), "doc-1", "市第一医院党委", "2026", author());
    REQUIRE(document.has_value());
    return *document;
}

/// Answers as a user action of its own.
inline void put(Document& document, Layer layer, std::string item, std::string field, Value value,
                Author by = author()) {
    const Target target{layer, std::move(item), std::move(field)};
    CAPTURE(target.item);
    CAPTURE(target.field);
    auto edit = make_edit(document, by, target, value, "batch-" + by.session + std::to_string(document.log.size()));
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *edit).has_value());
}

inline void score(Document& document, std::string item, double value, Layer layer = Layer::self) {
    put(document, layer, std::move(item), "score", points(value));
}

inline void note(Document& document, std::string item, std::string words, Layer layer = Layer::self) {
    put(document, layer, std::move(item), "note", std::move(words));
}

inline void measure(Document& document, std::string item, double value) {
    put(document, Layer::self, std::move(item), "value", points(value));
}

inline void answer_yes(Document& document, std::string item, bool yes) {
    put(document, Layer::self, std::move(item), "value", yes);
}

/// Everything answered, nothing to find fault with.
inline Document clean() {
    Document document = empty();
    for (const Instrument::Place& place : document.instrument->order) {
        const Criterion& criterion = document.instrument->criterion(place);
        put(document, Layer::self, criterion.id, "score", criterion.points);
        note(document, criterion.id, "已落实");
    }
    measure(document, "1.1.2.m1", 4);
    answer_yes(document, "1.1.2.m2", true);
    measure(document, "1.2.1.m1", 7);
    measure(document, "2.1.2.m1", 6);
    answer_yes(document, "2.1.2.m2", false);
    put(document, Layer::self, "header", "date", std::string("2026-11-20"));
    return document;
}

inline Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

/// The same numbers on every platform: the standard's distributions differ between libraries.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    /// 0 … sides − 1
    std::uint32_t roll(std::size_t sides) { return static_cast<std::uint32_t>(engine_() % sides); }

private:
    std::mt19937 engine_;
};

template <typename T>
std::string code_of(const Result<T>& result) {
    return result ? "no error" : result.error().code;
}

}  // namespace small_form
