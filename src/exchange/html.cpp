#include "exchange/html.hpp"

#include <algorithm>

namespace duibiao {

Html& Html::lines(std::string_view plain) {
    for (std::size_t end = plain.find('\n'); end != std::string_view::npos; end = plain.find('\n')) {
        text(plain.substr(0, end)).markup("<br>");
        plain.remove_prefix(end + 1);
    }
    return text(plain);
}

void Html::escape(std::string_view plain) {
    for (const char c : plain) {
        switch (c) {
            case '&':
                out_ += "&amp;";
                break;
            case '<':
                out_ += "&lt;";
                break;
            case '>':
                out_ += "&gt;";
                break;
            case '"':
                out_ += "&quot;";
                break;
            case '\'':
                out_ += "&#39;";
                break;
            default:
                out_ += c;
        }
    }
}

}  // namespace duibiao
