#include "exchange/signature.hpp"

#include <mbedtls/ecdsa.h>
#include <mbedtls/platform_util.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/custody.hpp"
#include "core/sha256.hpp"
#include "core/statement.hpp"

namespace duibiao {
namespace {

constexpr std::size_t number_bytes = 32;
constexpr std::size_t number_digits = 2 * number_bytes;

std::optional<unsigned> digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    return std::nullopt;
}

using Bytes = std::array<unsigned char, number_bytes>;

std::optional<Bytes> from_hex(std::string_view hex) {
    Bytes bytes{};
    if (hex.size() != number_digits) return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto high = digit(hex[2 * i]);
        const auto low = digit(hex[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        bytes[i] = static_cast<unsigned char>(*high << 4U | *low);
    }
    return bytes;
}

/// A number of up to 256 bits; wiped at the end.
class Number {
public:
    Number() { mbedtls_mpi_init(&value_); }
    ~Number() { mbedtls_mpi_free(&value_); }
    Number(const Number&) = delete;
    Number& operator=(const Number&) = delete;

    [[nodiscard]] bool read(std::string_view hex) {
        auto bytes = from_hex(hex);
        const bool done = bytes && mbedtls_mpi_read_binary(&value_, bytes->data(), bytes->size()) == 0;
        if (bytes) mbedtls_platform_zeroize(bytes->data(), bytes->size());
        return done;
    }
    [[nodiscard]] std::string hex() const {
        Digest bytes{};
        return mbedtls_mpi_write_binary(&value_, bytes.data(), bytes.size()) == 0 ? to_hex(bytes) : std::string{};
    }
    mbedtls_mpi* get() { return &value_; }

private:
    mbedtls_mpi value_{};
};

class Point {
public:
    Point() { mbedtls_ecp_point_init(&value_); }
    ~Point() { mbedtls_ecp_point_free(&value_); }
    Point(const Point&) = delete;
    Point& operator=(const Point&) = delete;
    mbedtls_ecp_point* get() { return &value_; }

private:
    mbedtls_ecp_point value_{};
};

/// The curve, made once: it keeps multiples of its generator.
mbedtls_ecp_group* curve() {
    static mbedtls_ecp_group* const group = [] {
        static mbedtls_ecp_group made;
        mbedtls_ecp_group_init(&made);
        return mbedtls_ecp_group_load(&made, MBEDTLS_ECP_DP_SECP256R1) == 0 ? &made : nullptr;
    }();
    return group;
}

/// Blinds the arithmetic; the signature does not depend on it.
int blind(void* state, unsigned char* out, std::size_t size) {
    auto& digest = *static_cast<Digest*>(state);
    for (std::size_t i = 0; i < size; ++i) {
        if (i % digest.size() == 0) digest = sha256({reinterpret_cast<const char*>(digest.data()), digest.size()});
        out[i] = digest[i % digest.size()];
    }
    return 0;
}

/// The secret number, where it is one.
bool read_secret(Number& secret, std::string_view hex) {
    return curve() != nullptr && secret.read(hex) && mbedtls_ecp_check_privkey(curve(), secret.get()) == 0;
}

bool read_point(Point& point, std::string_view key) {
    const auto x = from_hex(key.substr(0, std::min(key.size(), number_digits)));
    const auto y = from_hex(key.substr(std::min(key.size(), number_digits)));
    if (curve() == nullptr || !x || !y) return false;
    constexpr unsigned char uncompressed = 4;
    std::array<unsigned char, 1 + 2 * number_bytes> bytes{uncompressed};
    std::copy(x->begin(), x->end(), bytes.begin() + 1);
    std::copy(y->begin(), y->end(), bytes.begin() + 1 + number_bytes);
    return mbedtls_ecp_point_read_binary(curve(), point.get(), bytes.data(), bytes.size()) == 0 &&
           mbedtls_ecp_check_pubkey(curve(), point.get()) == 0;
}

/// Who the layer belongs to. A layer above the first is signed by who handed it over: "name · office".
std::string office_of(const Document& document, const Statement& statement) {
    if (statement.layer == Layer::self) return std::string(document.unit());
    constexpr std::string_view separator = " · ";
    const std::string& by = document.log[statement.edit].by;
    const std::size_t at = by.rfind(separator);
    return at == std::string::npos ? by : by.substr(at + separator.size());
}

}  // namespace

std::string make_signing_key(std::string_view randomness) {
    std::string secret = to_hex(sha256(randomness));
    // One in 2^32 is no number below the curve's order.
    for (Number number; !read_secret(number, secret) && curve() != nullptr;) secret = to_hex(sha256(secret));
    return secret;
}

std::string public_key(std::string_view secret) {
    Number number;
    Point point;
    if (!read_secret(number, secret)) return {};
    Digest state = sha256(secret);
    if (mbedtls_ecp_mul(curve(), point.get(), number.get(), &curve()->G, blind, &state) != 0) return {};
    std::array<unsigned char, 1 + 2 * number_bytes> bytes{};
    std::size_t size = 0;
    if (mbedtls_ecp_point_write_binary(curve(), point.get(), MBEDTLS_ECP_PF_UNCOMPRESSED, &size, bytes.data(),
                                       bytes.size()) != 0)
        return {};
    Digest x{};
    Digest y{};
    std::copy_n(bytes.begin() + 1, number_bytes, x.begin());
    std::copy_n(bytes.begin() + 1 + number_bytes, number_bytes, y.begin());
    return to_hex(x) + to_hex(y);
}

std::string sign(std::string_view secret, std::string_view text) {
    Number number;
    Number r;
    Number s;
    if (!read_secret(number, secret)) return {};
    const Digest digest = sha256(text);
    Digest state = sha256(secret);
    if (mbedtls_ecdsa_sign_det_ext(curve(), r.get(), s.get(), number.get(), digest.data(), digest.size(),
                                   MBEDTLS_MD_SHA256, blind, &state) != 0)
        return {};
    return r.hex() + s.hex();
}

bool is_signed(std::string_view text, std::string_view key, std::string_view signature) {
    Point point;
    Number r;
    Number s;
    if (signature.size() != 2 * number_digits || !read_point(point, key)) return false;
    if (!r.read(signature.substr(0, number_digits)) || !s.read(signature.substr(number_digits))) return false;
    const Digest digest = sha256(text);
    return mbedtls_ecdsa_verify(curve(), digest.data(), digest.size(), point.get(), r.get(), s.get()) == 0;
}

std::string key_mark(std::string_view key) {
    constexpr std::size_t group = 4;
    std::string bytes;
    for (std::size_t i = 0; i + number_digits <= key.size(); i += number_digits) {
        if (const auto half = from_hex(key.substr(i, number_digits))) bytes.append(half->begin(), half->end());
    }
    const std::string mark = base32_prefix(sha256(bytes), 2 * group);
    return mark.substr(0, group) + " " + mark.substr(group);
}

namespace {

LayerSignature check_signature(const Document& document, const Statement& statement) {
    using Status = LayerSignature::Status;
    LayerSignature own;
    own.layer = statement.layer;
    own.office = office_of(document, statement);
    if (statement.signature.empty()) {
        own.status = document.text(own.layer, "document", "signature").empty() ? Status::none : Status::dropped;
        return own;
    }
    own.key = statement.key;
    own.before = statement.key_before == statement.key ? std::string{} : statement.key_before;
    const std::vector<std::string> texts = signed_texts(document, statement);
    const bool is_right = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return is_signed(text, statement.key, statement.signature);
    });
    own.status = is_right ? Status::right : Status::wrong;
    return own;
}

