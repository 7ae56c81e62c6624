// What a report says beside its log, against what the log says.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/report_parts.hpp"
#include "core/rows.hpp"

namespace duibiao {
namespace {

using report_parts::Identity;
using report_parts::missing;
using report_parts::Presence;
using report_parts::unknown_member;
using report_parts::wrong_type;

// ---- Shape ----

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
    Presence presence = Presence::required;
};

/// An object with exactly these members.
Done check_members(const Json& json, const std::string& place, std::initializer_list<Member> members) {
    const auto* object = json.get_ptr<const Json::object_t*>();
    if (object == nullptr) return wrong_type(place, {});
    std::size_t found_members = 0;
    for (const Member& member : members) {
        const auto found = object->find(member.key);
        if (found == object->end()) {
            if (member.presence == Presence::required) return missing(place, member.key);
            continue;
        }
        ++found_members;
        if (!has_shape(found->second, member.shape)) return wrong_type(place, member.key);
    }
    if (found_members == object->size()) return {};
    const auto unknown = std::find_if(object->begin(), object->end(), [&members](const auto& entry) {
        return std::none_of(members.begin(), members.end(), [&entry](const Member& m) { return entry.first == m.key; });
    });
    return unknown_member(place, unknown->first);
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

/// An item's answers. Forms that are not scored name their own fields: one unknown to the log is found when comparing.
Done check_item_shape(const Json& item, const std::string& place, bool scored) {
    if (!scored) return item.is_object() ? check_each(item, place, check_value_shape) : wrong_type(place, {});
    return check_members(item, place,
                         {{"score", Shape::number, Presence::optional},
                          {"note", Shape::text, Presence::optional},
                          {"explanation", Shape::text, Presence::optional}});
}

Done check_layer_shape(const Json& json, const std::string& place, Layer layer, bool scored) {
    auto members = check_members(json, place,
                                 {{"answers", Shape::object},
                                  {"hash", Shape::text},
                                  {"id", Shape::text},
                                  {"previous", Shape::text},
                                  {"state", Shape::text, Presence::optional},
                                  {"totals", Shape::object},
                                  {"veto", Shape::object}});
    if (!members) return members;
    if (*json["id"].get_ptr<const std::string*>() != to_string(layer)) return wrong_type(place, "id");
    auto answers = check_each(json["answers"], place + "/answers", [scored](const Json& item, const std::string& at) {
        return check_item_shape(item, at, scored);
    });
    if (!answers) return answers;
    auto veto = check_each(json["veto"], place + "/veto", [](const Json& item, const std::string& at) {
        return check_members(item, at,
                             {{"set", Shape::value, Presence::optional}, {"note", Shape::text, Presence::optional}});
    });
    if (!veto) return veto;
    return check_totals_shape(json["totals"], place + "/totals");
}

/// The file's members beside the log. The log's own strings have been moved out by now.
Done check_shape(const Json& root, const Instrument& form) {
    // Forms of format 2 have other fields than a score and its note.
    const bool scored = form.is_scored() && form.scored == nullptr;
    const auto form_layers = layers_of(form);
    auto members = check_members(root, "",
                                 {{"code", Shape::text},
                                  {"document", Shape::text},
                                  {"form", Shape::object, Presence::optional},
                                  {"format", Shape::text},
                                  {"header", Shape::object},
                                  {"instrument", Shape::object},
                                  {"layers", Shape::array},
                                  {"log", Shape::array},
                                  {"measures", Shape::object},
                                  {"period", Shape::text, Presence::optional},
                                  {"unit", Shape::text, Presence::optional},
                                  {"version", Shape::count}});
    if (!members) return members;
    if (auto header = check_each(root["header"], "/header", check_value_shape); !header) return header;
    if (auto measures = check_each(root["measures"], "/measures", check_value_shape); !measures) return measures;
    const Json& layers = root["layers"];
    if (layers.size() != form_layers.size()) return wrong_type("", "layers");
    for (const Layer layer : form_layers) {
        const std::size_t index = index_of(layer);
        auto fits = check_layer_shape(layers[index], json_pointer("/layers", index), layer, scored);
        if (!fits) return fits;
    }
    return {};
}

// ---- Comparing ----

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
    Finding& finding = found(comparison, "layer-altered", layer,
                             {{"layer", layer_name(*comparison.document.instrument, layer)},
                              {"stated", shown(stated)},
                              {"computed", shown(computed)}});
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

/// What the hashes of the layers should be.
class Hashes {
public:
    Hashes(const Comparison& comparison, const Identity& identity, const Tally& totals) {
        using report_parts::Hashed;
        PerLayer<std::string> previous;
        for (const Layer layer : layers_of(*comparison.document.instrument))
            previous[index_of(layer)] = shown(&comparison.stated["layers"][index_of(layer)]["previous"]);
        for (const Hashed hashed : {Hashed::with_log, Hashed::without_log})
            known_.push_back(report_parts::layer_digests(comparison.document, identity, totals, previous, hashed));
    }
    [[nodiscard]] bool fits(std::size_t layer, const std::string& hash) const {
        return std::any_of(known_.begin(), known_.end(),
                           [&](const auto& digests) { return hash == to_hex(digests[layer]); });
    }

private:
    std::vector<report_parts::LayerDigests> known_;
};

/// One layer: its answers, then its totals, and its hash where no answer explains already why it does not fit. The hash
/// is recomputed over the file's own `previous`, so that a change in one layer is not blamed on those after it.
void compare_layer(Comparison& comparison, const Hashes& hashes, Layer layer, bool common_differs) {
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
    if (previous != hash_before || !hashes.fits(index, shown(&stated["hash"])))
        found(comparison, "layer-altered", layer, {{"layer", layer_name(*comparison.document.instrument, layer)}});
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
    const std::string computed =
        digest ? base32_prefix(*digest, report_parts::code_characters(comparison.document)) : std::string{};
    const std::string stated = shown(&comparison.stated["code"]);
    if (stated == computed) return;
    found(comparison, "code-mismatch", layers_of(*comparison.document.instrument).back(),
          {{"stated", stated}, {"computed", computed}});
}

/// People know a row by where it stands.
void number_rows(Comparison& comparison) {
    std::map<std::string_view, int> numbers;
    for (Finding& finding : comparison.findings) {
        if (!is_row_id(finding.item)) continue;
        if (numbers.empty()) {
            for (const RowView& row : rows_of(comparison.document))
                numbers.emplace(row.id, static_cast<int>(numbers.size()) + 1);
        }
        const auto at = numbers.find(finding.item);
        if (at != numbers.end()) finding.row = at->second;
    }
}

}  // namespace

Result<Findings> report_parts::compare(const Json& stated, const Document& document, const Identity& identity) {
    if (auto shape = check_shape(stated, *document.instrument); !shape) return tl::unexpected<Error>(shape.error());
    const std::string computed_text = write_as(document, identity);
    const auto computed = parse_json(computed_text, computed_text.size());
    if (!computed) return tl::unexpected<Error>(computed.error());
    Comparison comparison{stated, *computed, document, {}};
    compare_common(comparison);
    const bool common_differs = !comparison.findings.empty();
    const Tally totals = tally(document);
    const Hashes hashes(comparison, identity, totals);
    for (const Layer layer : layers_of(*document.instrument)) compare_layer(comparison, hashes, layer, common_differs);
    compare_code(comparison);
    number_rows(comparison);
    return std::move(comparison.findings);
}

}  // namespace duibiao
