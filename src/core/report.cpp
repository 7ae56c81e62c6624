#include "core/report.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <utility>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/sha256.hpp"
#include "core/tally.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view format_name = "duibiao-report";
constexpr std::array<std::string_view, 3> edit_kinds{"change", "undo", "redo"};
constexpr std::size_t code_characters = 10;

// ================================================ Writing ================================================

/// Writes canonical JSON straight from the document: every caller below names members in the order of their keys, which
/// RFC 8785 asks for, so that nothing has to be collected and sorted first.
class Writer {
public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        fresh_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        fresh_ = false;
    }
    void key(std::string_view name) {
        separate();
        append_json_string(out_, name);
        out_ += ':';
        fresh_ = true;  // its value follows without a comma
    }
    void text(std::string_view value) {
        separate();
        append_json_string(out_, value);
    }
    void number(Points value) { literal(value.to_string()); }
    void number(int value) { literal(std::to_string(value)); }
    void value(const Value& value) {
        if (const auto* flag = std::get_if<bool>(&value)) literal(*flag ? "true" : "false");
        if (const auto* points = std::get_if<Points>(&value)) number(*points);
        if (const auto* words = std::get_if<std::string>(&value)) text(*words);
    }
    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    /// Empty texts are left out.
    void member_if_any(std::string_view name, std::string_view value) {
        if (!value.empty()) member(name, value);
    }
    /// Nothing is left out too.
    void member_value(std::string_view name, const Value& value_of_member) {
        if (std::holds_alternative<std::monostate>(value_of_member)) return;
        key(name);
        value(value_of_member);
    }

    [[nodiscard]] std::string& out() { return out_; }

private:
    void separate() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }
    void literal(std::string_view written) {
        separate();
        out_ += written;
    }

    std::string out_;
    bool fresh_ = true;  ///< no comma before what comes next
};

/// Which form a report says it was filled for.
struct Identity {
    std::string id;
    std::string version;
    std::string hash;
};

Identity identity_of(const Instrument& instrument) { return {instrument.id, instrument.version, instrument.hash}; }

/// Where an answer stands in the file.
enum class Shelf : std::uint8_t { header, measures, state, veto, answers, common };

Shelf shelf_of(const Target& target) {
    if (target.item == "header") {
        return target.field == "unit" || target.field == "period" ? Shelf::common : Shelf::header;
    }
    if (target.item == "document") return Shelf::state;
    if (target.item.starts_with("veto.")) return Shelf::veto;
    return target.field == "value" ? Shelf::measures : Shelf::answers;
}

/// The answers of one layer: a run of the map, which is ordered by layer first.
std::pair<Answers::const_iterator, Answers::const_iterator> answers_of(const Document& document, Layer layer) {
    const auto begin = document.answers.lower_bound(TargetRef{layer, {}, {}});
    auto end = begin;
    while (end != document.answers.end() && end->first.layer == layer) ++end;
    return {begin, end};
}

/// {ITEM:{FIELD:VALUE}} of one shelf.
void write_items(Writer& writer, const Document& document, Layer layer, Shelf shelf) {
    const auto [begin, end] = answers_of(document, layer);
    std::string_view open_item;
    writer.open('{');
    for (auto answer = begin; answer != end; ++answer) {
        const Target& target = answer->first;
        if (shelf_of(target) != shelf) continue;
        if (target.item != open_item) {
            if (!open_item.empty()) writer.close('}');
            writer.key(target.item);
            writer.open('{');
            open_item = target.item;
        }
        writer.member_value(target.field, answer->second);
    }
    if (!open_item.empty()) writer.close('}');
    writer.close('}');
}

/// {FIELD:VALUE} of the header, or {ID:VALUE} of the measures.
void write_flat(Writer& writer, const Document& document, Shelf shelf) {
    const auto [begin, end] = answers_of(document, Layer::self);
    writer.open('{');
    for (auto answer = begin; answer != end; ++answer) {
        const Target& target = answer->first;
        if (shelf_of(target) != shelf) continue;
        writer.member_value(shelf == Shelf::header ? target.field : target.item, answer->second);
    }
    writer.close('}');
}

