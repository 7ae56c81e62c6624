#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "core/json.hpp"
#include "exchange/library.hpp"

namespace duibiao::cli {
namespace {

OrderedJson to_ordered_json(const Instrument& form) {
    return {{"id", form.id},
            {"version", form.version},
            {"title", form.title},
            {"kind", std::string(to_string(form.kind))},
            {"points", to_json(form.points)},
            {"items", form.order.size()}};
}

std::string to_text(Language language, const InstrumentLibrary& library) {
    using Align = TextTable::Align;
    const auto words = [language](std::string_view key) { return std::string(label(language, key)); };
    TextTable table({Align::left, Align::right, Align::right, Align::right, Align::left});
    table.add({words("cli.column.id"), words("cli.column.version"), words("cli.column.points"),
               words("cli.column.items"), words("cli.column.title")});
    for (const InstrumentPtr& form : library.all()) {
        table.add({form->id, form->version, form->points.to_string(), std::to_string(form->order.size()), form->title});
    }
    return table.to_string();
}

}  // namespace

Exit list_instruments(Language language, const InstrumentsArguments& arguments) {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    if (arguments.format == "text") return deliver(language, {}, to_text(language, library));
    OrderedJson forms = OrderedJson::array();
    for (const InstrumentPtr& form : library.all()) forms.push_back(to_ordered_json(*form));
    return deliver(language, forms);
}

}  // namespace duibiao::cli
