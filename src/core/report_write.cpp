// Writing reports.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/sort.hpp"

#include "core/canonical_writer.hpp"
#include "core/custody.hpp"
#include "core/report_parts.hpp"
#include "core/statement.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using report_parts::Identity;

/// Where an answer stands in the file.
enum class Shelf : std::uint8_t { answers, common, header, measures, state, veto };

Shelf shelf_of(const TargetRef& target) {
    const bool is_position = !target.item.empty() && is_digit(target.item.front());
    if (is_position && target.field != "value") return Shelf::answers;
    if (target.item == "header") {
        return target.field == "unit" || target.field == "period" ? Shelf::common : Shelf::header;
    }
    if (target.item == "document") return Shelf::state;
    if (target.item.starts_with("veto.")) return Shelf::veto;
    const bool measure = target.field == "value" && target.item.find(".m") != std::string_view::npos;
    return measure ? Shelf::measures : Shelf::answers;
}

/// Calls `use(target, value, shelf)` for one layer's answers, in order: the map has the layer first.
template <typename Use>
void for_each_answer(const Document& document, Layer layer, Use use) {
    auto answer = document.answers.lower_bound(TargetRef{layer, {}, {}});
    for (; answer != document.answers.end() && answer->first.layer == layer; ++answer)
        use(answer->first, answer->second, shelf_of(answer->first));
}

/// {ITEM:{FIELD:VALUE}} while it is written.
class ItemsWriter {
public:
    ItemsWriter() { writer_.open('{'); }
    void add(const Target& target, const Value& value) {
        if (target.item != open_item_) {
            if (!open_item_.empty()) writer_.close('}');
            writer_.key(target.item);
            writer_.open('{');
            open_item_ = target.item;
        }
        writer_.member_value(target.field, value);
    }
    std::string finish() {
        if (!open_item_.empty()) writer_.close('}');
        writer_.close('}');
        return std::move(writer_.out());
    }

private:
    CanonicalWriter writer_;
    std::string_view open_item_;
};

/// {FIELD:VALUE} of the header, or {ID:VALUE} of the measures.
std::string write_flat(const Document& document, Shelf shelf) {
    CanonicalWriter writer;
    writer.open('{');
    for_each_answer(document, Layer::self, [&](const Target& target, const Value& value, Shelf its_shelf) {
        if (its_shelf == shelf) writer.member_value(shelf == Shelf::header ? target.field : target.item, value);
    });
    writer.close('}');
    return std::move(writer.out());
}

std::string write_identity(const Identity& identity) {
    CanonicalWriter writer;
    writer.open('{');
    writer.member("hash", identity.hash);
    writer.member("id", identity.id);
    writer.member("version", identity.version);
    writer.close('}');
    return std::move(writer.out());
}

void write_sections(CanonicalWriter& writer, const Tally& totals, Layer layer) {
    std::vector<const SectionTally*> by_id;
    for (const SectionTally& section : totals.sections) by_id.push_back(&section);
    // "10" comes before "2": the order of keys, not of the form.
    sort_stably(by_id, [](const auto* a, const auto* b) { return a->id < b->id; });
    writer.open('{');
    for (const SectionTally* section : by_id) {
        const Sum& sum = section->layers[index_of(layer)];
        writer.key(section->id);
        writer.open('{');
        writer.key("score");
        writer.number(sum.score);
        writer.key("scored");
        writer.number(sum.scored);
        writer.close('}');
    }
    writer.close('}');
}

std::string write_totals(const Tally& totals, Layer layer) {
    const Sum& whole = totals.layers[index_of(layer)];
    CanonicalWriter writer;
    writer.open('{');
    writer.key("of");
    writer.number(whole.of);
    writer.key("score");
    writer.number(whole.score);
    writer.key("scored");
    writer.number(whole.scored);
    writer.key("sections");
    write_sections(writer, totals, layer);
    writer.close('}');
    return std::move(writer.out());
}

/// What stands in a layer and is hashed with it, written once for both.
struct LayerText {
    std::string answers;
    std::string totals;
    std::string veto;
};

LayerText write_layer_text(const Document& document, const Tally& totals, Layer layer) {
    ItemsWriter answers;
    ItemsWriter veto;
    for_each_answer(document, layer, [&](const Target& target, const Value& value, Shelf shelf) {
        if (shelf == Shelf::answers) answers.add(target, value);
        if (shelf == Shelf::veto) veto.add(target, value);
    });
    return {answers.finish(), write_totals(totals, layer), veto.finish()};
}

