// Reports from anywhere: no input may crash the reader, and what it accepts it writes and reads again unchanged.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "../unit/small_form_definition.hpp"
#include "core/check.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/tally.hpp"
#include "core/undo.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Everything the program does with a document that came out of a file.
void use(const Document& document) {
    const Author author{"fuzz", "", "2026-11-21T06:03:34Z"};
    static_cast<void>(check(document, Date{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}}));
    for (const Layer layer : all_layers) static_cast<void>(explain(document, layer));
    Document copy = document;
    for (const Edit& edit : make_undo(copy, author)) {
        if (!apply(copy, edit)) break;  // the file may have an edit of this very id
    }
    static_cast<void>(make_redo(copy, author));
    require(merge(document, document)->document.log == document.log);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const InstrumentPtr form = *load_instrument(small_form::definition);
    const InstrumentFinder finder = [](const FormIdentity& wanted) { return wanted.id == "small" ? form : nullptr; };
    const auto loaded = read_report({reinterpret_cast<const char*>(data), size}, finder);
    if (!loaded) return 0;
    use(loaded->document);
    const std::string written = write_report(loaded->document);
    const auto again = read_report(written, finder);
    require(again.has_value());
    require(again->findings.empty());
    require(again->document.answers == loaded->document.answers);
    require(write_report(again->document) == written);
    return 0;
}
