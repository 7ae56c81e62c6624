#include <utility>

#include "cli/aggregate/campaign_file.hpp"
#include "cli/aggregate/gathering.hpp"
#include "cli/aggregate/intake.hpp"
#include "cli/aggregate/line_file.hpp"
#include "cli/commands.hpp"
#include "cli/doors_file.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"
#include "cli/reports.hpp"
#include "exchange/weak/found_weak.hpp"
#include "exchange/weak/weak_list.hpp"
#include "exchange/weak/write_candidates.hpp"

namespace duibiao::cli {
namespace {

class WeakWork {
public:
    WeakWork(Language language, const WeakArguments& arguments) : language_(language), arguments_(arguments) {}

    Exit write_candidates();
    Exit write_list();
    Exit write_plan();
    Exit check_doors();

private:
    [[nodiscard]] bool read_sources();
    [[nodiscard]] bool gather(const std::string& campaign_key);
    [[nodiscard]] std::optional<Document> list_to_go_on() const;
    Exit refuse(const std::string& what, const Error& error) const {
        print_error(language_, what, error);
        return Exit::unusable;
    }
    [[nodiscard]] Exit outcome() const { return collection_.rejected().empty() ? Exit::done : Exit::findings; }

    Language language_;
    const WeakArguments& arguments_;
    LinesInFile lines_;
    Collection collection_{lines_};
    std::optional<Campaign> campaign_;
    Doors doors_;
    Date as_of_;
    Candidates found_;
};

bool WeakWork::gather(const std::string& campaign_key) {
    std::string password;
    if (!arguments_.password_file.empty()) {
        auto known = known_password(language_, arguments_.password_file);
        if (!known) return false;
        password = *std::move(known);
    }
    Gathering gathering(language_, collection_, std::move(password));
    gathering.leave_out(campaign_key);
    give_all(gathering, arguments_.files);
    gathering.finish();
    return true;
}

/// Doors, campaign and reports, and what they come to.
bool WeakWork::read_sources() {
    auto doors = read_doors(language_, arguments_.doors);
    if (!doors || !are_there(language_, arguments_.files)) return false;
    doors_ = *std::move(doors);
    std::string campaign_key;
    if (!arguments_.campaign.empty()) {
        auto loaded = load_campaign(language_, arguments_.campaign);
        if (!loaded) return false;
        campaign_ = std::move(loaded->campaign);
        campaign_key = std::move(loaded->key);
        if (arguments_.doors.empty() && !campaign_->doors_file.empty()) {
            auto own = doors_in(campaign_->doors_file);
            if (!own) {
                print_error(language_, arguments_.campaign, own.error());
                return false;
            }
            doors_ = *std::move(own);
        }
        if (const Done chosen = choose_doors(doors_, campaign_->doors); !chosen) {
            print_error(language_, arguments_.campaign, chosen.error());
            return false;
        }
    }
    as_of_ = today();
    if (!arguments_.as_of.empty()) {
        const auto day = parse_date(arguments_.as_of);
        if (!day) {
            print_error(language_, "--as-of", {day.error().code, arguments_.as_of, day.error().params});
            return false;
        }
        as_of_ = *day;
    }
    if (!gather(campaign_key)) return false;
    found_ = find_candidates(collection_, campaign_ ? &*campaign_ : nullptr, doors_, as_of_);
    return true;
}

Exit WeakWork::write_candidates() {
    if (!read_sources()) return Exit::unusable;
    const CandidatesSource source{found_, doors_, campaign_ ? &*campaign_ : nullptr, as_of_};
    const auto content = arguments_.to == "json" ? Result<std::string>(write_candidates_json(source))
                                                 : duibiao::write_candidates(source, arguments_.to, language_);
    if (!content) return refuse(arguments_.output, content.error());
    return deliver(language_, arguments_.output, *content, "cli.written", {}, outcome());
}

/// The list that was given, else a new one of the campaign's office.
std::optional<Document> WeakWork::list_to_go_on() const {
    if (!arguments_.into.empty()) {
        auto report = load_report(language_, arguments_.into);
        if (!report) return std::nullopt;
        if (complain_about(language_, arguments_.into, report->findings)) {
            print_error(language_, arguments_.into, {"report-altered", {}, {}});
            return std::nullopt;
        }
        return std::move(report->document);
    }
    const InstrumentPtr form = load_desk_form(language_, arguments_.doors, doors_.list.form);
    if (form == nullptr) return std::nullopt;
    const std::string office = !arguments_.unit.empty() ? arguments_.unit : campaign_ ? campaign_->unit : std::string{};
    const std::string id = new_document_id(form->id, office, found_.period);
    auto list = new_document(form, id, office, found_.period, new_author(id));
    if (list) return *std::move(list);
    print_error(language_, "--unit", list.error());
    return std::nullopt;
}

Exit WeakWork::write_list() {
    if (!read_sources()) return Exit::unusable;
    const auto list = list_to_go_on();
    if (!list) return Exit::unusable;
    complain_about_clock(language_);
    const CandidatesSource source{found_, doors_, campaign_ ? &*campaign_ : nullptr, as_of_};
    const std::string seed = list->id + "\n" + std::to_string(list->log.size()) + "\n" + write_candidates_json(source);
    const auto update = update_weak_list(*list, found_, doors_, new_author(seed));
    if (!update) return refuse(arguments_.into, update.error());
    for (const std::string& name : update->changed) print_notice(printable(name), label(language_, "cli.weak.changed"));
    return deliver(language_, arguments_.output, write_report(update->document), "cli.weak.listed",
                   {{"added", static_cast<std::int64_t>(update->added.size())},
                    {"changed", static_cast<std::int64_t>(update->changed.size())}},
                   outcome());
}

Exit WeakWork::write_plan() {
    if (arguments_.unit.empty())
        return refuse("--unit", {"option-missing", {}, {{"command", std::string("weak plan")}}});
    auto doors = read_doors(language_, arguments_.doors);
    if (!doors) return Exit::unusable;
    const std::string& path = arguments_.files.front();
    const auto list = load_report(language_, path);
    if (!list) return Exit::unusable;
    const InstrumentPtr form = load_desk_form(language_, arguments_.doors, doors->plan.form);
    if (form == nullptr) return Exit::unusable;
    complain_about_clock(language_);
    const Document& document = list->document;
    const std::string id = new_document_id(form->id, arguments_.unit, document.period());
    const auto plan = make_weak_plan(document, *doors, arguments_.unit, form, id, new_author(id));
    if (!plan) return refuse(path, plan.error());
    return deliver(language_, arguments_.output, write_report(*plan), "cli.written");
}

Exit WeakWork::check_doors() {
    Exit exit = Exit::done;
    std::string said;
    for (const std::string& path : arguments_.files) {
        const auto doors = read_doors(language_, path);
        if (!doors) {
            exit = Exit::findings;
            continue;
        }
        std::int64_t on = 0;
        for (const Door& door : doors->doors) on += door.is_on ? 1 : 0;
        said += translate(language_, "cli.weak.right",
                          {{"file", path},
                           {"title", doors->title},
                           {"doors", static_cast<std::int64_t>(doors->doors.size())},
                           {"on", on}}) +
                "\n";
    }
    return deliver(language_, {}, said, {}, {}, exit);
}

}  // namespace

Exit work_on_weak(Language language, const WeakArguments& arguments) {
    WeakWork work(language, arguments);
    if (arguments.action == "candidates") return work.write_candidates();
    if (arguments.action == "list") return work.write_list();
    if (arguments.action == "plan") return work.write_plan();
    return work.check_doors();
}

}  // namespace duibiao::cli
