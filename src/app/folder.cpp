// Copies of everything into a folder of the user's, by themselves.
#include <algorithm>

#include "app/handlers.hpp"

namespace duibiao::app {

namespace {

/// While edits go on, a copy is made no more often.
constexpr std::int64_t folder_pause_ms = 10 * 60 * 1000;

/// Instant of the newest edit of all documents, empty when there is none.
std::string newest_edit(const State& state) {
    std::string newest;
    for (const DocumentCard& card : state.cards) newest = std::max(newest, card.updated);
    return newest;
}

bool is_due(const State& state, std::int64_t now_ms) {
    const CopiesFolder& folder = state.folder;
    if (folder.how != CopiesFolder::How::ready || folder.under_way || !state.storage_open) return false;
    const bool is_pause = folder.tried_ms >= 0 && now_ms - folder.tried_ms < folder_pause_ms;
    return !is_pause && newest_edit(state) > folder.last;
}

void begin_copy(State& state, const Ports& ports) {
    state.folder.under_way = true;
    state.folder.tried_ms = ports.clock.ticks_ms();
    gather_for(state, ports, Gathering::folder);
}

}  // namespace

void copy_when_due(State& state, const Ports& ports) {
    if (state.saving.state == SaveState::saved && is_due(state, ports.clock.ticks_ms())) begin_copy(state, ports);
}

void on(State& state, const Ports& ports, const command::UseFolder& request) {
    using What = command::UseFolder::What;
    if (request.what == What::choose) return ports.folder.choose();
    if (request.what == What::allow) return ports.folder.allow();
    if (request.what == What::forget) {
        state.folder = CopiesFolder{CopiesFolder::How::none, {}, {}, {}};
        return ports.folder.forget();
    }
    if (state.folder.how == CopiesFolder::How::ready && !state.folder.under_way) begin_copy(state, ports);
}

void on(State& state, const Ports& ports, const command::FolderKnown& news) {
    using How = command::FolderKnown::How;
    CopiesFolder folder;
    folder.how = news.how == How::ready     ? CopiesFolder::How::ready
                 : news.how == How::waiting ? CopiesFolder::How::waiting
                                            : CopiesFolder::How::none;
    folder.name = news.name;
    folder.last = news.last;
    if (!news.last.empty()) folder.last_local = ports.clock.local_time(news.last).substr(0, 16);
    state.folder = std::move(folder);
}

void on(State& state, const Ports& ports, const command::FolderWritten& answer) {
    CopiesFolder& folder = state.folder;
    folder.under_way = false;
    folder.failed = !answer.done;
    if (!answer.done) return ports.announcer.announce(say(state, "ui.folder.failed", {{"name", folder.name}}));
    folder.last = answer.at;
    folder.last_local = ports.clock.local_time(answer.at).substr(0, 16);
}

}  // namespace duibiao::app