void write_identity(Writer& writer, const Identity& identity) {
    writer.key("instrument");
    writer.open('{');
    writer.member("hash", identity.hash);
    writer.member("id", identity.id);
    writer.member("version", identity.version);
    writer.close('}');
}

void write_totals(Writer& writer, const Tally& totals, Layer layer) {
    const Sum& whole = totals.layers[index_of(layer)];
    std::vector<const SectionTally*> by_id;
    for (const SectionTally& section : totals.sections) by_id.push_back(&section);
    // "10" comes before "2": the order of keys, not of the form.
    std::sort(by_id.begin(), by_id.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    writer.key("totals");
    writer.open('{');
    writer.key("of");
    writer.number(whole.of);
    writer.key("score");
    writer.number(whole.score);
    writer.key("scored");
    writer.number(whole.scored);
    writer.key("sections");
    writer.open('{');
    for (const SectionTally* section : by_id) {
        const Sum& sum = section->layers[index_of(layer)];
        writer.key(section->id);
        writer.open('{');
        writer.key("score");
        writer.number(sum.score);
        writer.key("scored");
        writer.number(sum.scored);
        writer.close('}');
    }
    writer.close('}');
    writer.close('}');
}

/// What a layer's hash is taken of: the layer, and what it is about.
std::string hashed_text(const Document& document, const Identity& identity, const Tally& totals, Layer layer,
                        std::string_view previous) {
    Writer writer;
    writer.open('{');
    writer.key("answers");
    write_items(writer, document, layer, Shelf::answers);
    writer.member("document", document.id);
    if (layer == Layer::self) {
        writer.key("header");
        write_flat(writer, document, Shelf::header);
    }
    writer.member("id", to_string(layer));
    write_identity(writer, identity);
    if (layer == Layer::self) {
        writer.key("measures");
        write_flat(writer, document, Shelf::measures);
    }
    writer.member_if_any("period", document.period());
    writer.member("previous", previous);
    writer.member_if_any("state", document.text(layer, "document", "state"));
    write_totals(writer, totals, layer);
    writer.member_if_any("unit", document.unit());
    writer.key("veto");
    write_items(writer, document, layer, Shelf::veto);
    writer.close('}');
    return std::move(writer.out());
}

Digest layer_digest(const Document& document, const Identity& identity, const Tally& totals, Layer layer,
                    std::string_view previous) {
    return sha256(hashed_text(document, identity, totals, layer, previous));
}

/// The hash of every layer, each over the one before it.
std::array<Digest, 3> chain(const Document& document, const Identity& identity, const Tally& totals) {
    std::array<Digest, 3> digests{};
    std::string previous;
    for (const Layer layer : all_layers) {
        digests[index_of(layer)] = layer_digest(document, identity, totals, layer, previous);
        previous = to_hex(digests[index_of(layer)]);
    }
    return digests;
}

void write_layer(Writer& writer, const Document& document, const Tally& totals, Layer layer,
                 const std::array<Digest, 3>& digests) {
    const std::size_t index = index_of(layer);
    writer.open('{');
    writer.key("answers");
    write_items(writer, document, layer, Shelf::answers);
    writer.member("hash", to_hex(digests[index]));
    writer.member("id", to_string(layer));
    writer.member("previous", index == 0 ? std::string{} : to_hex(digests[index - 1]));
    writer.member_if_any("state", document.text(layer, "document", "state"));
    write_totals(writer, totals, layer);
    writer.key("veto");
    write_items(writer, document, layer, Shelf::veto);
    writer.close('}');
}

void write_edit_to(Writer& writer, const Edit& edit) {
    writer.open('{');
    writer.member_value("after", edit.after);
    writer.member("at", edit.at);
    writer.member_if_any("batch", edit.batch);
    writer.member_value("before", edit.before);
    writer.member_if_any("by", edit.by);
    writer.member("field", edit.target.field);
    writer.member("id", edit.id);
    writer.member("item", edit.target.item);
    if (edit.kind != EditKind::change) writer.member("kind", edit_kinds[static_cast<std::size_t>(edit.kind)]);
    writer.member("layer", to_string(edit.target.layer));
    writer.member_if_any("reverts", edit.reverts);
    writer.close('}');
}

std::string write_as(const Document& document, const Identity& identity) {
    const Tally totals = tally(document);
    const std::array<Digest, 3> digests = chain(document, identity, totals);
    Writer writer;
    writer.out().reserve(2048 + document.log.size() * 256);
    writer.open('{');
    writer.member("code", base32_prefix(digests.back(), code_characters));
    writer.member("document", document.id);
    writer.member("format", format_name);
    writer.key("header");
    write_flat(writer, document, Shelf::header);
    write_identity(writer, identity);
    writer.key("layers");
    writer.open('[');
    for (const Layer layer : all_layers) write_layer(writer, document, totals, layer, digests);
    writer.close(']');
    writer.key("log");
    writer.open('[');
    for (const Edit& edit : document.log) write_edit_to(writer, edit);
    writer.close(']');
    writer.key("measures");
    write_flat(writer, document, Shelf::measures);
    writer.member_if_any("period", document.period());
    writer.member_if_any("unit", document.unit());
    writer.key("version");
    writer.number(report_format_version);
    writer.close('}');
    writer.out() += '\n';
    return std::move(writer.out());
}

// ================================================ Reading ================================================

std::string pointer_to(std::string_view parent, std::string_view key) {
    return key.empty() ? std::string(parent) : json_pointer(parent, key);
}

tl::unexpected<Error> missing(std::string_view parent, std::string_view key) {
    return fail("field-missing", pointer_to(parent, key), {{"field", std::string(key)}});
}
tl::unexpected<Error> wrong_type(std::string_view parent, std::string_view key) {
    const std::string place = pointer_to(parent, key);
    return fail("field-type", place, {{"field", place.substr(place.rfind('/') + 1)}});
}

enum class Need : std::uint8_t { required, optional };

/// A text member, moved out of the tree; empty when it may be left out and is.
Result<std::string> take_text(Json::object_t& object, std::string_view parent, const char* key, Need need) {
    const auto found = object.find(key);
    if (found == object.end()) {
        if (need == Need::optional) return std::string{};
        return missing(parent, key);
    }
    auto* text = found->second.get_ptr<std::string*>();
    if (text == nullptr) return wrong_type(parent, key);
    return std::move(*text);
}

Done refuse_unknown(const Json::object_t& object, std::string_view parent,
                    std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        return fail("field-unknown", json_pointer(parent, key), {{"item", std::string(parent)}, {"field", key}});
    }
    return {};
}

