// Loading what forms other than scored ones are made of: fields, tables, activity kinds, duties.
#include <set>

#include "core/cell.hpp"
#include "core/instrument_reader.hpp"
#include "core/text.hpp"

namespace duibiao::instrument_parts {
namespace {

constexpr std::array<std::string_view, 16> field_types{"text",  "date",    "month", "count",   "yesno",    "choice",
                                                       "flags", "cadence", "kind",  "names",   "numbered", "score",
                                                       "kinds", "amount",  "rate",  "deadline"};
constexpr std::array<std::string_view, 5> computed_names{"", "raters", "mean", "lowest", "highest"};
constexpr std::array<std::string_view, 3> entity_names{"", "person", "organisation"};
constexpr std::array<std::string_view, 6> paper_widths{"", "tiny", "narrow", "medium", "wide", "rest"};
constexpr std::array<std::string_view, 10> count_names{
    "activities", "periods-met", "distinct-periods", "all-flag",    "all-options", "hours",
    "any",        "share",       "least-share",      "people-share"};
constexpr std::array<std::string_view, 6> each_names{"unit",   "leader",          "secretary",
                                                     "member", "party-secretary", "cadre"};
constexpr std::array<std::string_view, 3> level_names{"unit", "branch", "group"};
constexpr std::array<std::string_view, 2> role_names{"attended", "led"};
constexpr std::array<std::string_view, 2> sum_names{"activities", "hours"};
constexpr std::array<std::string_view, 5> flag_names{"", "signin", "record", "photo", "speakers"};
constexpr std::array<std::string_view, 5> group_names{"assessment", "survey", "ledger", "roster", "list"};
constexpr Points most_often = Points::from_whole(10'000);

/// The ledger's column that must be ticked.
std::string read_flag(Reader& reader, const Node& parent) {
    return std::string(flag_names[reader.choice(parent, "flag", flag_names, Need::optional)]);
}

Level read_level(Reader& reader, const Node& parent) {
    return static_cast<Level>(reader.choice(parent, "level", level_names, Need::optional));
}

Role read_role(Reader& reader, const Node& parent) {
    return static_cast<Role>(reader.choice(parent, "role", role_names, Need::optional));
}

std::vector<int> read_months(Reader& reader, const Node& parent) {
    std::vector<int> months;
    for (const Node& child : reader.list(parent, "months", Need::optional)) {
        const auto month = points_from_json(*child.value);
        const auto hundredths = month ? month->hundredths() : 0;
        if (hundredths < 100 || hundredths > 1200 || hundredths % 100 != 0) {
            reader.refuse("number-range", child.pointer);
            break;
        }
        months.push_back(static_cast<int>(hundredths / 100));
    }
    return months;
}

/// Whom a source asks, each by name.
std::vector<Each> read_people(Reader& reader, const Node& parent) {
    std::vector<Each> people;
    for (const std::string& name : read_texts(reader, parent, "each", Need::optional)) {
        const auto position = position_in(each_names, name);
        if (!position || *position == 0)
            reader.refuse("field-type", json_pointer(parent.pointer, "each"), {{"field", "each"}});
        people.push_back(static_cast<Each>(position.value_or(0)));
    }
    return people;
}

/// Can the option be read back from among others, and be told from the words for all and none?
bool is_option(AnswerField::Type type, const std::string& option) {
    constexpr std::array<std::string_view, 9> words{"无", "否", "×", "全部", "齐全", "是", "√", "", "有"};
    if (!is_clean_text(option) || trim(option) != option || option.find('\n') != std::string::npos) return false;
    if (type != AnswerField::Type::flags) return true;
    return split_parts(option).size() == 1 && split_parts(option).front() == option && !position_in(words, option);
}

bool has_options(AnswerField::Type type) {
    return type == AnswerField::Type::choice || type == AnswerField::Type::flags || type == AnswerField::Type::numbered;
}

Duty read_duty(Reader& reader, const Node& node) {
    Duty duty;
    duty.id = read_free_id(reader, node);
    duty.title = reader.text(node, "title", Need::required);
    duty.kinds = read_texts(reader, node, "kinds", Need::required);
    duty.at_least = read_times(reader, node, "at_least");
    duty.per = static_cast<Per>(reader.choice(node, "per", period_names, Need::required));
    duty.due = read_due(reader, node);
    duty.level = read_level(reader, node);
    duty.each = static_cast<Each>(reader.choice(node, "each", each_names, Need::optional));
    duty.role = read_role(reader, node);
    duty.sum_hours = reader.choice(node, "sum", sum_names, Need::optional) == 1;
    duty.flag = read_flag(reader, node);
    duty.citation = read_citation(reader, node);
    duty.months = read_months(reader, node);
    if (duty.sum_hours && duty.each == Each::unit) {
        reader.refuse("field-type", json_pointer(node.pointer, "sum"), {{"field", "sum"}});
    }
    if (duty.each != Each::unit && duty.level != Level::unit) {
        reader.refuse("field-type", json_pointer(node.pointer, "level"), {{"field", "level"}});
    }
    if (duty.each == Each::unit && duty.role != Role::attended) {
        reader.refuse("field-type", json_pointer(node.pointer, "role"), {{"field", "role"}});
    }
    if ((duty.due && duty.per != Per::year) || (!duty.months.empty() && duty.per != Per::month)) {
        reader.refuse("field-type", json_pointer(node.pointer, "per"), {{"field", "per"}});
    }
    return duty;
}

void read_duty_sets(Reader& reader, const Node& root, Instrument& instrument) {
    std::set<std::string> seen;
    for (const Node& node : reader.list(root, "duty_sets", Need::optional)) {
        DutySet set;
        set.id = read_free_id(reader, node);
        set.title = reader.text(node, "title", Need::required);
        for (const Node& child : reader.list(node, "duties", Need::required)) {
            set.duties.push_back(read_duty(reader, child));
            for (const std::string& kind : set.duties.back().kinds) {
                if (instrument.find_activity_kind(kind) == kind) continue;
                reader.refuse("kind-unknown", json_pointer(child.pointer, "kinds"), {{"kind", kind}});
            }
            if (!seen.insert(set.duties.back().id).second) {
                reader.refuse("id-doubled", json_pointer(child.pointer, "id"), {{"id", set.duties.back().id}});
            }
        }
        if (!seen.insert(set.id).second) reader.refuse("id-doubled", node.pointer, {{"id", set.id}});
        instrument.duty_sets.push_back(std::move(set));
    }
}

}  // namespace

std::vector<std::string> read_texts(Reader& reader, const Node& parent, std::string_view key, Need need) {
    std::vector<std::string> texts;
    for (const Node& node : reader.list(parent, key, need)) {
        const auto* text = node.value->get_ptr<const std::string*>();
        if (text == nullptr || text->empty()) {
            reader.refuse("field-type", node.pointer, {{"field", std::string(key)}});
            return {};
        }
        texts.push_back(*text);
    }
    if (need == Need::required && texts.empty()) {
        reader.refuse("field-missing", json_pointer(parent.pointer, key), {{"field", std::string(key)}});
    }
    return texts;
}

int read_times(Reader& reader, const Node& parent, std::string_view key) {
    const auto points = reader.points(parent, key, Need::optional);
    if (!points) return 1;
    const bool whole = points->is_multiple_of(Points::from_whole(1));
    if (!whole || *points < Points::from_whole(1) || *points > most_often) {
        reader.refuse("number-range", json_pointer(parent.pointer, key));
        return 1;
    }
    return static_cast<int>(points->hundredths() / 100);
}

std::optional<std::chrono::month_day> read_due(Reader& reader, const Node& parent) {
    const std::string text = reader.text(parent, "due", Need::optional);
    if (text.empty()) return std::nullopt;
    const auto digit = [&text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() == 5 && text[2] == '-' && digit(0) && digit(1) && digit(3) && digit(4)) {
        const auto number = [&text](std::size_t at) {
            return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
        };
        const std::chrono::month_day day{std::chrono::month{number(0)}, std::chrono::day{number(3)}};
        if (day.ok()) return day;
    }
    reader.refuse("date-format", json_pointer(parent.pointer, "due"), {{"text", text}});
    return std::nullopt;
}

std::optional<Source> read_source(Reader& reader, const Node& parent) {
    const Node node = reader.member(parent, "from", Need::optional);
    if (node.value == nullptr) return std::nullopt;
    Source source;
    source.kinds = read_texts(reader, node, "kinds", Need::required);
    source.count = static_cast<Source::Count>(reader.choice(node, "count", count_names, Need::required));
    source.per = static_cast<Per>(reader.choice(node, "per", period_names, Need::optional));
    source.at_least = read_times(reader, node, "at_least");
    source.flag = read_flag(reader, node);
    const std::string chair = reader.text(node, "chair", Need::optional);
    const auto chosen = position_in(each_names, chair);
    if (!chair.empty() && chair != "anyone" && !chosen) {
        reader.refuse("field-type", json_pointer(node.pointer, "chair"), {{"field", "chair"}});
    }
    source.chair = static_cast<Each>(chosen.value_or(0));
    source.level = read_level(reader, node);
    source.each = read_people(reader, node);
    source.role = read_role(reader, node);
    source.months = read_months(reader, node);
    source.due = read_due(reader, node);
    const bool by_flag = source.count == Source::Count::all_flag || source.count == Source::Count::share;
    if (by_flag && source.flag.empty()) {
        reader.refuse("field-missing", json_pointer(node.pointer, "flag"), {{"field", "flag"}});
    }
    const bool of_people = !source.each.empty();
    const bool shares = source.count == Source::Count::people_share;
    const bool summed = source.count == Source::Count::activities || source.count == Source::Count::hours || shares;
    if ((of_people && (!summed || source.level != Level::unit)) || (shares && !of_people)) {
        reader.refuse("field-type", json_pointer(node.pointer, "each"), {{"field", "each"}});
    }
    return source;
}

AnswerField read_field(Reader& reader, const Node& node) {
    AnswerField field;
    field.id = read_free_id(reader, node);
    field.label = reader.text(node, "label", Need::required);
    field.type = static_cast<AnswerField::Type>(reader.choice(node, "type", field_types, Need::required));
    field.unit = reader.text(node, "unit", Need::optional);
    field.options = read_texts(reader, node, "options", Need::optional);
    field.paper_label = reader.text(node, "paper_label", Need::optional);
    field.aliases = read_texts(reader, node, "aliases", Need::optional);
    for (std::string& head : read_texts(reader, node, "heads", Need::optional))
        field.aliases.push_back(std::move(head));
    field.on_paper = reader.flag(node, "on_paper", true);
    field.paper_width =
        static_cast<AnswerField::PaperWidth>(reader.choice(node, "paper_width", paper_widths, Need::optional));
    field.entity = static_cast<AnswerField::Entity>(reader.choice(node, "names", entity_names, Need::optional));
    field.personal = read_personal(reader, node);
    field.required = reader.flag(node, "required", false);
    field.with_done = reader.flag(node, "with_done", false);
    field.reach = reader.text(node, "reach", Need::optional);
    field.open = reader.flag(node, "open", false);
    using Type = AnswerField::Type;
    if (field.open && field.type != Type::flags && field.type != Type::choice && field.type != Type::rate) {
        reader.refuse("field-type", json_pointer(node.pointer, "open"), {{"field", "open"}});
    }
    field.from = read_source(reader, node);
    const bool scored = field.type == AnswerField::Type::score;
    field.most = reader.points(node, "points", scored ? Need::required : Need::optional).value_or(Points{});
    field.step = reader.text(node, "step", Need::optional);
    field.computed =
        static_cast<AnswerField::Computed>(reader.choice(node, "computed", computed_names, Need::optional));
    if (reader.good() && has_options(field.type) == field.options.empty()) {
        reader.refuse("options-missing", json_pointer(node.pointer, "options"));
    }
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        if (is_option(field.type, field.options[i])) continue;
        reader.refuse("field-type", json_pointer(json_pointer(node.pointer, "options"), i), {{"field", "options"}});
    }
    return field;
}

namespace {

/// What says how a column is shown to others, or read from their tables, is not what the form asks.
Json without_handling(Json definition) {
    if (!definition.is_structured()) return definition;
    if (definition.is_object()) {
        definition.erase("personal");
        definition.erase("heads");
        definition.erase("paper_width");
        definition.erase("printed_rows");
    }
    for (Json& member : definition) member = without_handling(std::move(member));
    return definition;
}

}  // namespace

Json hashed_part(Json definition) {
    if (definition.is_object()) {
        definition.erase("group");
        definition.erase("asked_by");
        definition.erase("answers");
    }
    return without_handling(std::move(definition));
}

std::vector<std::string> read_asked_by(Reader& reader, const Node& root, const std::string& own) {
    std::vector<std::string> keys{own};
    for (std::string& key : read_texts(reader, root, "asked_by", Need::optional)) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
    }
    return keys;
}

