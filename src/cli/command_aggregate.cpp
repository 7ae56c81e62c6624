#include <algorithm>

#include "cli/aggregate/campaign_file.hpp"
#include "cli/aggregate/gathering.hpp"
#include "cli/aggregate/intake.hpp"
#include "cli/aggregate/line_file.hpp"
#include "cli/aggregate/papers.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"
#include "core/campaign/partial.hpp"
#include "core/campaign/proposal.hpp"
#include "exchange/campaign/roll_up_json.hpp"
#include "exchange/campaign/write_campaign.hpp"

namespace duibiao::cli {
namespace {

class Aggregation {
public:
    Aggregation(Language language, const AggregateArguments& arguments) : language_(language), arguments_(arguments) {}
    Exit run();

private:
    Exit write_partial();
    Exit write_rows();
    Exit write_figures();
    Exit write_paper();
    Exit write_pieces(const std::function<void(const WritePiece&)>& produce);
    [[nodiscard]] Exit outcome(const Sorted& sorted) const;
    [[nodiscard]] std::optional<RollUp> previous(const Subject& subject, const Campaign* campaign) const;

    Language language_;
    const AggregateArguments& arguments_;
    LinesInFile lines_;
    Collection collection_{lines_};
    std::optional<Campaign> campaign_;
    Language paper_language_ = Language::chinese;
};

Exit Aggregation::run() {
    std::string campaign_key;
    if (!check_paper(language_, arguments_) || !are_there(language_, arguments_.paths)) return Exit::unusable;
    if (!arguments_.campaign.empty()) {
        auto loaded = load_campaign(language_, arguments_.campaign);
        if (!loaded) return Exit::unusable;
        campaign_ = std::move(loaded->campaign);
        campaign_key = std::move(loaded->key);
        paper_language_ = loaded->language;
    }
    std::string password;
    if (!arguments_.password_file.empty()) {
        auto known = known_password(language_, arguments_.password_file);
        if (!known) return Exit::unusable;
        password = *std::move(known);
    }
    {
        Gathering gathering(language_, collection_, std::move(password));
        gathering.leave_out(campaign_key);
        give_all(gathering, arguments_.paths);
        gathering.finish();
    }
    const bool is_empty = collection_.reports().empty() && collection_.rejected().empty();
    const bool speaks_of_missing = campaign_ && !arguments_.paper.empty();
    if (is_empty && !speaks_of_missing) {
        print_error(language_, arguments_.paths.front(), {"aggregate-empty", {}, {}});
        return Exit::unusable;
    }
    if (!arguments_.paper.empty()) return write_paper();
    if (arguments_.to == "partial") return write_partial();
    if (arguments_.to == "rows") return write_rows();
    return write_figures();
}

Exit Aggregation::write_pieces(const std::function<void(const WritePiece&)>& produce) {
    const Done written = write_output(arguments_.output, produce);
    if (written) return Exit::done;
    print_error(language_, arguments_.output.empty() ? std::string(standard_stream) : arguments_.output,
                written.error());
    return Exit::unusable;
}

/// Rejected files, or findings of error kind in what counts.
Exit Aggregation::outcome(const Sorted& sorted) const {
    if (!collection_.rejected().empty()) return Exit::findings;
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        if (sorted.fates[i] == Fate::counted && collection_.reports()[i].has_errors) return Exit::findings;
    }
    return Exit::done;
}

Exit Aggregation::write_partial() {
    const Exit written = write_pieces([this](const WritePiece& write) { collection_.write_partial(write); });
    const Campaign* campaign = campaign_ ? &*campaign_ : nullptr;
    return written == Exit::done ? outcome(sort_reports(collection_, campaign)) : written;
}

Exit Aggregation::write_rows() {
    const Campaign* campaign = campaign_ ? &*campaign_ : nullptr;
    const Sorted sorted = sort_reports(collection_, campaign);
    const Exit written = write_pieces([&](const WritePiece& write) {
        std::string rows;
        for_each_counted(collection_, campaign, sorted, [&](const ReportDigest& digest, const ExpectedUnit* unit) {
            rows.clear();
            append_rows(rows, digest, unit);
            write(rows);
        });
    });
    return written == Exit::done ? outcome(sorted) : written;
}

Exit Aggregation::write_paper() {
    const Campaign* campaign = campaign_ ? &*campaign_ : nullptr;
    const Sorted sorted = sort_reports(collection_, campaign);
    const RollUp all = roll_up(collection_, campaign, sorted);
    const CampaignSource source{collection_, campaign, sorted, all, nullptr};  // no paper proposes grades
    return cli::write_paper(language_, paper_language_, arguments_, source, outcome(sorted));
}

/// The same form one period earlier, where reports of it are there.
std::optional<RollUp> Aggregation::previous(const Subject& subject, const Campaign* campaign) const {
    const auto period = previous_period(subject.period);
    if (!period) return std::nullopt;
    const Subject earlier{subject.instrument, *period};
    const auto& known = collection_.subjects();
    if (std::find(known.begin(), known.end(), earlier) == known.end()) return std::nullopt;
    return roll_up(collection_, campaign, sort_reports(collection_, campaign, earlier));
}

Exit Aggregation::write_figures() {
    const Campaign* campaign = campaign_ ? &*campaign_ : nullptr;
    const Sorted sorted = sort_reports(collection_, campaign);
    const RollUp all = roll_up(collection_, campaign, sorted);
    const auto proposal = propose_grades(collection_, campaign, sorted, all);
    const GradeProposal* grades = proposal ? &*proposal : nullptr;
    const CampaignSource source{collection_, campaign, sorted, all, grades};
    const auto before = previous(sorted.subject, campaign);
    auto content = arguments_.to == "json"
                       ? Result<std::string>(write_roll_up_json(all, before ? &*before : nullptr, grades, language_))
                       : write_campaign(source, arguments_.to, language_);
    if (!content) {
        print_error(language_, arguments_.output, content.error());
        return Exit::unusable;
    }
    return deliver(language_, arguments_.output, *content, "cli.aggregate.done",
                   {{"received", std::to_string(all.received)}, {"counted", std::to_string(all.count(Fate::counted))}},
                   outcome(sorted));
}

}  // namespace

Exit aggregate(Language language, const AggregateArguments& arguments) {
    return Aggregation(language, arguments).run();
}

}  // namespace duibiao::cli
