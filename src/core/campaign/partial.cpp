#include "core/campaign/partial.hpp"

#include <algorithm>
#include <utility>

#include "core/limits.hpp"
#include "core/sha256.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 3> severities{"error", "warning", "notice"};

Json to_json(const std::vector<FormOutline::Part>& parts) {
    Json list = Json::array();
    for (const FormOutline::Part& part : parts)
        list.push_back(Json::array({part.id, part.name, duibiao::to_json(part.points)}));
    return list;
}

Json to_json(const std::vector<std::optional<Points>>& scores) {
    Json list = Json::array();
    for (const auto& score : scores) list.push_back(score ? duibiao::to_json(*score) : Json());
    return list;
}

Json to_json(const Params& params) {
    Json object = Json::object();
    for (const auto& param : params) std::visit([&](const auto& plain) { object[param.first] = plain; }, param.second);
    return object;
}

template <typename T>
void set_if_any(Json& object, const char* key, const T& value) {
    if (!value.empty()) object[key] = value;
}

std::string line_of(const char* kind, Json content) {
    Json line = Json::object();
    line[kind] = std::move(content);
    return canonical_json(line);
}

// ---- Reading ----

/// The members of one object; remembers the first that is not as it should be.
class Members {
public:
    explicit Members(const Json& object) : object_(object) {}

    std::string text(const char* key) {
        const Json* value = find(key);
        const auto* text = value == nullptr ? nullptr : value->get_ptr<const std::string*>();
        return text == nullptr ? wrong(key, value, std::string{}) : *text;
    }
    std::string required(const char* key) {
        std::string value = text(key);
        if (value.empty()) wrong_ = key;
        return value;
    }
    std::size_t size(const char* key) {
        const Json* value = find(key);
        const auto* number = value == nullptr ? nullptr : value->get_ptr<const std::uint64_t*>();
        return number == nullptr ? wrong(key, value, std::size_t{0}) : static_cast<std::size_t>(*number);
    }
    std::vector<std::string> texts(const char* key) {
        std::vector<std::string> list;
        for (const Json& element : array(key)) {
            if (const auto* text = element.get_ptr<const std::string*>()) {
                list.push_back(*text);
            } else {
                wrong_ = key;
            }
        }
        return list;
    }
    const Json::array_t& array(const char* key) {
        static const Json::array_t none;
        const Json* value = find(key);
        const auto* list = value == nullptr ? nullptr : value->get_ptr<const Json::array_t*>();
        return list == nullptr ? (wrong(key, value, 0), none) : *list;
    }
    const Json::object_t& object(const char* key) {
        static const Json::object_t none;
        const Json* value = find(key);
        const auto* members = value == nullptr ? nullptr : value->get_ptr<const Json::object_t*>();
        return members == nullptr ? (wrong(key, value, 0), none) : *members;
    }
    void refuse(const char* key) { wrong_ = key; }

    [[nodiscard]] Done done() const {
        if (wrong_.empty()) return {};
        return fail("partial-line", {}, {{"field", wrong_}});
    }

private:
    const Json* find(const char* key) const {
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }
    /// A member that is there and of another type is wrong; one that is not there is nothing.
    template <typename T>
    T wrong(const char* key, const Json* value, T nothing) {
        if (value != nullptr) wrong_ = key;
        return nothing;
    }

    const Json& object_;
    std::string wrong_;
};

std::vector<FormOutline::Part> read_parts(Members& members, const char* key) {
    std::vector<FormOutline::Part> parts;
    for (const Json& element : members.array(key)) {
        const auto* list = element.get_ptr<const Json::array_t*>();
        const bool is_part = list != nullptr && list->size() == 3 && (*list)[0].is_string() && (*list)[1].is_string();
        const auto points = is_part ? points_from_json((*list)[2]) : fail("number-format");
        if (!points) {
            members.refuse(key);
            return {};
        }
        parts.push_back({(*list)[0].get<std::string>(), (*list)[1].get<std::string>(), *points});
    }
    return parts;
}

std::vector<std::optional<Points>> read_scores(Members& members, const std::string& layer, std::size_t items) {
    std::vector<std::optional<Points>> scores;
    for (const Json& element : members.array(layer.c_str())) {
        if (element.is_null()) {
            scores.emplace_back();
            continue;
        }
        const auto points = points_from_json(element);
        if (!points) members.refuse("scores");
        scores.emplace_back(points ? std::optional(*points) : std::nullopt);
    }
    if (!scores.empty() && scores.size() != items) members.refuse("scores");
    return scores;
}