bool is_broken(const LayerSignature& own) {
    return own.status == LayerSignature::Status::wrong || own.status == LayerSignature::Status::dropped;
}

Finding describe(const Document& document, const LayerSignature& own, bool is_other_key) {
    using Status = LayerSignature::Status;
    constexpr std::array codes{"signature-none", "signature-right", "signature-wrong", "signature-dropped"};
    Finding finding;
    finding.document = document.id;
    finding.item = "document";
    finding.layer = own.layer;
    finding.params = {{"layer", std::string(to_string(own.layer))}, {"office", own.office}};
    if (!own.key.empty()) finding.params.emplace("mark", key_mark(own.key));
    finding.severity = is_broken(own) ? Severity::error : is_other_key ? Severity::warning : Severity::notice;
    finding.code = codes[static_cast<std::size_t>(own.status)];
    if (is_other_key && own.status == Status::right) finding.code = "signature-key";
    if (is_other_key && own.status == Status::none) finding.code = "signature-missing";
    return finding;
}

}  // namespace

std::vector<LayerSignature> check_signatures(const Document& document) {
    std::vector<LayerSignature> signatures;
    for (const Layer layer : layers_of(*document.instrument)) {
        if (const auto statement = last_statement(document, layer))
            signatures.push_back(check_signature(document, *statement));
    }
    return signatures;
}

