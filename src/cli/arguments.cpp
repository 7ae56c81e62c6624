#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <memory>

#include "cli/help.hpp"
#include "cli/output.hpp"

namespace duibiao::cli {
namespace {

using Choices = std::vector<std::string>;

/// One command while it is being read.
struct Command {
    CLI::App* app = nullptr;
    std::vector<CLI::Option*> required;
    std::vector<std::pair<const std::string*, Choices>> choices;  ///< in the order of their options
    std::vector<CLI::Option*> choosing;
    std::function<Exit()> run;
};

/// All commands, their options and where the values go. Nothing is checked while CLI11 reads: it would say so in
/// English only.
class CommandLine {
public:
    explicit CommandLine(Language language);
    Exit run(const std::vector<std::string>& arguments);

private:
    Command& add_command(const std::string& name);
    void add_language_option(CLI::App& app);
    CLI::Option* add_option(Command& command, const std::string& name, std::string& value, const std::string& metavar);
    void add_required(Command& command, const std::string& name, std::string& value, const std::string& metavar);
    void add_choice(Command& command, const std::string& name, std::string& value, Choices choices);

    void add_instruments();
    void add_new();
    void add_fill();
    void add_check();
    void add_score();
    void add_year();
    void add_export();
    void add_merge();
    void add_aggregate();
    void add_weak();
    void add_renew();
    void add_form();
    void add_lock(const std::string& name, LockArguments& arguments, Exit (*work)(Language, const LockArguments&));
    void add_flag(Command& command, const std::string& name, bool& value);

    Exit refuse(std::string_view what, Error error) const;
    Exit refuse(const CLI::ParseError& error) const;
    Exit refuse_extra(const std::string& extra) const;
    Exit run_command(const Command& command) const;
    Exit show_help() const;