Result<Json::object_t*> take_object(Json::object_t& object, std::string_view parent, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return missing(parent, key);
    auto* child = found->second.get_ptr<Json::object_t*>();
    if (child == nullptr) return wrong_type(parent, key);
    return child;
}

Result<Json::array_t*> take_array(Json::object_t& object, std::string_view parent, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return missing(parent, key);
    auto* child = found->second.get_ptr<Json::array_t*>();
    if (child == nullptr) return wrong_type(parent, key);
    return child;
}

// ---- Edits ----

Done read_value(Json& json, Value& value) {
    if (auto* text = json.get_ptr<std::string*>()) {
        value = std::move(*text);
    } else if (const auto* flag = json.get_ptr<const bool*>()) {
        value = *flag;
    } else if (json.is_number()) {
        const auto points = points_from_json(json);
        if (!points) return tl::unexpected<Error>(points.error());
        value = *points;
    } else {
        return fail("field-type");
    }
    return {};
}

/// Gives one member of an edit its place. Unknown members are refused. The error's place is set by the caller.
Done read_edit_member(Edit& edit, std::string_view key, Json& json) {
    if (key == "before") return read_value(json, edit.before);
    if (key == "after") return read_value(json, edit.after);
    auto* text = json.get_ptr<std::string*>();
    if (key == "layer" || key == "kind") {
        const std::string_view word = text == nullptr ? std::string_view{} : std::string_view(*text);
        if (key == "layer") {
            const auto layer = layer_from_string(word);
            if (!layer) return fail("layer-unknown", {}, {{"layer", std::string(word)}});
            edit.target.layer = *layer;
            return {};
        }
        const auto kind = std::find(edit_kinds.begin(), edit_kinds.end(), word);
        if (kind == edit_kinds.end()) return fail("field-type");
        edit.kind = static_cast<EditKind>(kind - edit_kinds.begin());
        return {};
    }
    std::string* place = key == "id"        ? &edit.id
                         : key == "at"      ? &edit.at
                         : key == "by"      ? &edit.by
                         : key == "batch"   ? &edit.batch
                         : key == "reverts" ? &edit.reverts
                         : key == "item"    ? &edit.target.item
                         : key == "field"   ? &edit.target.field
                                            : nullptr;
    if (place == nullptr) return fail("field-unknown");
    if (text == nullptr) return fail("field-type");
    *place = std::move(*text);
    return {};
}

