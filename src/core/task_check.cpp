#include "core/task_check.hpp"

#include "core/due.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

Finding& report(Findings& findings, const Document& document, const Criterion& item, std::string_view code,
                const std::string& field) {
    Finding& finding = findings.emplace_back();
    finding.code = code;
    finding.severity = Severity::warning;
    finding.document = document.id;
    finding.item = item.id;
    finding.field = field;
    finding.citation = item.citation;
    finding.params.emplace("text", item.text);
    return finding;
}

const Value& answer_of(const Document& document, const Criterion& item, const std::string& field) {
    return document.answer(TargetRef{Layer::self, item.id, field});
}

/// A number that is not given counts as none.
void check_reached(Findings& findings, const Document& document, const Criterion& item, const AnswerField& field) {
    const AnswerField* other = item.find_field(field.reach);
    if (other == nullptr) return;
    const auto* wanted = std::get_if<Points>(&answer_of(document, item, other->id));
    const auto* given = std::get_if<Points>(&answer_of(document, item, field.id));
    const Points value = given == nullptr ? Points{} : *given;
    if (wanted == nullptr || value >= *wanted) return;
    Finding& finding = report(findings, document, item, "task-short", field.id);
    finding.params.emplace("label", field.label);
    finding.params.emplace("value", value.to_string());
    finding.params.emplace("other", other->label);
    finding.params.emplace("other_value", wanted->to_string());
}

void check_ticks(Findings& findings, const Document& document, const Criterion& item) {
    std::vector<std::string> labels;
    std::string first;
    for (const AnswerField& field : item.fields) {
        if (!field.with_done) continue;
        const auto* ticked = std::get_if<bool>(&answer_of(document, item, field.id));
        if (ticked != nullptr && *ticked) continue;
        if (labels.empty()) first = field.id;
        labels.push_back(field.label);
    }
    if (labels.empty()) return;
    report(findings, document, item, "task-unticked", first).params.emplace("labels", std::move(labels));
}

}  // namespace

Findings check_done_tasks(const Document& document) {
    Findings findings;
    for (const DueItem& due : due_items(document)) {
        const Criterion* item = document.instrument->find_criterion(due.item);
        if (!due.done || item == nullptr) continue;
        for (const AnswerField& field : item->fields) {
            if (!field.reach.empty()) check_reached(findings, document, *item, field);
        }
        check_ticks(findings, document, *item);
    }
    return findings;
}

}  // namespace duibiao