FormGroup read_form_group(Reader& reader, const Node& root, InstrumentKind kind) {
    const bool is_said = reader.member(root, "group", Need::optional).value != nullptr;
    if (is_said) return static_cast<FormGroup>(reader.choice(root, "group", group_names, Need::required));
    switch (kind) {
        case InstrumentKind::scored:
        case InstrumentKind::appraisal:
            return FormGroup::assessment;
        case InstrumentKind::checklist:
            return FormGroup::survey;
        case InstrumentKind::roster:
            return FormGroup::roster;
        case InstrumentKind::ledger:
            return FormGroup::ledger;
        case InstrumentKind::tasks:
        case InstrumentKind::measures:
            return FormGroup::list;
    }
    return FormGroup::assessment;
}

Personal read_personal(Reader& reader, const Node& node) {
    constexpr std::array<std::string_view, 5> kinds{"", "name", "date", "number", "text"};
    return static_cast<Personal>(reader.choice(node, "personal", kinds, Need::optional));
}

std::vector<AnswerField> read_fields(Reader& reader, const Node& parent, std::string_view key) {
    std::vector<AnswerField> fields;
    std::set<std::string> seen;
    for (const Node& node : reader.list(parent, key, Need::optional)) {
        fields.push_back(read_field(reader, node));
        if (!seen.insert(fields.back().id).second) {
            reader.refuse("id-doubled", json_pointer(node.pointer, "id"), {{"id", fields.back().id}});
        }
    }
    return fields;
}

