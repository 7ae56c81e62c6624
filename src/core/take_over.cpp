#include "core/take_over.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/custody.hpp"

namespace duibiao {
namespace {

/// What a form asks, by its own words: columns, heads, items' fields and measures.
std::vector<std::string> asked_by(const Instrument& form) {
    std::vector<std::string> labels;
    for (const HeaderField& field : form.header) labels.push_back(field.label);
    for (const AnswerField& column : form.table.columns) labels.push_back(column.label);
    for (const Instrument::Place& place : form.order) {
        const Criterion& item = form.criterion(place);
        for (const Measure& measure : item.measures) labels.push_back(item.id + " " + measure.name);
        for (const AnswerField& field : item.fields) labels.push_back(item.id + " " + field.label);
    }
    for (const DutySet& set : form.duty_sets) {
        for (const Duty& duty : set.duties) labels.push_back(duty.title);
    }
    return labels;
}

/// Those of the first that the second has not, each once.
std::vector<std::string> without(const std::vector<std::string>& labels, const std::vector<std::string>& others) {
    std::set<std::string_view> seen(others.begin(), others.end());
    std::vector<std::string> rest;
    for (const std::string& label : labels) {
        if (seen.insert(label).second) rest.push_back(label);
    }
    return rest;
}

/// Items that both versions have and word differently.
std::vector<std::string> reworded_items(const Instrument& before, const Instrument& after) {
    std::vector<std::string> items;
    for (const Instrument::Place& place : before.order) {
        const Criterion& item = before.criterion(place);
        const Criterion* other = after.find_criterion(item.id);
        if (other == nullptr) continue;
        if (other->text != item.text || other->due != item.due || other->due_label != item.due_label)
            items.push_back(item.id);
    }
    return items;
}

/// The edit has a place in the other version, where it says the same.
bool fits(const Instrument& form, const Edit& edit) {
    Value before = edit.before;
    Value after = edit.after;
    return normalise_value(form, edit.target, before) && normalise_value(form, edit.target, after) &&
           before == edit.before && after == edit.after;
}

}  // namespace

Result<Document> as_version(const Document& document, const InstrumentPtr& form) {
    if (form->id != document.instrument->id) {
        return fail("form-other", {}, {{"ours", document.instrument->id}, {"theirs", form->id}});
    }
    std::vector<Edit> log;
    std::copy_if(document.log.begin(), document.log.end(), std::back_inserter(log),
                 [&form](const Edit& edit) { return fits(*form, edit); });
    return replay(form, document.id, std::move(log));
}

Result<TakeOver> take_over(const Document& document, const InstrumentPtr& form) {
    for (const Layer layer : layers_of(*document.instrument)) {
        if (auto open = check_custody(document, layer); !open) return tl::unexpected<Error>(open.error());
    }
    auto other = as_version(document, form);
    if (!other) return tl::unexpected<Error>(other.error());
    TakeOver taken{std::move(*other), {}, {}, {}, {}, {}};
    for (const auto& [target, value] : document.answers) {
        const Value& now = taken.document.answer(target);
        if (now == value) continue;
        (std::holds_alternative<std::monostate>(now) ? taken.lost : taken.changed).push_back(target);
    }
    const auto before = asked_by(*document.instrument);
    const auto after = asked_by(*form);
    taken.added = without(after, before);
    taken.removed = without(before, after);
    taken.reworded = reworded_items(*document.instrument, *form);
    return taken;
}

}  // namespace duibiao
