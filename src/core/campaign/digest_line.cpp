// A digest as a line of a partial. There are as many as reports, and every figure reads them all: so they are written
// and read without a tree.
#include <algorithm>
#include <array>
#include <utility>

#include "core/campaign/partial.hpp"
#include "core/canonical_scanner.hpp"
#include "core/canonical_writer.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

// ---- Writing: members in the order of their keys ----

struct SeverityName {
    Severity severity;
    std::string_view name;
};
constexpr std::array<SeverityName, 3> severity_names{
    {{Severity::error, "error"}, {Severity::notice, "notice"}, {Severity::warning, "warning"}}};
/// Layers in the order of their names: "acceptance", "rating", "scorer-4" to "scorer-8", "self".
constexpr PerLayer<Layer> named_layers{Layer::acceptance, Layer::rating, layer_at(3), layer_at(4),
                                       layer_at(5),       layer_at(6),   layer_at(7), Layer::self};

void write_counts(CanonicalWriter& writer, std::string_view name, const std::map<std::string, int>& counts) {
    if (counts.empty()) return;
    writer.key(name);
    writer.open('{');
    for (const auto& [key, count] : counts) {
        writer.key(key);
        writer.number(std::int64_t{count});
    }
    writer.close('}');
}

void write_texts(CanonicalWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    writer.key(name);
    writer.open('[');
    for (const std::string& text : texts) writer.text(text);
    writer.close(']');
}

void write_findings(CanonicalWriter& writer, const ReportDigest& digest) {
    if (digest.findings.empty()) return;
    writer.key("findings");
    writer.open('{');
    for (const auto& [severity, name] : severity_names) {
        std::map<std::string, int> counts;
        for (const auto& [code, found] : digest.findings) {
            if (found.first == severity) counts[code] = found.second;
        }
        write_counts(writer, name, counts);
    }
    writer.close('}');
}

void write_score(CanonicalWriter& writer, const std::optional<Points>& score) {
    if (score) {
        writer.number(*score);
    } else {
        writer.raw("null");
    }
}

void write_index(CanonicalWriter& writer, std::string_view name, const std::optional<std::size_t>& index) {
    if (!index) return;
    writer.key(name);
    writer.number(static_cast<std::int64_t>(*index));
}

void write_sums(CanonicalWriter& writer, const ScorerSums& sums) {
    writer.open('{');
    if (sums.final) writer.member_raw("final", "true");
    write_texts(writer, "levels", sums.levels);
    if (!sums.open.empty()) {
        writer.key("open");
        writer.open('[');
        for (const std::size_t section : sums.open) writer.number(static_cast<std::int64_t>(section));
        writer.close(']');
    }
    writer.key("sections");
    writer.open('[');
    for (const auto& score : sums.sections) write_score(writer, score);
    writer.close(']');
    if (sums.total) writer.key("total");
    if (sums.total) writer.number(*sums.total);
    writer.close('}');
}

void write_result(CanonicalWriter& writer, const ReportResult& result) {
    writer.open('{');
    write_index(writer, "above", result.above_gap);
    write_index(writer, "band", result.band);
    write_index(writer, "below", result.below_gap);
    if (result.final) writer.member_raw("final", "true");
    if (result.graded) writer.member("graded", result.graded->to_ratio());
    if (result.limited) writer.member_raw("limited", "true");
    write_index(writer, "points", result.by_points);
    if (result.total) writer.member("total", result.total->to_ratio());
    writer.close('}');
}

/// What a form's own arithmetic gives.
void write_given(CanonicalWriter& writer, const ReportDigest& digest) {
    if (!digest.sums) return;
    writer.key("given");
    writer.open('{');
    writer.key("layers");
    writer.open('{');
    for (const Layer layer : named_layers) {
        const ScorerSums& sums = (*digest.sums)[index_of(layer)];
        if (sums == ScorerSums{}) continue;
        writer.key(to_string(layer));
        write_sums(writer, sums);
    }
    writer.close('}');
    writer.key("result");
    write_result(writer, digest.result);
    writer.close('}');
}

void write_scores(CanonicalWriter& writer, const ReportDigest& digest) {
    const auto has_scores = [&digest](Layer layer) { return !digest.scores[index_of(layer)].empty(); };
    if (std::none_of(named_layers.begin(), named_layers.end(), has_scores)) return;
    writer.key("scores");
    writer.open('{');
    for (const Layer layer : named_layers) {
        if (!has_scores(layer)) continue;
        writer.key(to_string(layer));
        writer.open('[');
        for (const auto& score : digest.scores[index_of(layer)]) write_score(writer, score);
        writer.close(']');
    }
    writer.close('}');
}

void write_states(CanonicalWriter& writer, const ReportDigest& digest) {
    const auto& states = digest.states;
    if (std::all_of(states.begin(), states.end(), [](const std::string& state) { return state.empty(); })) return;
    writer.key("states");
    writer.open('{');
    for (const Layer layer : named_layers) writer.member_if_any(to_string(layer), states[index_of(layer)]);
    writer.close('}');
}

// ---- Reading ----

