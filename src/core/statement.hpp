// What an office signs when it hands a layer over or unlocks it, and where its signature stands.
//
// The signature is an edit like any other (item "document", fields "key" and "signature"), so it is stored, merged,
// backed up and written into reports by what does so with edits, and the same bytes come out everywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// The last time a layer was handed over or unlocked.
struct Statement {
    Layer layer = Layer::self;
    std::size_t edit = 0;    ///< index of the edit that did so
    std::string state;       ///< to_string(LayerState)
    std::string key;         ///< the office's public key: x and y in 128 hexadecimal digits; empty: none
    std::string key_before;  ///< that of the time before; empty: none
    std::string signature;   ///< r and s in 128 hexadecimal digits; empty: unsigned
};
[[nodiscard]] std::optional<Statement> last_statement(const Document& document, Layer layer);

/// What may have been signed: canonical JSON {"below","edits","form","layer"}. `edits` is SHA-256 over the array of the
/// layer's own edits up to this one, as the report has them, without the signature itself; `below` the same of what the
/// layer below handed over before ("" where it did not), `form` the form's id. The layer below may have gone out again
/// elsewhere meanwhile, and a layer that is unlocked may have gone out again elsewhere, too: so there is one text for
/// each time either did, the likeliest first.
[[nodiscard]] std::vector<std::string> signed_texts(const Document& document, const Statement& statement);

/// The same of edits that are about to follow: `batch` ends with the edit that hands over.
[[nodiscard]] std::string text_to_sign(const Document& document, Layer layer, const std::vector<Edit>& batch);

/// A key or a signature: nothing that a person wrote, so nothing that lists of changes tell.
[[nodiscard]] bool is_seal(const Target& target);

/// Whether any layer was ever handed over with a signature: its files and papers bear the longer code.
[[nodiscard]] bool has_signature(const Document& document);

}  // namespace duibiao
