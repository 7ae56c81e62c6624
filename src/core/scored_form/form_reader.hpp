// Reading a form of format 2: every mistake is kept, not only the first, and members that nothing reads are refused.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/instrument_reader.hpp"

namespace duibiao::scored_form {

using instrument_parts::Need;
using instrument_parts::Node;

using Names = std::initializer_list<std::string_view>;

/// What is wrong, at its place (JSON pointer), with "found" (what stands there, as the file has it) and what is
/// expected among the params. After a mistake the reading goes on with what it can. Codes:
///   "form-member" {field, known, nearest}   nothing reads this member; `nearest` may be empty
///   "form-missing" {field}                  a member that must be there, or is empty
///   "form-text", "form-number", "form-flag", "form-list", "form-object" {field, found}   another type is expected
///   "form-word" {field, found, expected}    none of the words that may stand there
///   "form-range" {field, found, least, most}, "form-step" {field, found, step}
///   "form-name" {field, found, known}       names something that the form does not have
///   "form-doubled" {field, found}
///   "form-text-long" {field, count, limit}
///   "form-number-word" {field, found, expected}   neither a number nor one of the words
///   form-member, form-name and form-text-blank end in "-strange" where nothing is near, in "-none" where there is none
///   and those that say what does not go together: see the readers.
class FormReader {
public:
    void refuse(std::string_view code, std::string_view place, Params params);
    void warn(std::string_view code, std::string_view place, Params params);

    /// Refuses members that are not among `known`, and what is no object.
    bool check(const Node& node, Names known);
    /// Has the object this member, and not null?
    [[nodiscard]] static bool has(const Node& parent, std::string_view key);

    Node member(const Node& parent, std::string_view key, Need need);
    std::string text(const Node& parent, std::string_view key, Need need);
    /// 0 to 10,000,000 unless bounds are given.
    std::optional<Points> points(const Node& parent, std::string_view key, Need need);
    std::optional<Points> points(const Node& parent, std::string_view key, Need need, Points least, Points most);
    /// A whole number.
    std::optional<int> whole(const Node& parent, std::string_view key, int least, int most);
    bool flag(const Node& parent, std::string_view key, bool otherwise);
    std::vector<Node> list(const Node& parent, std::string_view key, Need need);
    std::vector<std::string> texts(const Node& parent, std::string_view key, Need need);
    /// Position of a word among those allowed; `otherwise` when it is left out.
    std::size_t choice(const Node& parent, std::string_view key, std::span<const std::string_view> names,
                       std::size_t otherwise);
    /// Position of a name among those that the form has; none, and "form-name", where it is none of them.
    std::optional<std::size_t> named(std::string_view place, std::string_view key, const std::string& wanted,
                                     const std::vector<std::string>& known);
    /// Letters, digits, '-' and '_', at most 64.
    std::string free_id(const Node& parent, Need need);
    /// An element that must be a text of its own.
    std::optional<std::string> element(const Node& node, std::string_view key);
    /// A reader of format 1 found this in a part that both formats share.
    void take(Error error) { mistakes.push_back(std::move(error)); }

    std::vector<Error> mistakes;
    std::vector<Error> warnings;
};

/// What stands in the file, at most 60 bytes.
[[nodiscard]] std::string found_text(const Json& value);
/// The name that differs in at most a third of its letters; empty when none does.
[[nodiscard]] std::string nearest_name(std::string_view wanted, std::span<const std::string> names);

}  // namespace duibiao::scored_form
