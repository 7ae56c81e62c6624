// The quick way into a report that the program wrote itself. Campaigns load hundreds of them.
//
// Building a tree of a report costs several times what its log needs. A file in canonical form can be read in one pass,
// stepping over everything that follows from the log anyway. This reader may be careless about what it steps over: its
// result counts only when writing it gives the very same file (report_read.cpp), and every other file goes the long
// way, which names what is wrong.
#include <algorithm>
#include <utility>

#include "core/report_parts.hpp"

namespace duibiao {
namespace {

using report_parts::Identity;
using report_parts::ScannedReport;

/// Walks through JSON without white space. After the first thing it does not understand everything fails.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    void fail() { good_ = false; }

    bool take_if(char c) {
        if (!good_ || rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void take(char c) {
        if (!take_if(c)) fail();
    }

    std::string text() {
        std::string_view written = raw_text();
        std::string text;
        while (good_) {
            const std::size_t escape = written.find('\\');
            text += written.substr(0, escape);
            if (escape == std::string_view::npos) break;
            text += unescaped(written[escape + 1]);  // an escape never ends a raw text
            written.remove_prefix(escape + 2);
        }
        return text;
    }

    Value value() {
        if (!good_ || rest_.empty()) {
            fail();
            return {};
        }
        if (rest_.front() == '"') return text();
        if (take_word("true")) return true;
        if (take_word("false")) return false;
        return number();
    }

    /// Steps over one value: to the bracket that closes it, or to what follows it.
    void skip_value() {
        int depth = 0;
        while (good_) {
            if (rest_.empty()) return fail();
            const char c = rest_.front();
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
            if (c == '"') {
                raw_text();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            rest_.remove_prefix(1);
        }
    }

    /// {…}: calls `use(key)` before each value.
    template <typename Use>
    void object(Use use) {
        take('{');
        if (take_if('}')) return;
        while (good_) {
            const std::string_view key = raw_text();  // keys have no escapes
            take(':');
            if (good_) use(key);
            if (take_if('}')) return;
            take(',');
        }
    }

    /// […]: calls `use()` before each value.
    template <typename Use>
    void array(Use use) {
        take('[');
        if (take_if(']')) return;
        while (good_) {
            use();
            if (take_if(']')) return;
            take(',');
        }
    }

private:
    bool take_word(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    /// What stands between the quotes, escapes and all.
    std::string_view raw_text() {
        take('"');
        std::size_t end = good_ ? rest_.find('"') : std::string_view::npos;
        while (end != std::string_view::npos && is_escaped(end)) end = rest_.find('"', end + 1);
        if (end == std::string_view::npos) {
            fail();
            return {};
        }
        const std::string_view text = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return text;
    }

    /// An odd number of backslashes before a quote makes it part of the text.
    [[nodiscard]] bool is_escaped(std::size_t quote) const {
        std::size_t first = quote;
        while (first > 0 && rest_[first - 1] == '\\') --first;
        return (quote - first) % 2 == 1;
    }

    /// Texts in reports hold no controls but these two.
    char unescaped(char c) {
        if (c == 'n') return '\n';
        if (c == 't') return '\t';
        if (c != '"' && c != '\\') fail();
        return c;
    }

    Value number() {
        const std::size_t length = std::min(rest_.find_first_not_of("-.0123456789"), rest_.size());
        const auto points = Points::parse(rest_.substr(0, length));
        if (!points) {
            fail();
            return {};
        }
        rest_.remove_prefix(length);
        return *points;
    }

    std::string_view rest_;
    bool good_ = true;
};

void scan_edit_member(Scanner& scanner, Edit& edit, std::string_view key) {
    if (key == "after") {
        edit.after = scanner.value();
    } else if (key == "at") {
        edit.at = scanner.text();
    } else if (key == "batch") {
        edit.batch = scanner.text();
    } else if (key == "before") {
        edit.before = scanner.value();
    } else if (key == "by") {
        edit.by = scanner.text();
    } else if (key == "field") {
        edit.target.field = scanner.text();
    } else if (key == "id") {
        edit.id = scanner.text();
    } else if (key == "item") {
        edit.target.item = scanner.text();
    } else if (key == "kind") {
        edit.kind = scanner.text() == report_parts::edit_kinds[1] ? EditKind::undo : EditKind::redo;
    } else if (key == "layer") {
        const auto layer = layer_from_string(scanner.text());
        if (!layer) scanner.fail();
        edit.target.layer = layer.value_or(Layer::self);
    } else if (key == "reverts") {
        edit.reverts = scanner.text();
    } else {
        scanner.fail();
    }
}

void scan_log(Scanner& scanner, std::vector<Edit>& log) {
    constexpr std::size_t typical_edit_bytes = 160;
    log.reserve(scanner.rest().size() / typical_edit_bytes);
    scanner.array([&] {
        Edit& edit = log.emplace_back();
        scanner.object([&](std::string_view key) { scan_edit_member(scanner, edit, key); });
    });
}

void scan_identity(Scanner& scanner, Identity& identity) {
    scanner.object([&](std::string_view key) {
        if (key == "hash") {
            identity.hash = scanner.text();
        } else if (key == "id") {
            identity.id = scanner.text();
        } else if (key == "version") {
            identity.version = scanner.text();
        } else {
            scanner.fail();
        }
    });
}

}  // namespace

std::optional<ScannedReport> report_parts::scan(std::string_view text) {
    Scanner scanner(text);
    ScannedReport source;
    scanner.object([&](std::string_view key) {
        if (key == "document") {
            source.document_id = scanner.text();
        } else if (key == "instrument") {
            scan_identity(scanner, source.identity);
        } else if (key == "log") {
            scan_log(scanner, source.log);
        } else if (key == "version") {
            source.version = scanner.value();
        } else {
            scanner.skip_value();
        }
    });
    if (!scanner.good() || scanner.rest() != "\n") return std::nullopt;
    return source;
}

}  // namespace duibiao
