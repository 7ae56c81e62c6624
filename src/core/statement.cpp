#include "core/statement.hpp"

#include <algorithm>

#include "core/custody.hpp"
#include "core/json.hpp"
#include "core/report.hpp"
#include "core/sha256.hpp"

namespace duibiao {
namespace {

constexpr std::string_view about_document = "document";

bool sets(const Edit& edit, std::string_view field) {
    return edit.target.item == about_document && edit.target.field == field;
}

std::string_view text_in(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::string_view{} : std::string_view(*text);
}

/// SHA-256 over an array of edits, one after the other.
class EditsDigest {
public:
    void add(const Edit& edit) {
        hash_.add(is_empty_ ? "[" : ",");
        hash_.add(write_edit(edit));
        is_empty_ = false;
    }
    [[nodiscard]] std::string so_far() const {
        Sha256 hash = hash_;
        hash.add(is_empty_ ? "[]" : "]");
        return to_hex(hash.digest());
    }

private:
    Sha256 hash_;
    bool is_empty_ = true;
};

/// What the layer below handed over before, the last time first, and nothing.
std::vector<std::string> digests_below(const Document& document, Layer layer) {
    std::vector<std::string> digests{""};
    if (layer == Layer::self) return digests;
    const Layer below = layer_at(index_of(layer) - 1);
    EditsDigest digest;
    for (const Edit& edit : document.log) {
        if (edit.target.layer != below) continue;
        digest.add(edit);
        if (hands_over(edit)) digests.push_back(digest.so_far());
    }
    std::reverse(digests.begin(), digests.end());
    return digests;
}

std::string write_text(const Document& document, Layer layer, const std::string& edits, const std::string& below) {
    return canonical_json(Json{{"below", below},
                               {"edits", edits},
                               {"form", document.instrument->id},
                               {"layer", std::string(to_string(layer))}});
}

}  // namespace

std::optional<Statement> last_statement(const Document& document, Layer layer) {
    const auto is_own = [layer](const Edit& edit) { return edit.target.layer == layer && sets(edit, "state"); };
    const auto last = std::find_if(document.log.rbegin(), document.log.rend(), is_own);
    if (last == document.log.rend()) return std::nullopt;
    Statement statement;
    statement.layer = layer;
    statement.edit = static_cast<std::size_t>(document.log.rend() - last) - 1;
    statement.state = std::string(text_in(last->after));
    for (std::size_t i = 0; i < statement.edit; ++i) {
        const Edit& edit = document.log[i];
        if (edit.target.layer != layer) continue;
        if (sets(edit, "key")) statement.key = std::string(text_in(edit.after));
        if (sets(edit, "state") && edit.batch != last->batch) statement.key_before = statement.key;
        if (sets(edit, "signature") && edit.batch == last->batch)
            statement.signature = std::string(text_in(edit.after));
    }
    return statement;
}

namespace {

/// The layer's own edits up to the statement; of an unlocking also what was handed over before, and the unlocking.
std::vector<std::string> digests_of(const Document& document, const Statement& statement) {
    const std::string& batch = document.log[statement.edit].batch;
    EditsDigest whole;
    std::vector<EditsDigest> before;
    std::vector<const Edit*> own_batch;
    for (std::size_t i = 0; i <= statement.edit; ++i) {
        const Edit& edit = document.log[i];
        const bool is_itself = sets(edit, "signature") && edit.batch == batch;
        if (edit.target.layer != statement.layer || is_itself) continue;
        whole.add(edit);
        if (edit.batch == batch && edit.target.item == about_document) own_batch.push_back(&edit);
        if (hands_over(edit)) before.push_back(whole);
    }
    std::vector<std::string> digests{whole.so_far()};
    if (statement.state != "draft") return digests;
    for (EditsDigest& digest : before) {
        for (const Edit* edit : own_batch) digest.add(*edit);
        digests.push_back(digest.so_far());
    }
    return digests;
}

}  // namespace

std::vector<std::string> signed_texts(const Document& document, const Statement& statement) {
    std::vector<std::string> texts;
    for (const std::string& edits : digests_of(document, statement)) {
        for (const std::string& below : digests_below(document, statement.layer))
            texts.push_back(write_text(document, statement.layer, edits, below));
    }
    return texts;
}

std::string text_to_sign(const Document& document, Layer layer, const std::vector<Edit>& batch) {
    EditsDigest digest;
    for (const Edit& edit : document.log) {
        if (edit.target.layer == layer) digest.add(edit);
    }
    for (const Edit& edit : batch) digest.add(edit);
    return write_text(document, layer, digest.so_far(), digests_below(document, layer).front());
}

bool is_seal(const Target& target) {
    return target.item == about_document && (target.field == "key" || target.field == "signature");
}

bool has_signature(const Document& document) {
    const auto layers = layers_of(*document.instrument);
    return std::any_of(layers.begin(), layers.end(),
                       [&document](Layer layer) { return !document.text(layer, about_document, "signature").empty(); });
}

}  // namespace duibiao
