// Reading a definition's JSON: members, types and ids, keeping the first error. For the files that load instruments.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/instrument.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

namespace duibiao::instrument_parts {

/// A value of the definition and where it stands.
struct Node {
    const Json* value = nullptr;
    std::string pointer;
};

enum class Need : std::uint8_t { required, optional };

/// Reads members and keeps the first error; after it everything reads as empty, so that callers need no checks in
/// between and ask once at the end.
class Reader {
public:
    [[nodiscard]] bool good() const { return !error_; }
    [[nodiscard]] Error take_error() { return std::move(*error_); }

    void refuse(std::string_view code, std::string_view place) { refuse(code, place, {}); }
    void refuse(std::string_view code, std::string_view place, Params params) {
        if (good()) error_ = Error{std::string(code), std::string(place), std::move(params)};
    }

    /// The member, or a node without a value. Members that may be left out may also be null.
    Node member(const Node& parent, std::string_view key, Need need) {
        if (!good()) return {};
        const auto* object = parent.value == nullptr ? nullptr : parent.value->get_ptr<const Json::object_t*>();
        if (object == nullptr) {
            refuse("field-type", parent.pointer, {{"field", last_step(parent.pointer)}});
            return {};
        }
        const auto found = object->find(std::string(key));
        const bool absent = found == object->end() || found->second.is_null();
        if (!absent) return Node{&found->second, json_pointer(parent.pointer, key)};
        if (need == Need::required) {
            refuse("field-missing", json_pointer(parent.pointer, key), {{"field", std::string(key)}});
        }
        return {};
    }

    std::string text(const Node& parent, std::string_view key, Need need) {
        const Node node = member(parent, key, need);
        if (node.value == nullptr) return {};
        const auto* text = node.value->get_ptr<const std::string*>();
        if (text == nullptr) {
            refuse_type(node);
            return {};
        }
        if (text->empty() && need == Need::required) {
            refuse("field-missing", node.pointer, {{"field", std::string(key)}});
        }
        return *text;
    }

    std::optional<Points> points(const Node& parent, std::string_view key, Need need) {
        const Node node = member(parent, key, need);
        if (node.value == nullptr) return std::nullopt;
        const auto points = points_from_json(*node.value);
        if (points) return *points;
        refuse(points.error().code, node.pointer);
        return std::nullopt;
    }

    bool flag(const Node& parent, std::string_view key, bool otherwise) {
        const Node node = member(parent, key, Need::optional);
        if (node.value == nullptr) return otherwise;
        const auto* flag = node.value->get_ptr<const bool*>();
        if (flag != nullptr) return *flag;
        refuse_type(node);
        return otherwise;
    }

    std::vector<Node> list(const Node& parent, std::string_view key, Need need) {
        const Node node = member(parent, key, need);
        if (node.value == nullptr) return {};
        const auto* array = node.value->get_ptr<const Json::array_t*>();
        if (array == nullptr) {
            refuse_type(node);
            return {};
        }
        std::vector<Node> nodes;
        nodes.reserve(array->size());
        for (const Json& element : *array) nodes.push_back({&element, json_pointer(node.pointer, nodes.size())});
        return nodes;
    }

    /// Position of a word among the words allowed; the first one when it is left out.
    std::size_t choice(const Node& parent, std::string_view key, std::span<const std::string_view> names, Need need) {
        const std::string word = text(parent, key, need);
        if (word.empty()) return 0;
        const auto position = position_in(names, word);
        if (!position) refuse("field-type", json_pointer(parent.pointer, key), {{"field", std::string(key)}});
        return position.value_or(0);
    }

private:
    static std::string last_step(std::string_view pointer) {
        return std::string(pointer.substr(pointer.rfind('/') + 1));  // npos + 1 is 0: all of it
    }
    void refuse_type(const Node& node) { refuse("field-type", node.pointer, {{"field", last_step(node.pointer)}}); }

