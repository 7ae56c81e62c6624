#include "core/instrument.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/instrument_reader.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/scored_form/load.hpp"
#include "core/sha256.hpp"

namespace duibiao {

using namespace instrument_parts;  // NOLINT: its other half

namespace {

constexpr std::array<std::string_view, most_layers> layer_names{"self",     "acceptance", "rating",   "scorer-4",
                                                                "scorer-5", "scorer-6",   "scorer-7", "scorer-8"};
constexpr std::array<std::string_view, 7> kind_names{"scored", "checklist", "roster",   "ledger",
                                                     "tasks",  "measures",  "appraisal"};
constexpr std::array<std::string_view, 9> rule_names{"unscored",        "note-required",    "above-measure",
                                                     "measure-empty",   "deduction-reason", "layer-order",
                                                     "header-required", "date-future",      "veto"};
constexpr std::array<std::string_view, 2> measure_types{"number", "yesno"};
constexpr std::array<std::string_view, 2> propose_names{"proportional", "all"};

constexpr int newest_format = 2;
constexpr Points largest_criterion = Points::from_whole(1000);  ///< keeps proposals within 64 bits (tally.cpp)

void read_thresholds(Reader& reader, const Node& node, Measure& measure) {
    measure.at_least = reader.points(node, "at_least", Need::optional);
    measure.at_most = reader.points(node, "at_most", Need::optional);
    measure.expect = reader.flag(node, "expect", true);
    if (measure.type == Measure::Type::yesno) return;
    const bool none = !measure.at_least && !measure.at_most;
    const bool crossed = measure.at_least && measure.at_most && *measure.at_most < *measure.at_least;
    const bool proportional = measure.propose == Measure::Propose::proportional;
    const bool no_share = proportional && (!measure.at_least || *measure.at_least <= Points{});
    if (none || crossed || no_share) reader.refuse("measure-threshold", node.pointer);
}

Measure read_measure(Reader& reader, const Node& node, const std::string& expected_id) {
    Measure measure;
    measure.id = read_position_id(reader, node, expected_id);
    measure.name = reader.text(node, "name", Need::required);
    measure.unit = reader.text(node, "unit", Need::optional);
    measure.when = reader.text(node, "when", Need::optional);
    measure.type = static_cast<Measure::Type>(reader.choice(node, "type", measure_types, Need::required));
    measure.propose = static_cast<Measure::Propose>(reader.choice(node, "propose", propose_names, Need::required));
    measure.citation = read_citation(reader, node);
    measure.from = read_source(reader, node);
    read_thresholds(reader, node, measure);
    return measure;
}

/// "excuses": the id of an earlier measure of the same criterion.
void read_excuse(Reader& reader, const Node& node, Criterion& criterion) {
    const std::string wanted = reader.text(node, "excuses", Need::optional);
    if (wanted.empty() || !reader.good()) return;
    Measure& own = criterion.measures.back();
    for (std::size_t at = 0; at + 1 < criterion.measures.size(); ++at) {
        if (criterion.measures[at].id == wanted && !criterion.measures[at].excuses) own.excuses = at;
    }
    if (own.excuses && own.type == Measure::Type::yesno) return;
    reader.refuse("rule-reference", json_pointer(node.pointer, "excuses"), {{"field", wanted}});
}

/// What a form's items have in common.
struct ItemStyle {
    bool scored = true;
    Points step;                      ///< of scores
    std::vector<AnswerField> fields;  ///< that every item has
};

void read_item_fields(Reader& reader, const Node& node, const ItemStyle& style, Criterion& item) {
    item.fields = read_fields(reader, node, "fields");
    item.fields.insert(item.fields.end(), style.fields.begin(), style.fields.end());
    item.due = read_due(reader, node);
    item.due_label = reader.text(node, "due_label", Need::optional);
    std::set<std::string_view> seen;
    for (const AnswerField& field : item.fields) {
        if (!seen.insert(field.id).second) reader.refuse("id-doubled", node.pointer, {{"id", field.id}});
    }
}

Criterion read_criterion(Reader& reader, const Node& node, const std::string& expected_id, const ItemStyle& style) {
    Criterion criterion;
    criterion.id = read_position_id(reader, node, expected_id);
    criterion.number = reader.text(node, "number", Need::optional);
    criterion.text = reader.text(node, "text", Need::required);
    criterion.citation = read_citation(reader, node);
    if (!style.scored) {
        read_item_fields(reader, node, style, criterion);
        return criterion;
    }
    const Points step = style.step;
    criterion.points = reader.points(node, "points", Need::required).value_or(Points{});
    for (const Node& child : reader.list(node, "measures", Need::optional)) {
        const std::string id = expected_id + ".m" + std::to_string(criterion.measures.size() + 1);
        criterion.measures.push_back(read_measure(reader, child, id));
        read_excuse(reader, child, criterion);
    }
    const std::string points_place = json_pointer(node.pointer, "points");
    if (criterion.points <= Points{} || criterion.points > largest_criterion) {
        reader.refuse("number-range", points_place);
    } else if (!criterion.points.is_multiple_of(step)) {
        reader.refuse("points-step", points_place,
                      {{"points", criterion.points.to_string()}, {"step", step.to_string()}});
    }
    return criterion;
}

Group read_group(Reader& reader, const Node& node, const std::string& expected_id, const ItemStyle& style) {
    Group group;
    group.id = read_position_id(reader, node, expected_id);
    group.title = reader.text(node, "title", Need::optional);
    for (const Node& child : reader.list(node, "criteria", Need::required)) {
        const std::string id = expected_id + "." + std::to_string(group.criteria.size() + 1);
        group.criteria.push_back(read_criterion(reader, child, id, style));
        group.points += group.criteria.back().points;
    }
    return group;
}

void prove_sum(Reader& reader, const std::string& place, Points sum, Points stated) {
    if (sum == stated) return;
    reader.refuse("points-sum", place, {{"sum", sum.to_string()}, {"expected", stated.to_string()}});
}

Section read_section(Reader& reader, const Node& node, const std::string& expected_id, const ItemStyle& style) {
    Section section;
    section.id = read_position_id(reader, node, expected_id);
    section.title = reader.text(node, "title", Need::required);
    if (style.scored) section.points = reader.points(node, "points", Need::required).value_or(Points{});
    Points sum;
    for (const Node& child : reader.list(node, "groups", Need::required)) {
        const std::string id = expected_id + "." + std::to_string(section.groups.size() + 1);
        section.groups.push_back(read_group(reader, child, id, style));
        sum += section.groups.back().points;
    }
    if (style.scored) prove_sum(reader, json_pointer(node.pointer, "points"), sum, section.points);
    return section;
}

void read_scale(Reader& reader, const Node& root, Instrument& instrument) {
    instrument.points = reader.points(root, "points", Need::required).value_or(Points{});
    instrument.score_step = reader.points(root, "score_step", Need::required).value_or(Points::from_whole(1));
    if (instrument.score_step <= Points{}) {
        reader.refuse("points-step", "/score_step", {{"points", "0"}, {"step", instrument.score_step.to_string()}});
    }
}

void read_sections(Reader& reader, const Node& root, Instrument& instrument) {
    const ItemStyle style{instrument.is_scored(), instrument.score_step, read_fields(reader, root, "item_fields")};
    if (!reader.good()) return;
    Points sum;
    for (const Node& node : reader.list(root, "sections", Need::required)) {
        const std::string id = std::to_string(instrument.sections.size() + 1);
        instrument.sections.push_back(read_section(reader, node, id, style));
        sum += instrument.sections.back().points;
    }
    if (style.scored) prove_sum(reader, "/points", sum, instrument.points);
}

void read_layers(Reader& reader, const Node& root, Instrument& instrument, Need need) {
    for (const Node& node : reader.list(root, "layers", need)) {
        LayerLabel layer;
        const std::string id = reader.text(node, "id", Need::required);
        layer.label = reader.text(node, "label", Need::required);
        layer.short_label = reader.text(node, "short", Need::required);
        if (!reader.good()) return;
        // Layers stand in the order of the chain, without gaps: each one reads the one before it.
        const std::size_t position = instrument.layers.size();
        const std::string_view expected = position < all_layers.size() ? layer_names[position] : std::string_view{};
        if (id != expected) {
            reader.refuse("id-position", json_pointer(node.pointer, "id"),
                          {{"id", id}, {"expected", std::string(expected)}});
            return;
        }
        layer.layer = all_layers[position];
        layer.id = id;
        instrument.layers.push_back(std::move(layer));
    }
    if (need == Need::required && instrument.layers.empty()) {
        reader.refuse("field-missing", "/layers", {{"field", "layers"}});
    }
}

/// True when the layer or field a rule names exists and the rule can mean something there.
bool rule_fits(const Rule& rule, const Instrument& instrument) {
    const HeaderField* header = instrument.find_header(rule.field);
    const bool own_field = rule.field == "unit" || rule.field == "period";  // every document has them
    switch (rule.kind) {
        case Rule::Kind::header_required:
            return header != nullptr ? header->type != HeaderField::Type::computed : own_field;
        case Rule::Kind::date_future:
            return header != nullptr && header->type == HeaderField::Type::date;
        case Rule::Kind::deduction_reason:
        case Rule::Kind::layer_order:
            return rule.layer != Layer::self && instrument.find_layer(rule.layer) != nullptr;
        case Rule::Kind::above_measure:
        case Rule::Kind::measure_empty:
            return rule.layer == Layer::self;
        case Rule::Kind::unscored:
        case Rule::Kind::note_required:
            return instrument.find_layer(rule.layer) != nullptr;
        case Rule::Kind::veto:
            return !instrument.veto.conditions.empty();
    }
    return false;
}

void read_rules(Reader& reader, const Node& root, Instrument& instrument) {
    for (const Node& node : reader.list(root, "rules", Need::optional)) {
        Rule rule;
        const std::string kind = reader.text(node, "kind", Need::required);
        const auto kind_position = position_in(rule_names, kind);
        if (!kind_position) reader.refuse("rule-kind", json_pointer(node.pointer, "kind"), {{"kind", kind}});
        rule.kind = static_cast<Rule::Kind>(kind_position.value_or(0));
        rule.severity = static_cast<Severity>(reader.choice(node, "severity", severity_names, Need::required));
        const std::string layer = reader.text(node, "layer", Need::optional);
        const auto known_layer = layer.empty() ? Layer::self : layer_from_string(layer);
        rule.layer = known_layer.value_or(Layer::self);
        rule.field = reader.text(node, "field", Need::optional);
        rule.citation = read_citation(reader, node);
        if (!reader.good()) return;
        if (!known_layer || !rule_fits(rule, instrument)) {
            reader.refuse("rule-reference", node.pointer, {{"field", rule.field.empty() ? layer : rule.field}});
        }
        instrument.rules.push_back(std::move(rule));
    }
}

void read_columns(Reader& reader, const Node& root, Instrument& instrument) {
    const Node node = reader.member(root, "columns", Need::optional);
    if (node.value == nullptr) return;
    instrument.columns.section = reader.text(node, "section", Need::required);
    instrument.columns.criterion = reader.text(node, "criterion", Need::required);
    instrument.columns.note = reader.text(node, "note", Need::required);
}

void read_format(Reader& reader, const Node& root) {
    const auto* object = root.value->get_ptr<const Json::object_t*>();
    const auto format = object == nullptr ? Json::object_t::const_iterator{} : object->find("format");
    if (object == nullptr || format == object->end() || format->second != "duibiao-instrument") {
        reader.refuse("instrument-format", "/format");
        return;
    }
    const Node version = reader.member(root, "format_version", Need::required);
    if (version.value == nullptr) return;
    const auto* number = version.value->get_ptr<const std::uint64_t*>();
    if (number == nullptr || *number == 0) {
        reader.refuse("field-type", "/format_version", {{"field", "format_version"}});
    } else if (*number > newest_format) {
        reader.refuse("instrument-version", "/format_version", {{"version", static_cast<std::int64_t>(*number)}});
    }
}

void read_identity(Reader& reader, const Node& root, Instrument& instrument) {
    instrument.id = read_free_id(reader, root);
    instrument.version = reader.text(root, "version", Need::required);
    const std::string kind = reader.text(root, "kind", Need::required);
    const auto kind_position = position_in(kind_names, kind);
    if (!kind_position) reader.refuse("instrument-kind", "/kind", {{"kind", kind}});
    instrument.kind = static_cast<InstrumentKind>(kind_position.value_or(0));
    instrument.title = reader.text(root, "title", Need::required);
    instrument.language = reader.text(root, "language", Need::optional);
    instrument.short_title = reader.text(root, "short_title", Need::optional);
    if (instrument.short_title.empty()) instrument.short_title = instrument.title;
    instrument.heading = reader.text(root, "heading", Need::optional);
    instrument.period = period_names[reader.choice(root, "period", period_names, Need::optional)];
    const Node source = reader.member(root, "source", Need::required);
    if (source.value == nullptr) return;
    instrument.source_key = reader.text(source, "key", Need::required);
    instrument.source_title = reader.text(source, "title", Need::required);
    instrument.issuer = reader.text(source, "issuer", Need::optional);
}

void read_instrument(Reader& reader, const Node& root, Instrument& instrument) {
    read_format(reader, root);
    if (!reader.good()) return;
    read_identity(reader, root, instrument);
    if (!reader.good()) return;
    read_layers(reader, root, instrument, instrument.is_scored() ? Need::required : Need::optional);
    instrument.asked_by = read_asked_by(reader, root, instrument.source_key);
    instrument.form_group = read_form_group(reader, root, instrument.kind);
    read_header(reader, root, instrument);
    read_print(reader, root, instrument);
    if (instrument.is_scored() || instrument.is_appraisal()) read_scale(reader, root, instrument);
    if (instrument.has_items()) {
        read_columns(reader, root, instrument);
        read_sections(reader, root, instrument);
        list_criteria(instrument);
        if (instrument.order.size() > limits::items)
            reader.refuse("items-many", "/sections", {{"limit", static_cast<std::int64_t>(limits::items)}});
    }
    read_form_parts(reader, root, instrument);
    if (instrument.is_appraisal() && reader.good()) read_appraisal(reader, root, instrument);
    if (!instrument.is_scored()) return;
    read_veto(reader, root, instrument.veto);
    if (reader.good()) read_rules(reader, root, instrument);
}

/// "2018年民主评议结果" names the column 民主评议结果 of every year.
std::string_view without_year(std::string_view name) {
    constexpr std::size_t digits = 4;
    constexpr std::string_view year = "年";
    const bool is_dated = name.size() > digits + year.size() && name.substr(digits, year.size()) == year &&
                          std::all_of(name.begin(), name.begin() + digits, is_digit);
    return is_dated ? name.substr(digits + year.size()) : name;
}

/// Takes "12" and a following '.' (or the end) off the front of `id`, as a 0-based position.
std::optional<std::size_t> take_position(std::string_view& id) {
    std::size_t number = 0;
    std::size_t length = 0;
    while (length < id.size() && id[length] >= '0' && id[length] <= '9' && length < 6) {
        number = number * 10 + static_cast<std::size_t>(id[length] - '0');
        ++length;
    }
    if (length == 0 || number == 0 || id[0] == '0') return std::nullopt;
    id.remove_prefix(length);
    if (!id.empty()) {
        if (id.front() != '.') return std::nullopt;
        id.remove_prefix(1);
        if (id.empty()) return std::nullopt;
    }
    return number - 1;
}

}  // namespace

std::string_view to_string(Layer layer) { return layer_names[index_of(layer)]; }

std::string layer_name(const Instrument& form, Layer layer) {
    if (form.scored == nullptr) return std::string(to_string(layer));
    const LayerLabel* label = form.find_layer(layer);
    return label == nullptr ? std::string(to_string(layer)) : label->short_label;
}

bool is_chained(const Instrument& form) { return form.scored == nullptr || form.scored->chained; }

std::optional<Layer> layer_before(const Instrument& form, Layer layer) {
    return is_chained(form) ? layer_before(layer) : std::nullopt;
}

std::span<const Layer> layers_of(const Instrument& instrument) {
    static constexpr std::array<Layer, most_layers> every{layer_at(0), layer_at(1), layer_at(2), layer_at(3),
                                                          layer_at(4), layer_at(5), layer_at(6), layer_at(7)};
    return std::span(every).first(instrument.layer_count());
}

std::optional<Layer> layer_from_string(std::string_view name) {
    const auto position = position_in(layer_names, name);
    if (!position) return std::nullopt;
    return layer_at(*position);
}

std::string_view to_string(Level level) {
    constexpr std::array<std::string_view, 3> names{"unit", "branch", "group"};
    return names[static_cast<std::size_t>(level)];
}

std::string_view to_string(Per per) { return period_names[static_cast<std::size_t>(per)]; }

std::string_view to_string(InstrumentKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::string_view to_string(Severity severity) { return severity_names[static_cast<std::size_t>(severity)]; }

std::string_view to_string(Rule::Kind kind) { return rule_names[static_cast<std::size_t>(kind)]; }

std::optional<Instrument::Place> Instrument::find_place(std::string_view wanted) const {
    const auto section = take_position(wanted);
    if (!section || *section >= sections.size() || wanted.empty()) return std::nullopt;
    const auto& groups = sections[*section].groups;
    const auto group = take_position(wanted);
    if (!group || *group >= groups.size() || wanted.empty()) return std::nullopt;
    const auto criterion = take_position(wanted);
    if (!criterion || *criterion >= groups[*group].criteria.size() || !wanted.empty()) return std::nullopt;
    return Place{*section, *group, *criterion};
}

const Criterion* Instrument::find_criterion(std::string_view wanted) const {
    const auto place = find_place(wanted);
    return place ? &criterion(*place) : nullptr;
}

const Measure* Instrument::find_measure(std::string_view wanted) const {
    constexpr std::string_view mark = ".m";
    const std::size_t at = wanted.rfind(mark);
    if (at == std::string_view::npos) return nullptr;
    const Criterion* owner = find_criterion(wanted.substr(0, at));
    if (owner == nullptr) return nullptr;
    std::string_view number = wanted.substr(at + mark.size());
    const auto position = take_position(number);
    if (!position || *position >= owner->measures.size() || !number.empty()) return nullptr;
    return &owner->measures[*position];
}

const AnswerField* Criterion::find_field(std::string_view wanted) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [wanted](const AnswerField& field) { return field.id == wanted; });
    return found == fields.end() ? nullptr : &*found;
}

