#include "cli/help.hpp"

#include <array>

#include "cli/console.hpp"

namespace duibiao::cli {
namespace {

struct Usage {
    std::string_view command;
    std::string_view line;
};
/// Exactly the contract's lines.
constexpr std::array<Usage, 14> usages{
    {{"instruments", "duibiao instruments [--format text|json]"},
     {"new", "duibiao new INSTRUMENT --unit NAME --period P [-o FILE]"},
     {"fill", "duibiao fill FILE [--layer self|acceptance|rating] --from DATA.csv [-o FILE]"},
     {"check", "duibiao check FILE... [--as-of DATE] [--format text|json]"},
     {"score", "duibiao score FILE [--format text|json] [--items]"},
     {"year", "duibiao year FILE... [--excused PERIOD=WHY]... [--format text|json]"},
     {"export",
      "duibiao export FILE --to html|csv|xlsx|docx|eml|ics|template [--attach FORMATS] [--mask] [--lock "
      "[--password-file "
      "FILE|-]] [--into GIVEN.docx [--dry-run]] [--letter ROW] [-o FILE]"},
     {"merge", "duibiao merge A B [--dry-run] [-o FILE]"},
     {"aggregate",
      "duibiao aggregate [--campaign CAMPAIGN] PATH...|- [--to json|csv|xlsx|docx|html|partial|rows] "
      "[--password-file FILE] [--paper reminder|notice|drafts|message|letters|bulletin|units [--where NAME=VALUE,...] "
      "[--order COLUMN[:desc]] [--group district|class] [--until DATE] [--bcc] [--brief] [--ranked]] [-o FILE]"},
     {"weak",
      "duibiao weak candidates|list PATH...|- [--campaign CAMPAIGN] [--doors DOORS.json] [--into LIST] "
      "[--to json|csv|xlsx|docx|html] [--as-of DATE] [--password-file FILE] [-o FILE] | plan LIST --unit NAME "
      "[-o FILE] | doors DOORS.json..."},
     {"renew", "duibiao renew FILE [--form FORM.json] [--dry-run] [-o FILE]"},
     {"form",
      "duibiao form check FORM.json... | show FORM [--format text|json] | import GIVEN.docx|GIVEN.xlsx|TABLE.csv "
      "[--id ID] [--table N] [--like FORM.json] [--format text|json] -o FORM.json"},
     {"lock", "duibiao lock FILE [--password-file FILE|-] [-o FILE]"},
     {"open", "duibiao open FILE [--password-file FILE|-] [-o FILE]"}}};

std::string usage_of(std::string_view command) {
    for (const Usage& usage : usages) {
        if (usage.command == command) return std::string(usage.line);
    }
    return "duibiao";
}

/// "-h, --help", "--unit NAME", "FILE".
std::string names_of(const CLI::Option& option) {
    std::string names;
    for (const std::string& name : option.get_snames()) names += (names.empty() ? "-" : ", -") + name;
    for (const std::string& name : option.get_lnames()) names += (names.empty() ? "--" : ", --") + name;
    if (names.empty()) return option.get_name();
    return option.get_type_name().empty() ? names : names + " " + option.get_type_name();
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
    return app->get_parent() == nullptr ? main_help(*app) : command_help(*app);
}

std::string HelpFormatter::main_help(const CLI::App& app) const {
    std::string help = words("cli.about") + "\n\n" + words("cli.usage") + "\n";
    for (const Usage& usage : usages) {
        help += "  " + std::string(usage.line) + "\n      " + words("cli.command." + std::string(usage.command)) + "\n";
    }
    return help + "\n" + options(app) + "\n" + words("cli.about_more") + "\n";
}

std::string HelpFormatter::command_help(const CLI::App& app) const {
    const std::string& name = app.get_name();
    return words("cli.usage") + "\n  " + usage_of(name) + "\n\n" + words("cli.command." + name) + "\n\n" +
           options(app) + "\n" + words("cli.example") + "\n" + words("cli.example." + name) + "\n";
}

std::string HelpFormatter::options(const CLI::App& app) const {
    using Align = TextTable::Align;
    TextTable table({Align::left, Align::left, Align::left});
    const auto add = [&table](const CLI::Option* option) {
        table.add({"", names_of(*option), option->get_description()});
    };
    // What every command has comes last.
    const auto is_common = [](const CLI::Option* option) {
        return option->check_name("--help") || option->check_name("--version") || option->check_name("--lang");
    };
    for (const CLI::Option* option : app.get_options()) {
        if (!is_common(option)) add(option);
    }
    for (const CLI::Option* option : app.get_options()) {
        if (is_common(option)) add(option);
    }
    return words("cli.options") + "\n" + table.to_string();
}

}  // namespace duibiao::cli