Result<Edit> read_edit_from(Json& json, std::string_view parent, std::size_t index) {
    const auto place = [&] { return parent.empty() ? std::string{} : json_pointer(parent, index); };
    auto* object = json.get_ptr<Json::object_t*>();
    if (object == nullptr) return wrong_type(place(), {});
    Edit edit;
    for (auto& [key, value] : *object) {
        auto read = read_edit_member(edit, key, value);
        if (read) continue;
        Error& error = read.error();
        error.place = json_pointer(place(), key);
        error.params.emplace("field", key);
        if (error.code == "field-unknown") error.params.emplace("item", place());
        return tl::unexpected<Error>(std::move(error));
    }
    for (const char* key : {"id", "at", "layer", "item", "field"}) {
        if (!object->contains(key)) return missing(place(), key);
    }
    return edit;
}

Result<std::vector<Edit>> read_log(Json::object_t& root) {
    const auto list = take_array(root, "", "log");
    if (!list) return tl::unexpected<Error>(list.error());
    std::vector<Edit> log;
    log.reserve((*list)->size());
    for (Json& json : **list) {
        auto edit = read_edit_from(json, "/log", log.size());
        if (!edit) return tl::unexpected<Error>(edit.error());
        log.push_back(std::move(*edit));
    }
    return log;
}

// ---- Head ----

Result<Identity> read_identity(Json::object_t& root) {
    const auto object = take_object(root, "", "instrument");
    if (!object) return tl::unexpected<Error>(object.error());
    if (auto known = refuse_unknown(**object, "/instrument", {"id", "version", "hash"}); !known) {
        return tl::unexpected<Error>(known.error());
    }
    auto id = take_text(**object, "/instrument", "id", Need::required);
    if (!id) return tl::unexpected<Error>(id.error());
    auto version = take_text(**object, "/instrument", "version", Need::required);
    if (!version) return tl::unexpected<Error>(version.error());
    auto hash = take_text(**object, "/instrument", "hash", Need::required);
    if (!hash) return tl::unexpected<Error>(hash.error());
    return Identity{std::move(*id), std::move(*version), std::move(*hash)};
}