std::optional<std::size_t> Table::find_column(std::string_view wanted) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [wanted](const AnswerField& column) { return column.id == wanted; });
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

std::optional<std::size_t> Table::find_named_column(std::string_view wanted) const {
    // Heads of printed tables are broken and padded as their cells need it.
    const std::string key = label_key(wanted);
    const std::string bare = head_key(wanted);
    std::string_view name = without_year(key);
    const auto is_it = [&name](const std::string& label) { return without_year(label_key(label)) == name; };
    const auto fits = [&](const AnswerField& column) {
        return column.id == name || is_it(column.label) || (!column.paper_label.empty() && is_it(column.paper_label)) ||
               std::any_of(column.aliases.begin(), column.aliases.end(), is_it);
    };
    if (name.empty()) return std::nullopt;
    auto found = std::find_if(columns.begin(), columns.end(), fits);
    if (found == columns.end() && bare != key) {
        name = without_year(bare);
        if (!name.empty() && std::count_if(columns.begin(), columns.end(), fits) == 1)
            found = std::find_if(columns.begin(), columns.end(), fits);
    }
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

bool is_row_number(std::string_view head) { return plain_text(head) == "序号"; }

std::size_t Table::count_named(const std::vector<std::string>& head) const {
    return static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [this](const std::string& cell) {
        return is_row_number(cell) || find_named_column(cell).has_value();
    }));
}

