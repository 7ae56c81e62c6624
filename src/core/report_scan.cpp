// The quick way into a report that the program wrote itself. Campaigns load hundreds of them.
//
// Building a tree of a report costs several times what its log needs. A file in canonical form can be read in one pass,
// stepping over everything that follows from the log anyway. This reader may be careless about what it steps over: its
// result counts only when writing it gives the very same file (report_read.cpp), and every other file goes the long
// way, which names what is wrong.
#include "core/canonical_scanner.hpp"
#include "core/report_parts.hpp"

namespace duibiao {
namespace {

using report_parts::Identity;
using report_parts::ScannedReport;

void scan_edit_member(CanonicalScanner& scanner, Edit& edit, std::string_view key) {
    std::string buffer;
    if (key == "after") {
        edit.after = scanner.value(buffer);
    } else if (key == "at") {
        edit.at = scanner.own_text();
    } else if (key == "batch") {
        edit.batch = scanner.own_text();
    } else if (key == "before") {
        edit.before = scanner.value(buffer);
    } else if (key == "by") {
        edit.by = scanner.own_text();
    } else if (key == "field") {
        edit.target.field = scanner.own_text();
    } else if (key == "id") {
        edit.id = scanner.own_text();
    } else if (key == "item") {
        edit.target.item = scanner.own_text();
    } else if (key == "kind") {
        edit.kind = scanner.own_text() == report_parts::edit_kinds[1] ? EditKind::undo : EditKind::redo;
    } else if (key == "layer") {
        const auto layer = layer_from_string(scanner.own_text());
        if (!layer) scanner.fail();
        edit.target.layer = layer.value_or(Layer::self);
    } else if (key == "reverts") {
        edit.reverts = scanner.own_text();
    } else {
        scanner.fail();
    }
}

void scan_log(CanonicalScanner& scanner, std::vector<Edit>& log) {
    constexpr std::size_t typical_edit_bytes = 160;
    log.reserve(scanner.rest().size() / typical_edit_bytes);
    scanner.array([&] {
        Edit& edit = log.emplace_back();
        scanner.object([&](std::string_view key) { scan_edit_member(scanner, edit, key); });
    });
}

void scan_identity(CanonicalScanner& scanner, Identity& identity) {
    scanner.object([&](std::string_view key) {
        if (key == "hash") {
            identity.hash = scanner.own_text();
        } else if (key == "id") {
            identity.id = scanner.own_text();
        } else if (key == "version") {
            identity.version = scanner.own_text();
        } else {
            scanner.fail();
        }
    });
}

}  // namespace

std::optional<ScannedReport> report_parts::scan(std::string_view text) {
    CanonicalScanner scanner(text);
    ScannedReport source;
    std::string buffer;
    scanner.object([&](std::string_view key) {
        if (key == "document") {
            source.document_id = scanner.own_text();
        } else if (key == "form") {
            const std::string_view before = scanner.rest();
            scanner.skip_value();
            source.form = before.substr(0, before.size() - scanner.rest().size());
        } else if (key == "instrument") {
            scan_identity(scanner, source.identity);
        } else if (key == "log") {
            scan_log(scanner, source.log);
        } else if (key == "version") {
            source.version = scanner.value(buffer);
        } else {
            scanner.skip_value();
        }
    });
    if (!scanner.good() || scanner.rest() != "\n") return std::nullopt;
    return source;
}

}  // namespace duibiao
