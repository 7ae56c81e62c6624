#include "core/campaign/partial.hpp"

#include <algorithm>
#include <utility>

#include "core/limits.hpp"
#include "core/sha256.hpp"

namespace duibiao {
namespace {

Json to_json(const std::vector<FormOutline::Part>& parts) {
    Json list = Json::array();
    for (const FormOutline::Part& part : parts)
        list.push_back(Json::array({part.id, part.name, duibiao::to_json(part.points)}));
    return list;
}

Json to_json(const Params& params) {
    Json object = Json::object();
    for (const auto& param : params) std::visit([&](const auto& plain) { object[param.first] = plain; }, param.second);
    return object;
}

constexpr std::array<std::string_view, 3> quota_roundings{"down", "up", "half"};
constexpr std::array<std::string_view, 3> quota_bases{"final", "counted", "expected"};

Json to_json(const ScoredOutline& scored) {
    Json scorers = Json::array();
    for (const ScoredOutline::Scorer& scorer : scored.scorers)
        scorers.push_back(Json::array({scorer.id, scorer.label}));
    Json quotas = Json::array();
    for (const Quota& quota : scored.quotas)
        quotas.push_back({{"band", quota.band},
                          {"base", quota_bases[static_cast<std::size_t>(quota.base)]},
                          {"limited", quota.counts_limited},
                          {"rounding", quota_roundings[static_cast<std::size_t>(quota.rounding)]},
                          {"share", duibiao::to_json(quota.share)}});
    Json json{{"bands", scored.bands},       {"chained", scored.chained},     {"decimals", scored.decimals},
              {"quotas", std::move(quotas)}, {"scorers", std::move(scorers)}, {"shown", scored.graded_on_shown}};
    for (const auto& cap : scored.caps) json["caps"].push_back(cap ? duibiao::to_json(*cap) : Json());
    return json;
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
    bool flag(const char* key) {
        const Json* value = find(key);
        const auto* flag = value == nullptr ? nullptr : value->get_ptr<const bool*>();
        return flag == nullptr ? wrong(key, value, false) : *flag;
    }
    /// At most `most`.
    std::size_t whole(const char* key, std::size_t most) {
        const Json* value = find(key);
        const bool is_whole = value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() <= most;
        return is_whole ? value->get<std::size_t>() : wrong(key, value, std::size_t{0});
    }
    /// Position of the word among `words`.
    template <std::size_t n>
    std::size_t choice(const char* key, const std::array<std::string_view, n>& words) {
        const auto found = std::find(words.begin(), words.end(), text(key));
        if (found == words.end()) wrong_ = key;
        return found == words.end() ? 0 : static_cast<std::size_t>(found - words.begin());
    }
    const Json* find(const char* key) const {
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }
    void refuse(const char* key) { wrong_ = key; }

    [[nodiscard]] Done done() const {
        if (wrong_.empty()) return {};
        return fail("partial-line", {}, {{"field", wrong_}});
    }

private:
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

std::vector<ScoredOutline::Scorer> read_scorers(Members& members) {
    std::vector<ScoredOutline::Scorer> scorers;
    for (const Json& element : members.array("scorers")) {
        const auto* list = element.get_ptr<const Json::array_t*>();
        const bool is_scorer = list != nullptr && list->size() == 2 && (*list)[0].is_string() && (*list)[1].is_string();
        if (!is_scorer) members.refuse("scorers");
        if (is_scorer) scorers.push_back({(*list)[0].get<std::string>(), (*list)[1].get<std::string>()});
    }
    if (scorers.empty() || scorers.size() > most_layers) members.refuse("scorers");
    return scorers;
}

Result<Quota> read_quota(const Json& json, std::size_t bands) {
    Members members(json);
    Quota quota;
    quota.band = members.whole("band", bands == 0 ? 0 : bands - 1);
    quota.base = static_cast<Quota::Base>(members.choice("base", quota_bases));
    quota.counts_limited = members.flag("limited");
    quota.rounding = static_cast<Quota::Rounding>(members.choice("rounding", quota_roundings));
    const Json* share = members.find("share");
    const auto points = share == nullptr ? fail("number-format") : points_from_json(*share);
    if (!points || bands == 0) members.refuse("quotas");
    if (points) quota.share = *points;
    if (auto done = members.done(); !done) return tl::unexpected<Error>(done.error());
    return quota;
}

std::vector<std::optional<Points>> read_caps(Members& members) {
    std::vector<std::optional<Points>> caps;
    for (const Json& element : members.array("caps")) {
        const auto cap = element.is_null() ? Result<Points>(Points{}) : points_from_json(element);
        if (!cap) members.refuse("caps");
        caps.push_back(cap && !element.is_null() ? std::optional(*cap) : std::nullopt);
    }
    return caps;
}

Result<ScoredOutline> read_scored(const Json& json) {
    constexpr std::size_t most_decimals = 6;
    Members members(json);
    ScoredOutline scored;
    scored.bands = members.texts("bands");
    scored.chained = members.flag("chained");
    scored.decimals = static_cast<int>(members.whole("decimals", most_decimals));
    scored.graded_on_shown = members.flag("shown");
    scored.scorers = read_scorers(members);
    scored.caps = read_caps(members);
    for (const Json& element : members.array("quotas")) {
        auto quota = read_quota(element, scored.bands.size());
        if (!quota) return tl::unexpected<Error>(std::move(quota.error()));
        scored.quotas.push_back(*quota);
    }
    if (auto done = members.done(); !done) return tl::unexpected<Error>(done.error());
    return scored;
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
    if (form.scored) content["arithmetic"] = to_json(*form.scored);
    return line_of("form", std::move(content));
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
    if (const Json* arithmetic = members.find("arithmetic")) {
        auto scored = read_scored(*arithmetic);
        if (!scored) return tl::unexpected<Error>(std::move(scored.error()));
        form.scored = *std::move(scored);
        const auto& caps = form.scored->caps;
        if (!caps.empty() && caps.size() != form.sections.size()) members.refuse("arithmetic");
    }
    if (auto done = members.done(); !done) return tl::unexpected<Error>(done.error());
    return form;
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
