// The superior's desk with the real program behind it, which a worker runs in the browser.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "exchange/desk/desk.hpp"
#include "page.hpp"

namespace duibiao {

/// What the browser's worker does with the page's orders.
class DeskProgram {
public:
    explicit DeskProgram(Page& page) : page_(page) {}

    void answer() {
        headless::RecordedDesk& asked = page_.tab.desk;
        for (const DeskJob& job : std::exchange(asked.jobs, {})) open(job);
        for (const std::string& report : std::exchange(asked.campaigns, {})) {
            REQUIRE(desk_.set_campaign(report).has_value());
            show();
        }
        for (const auto& [key, report] : std::exchange(asked.revised, {})) {
            REQUIRE(desk_.revise(key, report).has_value());
            show();
        }
        for (const std::string& key : std::exchange(asked.fetched, {}))
            page_.send(command::DeskReport{key, texts_[key]});
    }

    void take(const std::string& name, const std::string& content) {
        desk_.take({name, content}, {}, [this](const DeskPiece& piece) { texts_[piece.key] = piece.text; });
        show();
    }

private:
    void open(const DeskJob& job) {
        campaign_ = job.campaign;
        REQUIRE(desk_.set_campaign(job.report).has_value());
        show();
    }
    void show() {
        page_.send(command::DeskShown{campaign_, desk_.view(Language::chinese)});
        if (!page_.tab.desk.campaigns.empty() || !page_.tab.desk.revised.empty()) answer();
    }

    Page& page_;
    Desk desk_;
    std::string campaign_;
    std::map<std::string, std::string> texts_;
};

}  // namespace duibiao
