// What is wrong with a form's file that is no JSON, in words for whoever writes it.
#pragma once

#include <string_view>

#include "core/result.hpp"

namespace duibiao::scored_form {

/// `error` is that of parse_json() for this text. Places are "line L, column C". Codes:
///   "form-json-comment"        // and #: there are none
///   "form-json-wide" {found, expected}    a full-width sign or a curly quote
///   "form-json-quotes"         'text'
///   "form-json-comma-missing"  two values without a comma between them
///   "form-json-comma-extra"    a comma before the closing bracket, or two of them
///   "form-json-colon" {found}  a name without a colon behind it
///   "form-json-bare" {found}   a word without quotes
///   "form-json-number" {found} 05, .5, 1+
///   "form-json-line-end"       a text goes on in the next line
///   "form-json-escape" {found} \d
///   "form-json-bracket" {found, expected}  closed by the wrong one
///   "form-json-end" {count, expected}      brackets or a text are not closed
///   "form-json-after" {found}  more behind the end
///   "form-json-other" {found}
///   "form-encoding"            not UTF-8, as GBK is not
///   "form-empty", "form-doubled" {field, found}
/// Other errors stay as they are.
[[nodiscard]] Error explain_syntax(std::string_view text, const Error& error);

}  // namespace duibiao::scored_form