Done check_format(const Json& root) {
    const auto* object = root.get_ptr<const Json::object_t*>();
    if (object == nullptr) return fail("not-a-report");
    const auto format = object->find("format");
    const auto* name = format == object->end() ? nullptr : format->second.get_ptr<const std::string*>();
    if (name == nullptr || *name != format_name) return fail("not-a-report", "/format");
    const auto version = object->find("version");
    if (version == object->end()) return missing("", "version");
    const auto* number = version->second.get_ptr<const std::uint64_t*>();
    if (number == nullptr || *number == 0) return wrong_type("", "version");
    if (*number > report_format_version) {
        return fail("report-version", "/version", {{"version", static_cast<std::int64_t>(*number)}});
    }
    return refuse_unknown(*object, "",
                          {"format", "version", "document", "instrument", "unit", "period", "header", "measures",
                           "layers", "log", "code"});
}

Result<std::string> read_document_id(Json::object_t& root) {
    auto id = take_text(root, "", "document", Need::required);
    if (!id) return id;
    if (id->empty()) return missing("", "document");
    if (count_characters(*id) > limits::name_characters || clean_text(*id) != *id) {
        return fail("text-long", "/document", {{"limit", static_cast<std::int64_t>(limits::name_characters)}});
    }
    return id;
}

// ---- What the file says beside its log ----

/// What the file states must have the right shape before it can be compared with what the log says.
enum class Shape : std::uint8_t { text, number, count, value, object, array };

bool has_shape(const Json& json, Shape shape) {
    switch (shape) {
        case Shape::text:
            return json.is_string();
        case Shape::number:
            return points_from_json(json).has_value();
        case Shape::count:
            return json.is_number_unsigned();
        case Shape::value:
            return json.is_string() || json.is_boolean() || points_from_json(json).has_value();
        case Shape::object:
            return json.is_object();
        case Shape::array:
            return json.is_array();
    }
    return false;
}

struct Member {
    const char* key;
    Shape shape;
    Need need = Need::required;
};

/// An object with exactly these members.
Done check_members(const Json& json, const std::string& place, std::initializer_list<Member> members) {
    const auto* object = json.get_ptr<const Json::object_t*>();
    if (object == nullptr) return wrong_type(place, {});
    std::size_t found_members = 0;
    for (const Member& member : members) {
        const auto found = object->find(member.key);
        if (found == object->end()) {
            if (member.need == Need::required) return missing(place, member.key);
            continue;
        }
        ++found_members;
        if (!has_shape(found->second, member.shape)) return wrong_type(place, member.key);
    }
    if (found_members == object->size()) return {};
    const auto unknown = std::find_if(object->begin(), object->end(), [&members](const auto& entry) {
        return std::none_of(members.begin(), members.end(), [&entry](const Member& m) { return entry.first == m.key; });
    });
    return fail("field-unknown", json_pointer(place, unknown->first), {{"item", place}, {"field", unknown->first}});
}

/// An object whose members all pass `check_one(value, place)`.
template <typename CheckOne>
Done check_each(const Json& json, const std::string& place, CheckOne check_one) {
    for (const auto& [key, value] : *json.get_ptr<const Json::object_t*>()) {
        if (auto done = check_one(value, json_pointer(place, key)); !done) return done;
    }
    return {};
}

Done check_value_shape(const Json& json, const std::string& place) {
    return has_shape(json, Shape::value) ? Done{} : wrong_type(place, {});
}

Done check_totals_shape(const Json& json, const std::string& place) {
    auto members = check_members(
        json, place,
        {{"of", Shape::count}, {"score", Shape::number}, {"scored", Shape::count}, {"sections", Shape::object}});
    if (!members) return members;
    return check_each(json["sections"], place + "/sections", [](const Json& section, const std::string& at) {
        return check_members(section, at, {{"score", Shape::number}, {"scored", Shape::count}});
    });
}