    Language language_;
    CLI::App app_;
    std::vector<std::unique_ptr<Command>> commands_;
    std::string chosen_language_;
    InstrumentsArguments instruments_;
    NewArguments new_;
    FillArguments fill_;
    CheckArguments check_;
    ScoreArguments score_;
    YearArguments year_;
    ExportArguments export_;
    MergeArguments merge_;
    AggregateArguments aggregate_;
    WeakArguments weak_;
    RenewArguments renew_;
    FormArguments form_;
    LockArguments lock_;
    LockArguments open_;
};

CommandLine::CommandLine(Language language) : language_(language) {
    app_.name("duibiao");
    app_.formatter(std::make_shared<HelpFormatter>(language));
    app_.set_help_flag("-h,--help", std::string(label(language, "cli.option.help")));
    app_.set_version_flag("--version", "duibiao " DUIBIAO_VERSION, std::string(label(language, "cli.option.version")));
    app_.require_subcommand(0, 1);
    app_.allow_extras();
    add_language_option(app_);
    add_instruments();
    add_new();
    add_fill();
    add_check();
    add_score();
    add_year();
    add_export();
    add_merge();
    add_aggregate();
    add_weak();
    add_renew();
    add_form();
    add_lock("lock", lock_, make_locked);
    add_lock("open", open_, open_file);
}

// --- Commands -----------------------------------------------------------------------------------------------------

Command& CommandLine::add_command(const std::string& name) {
    auto command = std::make_unique<Command>();
    command->app = app_.add_subcommand(name, std::string(label(language_, "cli.command." + name)));
    add_language_option(*command->app);
    commands_.push_back(std::move(command));
    return *commands_.back();
}

void CommandLine::add_language_option(CLI::App& app) {
    app.add_option("--lang", chosen_language_, std::string(label(language_, "cli.option.lang")))->type_name("zh|en");
}

CLI::Option* CommandLine::add_option(Command& command, const std::string& name, std::string& value,
                                     const std::string& metavar) {
    const std::string key = "cli.option." + command.app->get_name() + "." + name.substr(name.find_first_not_of('-'));
    return command.app->add_option(name, value, std::string(label(language_, key)))->type_name(metavar);
}

void CommandLine::add_required(Command& command, const std::string& name, std::string& value,
                               const std::string& metavar) {
    command.required.push_back(add_option(command, name, value, metavar));
}

void CommandLine::add_choice(Command& command, const std::string& name, std::string& value, Choices choices) {
    command.choosing.push_back(add_option(command, name, value, CLI::detail::join(choices, "|")));
    command.choices.emplace_back(&value, std::move(choices));
}

void CommandLine::add_flag(Command& command, const std::string& name, bool& value) {
    const std::string key = "cli.option." + command.app->get_name() + "." + name.substr(name.find_first_not_of('-'));
    command.app->add_flag(name, value, std::string(label(language_, key)));
}

void CommandLine::add_instruments() {
    Command& command = add_command("instruments");
    add_choice(command, "--format", instruments_.format, {"text", "json"});
    command.run = [this] { return list_instruments(language_, instruments_); };
}

void CommandLine::add_new() {
    Command& command = add_command("new");
    add_required(command, "INSTRUMENT", new_.instrument, "");
    add_required(command, "--unit", new_.unit, "NAME");
    add_required(command, "--period", new_.period, "P");
    add_option(command, "-o", new_.output, "FILE");
    command.run = [this] { return make_new(language_, new_); };
}

void CommandLine::add_fill() {
    Command& command = add_command("fill");
    add_required(command, "FILE", fill_.file, "");
    add_option(command, "--layer", fill_.layer, "self|acceptance|rating");
    add_required(command, "--from", fill_.table, "DATA.csv");
    add_option(command, "-o", fill_.output, "FILE");
    command.run = [this] { return fill(language_, fill_); };
}

void CommandLine::add_check() {
    Command& command = add_command("check");
    command.required.push_back(
        command.app->add_option("FILE", check_.files, std::string(label(language_, "cli.option.check.FILE"))));
    add_option(command, "--as-of", check_.as_of, "DATE");
    add_option(command, "--code", check_.code, "CODE");
    add_option(command, "--doors", check_.doors, "DOORS.json");
    add_choice(command, "--format", check_.format, {"text", "json"});
    command.run = [this] { return check_files(language_, check_); };
}

void CommandLine::add_score() {
    Command& command = add_command("score");
    add_required(command, "FILE", score_.file, "");
    add_choice(command, "--format", score_.format, {"text", "json"});
    add_flag(command, "--items", score_.items);
    command.run = [this] { return show_score(language_, score_); };
}

void CommandLine::add_export() {
    Command& command = add_command("export");
    add_required(command, "FILE", export_.file, "");
    add_choice(command, "--to", export_.to, {"html", "csv", "xlsx", "docx", "eml", "ics", "template"});
    command.required.push_back(command.choosing.back());
    add_option(command, "--attach", export_.attach, "FORMATS");
    add_option(command, "--into", export_.into, "GIVEN.docx");
    add_option(command, "--skip", export_.skip, "IDS");
    add_option(command, "--letter", export_.letter, "ROW");
    command.app->add_flag("--dry-run", export_.dry_run, std::string(label(language_, "cli.option.export.dry-run")));
    add_choice(command, "--format", export_.format, {"text", "json"});
    add_flag(command, "--mask", export_.masked);
    add_flag(command, "--lock", export_.locked);
    add_option(command, "--password-file", export_.password_file, "FILE");
    add_option(command, "-o", export_.output, "FILE");
    command.run = [this] { return export_file(language_, export_); };
}

void CommandLine::add_merge() {
    Command& command = add_command("merge");
    add_required(command, "A", merge_.first, "");
    add_required(command, "B", merge_.second, "");
    add_flag(command, "--dry-run", merge_.dry_run);
    add_option(command, "-o", merge_.output, "FILE");
    command.run = [this] { return merge_files(language_, merge_); };
}

void CommandLine::add_year() {
    Command& command = add_command("year");
    command.required.push_back(
        command.app->add_option("FILE", year_.files, std::string(label(language_, "cli.option.year.FILE"))));
    command.app->add_option("--excused", year_.excused, std::string(label(language_, "cli.option.year.excused")))
        ->type_name("PERIOD=WHY")
        ->expected(1)
        ->take_all();
    add_choice(command, "--format", year_.format, {"text", "json"});
    command.run = [this] { return show_year(language_, year_); };
}

void CommandLine::add_aggregate() {
    Command& command = add_command("aggregate");
    add_option(command, "--campaign", aggregate_.campaign, "CAMPAIGN");
    command.required.push_back(
        command.app->add_option("PATH", aggregate_.paths, std::string(label(language_, "cli.option.aggregate.PATH"))));
    add_choice(command, "--to", aggregate_.to, {"json", "csv", "xlsx", "docx", "html", "partial", "rows"});
    const CLI::Option* to = command.choosing.back();
    add_option(command, "-o", aggregate_.output, "FILE");
    add_option(command, "--password-file", aggregate_.password_file, "FILE");
    add_choice(command, "--paper", aggregate_.paper,
               {"reminder", "notice", "drafts", "message", "letters", "bulletin", "units"});
    add_option(command, "--where", aggregate_.where, "NAME=VALUE,...");
    add_option(command, "--order", aggregate_.order, "COLUMN[:desc]");
    add_option(command, "--group", aggregate_.group, "district|class");
    add_option(command, "--until", aggregate_.until, "DATE");
    add_flag(command, "--bcc", aggregate_.all_hidden);
    add_flag(command, "--brief", aggregate_.brief);
    add_flag(command, "--ranked", aggregate_.ranked);
    command.run = [this, to] {
        aggregate_.has_format = to->count() > 0;
        return aggregate(language_, aggregate_);
    };
}

void CommandLine::add_weak() {
    Command& command = add_command("weak");
    add_choice(command, "ACTION", weak_.action, {"candidates", "list", "plan", "doors"});
    command.required.push_back(command.choosing.back());
    command.required.push_back(
        command.app->add_option("PATH", weak_.files, std::string(label(language_, "cli.option.weak.PATH"))));
    add_option(command, "--campaign", weak_.campaign, "CAMPAIGN");
    add_option(command, "--doors", weak_.doors, "DOORS.json");
    add_option(command, "--into", weak_.into, "LIST");
    add_option(command, "--unit", weak_.unit, "NAME");
    add_choice(command, "--to", weak_.to, {"json", "csv", "xlsx", "docx", "html"});
    add_option(command, "--as-of", weak_.as_of, "DATE");
    add_option(command, "--password-file", weak_.password_file, "FILE");
    add_option(command, "-o", weak_.output, "FILE");
    command.run = [this] { return work_on_weak(language_, weak_); };
}

void CommandLine::add_renew() {
    Command& command = add_command("renew");
    add_required(command, "FILE", renew_.file, "");
    add_flag(command, "--dry-run", renew_.dry_run);
    add_option(command, "--form", renew_.form, "FORM.json");
    add_option(command, "-o", renew_.output, "FILE");
    command.run = [this] { return renew_file(language_, renew_); };
}

void CommandLine::add_form() {
    Command& command = add_command("form");
    add_choice(command, "ACTION", form_.action, {"check", "show", "import"});
    command.required.push_back(command.choosing.back());
    command.required.push_back(
        command.app->add_option("FILE", form_.files, std::string(label(language_, "cli.option.form.FILE"))));
    add_choice(command, "--format", form_.format, {"text", "json"});
    add_option(command, "--id", form_.id, "ID");
    command.app->add_option("--table", form_.table, std::string(label(language_, "cli.option.form.table")))
        ->type_name("N");
    add_option(command, "--like", form_.like, "FORM.json");
    add_option(command, "-o", form_.output, "FORM.json");
    command.run = [this] { return work_on_form(language_, form_); };
}

void CommandLine::add_lock(const std::string& name, LockArguments& arguments,
                           Exit (*work)(Language, const LockArguments&)) {
    Command& command = add_command(name);
    add_required(command, "FILE", arguments.file, "");
    add_option(command, "--password-file", arguments.password_file, "FILE");
    add_option(command, "-o", arguments.output, "FILE");
    command.run = [this, &arguments, work] { return work(language_, arguments); };
}

// --- Running ------------------------------------------------------------------------------------------------------

Exit CommandLine::refuse(std::string_view what, Error error) const {
    print_error(language_, what, error);
    return Exit::unusable;
}

/// CLI11 names the option before the first colon of its English sentence.
Exit CommandLine::refuse(const CLI::ParseError& error) const {
    const std::string sentence = error.what();
    if (error.get_name() == "ArgumentMismatch" && sentence.find(':') != std::string::npos) {
        return refuse(sentence.substr(0, sentence.find(':')), {"option-value", {}, {}});
    }
    return refuse(label(language_, "cli.arguments"), {"arguments", {}, {{"reason", sentence}}});
}

Exit CommandLine::refuse_extra(const std::string& extra) const { return refuse(extra, {"argument-unknown", {}, {}}); }

Exit CommandLine::run_command(const Command& command) const {
    for (const CLI::Option* option : command.required) {
        if (option->count() > 0) continue;
        return refuse(option->get_name(), {"option-missing", {}, {{"command", command.app->get_name()}}});
    }
    for (std::size_t i = 0; i < command.choices.size(); ++i) {
        const auto& [value, choices] = command.choices[i];
        if (command.choosing[i]->count() == 0) continue;
        if (std::ranges::find(choices, *value) != choices.end()) continue;
        const std::string option = command.choosing[i]->get_name();
        return refuse(option, {"option-choice", *value, {{"choices", choices}}});
    }
    return command.run();
}

Exit CommandLine::show_help() const { return deliver(language_, {}, app_.help()); }

Exit CommandLine::run(const std::vector<std::string>& arguments) {
    try {
        app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        return show_help();
    } catch (const CLI::CallForVersion& version) {
        return deliver(language_, {}, std::string(version.what()) + "\n");
    } catch (const CLI::ParseError& error) {
        return refuse(error);
    }
    auto extras = app_.remaining(true);
    std::erase(extras, "--");  // "everything after this is a file name" is no argument itself
    if (!extras.empty()) return refuse_extra(extras.front());
    if (!chosen_language_.empty() && chosen_language_ != "zh" && chosen_language_ != "en") {
        return refuse("--lang", {"option-choice", chosen_language_, {{"choices", Choices{"zh", "en"}}}});
    }
    for (const auto& command : commands_) {
        if (command->app->parsed()) return run_command(*command);
    }
    return refuse(label(language_, "cli.arguments"), {"command-missing", {}, {}});
}

}  // namespace

Exit run(Language language, const std::vector<std::string>& arguments) { return CommandLine(language).run(arguments); }

}  // namespace duibiao::cli