/// What is not as it should be fails the scanner, which then stops; `field` is where.
class DigestReader {
public:
    DigestReader(std::string_view line, const OutlineFinder& find_form) : scanner_(line), find_form_(find_form) {}

    Result<ReportDigest> read();

private:
    void read_member();
    void read_list();
    void read_form();
    int read_count();
    std::map<std::string, int> read_counts();
    std::vector<std::string> read_texts();
    void read_states();
    std::optional<Points> read_score();
    std::vector<std::optional<Points>> read_score_list(std::size_t size);
    void read_layer_scores();
    void read_given();
    void read_sums(ScorerSums& sums);
    void read_result(ReportResult& result);
    std::size_t read_index(std::size_t size);
    bool read_true();
    Fraction read_ratio();
    void read_findings();
    template <typename Use>
    void for_each_layer(Use use);

    CanonicalScanner scanner_;
    const OutlineFinder& find_form_;
    ReportDigest digest_;
    std::string_view field_ = "digest";
    bool has_edits_ = false;
    bool lacks_form_ = false;
};

int DigestReader::read_count() {
    const std::int64_t hundredths = scanner_.number().hundredths();
    const bool is_count = hundredths >= 0 && hundredths % 100 == 0;
    if (!is_count || hundredths / 100 > static_cast<std::int64_t>(limits::log_edits)) scanner_.fail();
    return static_cast<int>(hundredths / 100);
}

std::map<std::string, int> DigestReader::read_counts() {
    std::map<std::string, int> counts;
    scanner_.object([&](std::string_view name) { counts.emplace_hint(counts.end(), name, read_count()); });
    return counts;
}

std::vector<std::string> DigestReader::read_texts() {
    std::vector<std::string> texts;
    scanner_.array([&] { texts.push_back(scanner_.own_text()); });
    return texts;
}

/// {LAYER:…}: calls `use(layer)` before each value.
template <typename Use>
void DigestReader::for_each_layer(Use use) {
    scanner_.object([&](std::string_view name) {
        const auto layer = layer_from_string(name);
        if (!layer) return scanner_.fail();
        use(*layer);
    });
}

std::optional<Points> DigestReader::read_score() {
    if (scanner_.take_word("null")) return std::nullopt;
    return scanner_.number();
}

std::vector<std::optional<Points>> DigestReader::read_score_list(std::size_t size) {
    std::vector<std::optional<Points>> scores;
    scores.reserve(size);
    scanner_.array([&] { scores.push_back(read_score()); });
    if (scores.size() != size) scanner_.fail();
    return scores;
}

void DigestReader::read_layer_scores() {
    for_each_layer(
        [this](Layer layer) { digest_.scores[index_of(layer)] = read_score_list(digest_.form->items.size()); });
}

/// Below `size`.
std::size_t DigestReader::read_index(std::size_t size) {
    const auto index = static_cast<std::size_t>(read_count());
    if (index >= size) scanner_.fail();
    return index;
}

bool DigestReader::read_true() {
    scanner_.expect("true");
    return true;
}

Fraction DigestReader::read_ratio() {
    const Fraction ratio = Fraction::from_ratio(scanner_.word());
    if (!ratio.is_figure()) scanner_.fail();
    return ratio;
}

void DigestReader::read_sums(ScorerSums& sums) {
    const FormOutline& form = *digest_.form;
    scanner_.object([&](std::string_view name) {
        if (name == "final") {
            sums.final = read_true();
        } else if (name == "levels") {
            sums.levels = read_texts();
            if (sums.levels.size() != form.items.size()) scanner_.fail();
        } else if (name == "open") {
            scanner_.array([&] { sums.open.push_back(read_index(form.sections.size())); });
        } else if (name == "sections") {
            sums.sections = read_score_list(form.sections.size());
        } else if (name == "total") {
            sums.total = read_score();
        } else {
            scanner_.skip_value();
        }
    });
}

void DigestReader::read_result(ReportResult& result) {
    const std::size_t bands = digest_.form->scored->bands.size();
    scanner_.object([&](std::string_view name) {
        if (name == "above") {
            result.above_gap = read_index(bands);
        } else if (name == "band") {
            result.band = read_index(bands);
        } else if (name == "below") {
            result.below_gap = read_index(bands);
        } else if (name == "final") {
            result.final = read_true();
        } else if (name == "graded") {
            result.graded = read_ratio();
        } else if (name == "limited") {
            result.limited = read_true();
        } else if (name == "points") {
            result.by_points = read_index(bands);
        } else if (name == "total") {
            result.total = read_ratio();
        } else {
            scanner_.skip_value();
        }
    });
}

void DigestReader::read_given() {
    const auto& scored = digest_.form->scored;
    if (!scored) return scanner_.fail();
    digest_.sums.emplace();
    scanner_.object([&](std::string_view part) {
        if (part == "result") {
            read_result(digest_.result);
        } else if (part == "layers") {
            for_each_layer([&](Layer layer) {
                if (index_of(layer) >= scored->scorers.size()) return scanner_.fail();
                read_sums((*digest_.sums)[index_of(layer)]);
            });
        } else {
            scanner_.skip_value();
        }
    });
}