Done check_layer_shape(const Json& json, const std::string& place, Layer layer) {
    auto members = check_members(json, place,
                                 {{"answers", Shape::object},
                                  {"hash", Shape::text},
                                  {"id", Shape::text},
                                  {"previous", Shape::text},
                                  {"state", Shape::text, Need::optional},
                                  {"totals", Shape::object},
                                  {"veto", Shape::object}});
    if (!members) return members;
    if (*json["id"].get_ptr<const std::string*>() != to_string(layer)) return wrong_type(place, "id");
    auto answers = check_each(json["answers"], place + "/answers", [](const Json& item, const std::string& at) {
        return check_members(item, at,
                             {{"score", Shape::number, Need::optional},
                              {"note", Shape::text, Need::optional},
                              {"explanation", Shape::text, Need::optional}});
    });
    if (!answers) return answers;
    auto veto = check_each(json["veto"], place + "/veto", [](const Json& item, const std::string& at) {
        return check_members(item, at, {{"set", Shape::value, Need::optional}, {"note", Shape::text, Need::optional}});
    });
    if (!veto) return veto;
    return check_totals_shape(json["totals"], place + "/totals");
}

/// The file's members beside the log. The log's own strings have been moved out by now.
Done check_shape(const Json& root) {
    auto members = check_members(root, "",
                                 {{"code", Shape::text},
                                  {"document", Shape::text},
                                  {"format", Shape::text},
                                  {"header", Shape::object},
                                  {"instrument", Shape::object},
                                  {"layers", Shape::array},
                                  {"log", Shape::array},
                                  {"measures", Shape::object},
                                  {"period", Shape::text, Need::optional},
                                  {"unit", Shape::text, Need::optional},
                                  {"version", Shape::count}});
    if (!members) return members;
    if (auto header = check_each(root["header"], "/header", check_value_shape); !header) return header;
    if (auto measures = check_each(root["measures"], "/measures", check_value_shape); !measures) return measures;
    const Json& layers = root["layers"];
    if (layers.size() != all_layers.size()) return wrong_type("", "layers");
    for (const Layer layer : all_layers) {
        const std::size_t index = index_of(layer);
        auto fits = check_layer_shape(layers[index], json_pointer("/layers", index), layer);
        if (!fits) return fits;
    }
    return {};
}

// ---- Comparing the file with its log ----

/// The file as it is, and as the program writes the same log.
struct Comparison {
    const Json& stated;
    const Json& computed;
    const Document& document;
    Findings findings;
};

Finding& found(Comparison& comparison, std::string code, Layer layer, Params params) {
    Finding& finding = comparison.findings.emplace_back();
    finding.code = std::move(code);
    finding.severity = Severity::error;
    finding.document = comparison.document.id;
    finding.layer = layer;
    finding.params = std::move(params);
    return finding;
}

std::string shown(const Json* json) {
    if (json == nullptr) return {};
    const auto* text = json->get_ptr<const std::string*>();
    return text == nullptr ? canonical_json(*json) : *text;
}

const Json* find_member(const Json* json, const std::string& key) {
    const auto* object = json == nullptr ? nullptr : json->get_ptr<const Json::object_t*>();
    if (object == nullptr) return nullptr;
    const auto found_member = object->find(key);
    return found_member == object->end() ? nullptr : &found_member->second;
}

bool same(const Json* a, const Json* b) { return (a == nullptr) == (b == nullptr) && (a == nullptr || *a == *b); }

