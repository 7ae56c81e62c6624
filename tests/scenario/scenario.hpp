// Scenarios speak the domain: who fills what, and what is then to be seen.
//
//     Scenario::open("jilin-committee").score("3.2.4", 1.5).expect_total("1.5");
//
// Every step is one user action with an instant of its own, one second after the last. What should be refused is asked
// for with expect_refused().
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/tally.hpp"
#include "core/undo.hpp"
#include "exchange/library.hpp"

namespace duibiao {

class Scenario {
public:
    /// A fresh document of a shipped form.
    [[nodiscard]] static Scenario open(std::string_view instrument_id, std::string_view unit = "市第一医院党委",
                                       std::string_view period = "2026") {
        static const InstrumentLibrary library = InstrumentLibrary::shipped();
        const InstrumentPtr form = library.find(instrument_id);
        REQUIRE(form != nullptr);
        Scenario scenario(library.finder());
        auto document = new_document(form, "doc-1", unit, period, scenario.next_author());
        REQUIRE(document.has_value());
        scenario.document_ = *document;
        return scenario;
    }

    // ---- Steps ----

    /// Whose layer the next steps fill.
    Scenario& as(Layer layer) {
        layer_ = layer;
        return *this;
    }
    /// Another person at another machine goes on.
    Scenario& by(std::string session) {
        session_ = std::move(session);
        return *this;
    }
    Scenario& score(std::string item, double value) { return put(layer_, std::move(item), "score", points(value)); }
    Scenario& clear(std::string item) { return put(layer_, std::move(item), "score", {}); }
    Scenario& note(std::string item, std::string words) {
        return put(layer_, std::move(item), "note", std::move(words));
    }
    Scenario& explain(std::string item, std::string words) {
        return put(Layer::self, std::move(item), "explanation", std::move(words));
    }
    Scenario& measure(std::string item, double value) {
        return put(Layer::self, std::move(item), "value", points(value));
    }
    Scenario& measure(std::string item, bool yes) { return put(Layer::self, std::move(item), "value", yes); }
    Scenario& veto(std::string item, bool set = true) { return put(layer_, std::move(item), "set", set); }
    Scenario& header(std::string field, std::string words) {
        return put(Layer::self, "header", std::move(field), std::move(words));
    }
    /// Every criterion at its full points with a note, and every measure met.
    Scenario& fill_completely() {
        const InstrumentPtr form = document_.instrument;
        for (const Instrument::Place& place : form->order) {
            const Criterion& criterion = form->criterion(place);
            put(layer_, criterion.id, "score", criterion.points);
            if (layer_ != Layer::self) continue;
            note(criterion.id, "已落实，见台账");
            for (const Measure& known : criterion.measures) put(Layer::self, known.id, "value", met(known));
        }
        return layer_ == Layer::self ? header("date", "2026-11-20") : *this;
    }
    Scenario& undo() { return apply_all(make_undo(document_, next_author())); }
    Scenario& redo() { return apply_all(make_redo(document_, next_author())); }
    /// Saved, mailed and opened again: nothing may get lost or look altered.
    Scenario& mail() {
        const std::string file = write_report(document_);
        receive(file);
        CHECK(load_findings_.empty());
        CHECK(write_report(document_) == file);
        return *this;
    }
    /// Opens a file as it came.
    Scenario& receive(std::string_view file) {
        auto loaded = read_report(file, finder_);
        REQUIRE(loaded.has_value());
        document_ = std::move(loaded->document);
        load_findings_ = std::move(loaded->findings);
        return *this;
    }
    Scenario& merge_with(const Scenario& other) {
        auto united = merge(document_, other.document_);
        REQUIRE(united.has_value());
        document_ = std::move(united->document);
        conflicts_ = united->conflicts.size();
        return *this;
    }

    // ---- What is to be seen ----