void write_edit_to(CanonicalWriter& writer, const Edit& edit) {
    writer.open('{');
    writer.member_value("after", edit.after);
    writer.member("at", edit.at);
    writer.member_if_any("batch", edit.batch);
    writer.member_value("before", edit.before);
    writer.member_if_any("by", edit.by);
    writer.member("field", edit.target.field);
    writer.member("id", edit.id);
    writer.member("item", edit.target.item);
    if (edit.kind != EditKind::change) {
        writer.member("kind", report_parts::edit_kinds[static_cast<std::size_t>(edit.kind)]);
    }
    writer.member("layer", to_string(edit.target.layer));
    writer.member_if_any("reverts", edit.reverts);
    writer.close('}');
}

/// The log as the file has it, and the digest of each layer's own edits.
struct LogText {
    std::string edits;
    PerLayer<std::string> digests;  ///< in hexadecimal; empty where a layer has no edits
};

/// Every edit is written once: into the file's array, and as it stands there into the digest of its layer's array.
LogText write_log(const Document& document) {
    constexpr std::size_t typical_edit_bytes = 256;
    CanonicalWriter writer;
    writer.out().reserve(document.log.size() * typical_edit_bytes);
    PerLayer<std::optional<Sha256>> hashes;
    writer.open('[');
    for (const Edit& edit : document.log) {
        const std::size_t end_before = writer.out().size();
        write_edit_to(writer, edit);
        std::string_view written = std::string_view(writer.out()).substr(end_before);
        if (written.starts_with(',')) written.remove_prefix(1);
        std::optional<Sha256>& hash = hashes[index_of(edit.target.layer)];
        const bool is_first = !hash;
        if (is_first) hash.emplace();
        hash->add(is_first ? "[" : ",");
        hash->add(written);
    }
    writer.close(']');
    LogText log{std::move(writer.out()), {}};
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (!hashes[i]) continue;
        hashes[i]->add("]");
        log.digests[i] = to_hex(hashes[i]->digest());
    }
    return log;
}

/// What the layers of one report share.
struct CommonText {
    std::string header;
    std::string identity;
    std::string measures;
    LogText log;
};

CommonText write_common_text(const Document& document, const Identity& identity, LogText log) {
    return {write_flat(document, Shelf::header), write_identity(identity), write_flat(document, Shelf::measures),
            std::move(log)};
}

CommonText write_common_text(const Document& document, const Identity& identity) {
    return write_common_text(document, identity, write_log(document));
}

/// The hash of a layer: over the layer and what it is about.
Digest hash_layer(const Document& document, const CommonText& common, const LayerText& text, Layer layer,
                  std::string_view previous) {
    CanonicalWriter writer;
    writer.out().reserve(text.answers.size() + text.totals.size() + common.measures.size() + 1024);
    writer.open('{');
    writer.member_raw("answers", text.answers);
    writer.member("document", document.id);
    if (layer == Layer::self) writer.member_raw("header", common.header);
    writer.member("id", to_string(layer));
    writer.member_raw("instrument", common.identity);
    writer.member_if_any("log", common.log.digests[index_of(layer)]);
    if (layer == Layer::self) writer.member_raw("measures", common.measures);
    writer.member_if_any("period", document.period());
    writer.member("previous", previous);
    writer.member_if_any("state", document.text(layer, "document", "state"));
    writer.member_raw("totals", text.totals);
    writer.member_if_any("unit", document.unit());
    writer.member_raw("veto", text.veto);
    writer.close('}');
    return sha256(writer.out());
}

/// The layers as the file has them, and the last one's hash.
struct Chain {
    std::string layers;
    Digest last{};
};

Chain write_chain(const Document& document, const CommonText& common) {
    const Tally totals = tally(document);
    CanonicalWriter writer;
    Digest digest{};
    std::string previous;
    writer.open('[');
    for (const Layer layer : layers_of(*document.instrument)) {
        const LayerText text = write_layer_text(document, totals, layer);
        digest = hash_layer(document, common, text, layer, previous);
        std::string hash = to_hex(digest);
        writer.open('{');
        writer.member_raw("answers", text.answers);
        writer.member("hash", hash);
        writer.member("id", to_string(layer));
        writer.member("previous", previous);
        writer.member_if_any("state", document.text(layer, "document", "state"));
        writer.member_raw("totals", text.totals);
        writer.member_raw("veto", text.veto);
        writer.close('}');
        previous = std::move(hash);
    }
    writer.close(']');
    return {std::move(writer.out()), digest};
}

Identity identity_of(const Instrument& instrument) { return {instrument.id, instrument.version, instrument.hash}; }

}  // namespace

