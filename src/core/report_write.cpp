// Writing reports.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/sort.hpp"

#include "core/custody.hpp"
#include "core/report_parts.hpp"
#include "core/statement.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using report_parts::Identity;

/// Writes canonical JSON straight from the document: every caller below names members in the order of their keys, which
/// RFC 8785 asks for, so that nothing has to be collected and sorted first.
class Writer {
public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        fresh_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        fresh_ = false;
    }
    void key(std::string_view name) {
        separate();
        append_json_string(out_, name);
        out_ += ':';
        fresh_ = true;  // its value follows without a comma
    }
    void text(std::string_view value) {
        separate();
        append_json_string(out_, value);
    }
    void number(Points value) { raw(value.to_string()); }
    void number(int value) { raw(std::to_string(value)); }
    void value(const Value& value) {
        if (const auto* flag = std::get_if<bool>(&value)) raw(*flag ? "true" : "false");
        if (const auto* points = std::get_if<Points>(&value)) number(*points);
        if (const auto* words = std::get_if<std::string>(&value)) text(*words);
    }
    /// JSON written before.
    void raw(std::string_view written) {
        separate();
        out_ += written;
    }

    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    void member_raw(std::string_view name, std::string_view written) {
        key(name);
        raw(written);
    }
    /// Empty texts are left out.
    void member_if_any(std::string_view name, std::string_view value) {
        if (!value.empty()) member(name, value);
    }
    /// Nothing is left out too.
    void member_value(std::string_view name, const Value& value_of_member) {
        if (std::holds_alternative<std::monostate>(value_of_member)) return;
        key(name);
        value(value_of_member);
    }

    [[nodiscard]] std::string& out() { return out_; }

private:
    void separate() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }

    std::string out_;
    bool fresh_ = true;  ///< no comma before what comes next
};

/// Where an answer stands in the file.
enum class Shelf : std::uint8_t { answers, common, header, measures, state, veto };

Shelf shelf_of(const Target& target) {
    if (target.item == "header") {
        return target.field == "unit" || target.field == "period" ? Shelf::common : Shelf::header;
    }
    if (target.item == "document") return Shelf::state;
    if (target.item.starts_with("veto.")) return Shelf::veto;
    const bool measure = target.field == "value" && target.item.find(".m") != std::string::npos;
    return measure ? Shelf::measures : Shelf::answers;
}

/// Calls `use(target, value)` for one layer's answers of a shelf, in order: the map has the layer first.
template <typename Use>
void for_each_answer(const Document& document, Layer layer, Shelf shelf, Use use) {
    auto answer = document.answers.lower_bound(TargetRef{layer, {}, {}});
    for (; answer != document.answers.end() && answer->first.layer == layer; ++answer) {
        if (shelf_of(answer->first) == shelf) use(answer->first, answer->second);
    }
}

/// {ITEM:{FIELD:VALUE}} of one shelf.
std::string write_items(const Document& document, Layer layer, Shelf shelf) {
    Writer writer;
    std::string_view open_item;
    writer.open('{');
    for_each_answer(document, layer, shelf, [&](const Target& target, const Value& value) {
        if (target.item != open_item) {
            if (!open_item.empty()) writer.close('}');
            writer.key(target.item);
            writer.open('{');
            open_item = target.item;
        }
        writer.member_value(target.field, value);
    });
    if (!open_item.empty()) writer.close('}');
    writer.close('}');
    return std::move(writer.out());
}

/// {FIELD:VALUE} of the header, or {ID:VALUE} of the measures.
std::string write_flat(const Document& document, Shelf shelf) {
    Writer writer;
    writer.open('{');
    for_each_answer(document, Layer::self, shelf, [&](const Target& target, const Value& value) {
        writer.member_value(shelf == Shelf::header ? target.field : target.item, value);
    });
    writer.close('}');
    return std::move(writer.out());
}

std::string write_identity(const Identity& identity) {
    Writer writer;
    writer.open('{');
    writer.member("hash", identity.hash);
    writer.member("id", identity.id);
    writer.member("version", identity.version);
    writer.close('}');
    return std::move(writer.out());
}

void write_sections(Writer& writer, const Tally& totals, Layer layer) {
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
    Writer writer;
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
    return {write_items(document, layer, Shelf::answers), write_totals(totals, layer),
            write_items(document, layer, Shelf::veto)};
}

void write_edit_to(Writer& writer, const Edit& edit) {
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
    std::array<std::string, all_layers.size()> digests;  ///< in hexadecimal; empty where a layer has no edits
};

/// Every edit is written once: into the file's array, and as it stands there into the digest of its layer's array.
LogText write_log(const Document& document) {
    constexpr std::size_t typical_edit_bytes = 256;
    Writer writer;
    writer.out().reserve(document.log.size() * typical_edit_bytes);
    std::array<std::optional<Sha256>, all_layers.size()> hashes;
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
    Writer writer;
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
    Writer writer;
    Digest digest{};
    std::string previous;
    writer.open('[');
    for (const Layer layer : all_layers) {
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

/// A report but for its log.
report_parts::AroundLog write_around(const Document& document, const CommonText& common) {
    const Chain chain = write_chain(document, common);
    Writer writer;
    writer.out().reserve(chain.layers.size() + common.header.size() + 1024);
    writer.open('{');
    writer.member("code", base32_prefix(chain.last, report_parts::code_characters(document)));
    writer.member("document", document.id);
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
    writer.number(has_signature(document) ? report_format_version : 1);
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
                           const std::array<std::string, 3>& log_digests) {
    return write_around(document, write_common_text(document, identity, LogText{{}, log_digests}));
}

LayerDigests layer_digests(const Document& document, const Identity& identity, const Tally& totals,
                           const std::array<std::string, 3>& previous, Hashed hashed) {
    CommonText common = write_common_text(document, identity);
    if (hashed == Hashed::without_log) common.log.digests = {};
    LayerDigests digests;
    for (const Layer layer : all_layers) {
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
    Writer writer;
    write_edit_to(writer, edit);
    return std::move(writer.out());
}

}  // namespace duibiao
