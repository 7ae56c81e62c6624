#include "core/scored_form/form_reader.hpp"

#include <algorithm>
#include <numeric>

#include "core/limits.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao::scored_form {
namespace {

constexpr Points largest = Points::from_whole(10'000'000);

/// The characters of a text, so that one Chinese character counts as one.
std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> list;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
        list.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return list;
}

/// How many characters must be changed, put in or left out.
std::size_t distance(std::string_view a, std::string_view b) {
    const auto from = characters(a);
    const auto to = characters(b);
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

const Json::object_t* object_in(const Node& node) {
    return node.value == nullptr ? nullptr : node.value->get_ptr<const Json::object_t*>();
}

/// The name of a member; of a list's element that of the list.
std::string last_step(std::string_view pointer) {
    const std::string_view step = pointer.substr(pointer.rfind('/') + 1);
    const bool is_element = !step.empty() && std::all_of(step.begin(), step.end(), is_digit);
    if (!is_element) return std::string(step);
    return last_step(pointer.substr(0, pointer.rfind('/')));
}

}  // namespace

std::string found_text(const Json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    return shown(text == nullptr ? canonical_json(value) : *text, "…");
}

std::string nearest_name(std::string_view wanted, std::span<const std::string> names) {
    constexpr std::size_t longest_name = 200;  ///< bytes: longer ones are no slip of the pen
    std::string nearest;
    if (wanted.size() > longest_name) return nearest;
    std::size_t least = std::max<std::size_t>(1, characters(wanted).size() / 3) + 1;
    for (const std::string& name : names) {
        const std::size_t away = distance(wanted, name);
        if (away >= least) continue;
        least = away;
        nearest = name;
    }
    return nearest;
}

void FormReader::refuse(std::string_view code, std::string_view place, Params params) {
    const auto nearest = params.find("nearest");
    const bool strange = nearest != params.end() && nearest->second == Param(std::string{});
    const auto known = params.find("known");
    const bool none = strange && known != params.end() && known->second == Param(std::vector<std::string>{});
    const std::string_view end = none ? "-none" : strange ? "-strange" : "";
    mistakes.push_back({std::string(code) + std::string(end), std::string(place), std::move(params)});
}

void FormReader::warn(std::string_view code, std::string_view place, Params params) {
    warnings.push_back({std::string(code), std::string(place), std::move(params)});
}

bool FormReader::check(const Node& node, Names known) {
    const auto* object = object_in(node);
    if (object == nullptr) {
        const Json nothing;
        refuse(
            "form-object", node.pointer,
            {{"field", last_step(node.pointer)}, {"found", found_text(node.value == nullptr ? nothing : *node.value)}});
        return false;
    }
    for (const auto& [key, value] : *object) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::vector<std::string> names(known.begin(), known.end());
        refuse("form-member", json_pointer(node.pointer, key),
               {{"field", shown(key)}, {"known", names}, {"nearest", nearest_name(key, names)}});
    }
    return true;
}

bool FormReader::has(const Node& parent, std::string_view key) {
    const auto* object = object_in(parent);
    const auto found = object == nullptr ? Json::object_t::const_iterator{} : object->find(std::string(key));
    return object != nullptr && found != object->end() && !found->second.is_null();
}

Node FormReader::member(const Node& parent, std::string_view key, Need need) {
    const auto* object = object_in(parent);
    if (object == nullptr) return {};
    const auto found = object->find(std::string(key));
    if (found != object->end() && !found->second.is_null()) return {&found->second, json_pointer(parent.pointer, key)};
    if (need == Need::required)
        refuse("form-missing", json_pointer(parent.pointer, key), {{"field", std::string(key)}});
    return {};
}

std::optional<std::string> FormReader::element(const Node& node, std::string_view key) {
    const auto* text = node.value->get_ptr<const std::string*>();
    if (text == nullptr) {
        refuse("form-text", node.pointer, {{"field", std::string(key)}, {"found", found_text(*node.value)}});
        return std::nullopt;
    }
    if (text->empty()) {
        refuse("form-missing", node.pointer, {{"field", std::string(key)}});
        return std::nullopt;
    }
    const std::size_t count = count_characters(*text);
    if (count > limits::text_characters) {
        refuse("form-text-long", node.pointer,
               {{"field", std::string(key)},
                {"count", static_cast<std::int64_t>(count)},
                {"limit", static_cast<std::int64_t>(limits::text_characters)}});
        return std::nullopt;
    }
    return *text;
}