std::map<std::string, int> read_counts(Members& members, const char* key) {
    std::map<std::string, int> counts;
    for (const auto& [name, value] : members.object(key)) {
        const auto* count = value.get_ptr<const std::uint64_t*>();
        if (count == nullptr || *count > limits::log_edits) {
            members.refuse(key);
        } else {
            counts[name] = static_cast<int>(*count);
        }
    }
    return counts;
}

void read_findings(Members& members, ReportDigest& digest) {
    for (std::size_t i = 0; i < severities.size(); ++i) {
        for (const auto& [code, count] : read_counts(members, std::string(severities[i]).c_str()))
            digest.findings[code] = {static_cast<Severity>(i), count};
    }
}

Result<Json> read_content(std::string_view line, const char* kind) {
    auto json = parse_json(line, limits::report_bytes);
    if (!json) return json;
    const auto content = json->is_object() ? json->find(kind) : json->end();
    if (content == json->end() || !content->is_object()) return fail("partial-line", {}, {{"field", kind}});
    return std::move(*content);
}

Params read_params(Members& members) {
    Params params;
    for (const auto& [name, value] : members.object("params")) {
        if (const auto* text = value.get_ptr<const std::string*>()) params[name] = *text;
        if (value.is_number_integer()) params[name] = value.get<std::int64_t>();
        if (!value.is_array()) continue;
        std::vector<std::string> list;
        for (const Json& element : value) {
            if (const auto* text = element.get_ptr<const std::string*>()) list.push_back(*text);
        }
        params[name] = std::move(list);
    }
    return params;
}

}  // namespace

std::string write_form_line(const FormOutline& form) {
    Json content{{"hash", form.hash}, {"id", form.id}, {"kind", form.kind}, {"title", form.title}};
    set_if_any(content, "version", form.version);
    if (!form.sections.empty()) content["sections"] = to_json(form.sections);
    if (!form.items.empty()) content["items"] = to_json(form.items);
    if (!form.duties.empty()) content["duties"] = to_json(form.duties);
    set_if_any(content, "columns", form.columns);
    set_if_any(content, "masks", form.masks);
    return line_of("form", std::move(content));
}

std::string write_digest_line(const ReportDigest& digest) {
    Json content{{"key", digest.key}, {"form", digest.form->hash}, {"document", digest.document}};
    content["edits"] = digest.edits;
    set_if_any(content, "at", digest.at);
    set_if_any(content, "code", digest.code);
    set_if_any(content, "file", digest.file);
    set_if_any(content, "handed", digest.handed);
    set_if_any(content, "period", digest.period);
    set_if_any(content, "unit", digest.unit);
    set_if_any(content, "version", digest.version);
    set_if_any(content, "veto", digest.veto);
    set_if_any(content, "duties", digest.duties);
    set_if_any(content, "grades", digest.grades);
    set_if_any(content, "answers", digest.answers);
    set_if_any(content, "rows", digest.rows);
    if (digest.none) content["none"] = true;
    for (const Layer layer : all_layers) {
        const std::string name(to_string(layer));
        const std::size_t index = index_of(layer);
        if (!digest.states[index].empty()) content["states"][name] = digest.states[index];
        if (!digest.scores[index].empty()) content["scores"][name] = to_json(digest.scores[index]);
    }
    for (const auto& [code, found] : digest.findings)
        content["findings"][std::string(severities[static_cast<std::size_t>(found.first)])][code] = found.second;
    return line_of("digest", std::move(content));
}

std::string write_rejected_line(const RejectedFile& file) {
    Json content{{"key", file.key}, {"file", file.file}, {"code", file.error.code}};
    set_if_any(content, "place", file.error.place);
    if (!file.error.params.empty()) content["params"] = to_json(file.error.params);
    return line_of("rejected", std::move(content));
}

std::string write_hash_line(const std::string& hex) { return line_of("hash", hex); }

PartialLine kind_of_line(std::string_view line) {
    constexpr std::array<std::pair<std::string_view, PartialLine>, 5> beginnings{
        {{R"({"format":"duibiao-partial")", PartialLine::head},
         {R"({"form":)", PartialLine::form},
         {R"({"digest":)", PartialLine::digest},
         {R"({"rejected":)", PartialLine::rejected},
         {R"({"hash":)", PartialLine::hash}}};
    for (const auto& [beginning, kind] : beginnings) {
        if (line.starts_with(beginning)) return kind;
    }
    return PartialLine::none;
}