std::string_view Instrument::find_activity_kind(std::string_view wanted) const {
    const auto find = [this](auto fits) {
        const auto found = std::find_if(activity_kinds.begin(), activity_kinds.end(), [&](const ActivityKind& known) {
            return fits(known.name) || std::any_of(known.aliases.begin(), known.aliases.end(), fits);
        });
        return found == activity_kinds.end() ? std::string_view{} : std::string_view(found->name);
    };
    const std::string_view known = find([wanted](const std::string& name) { return name == wanted; });
    if (!known.empty()) return known;
    const std::string key = label_key(wanted);
    if (key.empty()) return {};
    return find([&key](const std::string& name) { return label_key(name) == key; });
}

const VetoCondition* Instrument::find_veto(std::string_view wanted) const {
    const auto found = std::find_if(veto.conditions.begin(), veto.conditions.end(),
                                    [wanted](const VetoCondition& condition) { return condition.id == wanted; });
    return found == veto.conditions.end() ? nullptr : &*found;
}

const HeaderField* Instrument::find_header(std::string_view wanted) const {
    const auto found =
        std::find_if(header.begin(), header.end(), [wanted](const HeaderField& field) { return field.id == wanted; });
    return found == header.end() ? nullptr : &*found;
}

const LayerLabel* Instrument::find_layer(Layer layer) const {
    const auto found =
        std::find_if(layers.begin(), layers.end(), [layer](const LayerLabel& label) { return label.layer == layer; });
    return found == layers.end() ? nullptr : &*found;
}

const LayerLabel* Instrument::find_layer(std::string_view wanted) const {
    const auto found =
        std::find_if(layers.begin(), layers.end(), [wanted](const LayerLabel& label) { return label.id == wanted; });
    return found == layers.end() ? nullptr : &*found;
}

Result<InstrumentPtr> load_instrument(std::string_view json_text) {
    const auto json = parse_json(json_text, limits::instrument_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    if (scored_form::is_scored_form(*json)) {
        scored_form::FormReader form;
        auto read = scored_form::read_form(form, *json);
        if (!form.mistakes.empty()) return tl::unexpected<Error>(std::move(form.mistakes.front()));
        return InstrumentPtr(std::move(read));
    }
    Reader reader;
    auto instrument = std::make_shared<Instrument>();
    read_instrument(reader, Node{&*json, {}}, *instrument);
    if (!reader.good()) return tl::unexpected<Error>(reader.take_error());
    instrument->hash = to_hex(sha256(canonical_json(hashed_part(*json))));
    if (json->at("format_version") == 2)
        instrument->definition = std::make_shared<const std::string>(canonical_json(*json));
    return InstrumentPtr(std::move(instrument));
}

}  // namespace duibiao
