// Signatures of handed-over layers: ECDSA over P-256 with SHA-256 and RFC 6979, so that the same key signs the same
// text with the same bytes. Mbed TLS, in the page's first program and in the command: a page at an http:// address has
// no WebCrypto, the single file has no second program, and both have to sign and to verify.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "core/document.hpp"
#include "core/merge.hpp"

namespace duibiao {

/// A secret key of 64 hexadecimal digits, made of a text of at least 256 bits that nobody can foresee.
[[nodiscard]] std::string make_signing_key(std::string_view randomness);
/// Its public key, x and y in 128 hexadecimal digits; empty: this is no key.
[[nodiscard]] std::string public_key(std::string_view secret);
/// r and s in 128 hexadecimal digits; empty: this is no key.
[[nodiscard]] std::string sign(std::string_view secret, std::string_view text);
[[nodiscard]] bool is_signed(std::string_view text, std::string_view key, std::string_view signature);
/// Eight characters in two groups by which people compare keys: "ABCD EFGH", of the SHA-256 of the key's 64 bytes.
[[nodiscard]] std::string key_mark(std::string_view key);

/// What is known of one layer that was handed over (or unlocked again).
struct LayerSignature {
    enum class Status : std::uint8_t {
        none,     ///< it never bore one
        right,    ///< it fits what stands in the layer, and its key
        wrong,    ///< it does not
        dropped,  ///< it bore one before, and none when it was handed over or unlocked last
    };
    Layer layer = Layer::self;
    Status status = Status::none;
    std::string key;     ///< the public key; empty without a signature
    std::string before;  ///< the key it bore before, where that is another one
    std::string office;  ///< whose it is: the unit, or the office that the log names; may be empty
};
/// One for every layer with a state. Takes some milliseconds a signature.
[[nodiscard]] std::vector<LayerSignature> check_signatures(const Document& document);

/// Whether a user has confirmed, or this machine has seen first, that an office has this key; without one, whether it
/// is not known to sign.
using KnownKey = std::function<bool(const LayerSignature&)>;

/// "signature-wrong", "signature-dropped" {office} (errors), "signature-key" {office, mark} (warning: another key than
/// before, which nobody confirmed), "signature-missing" {office} (warning: it is known to sign), "signature-right"
/// {office, mark}, "signature-none" {office} (notices), each for a layer that is handed over now or bears a signature;
/// living records are only told of where they bear one.
[[nodiscard]] Findings describe_signatures(const Document& document, const std::vector<LayerSignature>& signatures,
                                           const KnownKey& is_known = {});

/// What united with another log would stand over a layer that bears a right signature in ours, and bears none itself,
/// or a wrong one: it was unlocked or handed over again by somebody without a key. Of kind intruding: what
/// differs of the layer's answers, and at the end the statements of both.
[[nodiscard]] std::vector<Rewriting> find_unsigned(const Document& ours, const Document& united);

/// Whether something of what was handed over is not as it was: its papers say so.
[[nodiscard]] bool is_altered(const Document& document, const std::vector<LayerSignature>& signatures);

}  // namespace duibiao