/// Keys of both objects, each once, in order.
std::vector<std::string> all_keys(const Json* a, const Json* b) {
    std::vector<std::string> keys;
    for (const Json* json : {a, b}) {
        const auto* object = json == nullptr ? nullptr : json->get_ptr<const Json::object_t*>();
        if (object == nullptr) continue;
        for (const auto& [key, value] : *object) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

void compare_answer(Comparison& comparison, Layer layer, const std::string& item, const std::string& field,
                    const Json* stated, const Json* computed) {
    if (same(stated, computed)) return;
    Finding& finding =
        found(comparison, "layer-altered", layer,
              {{"layer", std::string(to_string(layer))}, {"stated", shown(stated)}, {"computed", shown(computed)}});
    finding.item = item;
    finding.field = field;
}

/// {ITEM:{FIELD:VALUE}} on both sides.
void compare_items(Comparison& comparison, Layer layer, const Json* stated, const Json* computed) {
    for (const std::string& item : all_keys(stated, computed)) {
        const Json* stated_item = find_member(stated, item);
        const Json* computed_item = find_member(computed, item);
        for (const std::string& field : all_keys(stated_item, computed_item)) {
            compare_answer(comparison, layer, item, field, find_member(stated_item, field),
                           find_member(computed_item, field));
        }
    }
}

/// What all layers' hashes cover: unit, period, header and measures.
void compare_common(Comparison& comparison) {
    for (const char* field : {"unit", "period"}) {
        compare_answer(comparison, Layer::self, "header", field, find_member(&comparison.stated, field),
                       find_member(&comparison.computed, field));
    }
    const Json& stated = comparison.stated["header"];
    const Json& computed = comparison.computed["header"];
    for (const std::string& field : all_keys(&stated, &computed)) {
        compare_answer(comparison, Layer::self, "header", field, find_member(&stated, field),
                       find_member(&computed, field));
    }
    const Json& stated_measures = comparison.stated["measures"];
    const Json& computed_measures = comparison.computed["measures"];
    for (const std::string& item : all_keys(&stated_measures, &computed_measures)) {
        compare_answer(comparison, Layer::self, item, "value", find_member(&stated_measures, item),
                       find_member(&computed_measures, item));
    }
}

void compare_total(Comparison& comparison, Layer layer, const std::string& section, const std::string& place,
                   const Json* stated, const Json* computed) {
    if (same(stated, computed)) return;
    Finding& finding = found(comparison, "total-mismatch", layer,
                             {{"place", place}, {"stated", shown(stated)}, {"computed", shown(computed)}});
    finding.item = section;
}

void compare_totals(Comparison& comparison, Layer layer, const Json& stated, const Json& computed) {
    const std::string place = json_pointer("/layers", index_of(layer)) + "/totals";
    for (const char* key : {"score", "scored", "of"}) {
        compare_total(comparison, layer, {}, json_pointer(place, key), find_member(&stated, key),
                      find_member(&computed, key));
    }
    const Json& stated_sections = stated["sections"];
    const Json& computed_sections = computed["sections"];
    for (const std::string& section : all_keys(&stated_sections, &computed_sections)) {
        const std::string section_place = json_pointer(place + "/sections", section);
        for (const char* key : {"score", "scored"}) {
            compare_total(comparison, layer, section, json_pointer(section_place, key),
                          find_member(find_member(&stated_sections, section), key),
                          find_member(find_member(&computed_sections, section), key));
        }
    }
}

/// One layer: its answers, then its totals, and its hash where no answer explains already why it does not fit. The hash
/// is recomputed over the file's own `previous`, so that a change in one layer is not blamed on those after it.
void compare_layer(Comparison& comparison, const Identity& identity, const Tally& totals, Layer layer,
                   bool common_differs) {
    const std::size_t index = index_of(layer);
    const Json& stated = comparison.stated["layers"][index];
    const Json& computed = comparison.computed["layers"][index];
    const std::size_t before = comparison.findings.size();
    compare_items(comparison, layer, &stated["answers"], &computed["answers"]);
    compare_items(comparison, layer, &stated["veto"], &computed["veto"]);
    compare_answer(comparison, layer, "document", "state", find_member(&stated, "state"),
                   find_member(&computed, "state"));
    const bool answers_differ = comparison.findings.size() > before;
    compare_totals(comparison, layer, stated["totals"], computed["totals"]);
    if (answers_differ || common_differs) return;

    const std::string previous = shown(&stated["previous"]);
    const std::string hash_before = index == 0 ? std::string{} : shown(&comparison.stated["layers"][index - 1]["hash"]);
    const Digest digest = layer_digest(comparison.document, identity, totals, layer, previous);
    if (previous != hash_before || shown(&stated["hash"]) != to_hex(digest)) {
        found(comparison, "layer-altered", layer, {{"layer", std::string(to_string(layer))}});
    }
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return std::nullopt;
}

std::optional<Digest> from_hex(std::string_view hex) {
    Digest digest{};
    if (hex.size() != digest.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const auto digit = hex_digit(hex[i]);
        if (!digit) return std::nullopt;
        digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4 | *digit);
    }
    return digest;
}

/// The code against the last hash the file states: what is wrong with the hash itself is the layer's finding.
void compare_code(Comparison& comparison) {
    const auto digest = from_hex(shown(&comparison.stated["layers"].back()["hash"]));
    const std::string computed = digest ? base32_prefix(*digest, code_characters) : std::string{};
    const std::string stated = shown(&comparison.stated["code"]);
    if (stated == computed) return;
    found(comparison, "code-mismatch", all_layers.back(), {{"stated", stated}, {"computed", computed}});
}

Result<Findings> compare(const Json& stated, const Document& document, const Identity& identity,
                         const std::string& computed_text) {
    if (auto shape = check_shape(stated); !shape) return tl::unexpected<Error>(shape.error());
    const auto computed = parse_json(computed_text, computed_text.size());
    if (!computed) return tl::unexpected<Error>(computed.error());
    Comparison comparison{stated, *computed, document, {}};
    compare_common(comparison);
    const bool common_differs = !comparison.findings.empty();
    const Tally totals = tally(document);
    for (const Layer layer : all_layers) compare_layer(comparison, identity, totals, layer, common_differs);
    compare_code(comparison);
    return std::move(comparison.findings);
}

Finding instrument_changed(const Document& document) {
    Finding finding;
    finding.code = "instrument-changed";
    finding.severity = Severity::warning;
    finding.document = document.id;
    finding.params = {{"id", document.instrument->id}};
    return finding;
}

}  // namespace