    Scenario& expect_total(std::string_view total) {
        CHECK(layer_sum().score.to_string() == total);
        return *this;
    }
    Scenario& expect_scored(int scored) {
        CHECK(layer_sum().scored == scored);
        return *this;
    }
    Scenario& expect_section(std::size_t number, std::string_view total) {
        CHECK(tally(document_).sections.at(number - 1).layers[index_of(layer_)].score.to_string() == total);
        return *this;
    }
    /// "" for a criterion without a score.
    Scenario& expect_score(std::string_view item, std::string_view score) {
        const auto found = document_.score(layer_, item);
        CHECK((found ? found->to_string() : std::string{}) == score);
        return *this;
    }
    Scenario& expect_proposal(std::string_view item, std::string_view score) {
        const auto proposed = propose(document_, *document_.instrument->find_criterion(item)).score;
        CHECK((proposed ? proposed->to_string() : std::string{}) == score);
        return *this;
    }
    Scenario& expect_verdict(std::string_view verdict) {
        CHECK(tally(document_).verdict == verdict);
        return *this;
    }
    Scenario& expect_refused(std::string item, std::string field, Value value, std::string_view code) {
        const auto edit = make_edit(document_, next_author(), {layer_, std::move(item), std::move(field)}, value, "x");
        REQUIRE_FALSE(edit.has_value());
        CHECK(edit.error().code == code);
        return *this;
    }
    Scenario& expect_finding(std::string_view code, std::string_view item) {
        CAPTURE(code);
        CAPTURE(item);
        CHECK(has_finding(code, item));
        return *this;
    }
    Scenario& expect_no_finding(std::string_view code, std::string_view item) {
        CAPTURE(code);
        CAPTURE(item);
        CHECK_FALSE(has_finding(code, item));
        return *this;
    }
    /// No error and no warning; notices may remain.
    Scenario& expect_ready() {
        const FindingCount counted = count(check(document_, as_of_));
        CHECK(counted.errors == 0);
        CHECK(counted.warnings == 0);
        return *this;
    }
    /// A finding of the file just received.
    Scenario& expect_altered(std::string_view code, std::string_view item) {
        bool found = false;
        for (const Finding& finding : load_findings_) found = found || (finding.code == code && finding.item == item);
        CHECK(found);
        return *this;
    }
    Scenario& expect_conflicts(std::size_t conflicts) {
        CHECK(conflicts_ == conflicts);
        return *this;
    }

    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] std::string file() const { return write_report(document_); }

private:
    explicit Scenario(InstrumentFinder finder) : finder_(std::move(finder)) {}

    static Points points(double value) { return Points::from_hundredths(std::llround(value * 100)); }
    static Value met(const Measure& measure) {
        if (measure.type == Measure::Type::yesno) return measure.expect;
        return measure.at_least ? *measure.at_least : *measure.at_most;
    }

    Author next_author() {
        ++second_;
        const auto two = [](int number) { return std::to_string(100 + number).substr(1); };
        return {session_, session_,
                "2026-11-21T" + two(second_ / 3600) + ":" + two(second_ / 60 % 60) + ":" + two(second_ % 60) + "Z"};
    }
    Scenario& put(Layer layer, std::string item, std::string field, Value value) {
        CAPTURE(item);
        CAPTURE(field);
        const Author author = next_author();
        const auto edit = make_edit(document_, author, {layer, std::move(item), std::move(field)}, value,
                                    session_ + "-action-" + std::to_string(second_));
        REQUIRE(edit.has_value());
        return apply_all({*edit});
    }
    Scenario& apply_all(const std::vector<Edit>& edits) {
        for (const Edit& edit : edits) REQUIRE(apply(document_, edit).has_value());
        return *this;
    }
    [[nodiscard]] Sum layer_sum() const { return tally(document_).layers[index_of(layer_)]; }
    [[nodiscard]] bool has_finding(std::string_view code, std::string_view item) const {
        for (const Finding& finding : check(document_, as_of_)) {
            if (finding.code == code && finding.item == item) return true;
        }
        return false;
    }

    InstrumentFinder finder_;
    Document document_;
    Findings load_findings_;
    std::size_t conflicts_ = 0;
    Layer layer_ = Layer::self;
    std::string session_ = "hospital";
    int second_ = 0;
    Date as_of_{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};
};

}  // namespace duibiao
