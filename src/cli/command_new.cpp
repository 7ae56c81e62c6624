#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"

namespace duibiao::cli {
namespace {

/// The option that a refused text came from.
std::string_view option_of(const Error& error) { return error.code == "period-format" ? "--period" : "--unit"; }

}  // namespace

Exit make_new(Language language, const NewArguments& arguments) {
    const InstrumentPtr form = load_form(language, arguments.instrument);
    if (form == nullptr) return Exit::unusable;
    const std::string period = normalise_period(arguments.period).value_or(arguments.period);
    complain_about_clock(language);
    const std::string id = new_document_id(form->id, arguments.unit, period);
    const auto document = new_document(form, id, arguments.unit, period, new_author(id));
    if (!document) {
        const std::string_view option = option_of(document.error());
        Error error = document.error();
        error.place = option == "--unit" ? arguments.unit : arguments.period;
        print_error(language, option, error);
        return Exit::unusable;
    }
    return deliver(language, arguments.output, write_report(*document), "cli.written");
}

}  // namespace duibiao::cli
