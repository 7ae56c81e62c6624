// Reading reports.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "core/limits.hpp"
#include "core/report_parts.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace report_parts {
namespace {

std::string pointer_to(std::string_view parent, std::string_view key) {
    return key.empty() ? std::string(parent) : json_pointer(parent, key);
}

}  // namespace

tl::unexpected<Error> missing(std::string_view parent, std::string_view key) {
    return fail("field-missing", pointer_to(parent, key), {{"field", std::string(key)}});
}

tl::unexpected<Error> wrong_type(std::string_view parent, std::string_view key) {
    const std::string place = pointer_to(parent, key);
    return fail("field-type", place, {{"field", place.substr(place.rfind('/') + 1)}});
}

tl::unexpected<Error> unknown_member(std::string_view parent, std::string_view key) {
    return fail("field-unknown", pointer_to(parent, key), {{"item", std::string(parent)}, {"field", std::string(key)}});
}

bool is_document_id(std::string_view id) {
    const bool one_line = id.find_first_of("\n\t") == std::string_view::npos;
    return !id.empty() && one_line && is_clean_text(id) && count_characters(id) <= limits::name_characters;
}

}  // namespace report_parts

namespace {

using report_parts::edit_kinds;
using report_parts::format_name;
using report_parts::Identity;
using report_parts::is_document_id;
using report_parts::missing;
using report_parts::Presence;
using report_parts::unknown_member;
using report_parts::wrong_type;

/// A text member, moved out of the tree; empty when it may be left out and is.
Result<std::string> take_text(Json::object_t& object, std::string_view parent, const char* key, Presence need) {
    const auto found = object.find(key);
    if (found == object.end()) {
        if (need == Presence::optional) return std::string{};
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
        return unknown_member(parent, key);
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
    auto id = take_text(**object, "/instrument", "id", Presence::required);
    if (!id) return tl::unexpected<Error>(id.error());
    auto version = take_text(**object, "/instrument", "version", Presence::required);
    if (!version) return tl::unexpected<Error>(version.error());
    auto hash = take_text(**object, "/instrument", "hash", Presence::required);
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
                          {"format", "version", "document", "form", "instrument", "unit", "period", "header",
                           "measures", "layers", "log", "code"});
}

Result<std::string> read_document_id(Json::object_t& root) {
    auto id = take_text(root, "", "document", Presence::required);
    if (!id) return id;
    if (id->empty()) return missing("", "document");
    if (!is_document_id(*id)) {
        return fail("text-long", "/document", {{"limit", static_cast<std::int64_t>(limits::name_characters)}});
    }
    return id;
}

// ---- The ways in ----

/// A document and what its report says about itself.
struct Opened {
    Document document;
    Identity identity;
    Findings findings;
};

/// The form in a file, where it is the one that the file names; null else.
InstrumentPtr carried_form(const Identity& identity, std::string_view definition) {
    if (definition.empty()) return nullptr;
    auto form = load_instrument(definition);
    return form && (*form)->id == identity.id && (*form)->hash == identity.hash ? *std::move(form) : nullptr;
}

/// The version that the file names: a known one, else the one in the file; the newest known one where there is neither.
InstrumentPtr form_of(const Identity& identity, std::string_view definition, const InstrumentFinder& find_instrument) {
    InstrumentPtr known = find_instrument(identity);
    if (known && known->hash == identity.hash) return known;
    InstrumentPtr carried = carried_form(identity, definition);
    return carried ? carried : known;
}

/// What a file that looks like the program's own says in its log.
std::optional<Opened> open_log(std::string_view text, const InstrumentFinder& find_instrument) {
    if (text.size() > limits::report_bytes) return std::nullopt;
    auto source = report_parts::scan(text);
    const auto* version = source ? std::get_if<Points>(&source->version) : nullptr;
    if (version == nullptr || *version < Points::from_whole(1) || *version > Points::from_whole(report_format_version))
        return std::nullopt;
    if (!is_document_id(source->document_id)) return std::nullopt;
    if (!is_utf8(source->identity.hash) || !is_utf8(source->identity.version)) return std::nullopt;
    InstrumentPtr instrument = form_of(source->identity, source->form, find_instrument);
    if (!instrument) return std::nullopt;
    auto document = replay(std::move(instrument), std::move(source->document_id), std::move(source->log));
    if (!document) return std::nullopt;
    return Opened{std::move(*document), std::move(source->identity), {}};
}

/// Nearly every file is byte for byte what the program writes of its log: then nothing can differ, and nothing needs to
/// be compared one by one. Nothing comes back when that cannot be said.
std::optional<Opened> open_canonical(std::string_view text, const InstrumentFinder& find_instrument) {
    auto opened = open_log(text, find_instrument);
    if (!opened || report_parts::write_as(opened->document, opened->identity) != text) return std::nullopt;
    return opened;
}

/// A warning about the document's form.
Finding form_warning(std::string_view code, const Document& document) {
    Finding finding;
    finding.code = code;
    finding.severity = Severity::warning;
    finding.document = document.id;
    finding.params = {{"id", document.instrument->id}};
    return finding;
}

/// Any other file: read step by step, and every difference named.
Result<Opened> open_any(std::string_view text, const InstrumentFinder& find_instrument) {
    auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    if (auto format = check_format(*json); !format) return tl::unexpected<Error>(format.error());
    auto& root = *json->get_ptr<Json::object_t*>();
    auto identity = read_identity(root);
    if (!identity) return tl::unexpected<Error>(identity.error());
    const auto form = root.find("form");
    const std::string definition = form == root.end() ? std::string() : canonical_json(form->second);
    InstrumentPtr instrument = form_of(*identity, definition, find_instrument);
    if (!instrument) return fail("instrument-unknown", "/instrument/id", {{"id", identity->id}});
    auto id = read_document_id(root);
    if (!id) return tl::unexpected<Error>(id.error());
    auto log = read_log(root);
    if (!log) return tl::unexpected<Error>(log.error());
    auto document = replay(std::move(instrument), std::move(*id), std::move(*log));
    if (!document) return tl::unexpected<Error>(document.error());
    auto findings = report_parts::compare(*json, *document, *identity);
    if (!findings) return tl::unexpected<Error>(findings.error());
    if (!definition.empty() && !carried_form(*identity, definition))
        findings->push_back(form_warning("form-unfit", *document));
    return Opened{std::move(*document), std::move(*identity), std::move(*findings)};
}

LoadedReport finish(Opened opened) {
    if (opened.identity.hash != opened.document.instrument->hash) {
        opened.findings.push_back(form_warning("instrument-changed", opened.document));
    }
    return {std::move(opened.document), std::move(opened.findings)};
}

}  // namespace

Result<LoadedReport> read_report(std::string_view text, const InstrumentFinder& find_instrument) {
    if (!find_instrument) return fail("instrument-unknown", "/instrument/id");  // calling nothing would throw
    if (auto opened = open_canonical(text, find_instrument)) return finish(std::move(*opened));
    auto opened = open_any(text, find_instrument);
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    return finish(std::move(*opened));
}

Result<LoadedReport> read_stored_report(std::string_view text, const InstrumentFinder& find_instrument) {
    if (find_instrument) {
        auto opened = open_log(text, find_instrument);
        // Written of the form as it is now, it would be written the same again.
        if (opened && opened->identity.hash == opened->document.instrument->hash) return finish(std::move(*opened));
    }
    return read_report(text, find_instrument);
}

Result<Edit> read_edit(std::string_view text) {
    auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    return read_edit_from(*json, "", 0);
}

}  // namespace duibiao
