// Writing HTML: the one place where text is escaped.
#pragma once

#include <string>
#include <string_view>

namespace duibiao {

/// Collects HTML. Markup is written in the program; everything that comes from a document, a definition or a table of
/// sentences goes through text() or attribute().
class Html {
public:
    Html& markup(std::string_view trusted) {
        out_ += trusted;
        return *this;
    }
    Html& text(std::string_view plain) {
        escape(plain);
        return *this;
    }
    /// Text with its line feeds kept.
    Html& lines(std::string_view plain);
    /// ` name="value"`.
    Html& attribute(std::string_view name, std::string_view value) {
        return markup(" ").markup(name).markup("=\"").text(value).markup("\"");
    }

    [[nodiscard]] std::string take() && { return std::move(out_); }

private:
    void escape(std::string_view plain);

    std::string out_;
};

}  // namespace duibiao
