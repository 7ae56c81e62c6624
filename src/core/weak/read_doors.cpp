#include <algorithm>
#include <array>
#include <utility>

#include "core/campaign/digest.hpp"
#include "core/limits.hpp"
#include "core/name_key.hpp"
#include "core/scored_form/form_reader.hpp"
#include "core/weak/doors.hpp"

namespace duibiao {
namespace {

using scored_form::FormReader;
using scored_form::found_text;
using scored_form::nearest_name;
using scored_form::Need;
using scored_form::Node;
using Of = EvidenceRule::Of;

constexpr std::array<std::string_view, 8> kind_members{"item",  "rows",   "finding", "duty",
                                                       "total", "lowest", "veto",    "grades"};
constexpr std::array<std::string_view, 3> severities{"error", "warning", "notice"};
constexpr std::array<std::string_view, 3> layers{"self", "acceptance", "rating"};
constexpr std::array<std::string_view, 2> ranges{"class", "all"};
constexpr std::array<std::string_view, 5> step_kinds{"problems", "check", "survey", "rectify", "review"};
constexpr int most_times = 10'000;

/// The reading of one file; mistakes stay in the reader.
class DoorsReader {
public:
    explicit DoorsReader(const FormById& find_form) : find_form_(find_form) {}

    [[nodiscard]] Doors read(const Node& root);
    [[nodiscard]] std::vector<Error> take_mistakes() { return std::move(reader_.mistakes); }

private:
    void read_head(const Node& root, Doors& doors);
    [[nodiscard]] DeskForm read_desk_form(const Node& forms, std::string_view key);
    [[nodiscard]] std::optional<std::chrono::month_day> read_day(const Node& node, std::string_view key);
    void read_steps(const Node& root, Doors& doors);
    [[nodiscard]] Door read_door(const Node& node);
    [[nodiscard]] EvidenceRule read_rule(const Node& node);
    void read_kind(const Node& node, EvidenceRule& rule);
    void read_rows(const Node& node, EvidenceRule& rule);
    void read_finding(const Node& node, EvidenceRule& rule);
    void read_total(const Node& node, EvidenceRule& rule);
    void read_lowest(const Node& node, EvidenceRule& rule);
    [[nodiscard]] AnswerTest read_test(const Node& node);
    [[nodiscard]] std::vector<CellTest> read_cells(const Node& node, std::string_view key, Need need,
                                                   const std::string& form);
    [[nodiscard]] std::string clause(const Node& node);
    [[nodiscard]] std::string column(const Node& node, std::string_view key, Need need, const std::string& form);
    /// Names that the form has not; says nothing of a form that is not known.
    void prove(const Node& node, std::string_view key, const std::string& name, const std::string& form,
               std::vector<std::string> (*names_in)(const FormOutline&));

