#include "core/campaign/written_log.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "core/canonical_scanner.hpp"
#include "core/date.hpp"
#include "core/evaluate/derive.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

constexpr std::size_t longest_written_id = 200;  ///< as document.cpp has it

/// One edit as views of the file.
struct WrittenEdit {
    std::string_view at;
    std::string_view by;
    std::string_view id;
    std::string_view reverts;
    TargetRef target{Layer::self, {}, {}};
    EditKind kind = EditKind::change;
    Value before;
    Value after;
    std::string_view text_before;  ///< of texts, as they were before they were written
    std::string_view text_after;
};

/// Ids seen so far. A log has hundreds of them, and most files are read once: a table of positions, no allocation a
/// piece.
class SeenIds {
public:
    /// False when it was there.
    bool insert(std::string_view id) {
        if (ids_.size() * 2 >= slots_.size()) grow();
        std::size_t slot = hash(id) & (slots_.size() - 1);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
            if (ids_[slots_[slot] - 1] == id) return false;
        }
        ids_.push_back(id);
        slots_[slot] = static_cast<std::uint32_t>(ids_.size());
        return true;
    }

private:
    static std::size_t hash(std::string_view id) {
        std::uint64_t mixed = id.size();
        for (std::size_t i = 0; i < id.size(); i += sizeof mixed) {
            std::uint64_t block = 0;
            std::memcpy(&block, id.data() + i, std::min(sizeof block, id.size() - i));
            mixed = std::rotl((mixed ^ block) * 0x9E3779B97F4A7C15ULL, 29);
        }
        // Ids differ in their last bytes, which so far reached the highest bits alone.
        mixed = (mixed ^ mixed >> 32U) * 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(mixed >> 32U);
    }

    void grow() {
        slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
        for (std::size_t i = 0; i < ids_.size(); ++i) {
            std::size_t slot = hash(ids_[i]) & (slots_.size() - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::vector<std::string_view> ids_;
    std::vector<std::uint32_t> slots_;  ///< positions in ids_ from 1; 0: free
};

class LogReader {
public:
    LogReader(CanonicalScanner& scanner, const Instrument& instrument, WrittenLog& log)
        : scanner_(scanner), instrument_(instrument), log_(log) {}

    void read();

private:
    void read_edit();
    void read_members(WrittenEdit& edit);
    void read_kind(WrittenEdit& edit);
    [[nodiscard]] Value read_value(std::string_view& text, std::string& buffer);
    [[nodiscard]] bool stands(const WrittenEdit& edit, Value& value, std::string_view text) const;
    void check(WrittenEdit& edit);
    void take(WrittenEdit& edit);
    void keep(const WrittenEdit& edit, Value after);
    void hash_run(std::size_t end);

    CanonicalScanner& scanner_;
    const Instrument& instrument_;
    WrittenLog& log_;
    SeenIds ids_;
    WrittenEdit last_;  ///< without its values
    std::string_view last_by_;
    std::string buffer_before_;
    std::string buffer_after_;
    PerLayer<std::optional<Answers::iterator>> places_;  ///< where each layer was written last
    PerLayer<std::optional<Sha256>> hashes_;
    std::size_t run_begin_ = 0;  ///< edits of one layer that lie side by side are hashed at once
    Layer run_layer_ = Layer::self;
};

void LogReader::read() {
    log_.begin = scanner_.at();
    scanner_.array([this] { read_edit(); });
    log_.end = scanner_.at();
    if (!scanner_.good()) return;
    hash_run(log_.end - 1);
    const bool is_kept = last_.target.item == "document" || log_.edits == 0;
    if (!is_kept) keep(last_, {});
    for (std::size_t i = 0; i < hashes_.size(); ++i) {
        if (!hashes_[i]) continue;
        hashes_[i]->add("]");
        log_.digests[i] = to_hex(hashes_[i]->digest());
    }
}

/// Hashes the edits up to `end`, the place of the comma or bracket behind them.
void LogReader::hash_run(std::size_t end) {
    if (run_begin_ == 0) return;
    std::optional<Sha256>& hash = hashes_[index_of(run_layer_)];
    const bool is_first = !hash;
    if (is_first) hash.emplace();
    hash->add(is_first ? "[" : ",");
    hash->add(scanner_.between(run_begin_, end));
}

void LogReader::read_edit() {
    const std::size_t begin = scanner_.at();
    WrittenEdit edit;
    read_members(edit);
    if (!scanner_.good()) return;
    check(edit);
    if (run_begin_ == 0 || edit.target.layer != run_layer_) {
        if (run_begin_ != 0) hash_run(begin - 1);
        run_begin_ = begin;
        run_layer_ = edit.target.layer;
    }
    take(edit);
}

Value LogReader::read_value(std::string_view& text, std::string& buffer) {
    if (scanner_.next() != '"') return scanner_.value(buffer);
    text = scanner_.text(buffer);
    return std::string(text);
}

/// In the order of their bytes, as canonical form has them. What is not expected is refused by whoever reads on.
void LogReader::read_members(WrittenEdit& edit) {
    const bool has_after = scanner_.take_word(R"({"after":)");
    if (has_after) edit.after = read_value(edit.text_after, buffer_after_);
    scanner_.expect(has_after ? R"(,"at":)" : R"({"at":)");
    edit.at = scanner_.word();
    if (scanner_.take_word(R"(,"batch":)")) {
        const std::string_view batch = scanner_.word();
        if (batch.empty() || batch.size() > longest_written_id || !is_clean_text(batch)) scanner_.fail();
    }
    if (scanner_.take_word(R"(,"before":)")) edit.before = read_value(edit.text_before, buffer_before_);
    if (scanner_.take_word(R"(,"by":)")) {
        edit.by = scanner_.word();
        if (edit.by.empty()) scanner_.fail();
    }
    scanner_.expect(R"(,"field":)");
    edit.target.field = scanner_.word();
    scanner_.expect(R"(,"id":)");
    edit.id = scanner_.word();
    scanner_.expect(R"(,"item":)");
    edit.target.item = scanner_.word();
    if (scanner_.take_word(R"(,"kind":)")) read_kind(edit);
    scanner_.expect(R"(,"layer":)");
    const auto layer = layer_from_string(scanner_.word());
    if (!layer) return scanner_.fail();
    edit.target.layer = *layer;
    if (scanner_.take_word(R"(,"reverts":)")) {
        edit.reverts = scanner_.word();
        if (edit.reverts.empty()) scanner_.fail();
    }
    scanner_.take('}');
}

void LogReader::read_kind(WrittenEdit& edit) {
    const std::string_view kind = scanner_.word();
    if (kind != report_parts::edit_kinds[1] && kind != report_parts::edit_kinds[2]) scanner_.fail();
    edit.kind = kind == report_parts::edit_kinds[1] ? EditKind::undo : EditKind::redo;
}

/// May the value stand there, just as it is written?
bool LogReader::stands(const WrittenEdit& edit, Value& value, std::string_view text) const {
    const bool is_text = std::holds_alternative<std::string>(value);
    if (!normalise_value(instrument_, edit.target, value)) return false;
    if (!is_text) return true;
    const auto* kept = std::get_if<std::string>(&value);
    return kept != nullptr && *kept == text;
}

void LogReader::check(WrittenEdit& edit) {
    const bool has_id = !edit.id.empty() && edit.id.size() <= longest_written_id && is_clean_text(edit.id);
    const bool reverts_something = edit.kind != EditKind::change;
    bool fits = has_id && edit.reverts.size() <= longest_written_id && reverts_something != edit.reverts.empty() &&
                is_clean_text(edit.reverts) && ids_.insert(edit.id);
    // Instants and names are mostly those of the edit before.
    if (fits && edit.at != last_.at) fits = check_instant(edit.at).has_value();
    if (fits && !edit.by.empty() && edit.by != last_by_) {
        fits = is_clean_text(edit.by) && count_characters(edit.by) <= limits::name_characters;
        last_by_ = edit.by;
    }
    fits = fits && stands(edit, edit.after, edit.text_after);
    if (fits && !std::holds_alternative<std::monostate>(edit.before))
        fits = stands(edit, edit.before, edit.text_before);
    if (!fits || ++log_.edits > limits::log_edits) scanner_.fail();
}

/// The first answer that is not before `target`. A form is mostly filled in its order, so that is often the one behind
/// the last, or the last one itself: notes stand before scores, but are written after them.
Answers::iterator find_place(Answers& answers, const std::optional<Answers::iterator>& last, const TargetRef& target) {
    if (last && (*last)->first < target) {
        const Answers::iterator next = std::next(*last);
        if (next == answers.end() || target < TargetRef(next->first)) return next;
    } else if (last && (*last == answers.begin() || std::prev(*last)->first < target)) {
        return *last;
    }
    return answers.lower_bound(target);
}

void LogReader::take(WrittenEdit& edit) {
    if (edit.target.item == "document") keep(edit, edit.after);
    last_ = {edit.at, edit.by, edit.id, {}, edit.target, edit.kind, {}, {}, {}, {}};
    Answers& answers = log_.document.answers;
    std::optional<Answers::iterator>& last = places_[index_of(edit.target.layer)];
    const Answers::iterator place = find_place(answers, last, edit.target);
    const bool known = place != answers.end() && !(edit.target < TargetRef(place->first));
    if (std::holds_alternative<std::monostate>(edit.after)) {
        if (!known) return;
        answers.erase(place);
        places_ = {};
    } else if (known) {
        place->second = std::move(edit.after);
        last = place;
    } else {
        const Target target{edit.target.layer, std::string(edit.target.item), std::string(edit.target.field)};
        last = answers.emplace_hint(place, target, std::move(edit.after));
    }
}

void LogReader::keep(const WrittenEdit& edit, Value after) {
    Edit kept;
    kept.id = edit.id;
    kept.at = edit.at;
    kept.by = edit.by;
    kept.kind = edit.kind;
    kept.target = {edit.target.layer, std::string(edit.target.item), std::string(edit.target.field)};
    kept.after = std::move(after);
    log_.document.log.push_back(std::move(kept));
}

void read_written_identity(CanonicalScanner& scanner, report_parts::Identity& identity) {
    scanner.object([&](std::string_view key) {
        std::string* const place = key == "hash"      ? &identity.hash
                                   : key == "id"      ? &identity.id
                                   : key == "version" ? &identity.version
                                                      : nullptr;
        if (place == nullptr) return scanner.fail();
        *place = scanner.word();
    });
    if (!is_utf8(identity.hash) || !is_utf8(identity.version)) scanner.fail();
}

}  // namespace

std::optional<WrittenReport> read_written(std::string_view text, const InstrumentFinder& find_instrument) {
    CanonicalScanner scanner(text);
    WrittenReport report;
    Document& document = report.log.document;
    scanner.object([&](std::string_view key) {
        if (key == "document") {
            document.id = scanner.word();
            if (!report_parts::is_document_id(document.id)) scanner.fail();
        } else if (key == "instrument") {
            read_written_identity(scanner, report.identity);
            if (scanner.good()) document.instrument = find_instrument(report.identity);
        } else if (key == "log") {
            if (document.instrument == nullptr) return scanner.fail();
            LogReader(scanner, *document.instrument, report.log).read();
            derive_all(document);
        } else {
            scanner.skip_value();
        }
    });
    if (!scanner.good() || scanner.rest() != "\n" || report.log.end == 0) return std::nullopt;
    return report;
}

}  // namespace duibiao
