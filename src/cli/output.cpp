#include "cli/output.hpp"

#include "cli/files.hpp"

namespace duibiao::cli {
namespace {

constexpr int indent_spaces = 2;

}  // namespace

Exit deliver(Language language, const std::string& path, std::string_view content, std::string_view key, Params params,
             Exit exit) {
    if (const Done written = write_output(path, content); !written) {
        print_error(language, path.empty() ? standard_stream : path, written.error());
        return Exit::unusable;
    }
    if (key.empty() || path.empty() || path == standard_stream) return exit;
    params.emplace("file", printable(path));
    const Done said = write_output({}, translate(language, key, params) + "\n");
    (void)said;  // The file is written; that nobody reads the sentence is no failure.
    return exit;
}

Exit deliver(Language language, const OrderedJson& json, Exit exit) {
    const std::string text = json.dump(indent_spaces, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
    return deliver(language, {}, text, {}, {}, exit);
}

}  // namespace duibiao::cli