    const FormById& find_form_;
    FormReader reader_;
};

std::vector<std::string> ids_of(const std::vector<FormOutline::Part>& parts) {
    std::vector<std::string> ids;
    ids.reserve(parts.size());
    for (const FormOutline::Part& part : parts) ids.push_back(part.id);
    return ids;
}

void DoorsReader::prove(const Node& node, std::string_view key, const std::string& name, const std::string& form,
                        std::vector<std::string> (*names_in)(const FormOutline&)) {
    const InstrumentPtr known = name.empty() || form.empty() ? nullptr : find_form_(form);
    if (known == nullptr) return;
    const std::vector<std::string> names = names_in(*outline_of(*known));
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    reader_.refuse(
        "form-name", json_pointer(node.pointer, key),
        {{"field", std::string(key)}, {"found", name}, {"known", names}, {"nearest", nearest_name(name, names)}});
}

std::string DoorsReader::clause(const Node& node) {
    std::string clause = reader_.text(node, "clause", Need::optional);
    if (clause.empty())
        reader_.refuse("doors-clause", json_pointer(node.pointer, "clause"), {{"field", std::string("clause")}});
    return clause;
}

std::string DoorsReader::column(const Node& node, std::string_view key, Need need, const std::string& form) {
    std::string label = reader_.text(node, key, need);
    prove(node, key, label, form, [](const FormOutline& outline) { return outline.columns; });
    return label;
}

AnswerTest DoorsReader::read_test(const Node& node) {
    AnswerTest test;
    test.is = reader_.texts(node, "is", Need::optional);
    test.says_nothing = reader_.flag(node, "nothing", false);
    test.is_blank = reader_.flag(node, "blank", false);
    test.unmet = reader_.flag(node, "unmet", false);
    test.lacks = reader_.texts(node, "lacks", Need::optional);
    test.below = reader_.points(node, "below", Need::optional);
    test.months = reader_.whole(node, "months", 0, 1200);
    const bool asks = !test.is.empty() || test.says_nothing || test.is_blank || test.unmet || !test.lacks.empty() ||
                      test.below || test.months;
    if (!asks) reader_.refuse("doors-test", node.pointer, {});
    return test;
}

std::vector<CellTest> DoorsReader::read_cells(const Node& node, std::string_view key, Need need,
                                              const std::string& form) {
    std::vector<CellTest> cells;
    for (const Node& child : reader_.list(node, key, need)) {
        if (!reader_.check(child, {"column", "is", "nothing", "blank", "unmet", "lacks", "below", "months"})) continue;
        cells.push_back({column(child, "column", Need::required, form), read_test(child)});
    }
    return cells;
}

void DoorsReader::read_rows(const Node& node, EvidenceRule& rule) {
    rule.of = Of::rows;
    const Node rows = reader_.member(node, "rows", Need::required);
    if (!reader_.check(rows, {"when", "unless", "organisation", "dated"})) return;
    rule.cells = read_cells(rows, "when", Need::required, rule.form);
    rule.unless = read_cells(rows, "unless", Need::optional, rule.form);
    rule.organisation = column(rows, "organisation", rule.unless.empty() ? Need::optional : Need::required, rule.form);
    rule.dated = column(rows, "dated", rule.unless.empty() ? Need::optional : Need::required, rule.form);
}

void DoorsReader::read_finding(const Node& node, EvidenceRule& rule) {
    rule.of = Of::finding;
    const Node finding = reader_.member(node, "finding", Need::required);
    if (!reader_.check(finding, {"code", "severity"})) return;
    rule.code = reader_.text(finding, "code", Need::optional);
    rule.severity = static_cast<Severity>(reader_.choice(finding, "severity", severities, 0));
}

void DoorsReader::read_total(const Node& node, EvidenceRule& rule) {
    rule.of = Of::total;
    const Node total = reader_.member(node, "total", Need::required);
    if (!reader_.check(total, {"layer", "section", "below"})) return;
    rule.layer = layer_at(reader_.choice(total, "layer", layers, 0));
    rule.item = reader_.text(total, "section", Need::optional);
    prove(total, "section", rule.item, rule.form, [](const FormOutline& form) { return ids_of(form.sections); });
    rule.line = reader_.points(total, "below", Need::required).value_or(Points{});
}

void DoorsReader::read_lowest(const Node& node, EvidenceRule& rule) {
    rule.of = Of::lowest;
    const Node lowest = reader_.member(node, "lowest", Need::required);
    if (!reader_.check(lowest, {"layer", "share", "within"})) return;
    rule.layer = layer_at(reader_.choice(lowest, "layer", layers, 0));
    rule.share = reader_.points(lowest, "share", Need::required, Points::from_hundredths(1), Points::from_whole(100))
                     .value_or(Points{});
    const Node within = reader_.member(lowest, "within", Need::optional);
    const auto* word = within.value == nullptr ? nullptr : within.value->get_ptr<const std::string*>();
    if (word != nullptr && *word == "district") {
        reader_.refuse("doors-district", within.pointer, {});
        return;
    }
    rule.within_class = reader_.choice(lowest, "within", ranges, 0) == 0;
}

void DoorsReader::read_kind(const Node& node, EvidenceRule& rule) {
    std::vector<std::string> named;
    for (const std::string_view member : kind_members) {
        if (FormReader::has(node, member)) named.emplace_back(member);
    }
    if (named.size() != 1) {
        reader_.refuse(
            "doors-kind", node.pointer,
            {{"found", named}, {"known", std::vector<std::string>(kind_members.begin(), kind_members.end())}});
        return;
    }
    const std::string& kind = named.front();
    if (kind == "item") {
        rule.item = reader_.text(node, "item", Need::required);
        prove(node, "item", rule.item, rule.form, [](const FormOutline& form) { return ids_of(form.items); });
        rule.test = read_test(node);
    } else if (kind == "rows") {
        read_rows(node, rule);
    } else if (kind == "finding") {
        read_finding(node, rule);
    } else if (kind == "duty") {
        rule.of = Of::duty;
        rule.item = reader_.text(node, "duty", Need::required);
        prove(node, "duty", rule.item, rule.form, [](const FormOutline& form) { return ids_of(form.duties); });
    } else if (kind == "total") {
        read_total(node, rule);
    } else if (kind == "lowest") {
        read_lowest(node, rule);
    } else if (kind == "veto") {
        rule.of = Of::veto;
        if (!reader_.flag(node, "veto", true)) reader_.refuse("doors-test", node.pointer, {});
    } else {
        rule.of = Of::grade;
        rule.grades = reader_.texts(node, "grades", Need::required);
    }
}

EvidenceRule DoorsReader::read_rule(const Node& node) {
    EvidenceRule rule;
    if (!reader_.check(node, {"form", "item", "is", "nothing", "unmet", "lacks", "below", "rows", "finding", "duty",
                              "total", "lowest", "veto", "grades", "at_least", "clause", "words"}))
        return rule;
    rule.form = reader_.text(node, "form", FormReader::has(node, "finding") ? Need::optional : Need::required);
    read_kind(node, rule);
    rule.at_least = reader_.whole(node, "at_least", 1, most_times).value_or(1);
    rule.clause = clause(node);
    rule.words = reader_.text(node, "words", Need::required);
    return rule;
}

Door DoorsReader::read_door(const Node& node) {
    Door door;
    if (!reader_.check(node, {"id", "title", "clause", "on", "at_least", "evidence"})) return door;
    door.id = reader_.free_id(node, Need::required);
    door.title = reader_.text(node, "title", Need::required);
    door.clause = clause(node);
    door.is_on = reader_.flag(node, "on", true);
    door.at_least = reader_.whole(node, "at_least", 1, most_times).value_or(1);
    for (const Node& child : reader_.list(node, "evidence", Need::required)) door.evidence.push_back(read_rule(child));
    return door;
}

void DoorsReader::read_head(const Node& root, Doors& doors) {
    doors.id = reader_.free_id(root, Need::required);
    doors.version = reader_.text(root, "version", Need::required);
    doors.language = reader_.text(root, "language", Need::optional);
    doors.title = reader_.text(root, "title", Need::required);
    const Node source = reader_.member(root, "source", Need::required);
    if (source.value != nullptr && reader_.check(source, {"key", "title", "issuer"}))
        doors.source_title = reader_.text(source, "title", Need::required);
    const Node forms = reader_.member(root, "forms", Need::required);
    if (forms.value == nullptr || !reader_.check(forms, {"list", "plan", "review"})) return;
    doors.list = read_desk_form(forms, "list");
    doors.plan = read_desk_form(forms, "plan");
    doors.review = read_desk_form(forms, "review");
}

DeskForm DoorsReader::read_desk_form(const Node& forms, std::string_view key) {
    const Node node = reader_.member(forms, key, Need::required);
    if (node.value == nullptr || !reader_.check(node, {"form", "clause", "problems", "closed", "passes"})) return {};
    return {reader_.text(node, "form", Need::required), clause(node), reader_.text(node, "problems", Need::optional),
            reader_.text(node, "closed", Need::optional), reader_.texts(node, "passes", Need::optional)};
}

/// "10-15", a month and a day.
std::optional<std::chrono::month_day> DoorsReader::read_day(const Node& node, std::string_view key) {
    const std::string text = reader_.text(node, key, Need::optional);
    if (text.empty()) return std::nullopt;
    const auto day = parse_date("2024-" + text);
    if (day) return std::chrono::month_day(day->month(), day->day());
    reader_.refuse("form-word", json_pointer(node.pointer, key),
                   {{"field", std::string(key)}, {"found", text}, {"expected", std::vector<std::string>{"10-15"}}});
    return std::nullopt;
}

void DoorsReader::read_steps(const Node& root, Doors& doors) {
    for (const Node& node : reader_.list(root, "steps", Need::optional)) {
        if (!reader_.check(node, {"of", "title", "clause", "until"})) continue;
        WeakStep step;
        step.of = static_cast<WeakStep::Of>(reader_.choice(node, "of", step_kinds, 0));
        step.title = reader_.text(node, "title", Need::required);
        step.clause = clause(node);
        step.until = read_day(node, "until");
        doors.steps.push_back(std::move(step));
    }
}

Doors DoorsReader::read(const Node& root) {
    Doors doors;
    if (!reader_.check(root, {"format", "format_version", "id", "version", "language", "title", "source", "forms",
                              "plan_limit", "steps", "surveys", "doors"}))
        return doors;
    read_head(root, doors);
    doors.plan_limit = read_day(root, "plan_limit").value_or(doors.plan_limit);
    read_steps(root, doors);
    for (const Node& node : reader_.list(root, "surveys", Need::optional)) {
        if (!reader_.check(node, {"form", "of"})) continue;
        doors.surveys.push_back({reader_.text(node, "form", Need::required), reader_.text(node, "of", Need::required)});
    }
    for (const Node& node : reader_.list(root, "doors", Need::required)) {
        Door door = read_door(node);
        const bool doubled = std::any_of(doors.doors.begin(), doors.doors.end(), [&door](const Door& other) {
            return !door.id.empty() && other.id == door.id;
        });
        if (doubled)
            reader_.refuse("form-doubled", json_pointer(node.pointer, "id"),
                           {{"field", std::string("id")}, {"found", door.id}});
        doors.doors.push_back(std::move(door));
    }
    return doors;
}

}  // namespace

bool DeskForm::passes_with(std::string_view verdict) const {
    return passes.empty() || std::find(passes.begin(), passes.end(), verdict) != passes.end();
}

std::string_view Doors::surveyed(std::string_view form) const {
    for (const SurveyForm& survey : surveys) {
        if (survey.form == form) return survey.of;
    }
    return {};
}

DoorsReport load_doors(std::string_view text, const FormById& find_form) {
    DoorsReport report;
    const auto json = parse_json(text, limits::instrument_bytes);
    if (!json) {
        report.mistakes.push_back(json.error());
        return report;
    }
    const bool is_ours = json->is_object() && text_member(*json, "format") == "duibiao-doors" &&
                         size_member(*json, "format_version") == 1;
    if (!is_ours) {
        report.mistakes.push_back({"doors-format", "", {}});
        return report;
    }
    DoorsReader reader(find_form);
    Doors doors = reader.read({&*json, ""});
    report.mistakes = reader.take_mistakes();
    if (report.mistakes.empty()) report.doors = std::move(doors);
    return report;
}

Done choose_doors(Doors& doors, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    std::vector<bool> chosen(doors.doors.size());
    for (const std::string& name : names) {
        const auto at = std::find_if(doors.doors.begin(), doors.doors.end(), [&name](const Door& door) {
            return door.id == name || label_key(door.title) == label_key(name);
        });
        if (at == doors.doors.end()) {
            std::vector<std::string> known;
            for (const Door& door : doors.doors) known.push_back(door.title);
            return fail("doors-unknown", name, {{"found", name}, {"known", known}});
        }
        chosen[static_cast<std::size_t>(at - doors.doors.begin())] = true;
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) doors.doors[i].is_on = chosen[i];
    return {};
}

}  // namespace duibiao