    std::optional<Error> error_;
};

inline std::string read_citation(Reader& reader, const Node& node) {
    std::string citation = reader.text(node, "citation", Need::optional);
    if (citation.empty()) reader.refuse("citation-missing", json_pointer(node.pointer, "citation"));
    return citation;
}

/// Ids of sections, groups, criteria, measures and conditions say where they stand, so that an id found in a file can
/// be looked up without a search and never changes its meaning.
inline std::string read_position_id(Reader& reader, const Node& node, const std::string& expected) {
    std::string id = reader.text(node, "id", Need::required);
    if (reader.good() && id != expected) {
        reader.refuse("id-position", json_pointer(node.pointer, "id"), {{"id", id}, {"expected", expected}});
    }
    return id;
}

/// Ids that users choose: they become parts of file names, links and JSON keys.
inline std::string read_free_id(Reader& reader, const Node& node) {
    std::string id = reader.text(node, "id", Need::required);
    const bool fits =
        id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
    if (reader.good() && !fits) reader.refuse("id-format", json_pointer(node.pointer, "id"), {{"id", id}});
    return id;
}

/// In the order of Per.
inline constexpr std::array<std::string_view, 4> period_names{"year", "half", "quarter", "month"};

/// A field of an item or a column of a table: instrument_forms.cpp.
[[nodiscard]] AnswerField read_field(Reader& reader, const Node& node);
/// The definition without what is no part of what the form asks (Personal, FormGroup, who asks for it, what
/// it answers elsewhere).
[[nodiscard]] Json hashed_part(Json definition);
/// The sources that ask for it: `own` and those it names.
[[nodiscard]] std::vector<std::string> read_asked_by(Reader& reader, const Node& root, const std::string& own);
/// Where it stands among others; by its kind where it does not say so.
[[nodiscard]] FormGroup read_form_group(Reader& reader, const Node& root, InstrumentKind kind);
/// What a field or a header field tells of a person.
[[nodiscard]] Personal read_personal(Reader& reader, const Node& node);
[[nodiscard]] std::vector<AnswerField> read_fields(Reader& reader, const Node& parent, std::string_view key);
/// How the ledger answers a field or a measure; nothing when `from` is left out.
[[nodiscard]] std::optional<Source> read_source(Reader& reader, const Node& parent);
/// "08-09": a day of every year.
[[nodiscard]] std::optional<std::chrono::month_day> read_due(Reader& reader, const Node& parent);
/// Texts that are not empty; at least one where they are required.
[[nodiscard]] std::vector<std::string> read_texts(Reader& reader, const Node& parent, std::string_view key, Need need);
/// A whole number from 1 to 10,000; 1 when it is left out.
[[nodiscard]] int read_times(Reader& reader, const Node& parent, std::string_view key);
/// The form's rows, with what is said about them: instrument_table.cpp.
void read_table(Reader& reader, const Node& root, Table& table);
/// What its columns follow from, before its rules are read: instrument_rows.cpp.
void read_formulas(Reader& reader, const Node& node, Table& table);
/// Groups, an example and what stands below its rows: instrument_rows.cpp.
void read_table_extras(Reader& reader, const Node& node, Table& table);
/// What its rows answer elsewhere: instrument_answers.cpp.
void read_answers(Reader& reader, const Node& root, Instrument& instrument);
/// The column that `key` names; nothing when it is left out.
[[nodiscard]] std::optional<std::size_t> read_optional_column(Reader& reader, const Node& node, const Table& table,
                                                              std::string_view key);
[[nodiscard]] std::vector<std::size_t> read_column_list(Reader& reader, const Node& node, const Table& table, Need need,
                                                        std::string_view key = "columns");
/// "when": conditions that must all hold.
[[nodiscard]] std::vector<RowCondition> read_conditions(Reader& reader, const Node& node, const Table& table);
/// In the order of Severity.
inline constexpr std::array<std::string_view, 3> severity_names{"error", "warning", "notice"};
/// Head, foot and veto, which both formats have: instrument_head.cpp.
void read_header(Reader& reader, const Node& root, Instrument& instrument);
void read_print(Reader& reader, const Node& root, Instrument& instrument);
void read_veto(Reader& reader, const Node& root, Veto& veto);
/// Instrument::order from its sections.
void list_criteria(Instrument& instrument);
/// Dimensions, steps and grades of an appraisal, whose table is read: instrument_appraisal.cpp.
void read_appraisal(Reader& reader, const Node& root, Instrument& instrument);
/// Table, activity kinds and duties, as far as the form has them.
void read_form_parts(Reader& reader, const Node& root, Instrument& instrument);

}  // namespace duibiao::instrument_parts