std::size_t report_parts::code_characters(const Document& document) {
    constexpr std::size_t with_signature = 16;
    constexpr std::size_t without = 10;
    return has_signature(document) ? with_signature : without;
}

namespace {

/// Whether the report has its form in it: of format 2, and the very version that it names.
bool carries_form(const Document& document, const CommonText& common) {
    return document.instrument->definition != nullptr &&
           common.identity == write_identity(identity_of(*document.instrument));
}

/// A report but for its log.
report_parts::AroundLog write_around(const Document& document, const CommonText& common) {
    const Chain chain = write_chain(document, common);
    CanonicalWriter writer;
    writer.out().reserve(chain.layers.size() + common.header.size() + 1024);
    writer.open('{');
    writer.member("code", base32_prefix(chain.last, report_parts::code_characters(document)));
    writer.member("document", document.id);
    if (carries_form(document, common)) writer.member_raw("form", *document.instrument->definition);
    writer.member("format", report_parts::format_name);
    writer.member_raw("header", common.header);
    writer.member_raw("instrument", common.identity);
    writer.member_raw("layers", chain.layers);
    writer.key("log");
    std::string before = std::move(writer.out());
    writer.out() = {};
    writer.member_raw("measures", common.measures);
    writer.member_if_any("period", document.period());
    writer.member_if_any("unit", document.unit());
    writer.key("version");
    writer.number(carries_form(document, common) ? report_format_version : has_signature(document) ? 2 : 1);
    writer.close('}');
    return {std::move(before), ',' + std::move(writer.out()) + '\n'};
}

}  // namespace

namespace report_parts {

std::string write_as(const Document& document, const Identity& identity) {
    const CommonText common = write_common_text(document, identity);
    AroundLog around = write_around(document, common);
    std::string text = std::move(around.before);
    text.reserve(text.size() + common.log.edits.size() + around.after.size());
    text += common.log.edits;
    text += around.after;
    return text;
}

AroundLog write_around_log(const Document& document, const Identity& identity,
                           const PerLayer<std::string>& log_digests) {
    return write_around(document, write_common_text(document, identity, LogText{{}, log_digests}));
}

LayerDigests layer_digests(const Document& document, const Identity& identity, const Tally& totals,
                           const PerLayer<std::string>& previous, Hashed hashed) {
    CommonText common = write_common_text(document, identity);
    if (hashed == Hashed::without_log) common.log.digests = {};
    LayerDigests digests;
    for (const Layer layer : layers_of(*document.instrument)) {
        const std::size_t index = index_of(layer);
        digests[index] =
            hash_layer(document, common, write_layer_text(document, totals, layer), layer, previous[index]);
    }
    return digests;
}

}  // namespace report_parts

std::string write_report(const Document& document) {
    return report_parts::write_as(document, identity_of(*document.instrument));
}

namespace report_parts {

Digest last_hash(const Document& document) {
    return write_chain(document, write_common_text(document, identity_of(*document.instrument))).last;
}

}  // namespace report_parts

std::string short_code(const Document& document) {
    return base32_prefix(report_parts::last_hash(document), report_parts::code_characters(document));
}

std::string paper_code(const Document& document) {
    constexpr std::size_t group = 4;
    const std::string code = short_code(document);
    if (!has_signature(document)) return code;
    std::string grouped;
    for (std::size_t i = 0; i < code.size(); i += group) grouped += (i == 0 ? "" : "-") + code.substr(i, group);
    return grouped;
}

namespace {

/// Capitals; what QR codes do not hold as such becomes a full stop.
std::string in_label(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool is_small = c >= 'a' && c <= 'z';
        const bool is_kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        out += is_small ? static_cast<char>(c - 'a' + 'A') : is_kept ? c : '.';
    }
    return out;
}

}  // namespace

std::string paper_label(const Document& document) {
    int revision = 0;
    for (const Custody& custody : custody_of(document)) revision += custody.revision;
    const bool is_signed = has_signature(document);
    const std::string code =
        is_signed ? base32_prefix(report_parts::last_hash(document), report_parts::whole_hash) : short_code(document);
    return std::string(report_parts::label_start) + (is_signed ? "2:" : "1:") + in_label(document.instrument->id) +
           ":" + in_label(document.period()) + ":R" + std::to_string(revision) + ":" + code;
}

std::string write_edit(const Edit& edit) {
    CanonicalWriter writer;
    write_edit_to(writer, edit);
    return std::move(writer.out());
}

}  // namespace duibiao