void DigestReader::read_findings() {
    scanner_.object([&](std::string_view name) {
        const auto known = std::find_if(severity_names.begin(), severity_names.end(),
                                        [name](const SeverityName& severity) { return severity.name == name; });
        if (known == severity_names.end()) return scanner_.fail();
        for (const auto& [code, count] : read_counts()) digest_.findings[code] = {known->severity, count};
    });
}

void DigestReader::read_form() {
    digest_.form = find_form_(scanner_.word());
    lacks_form_ = scanner_.good() && digest_.form == nullptr;
    if (lacks_form_) scanner_.fail();
}

/// Members that later versions may add are stepped over.
void DigestReader::read_list() {
    if (field_ == "answers") {
        digest_.answers = read_texts();
    } else if (field_ == "rows") {
        digest_.rows = read_texts();
    } else if (field_ == "veto") {
        digest_.veto = read_texts();
    } else if (field_ == "duties") {
        digest_.duties = read_counts();
    } else if (field_ == "grades") {
        digest_.grades = read_counts();
    } else if (field_ == "findings") {
        read_findings();
    } else if (field_ == "states") {
        for_each_layer([this](Layer layer) { digest_.states[index_of(layer)] = scanner_.own_text(); });
    } else if (field_ == "given" && digest_.form != nullptr) {
        read_given();
    } else if (field_ == "scores" && digest_.form != nullptr) {
        read_layer_scores();
    } else {
        scanner_.skip_value();
    }
}

void DigestReader::read_member() {
    constexpr std::array<std::pair<std::string_view, std::string ReportDigest::*>, 10> texts{
        {{"at", &ReportDigest::at},
         {"code", &ReportDigest::code},
         {"document", &ReportDigest::document},
         {"file", &ReportDigest::file},
         {"handed", &ReportDigest::handed},
         {"key", &ReportDigest::key},
         {"period", &ReportDigest::period},
         {"subject", &ReportDigest::subject},
         {"unit", &ReportDigest::unit},
         {"version", &ReportDigest::version}}};
    for (const auto& [name, member] : texts) {
        if (name != field_) continue;
        digest_.*member = scanner_.own_text();
        return;
    }
    if (field_ == "form") return read_form();
    if (field_ == "edits") {
        digest_.edits = static_cast<std::size_t>(read_count());
        has_edits_ = true;
    } else if (field_ == "none") {
        digest_.none = true;
        scanner_.expect("true");
    } else {
        read_list();
    }
}

Result<ReportDigest> DigestReader::read() {
    scanner_.expect(R"({"digest":)");
    scanner_.object([this](std::string_view name) {
        field_ = name;
        read_member();
    });
    scanner_.take('}');
    if (lacks_form_) return fail("partial-form");
    const std::pair<std::string_view, bool> required[]{{"key", !digest_.key.empty()},
                                                       {"form", digest_.form != nullptr},
                                                       {"document", !digest_.document.empty()},
                                                       {"edits", has_edits_}};
    for (const auto& [name, is_there] : required) {
        if (scanner_.good() && !is_there) field_ = name;
        if (scanner_.good() && !is_there) scanner_.fail();
    }
    const bool fits =
        digest_.answers.empty() || (digest_.form != nullptr && digest_.answers.size() == digest_.form->items.size());
    if (scanner_.good() && !fits) field_ = "answers";
    if (!scanner_.good() || !scanner_.rest().empty() || !fits)
        return fail("partial-line", {}, {{"field", std::string(field_)}});
    return std::move(digest_);
}

}  // namespace

std::string write_digest_line(const ReportDigest& digest) {
    constexpr std::size_t typical_bytes = 1536;
    CanonicalWriter writer;
    writer.out().reserve(typical_bytes);
    writer.open('{');
    writer.key("digest");
    writer.open('{');
    write_texts(writer, "answers", digest.answers);
    writer.member_if_any("at", digest.at);
    writer.member_if_any("code", digest.code);
    writer.member("document", digest.document);
    write_counts(writer, "duties", digest.duties);
    writer.key("edits");
    writer.number(static_cast<std::int64_t>(digest.edits));
    writer.member_if_any("file", digest.file);
    write_findings(writer, digest);
    writer.member("form", digest.form->hash);
    write_given(writer, digest);
    write_counts(writer, "grades", digest.grades);
    writer.member_if_any("handed", digest.handed);
    writer.member("key", digest.key);
    if (digest.none) writer.member_raw("none", "true");
    writer.member_if_any("period", digest.period);
    write_texts(writer, "rows", digest.rows);
    write_scores(writer, digest);
    write_states(writer, digest);
    writer.member_if_any("subject", digest.subject);
    writer.member_if_any("unit", digest.unit);
    writer.member_if_any("version", digest.version);
    write_texts(writer, "veto", digest.veto);
    writer.close('}');
    writer.close('}');
    return std::move(writer.out());
}

Result<ReportDigest> read_digest_line(std::string_view line, const OutlineFinder& find_form) {
    if (!is_utf8(line)) return fail("json-encoding");
    return DigestReader(line, find_form).read();
}

}  // namespace duibiao