Findings describe_signatures(const Document& document, const std::vector<LayerSignature>& signatures,
                             const KnownKey& is_known) {
    const bool is_living = !has_custody(*document.instrument);
    const Custodies custodies = custody_of(document);
    Findings findings;
    for (const LayerSignature& own : signatures) {
        const bool is_unsigned = own.status == LayerSignature::Status::none;
        if (is_unsigned && (is_living || !custodies[index_of(own.layer)].locked)) continue;
        const bool is_other_key = is_known ? !is_known(own) : !own.before.empty();
        findings.push_back(describe(document, own, is_other_key));
    }
    return findings;
}

namespace {

Rewriting intruding_at(const Target& target, const Edit& ours, const Value& our_value, const Edit& theirs,
                       const Value& their_value) {
    Rewriting one;
    one.kind = Rewriting::Kind::intruding;
    one.ours = ours;
    one.theirs = theirs;
    one.ours->target = one.theirs->target = target;
    one.ours->after = our_value;
    one.theirs->after = their_value;
    return one;
}

/// The layer's answers that differ, and at the end the statements.
void add_unsigned(const Document& ours, const Edit& before, const Document& united, const Edit& after,
                  std::vector<Rewriting>& found) {
    const Layer layer = before.target.layer;
    const auto differs = [&](const Target& target) {
        return target.layer == layer && target.item != "document" && ours.answer(target) != united.answer(target);
    };
    const auto add = [&](const Target& target) {
        found.push_back(intruding_at(target, before, ours.answer(target), after, united.answer(target)));
    };
    for (const auto& [target, value] : united.answers) {
        if (differs(target)) add(target);
    }
    for (const auto& [target, value] : ours.answers) {
        if (differs(target) && !united.answers.contains(target)) add(target);
    }
    found.push_back(intruding_at(after.target, before, before.after, after, after.after));
}

}  // namespace

std::vector<Rewriting> find_unsigned(const Document& ours, const Document& united) {
    std::vector<Rewriting> found;
    for (const Layer layer : layers_of(*ours.instrument)) {
        const auto before = last_statement(ours, layer);
        const auto after = last_statement(united, layer);
        if (!before || before->signature.empty() || !after || ours.log[before->edit] == united.log[after->edit])
            continue;
        if (!is_broken(check_signature(united, *after)) || is_broken(check_signature(ours, *before))) continue;
        add_unsigned(ours, ours.log[before->edit], united, united.log[after->edit], found);
    }
    return found;
}

bool is_altered(const Document& document, const std::vector<LayerSignature>& signatures) {
    return std::any_of(signatures.begin(), signatures.end(), is_broken) || !check_handed_over(document).empty();
}

}  // namespace duibiao