bool is_partial(std::string_view text) { return kind_of_line(text) == PartialLine::head; }

Result<FormOutline> read_form_line(std::string_view line) {
    const auto content = read_content(line, "form");
    if (!content) return tl::unexpected<Error>(content.error());
    Members members(*content);
    FormOutline form;
    form.hash = members.required("hash");
    form.id = members.required("id");
    form.kind = members.required("kind");
    form.title = members.text("title");
    form.version = members.text("version");
    form.sections = read_parts(members, "sections");
    form.items = read_parts(members, "items");
    form.duties = read_parts(members, "duties");
    form.columns = members.texts("columns");
    form.masks = members.texts("masks");
    if (auto done = members.done(); !done) return tl::unexpected<Error>(done.error());
    return form;
}

Result<ReportDigest> read_digest_line(std::string_view line, const OutlineFinder& find_form) {
    const auto content = read_content(line, "digest");
    if (!content) return tl::unexpected<Error>(content.error());
    Members members(*content);
    ReportDigest digest;
    digest.form = find_form(members.required("form"));
    if (digest.form == nullptr) return fail("partial-form");
    digest.key = members.required("key");
    digest.document = members.required("document");
    digest.edits = members.size("edits");
    digest.at = members.text("at");
    digest.code = members.text("code");
    digest.file = members.text("file");
    digest.handed = members.text("handed");
    digest.period = members.text("period");
    digest.unit = members.text("unit");
    digest.version = members.text("version");
    digest.veto = members.texts("veto");
    digest.duties = read_counts(members, "duties");
    digest.grades = read_counts(members, "grades");
    digest.answers = members.texts("answers");
    digest.rows = members.texts("rows");
    digest.none = content->contains("none");
    const Json nothing = Json::object();
    const auto part = [&](const char* key) -> const Json& {
        const auto found = content->find(key);
        return found != content->end() && found->is_object() ? *found : nothing;
    };
    Members states(part("states"));
    Members scores(part("scores"));
    Members findings(part("findings"));
    for (const Layer layer : all_layers) {
        const std::string name(to_string(layer));
        digest.states[index_of(layer)] = states.text(name.c_str());
        digest.scores[index_of(layer)] = read_scores(scores, name, digest.form->items.size());
    }
    read_findings(findings, digest);
    for (const Members* read : {&members, &states, &scores, &findings}) {
        if (auto done = read->done(); !done) return tl::unexpected<Error>(done.error());
    }
    if (!digest.answers.empty() && digest.answers.size() != digest.form->items.size())
        return fail("partial-line", {}, {{"field", "answers"}});
    return digest;
}

Result<RejectedFile> read_rejected_line(std::string_view line) {
    const auto content = read_content(line, "rejected");
    if (!content) return tl::unexpected<Error>(content.error());
    Members members(*content);
    RejectedFile file;
    file.key = members.required("key");
    file.file = members.text("file");
    file.error.code = members.required("code");
    file.error.place = members.text("place");
    file.error.params = read_params(members);
    if (auto done = members.done(); !done) return tl::unexpected<Error>(done.error());
    return file;
}

Result<std::string_view> open_partial(std::string_view text) {
    const std::size_t head_end = std::min(text.find('\n'), text.size());
    if (text.substr(0, head_end) != partial_head) {
        const auto head = parse_json(text.substr(0, head_end), limits::report_bytes);
        if (!head) return tl::unexpected<Error>(head.error());
        return fail("partial-version", {}, {{"version", static_cast<std::int64_t>(size_member(*head, "version"))}});
    }
    if (!text.ends_with('\n')) return fail("json-cut");
    const std::size_t last = text.rfind('\n', text.size() - 2);
    if (last == std::string_view::npos || kind_of_line(text.substr(last + 1)) != PartialLine::hash)
        return fail("json-cut");
    const std::string_view hashed = text.substr(0, last + 1);
    const std::string hash_line = write_hash_line(to_hex(sha256(hashed))) + '\n';
    if (text.substr(last + 1) != hash_line) return fail("partial-altered");
    return hashed.substr(head_end + 1);
}

}  // namespace duibiao
