// The page without a browser: the app's own state and commands over storage in memory.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "app/update.hpp"
#include "platform/headless/headless.hpp"

namespace duibiao {

/// One visit of one tab. Several visits may share a disk.
class Page {
public:
    explicit Page(headless::Disk& disk, std::uint64_t first_id = 1) : tab(disk, first_id), state(make_state()) {
        tab.storage.open();
        settle();
    }

    /// A tab that goes away lets go of its document, as a browser's locks do.
    ~Page() {
        if (state.opened) tab.storage.close(state.opened->document.id);
    }
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    /// Carries out a command and everything storage answers to it.
    Page& send(Command command) {
        update(state, tab.ports(), command::Tick{});
        update(state, tab.ports(), command);
        settle();
        return *this;
    }
    Page& settle() {
        for (std::vector<Command> answers = tab.storage.take_answers(); !answers.empty();
             answers = tab.storage.take_answers()) {
            for (const Command& answer : answers) update(state, tab.ports(), answer);
        }
        return *this;
    }
    Page& create(std::string unit = "市第一医院党委", std::string period = "2026") {
        return send(command::CreateDocument{"jilin-committee", std::move(unit), std::move(period)});
    }
    Page& score(std::string item, std::string text, std::string batch = {}) {
        return send(command::SetAnswer{{layer(), std::move(item), "score"}, std::move(text), std::move(batch)});
    }
    Page& note(std::string item, std::string text, std::string batch = {}) {
        return send(command::SetAnswer{{layer(), std::move(item), "note"}, std::move(text), std::move(batch)});
    }
    Page& open(const std::string& document) { return send(command::OpenDocument{document, {}}); }

    [[nodiscard]] const OpenedDocument& opened() const {
        REQUIRE(state.opened.has_value());
        return *state.opened;
    }
    [[nodiscard]] const Document& document() const { return opened().document; }
    [[nodiscard]] std::string id() const { return document().id; }
    [[nodiscard]] std::string total() const { return opened().tally.layers[index_of(layer())].score.to_string(); }
    [[nodiscard]] std::string note_of(std::string_view item) const {
        return std::string(document().text(Layer::self, item, "note"));
    }
    [[nodiscard]] Layer layer() const { return state.opened ? state.opened->layer : Layer::self; }

    headless::Tab tab;
    State state;
};

}  // namespace duibiao