std::string FormReader::text(const Node& parent, std::string_view key, Need need) {
    const Node node = member(parent, key, need);
    if (node.value == nullptr) return {};
    const auto* text = node.value->get_ptr<const std::string*>();
    if (text != nullptr && text->empty() && need == Need::optional) return {};
    return element(node, key).value_or(std::string{});
}

std::optional<Points> FormReader::points(const Node& parent, std::string_view key, Need need) {
    return points(parent, key, need, Points{}, largest);
}

std::optional<Points> FormReader::points(const Node& parent, std::string_view key, Need need, Points least,
                                         Points most) {
    const Node node = member(parent, key, need);
    if (node.value == nullptr) return std::nullopt;
    const std::string field(key);
    if (!node.value->is_number()) {
        refuse("form-number", node.pointer, {{"field", field}, {"found", found_text(*node.value)}});
        return std::nullopt;
    }
    const auto points = points_from_json(*node.value);
    if (!points && points.error().code == "number-places") {
        refuse("form-step", node.pointer,
               {{"field", field}, {"found", found_text(*node.value)}, {"step", std::string("0.01")}});
        return std::nullopt;
    }
    if (points && *points >= least && *points <= most) return *points;
    refuse("form-range", node.pointer,
           {{"field", field},
            {"found", found_text(*node.value)},
            {"least", least.to_string()},
            {"most", most.to_string()}});
    return std::nullopt;
}

std::optional<int> FormReader::whole(const Node& parent, std::string_view key, int least, int most) {
    const auto number = points(parent, key, Need::optional, Points::from_whole(least), Points::from_whole(most));
    if (!number) return std::nullopt;
    if (number->is_multiple_of(Points::from_whole(1))) return static_cast<int>(number->hundredths() / 100);
    refuse("form-step", json_pointer(parent.pointer, key),
           {{"field", std::string(key)}, {"found", number->to_string()}, {"step", std::string("1")}});
    return std::nullopt;
}

bool FormReader::flag(const Node& parent, std::string_view key, bool otherwise) {
    const Node node = member(parent, key, Need::optional);
    if (node.value == nullptr) return otherwise;
    if (const auto* flag = node.value->get_ptr<const bool*>()) return *flag;
    refuse("form-flag", node.pointer, {{"field", std::string(key)}, {"found", found_text(*node.value)}});
    return otherwise;
}

std::vector<Node> FormReader::list(const Node& parent, std::string_view key, Need need) {
    const Node node = member(parent, key, need);
    if (node.value == nullptr) return {};
    const auto* array = node.value->get_ptr<const Json::array_t*>();
    if (array == nullptr) {
        refuse("form-list", node.pointer, {{"field", std::string(key)}, {"found", found_text(*node.value)}});
        return {};
    }
    if (array->empty() && need == Need::required) refuse("form-missing", node.pointer, {{"field", std::string(key)}});
    std::vector<Node> nodes;
    nodes.reserve(array->size());
    for (const Json& element : *array) nodes.push_back({&element, json_pointer(node.pointer, nodes.size())});
    return nodes;
}

std::vector<std::string> FormReader::texts(const Node& parent, std::string_view key, Need need) {
    std::vector<std::string> texts;
    for (const Node& node : list(parent, key, need)) {
        if (auto text = element(node, key)) texts.push_back(*std::move(text));
    }
    return texts;
}

std::size_t FormReader::choice(const Node& parent, std::string_view key, std::span<const std::string_view> names,
                               std::size_t otherwise) {
    const Node node = member(parent, key, Need::optional);
    if (node.value == nullptr) return otherwise;
    const auto* word = node.value->get_ptr<const std::string*>();
    const auto position = word == nullptr ? std::nullopt : position_in(names, *word);
    if (position) return *position;
    refuse("form-word", node.pointer,
           {{"field", std::string(key)},
            {"found", found_text(*node.value)},
            {"expected", std::vector<std::string>(names.begin(), names.end())}});
    return otherwise;
}

std::optional<std::size_t> FormReader::named(std::string_view place, std::string_view key, const std::string& wanted,
                                             const std::vector<std::string>& known) {
    const auto found = std::find(known.begin(), known.end(), wanted);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    refuse(
        "form-name", place,
        {{"field", std::string(key)}, {"found", wanted}, {"known", known}, {"nearest", nearest_name(wanted, known)}});
    return std::nullopt;
}

std::string FormReader::free_id(const Node& parent, Need need) {
    std::string id = text(parent, "id", need);
    const bool fits =
        id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_';
        });
    if (!fits)
        refuse("form-id", json_pointer(parent.pointer, "id"), {{"field", std::string("id")}, {"found", shown(id)}});
    return id;
}

}  // namespace duibiao::scored_form