void read_form_parts(Reader& reader, const Node& root, Instrument& instrument) {
    instrument.done_field = reader.text(root, "done_field", Need::optional);
    for (const Instrument::Place& place : instrument.order) {
        const AnswerField* done = instrument.criterion(place).find_field(instrument.done_field);
        if (instrument.done_field.empty()) break;
        if (done != nullptr && done->type == AnswerField::Type::date) continue;
        reader.refuse("rule-reference", "/done_field", {{"field", instrument.done_field}});
    }
    read_table(reader, root, instrument.table);
    read_answers(reader, root, instrument);
    for (const Node& node : reader.list(root, "activity_kinds", Need::optional)) {
        ActivityKind& kind = instrument.activity_kinds.emplace_back();
        kind.name = reader.text(node, "name", Need::required);
        kind.aliases = read_texts(reader, node, "aliases", Need::optional);
        kind.steps = read_texts(reader, node, "steps", Need::optional);
        if (!kind.steps.empty()) kind.steps_citation = read_citation(reader, node);
    }
    read_duty_sets(reader, root, instrument);
}

}  // namespace duibiao::instrument_parts

namespace duibiao {

bool Instrument::is_asked_by(const std::vector<std::string>& sources) const {
    return std::any_of(asked_by.begin(), asked_by.end(), [&sources](const std::string& key) {
        return std::find(sources.begin(), sources.end(), key) != sources.end();
    });
}

std::string_view to_string(FormGroup group) { return instrument_parts::group_names[static_cast<std::size_t>(group)]; }

}  // namespace duibiao