std::string write_report(const Document& document) { return write_as(document, identity_of(*document.instrument)); }

std::string short_code(const Document& document) {
    const auto digests = chain(document, identity_of(*document.instrument), tally(document));
    return base32_prefix(digests.back(), code_characters);
}

Result<LoadedReport> read_report(std::string_view text, const InstrumentFinder& find_instrument) {
    auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    if (auto format = check_format(*json); !format) return tl::unexpected<Error>(format.error());
    auto& root = *json->get_ptr<Json::object_t*>();
    auto identity = read_identity(root);
    if (!identity) return tl::unexpected<Error>(identity.error());
    InstrumentPtr instrument = find_instrument ? find_instrument(identity->id) : nullptr;
    if (!instrument) return fail("instrument-unknown", "/instrument/id", {{"id", identity->id}});
    auto id = read_document_id(root);
    if (!id) return tl::unexpected<Error>(id.error());
    auto log = read_log(root);
    if (!log) return tl::unexpected<Error>(log.error());
    auto document = replay(std::move(instrument), std::move(*id), std::move(*log));
    if (!document) return tl::unexpected<Error>(document.error());

    LoadedReport loaded{std::move(*document), {}};
    // Nearly every file is byte for byte what the program writes of its log: then nothing can differ, and nothing needs
    // to be compared one by one.
    const std::string computed = write_as(loaded.document, *identity);
    if (computed != text) {
        auto findings = compare(*json, loaded.document, *identity, computed);
        if (!findings) return tl::unexpected<Error>(findings.error());
        loaded.findings = std::move(*findings);
    }
    if (identity->hash != loaded.document.instrument->hash) {
        loaded.findings.push_back(instrument_changed(loaded.document));
    }
    return loaded;
}

std::string write_edit(const Edit& edit) {
    Writer writer;
    write_edit_to(writer, edit);
    return std::move(writer.out());
}

Result<Edit> read_edit(std::string_view text) {
    auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    return read_edit_from(*json, "", 0);
}

}  // namespace duibiao
