#include "cli/doors_file.hpp"

#include <utility>

#include "cli/files.hpp"
#include "cli/reports.hpp"
#include "core/limits.hpp"
#include "exchange/form_mistakes.hpp"
#include "exchange/library.hpp"
#include "exchange/weak/shipped_doors.hpp"

namespace duibiao::cli {

std::optional<Doors> read_doors(Language language, const std::string& path) {
    if (path.empty()) return shipped_doors();
    const auto text = read_input(path, limits::instrument_bytes);
    if (!text) {
        print_error(language, path, text.error());
        return std::nullopt;
    }
    DoorsReport report = load_doors(*text, shipped_forms());
    for (Error& mistake : report.mistakes) {
        mistake.place = form_place(language, *text, mistake.place);
        print_error(language, path, mistake);
    }
    return std::move(report.doors);
}

InstrumentPtr load_desk_form(Language language, const std::string& doors_path, const std::string& id) {
    const bool is_own = InstrumentLibrary::on_demand().find(id) == nullptr && is_plain_id(id) && !doors_path.empty();
    if (!is_own) return load_form(language, id);
    const std::size_t slash = doors_path.rfind('/');
    return load_form(language, doors_path.substr(0, slash == std::string::npos ? 0 : slash + 1) + id + ".json");
}

}  // namespace duibiao::cli
