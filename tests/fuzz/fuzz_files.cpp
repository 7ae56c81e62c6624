// Files that are dropped on the page, the data that the single file carries, and what storage holds, all from anywhere:
// nothing that is here gets lost, and what is taken goes out in a backup that another browser takes whole.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "app/update.hpp"
#include "platform/headless/headless.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

struct Page {
    explicit Page(headless::Disk& disk) : tab(disk) {
        send(command::Tick{});
        tab.storage.open();
        settle();
    }

    void send(const Command& command) {
        update(state, tab.ports(), command);
        settle();
    }

    void settle() {
        for (auto answers = tab.storage.take_answers(); !answers.empty(); answers = tab.storage.take_answers()) {
            for (const Command& answer : answers) update(state, tab.ports(), answer);
        }
    }

    std::string backup() {
        send(command::OpenHome{});
        send(command::Backup{});
        return tab.files.downloads.back().content;
    }

    headless::Tab tab;
    State state = fresh();  ///< the shipped forms are read once

private:
    static State fresh() {
        static const State state = make_state();
        return state;
    }
};

void drop_file(Page& page, std::string_view text) {
    page.send(command::FileArrived{"a.json", std::string(text)});
    page.send(command::ResolveArrival{true});
    if (!page.state.pending_import) return;
    page.send(command::ResolveImport{command::ResolveImport::Choice::merge});
}

/// Line by line: the snapshot, then the edits after it.
void open_stored(Page& page, headless::Disk& disk, std::string_view text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    disk.cards["stored"] = std::string(text.substr(0, end));
    disk.documents["stored"] = {0, std::string(text.substr(0, end))};
    text.remove_prefix(std::min(end + 1, text.size()));
    for (std::uint64_t at = 0; !text.empty(); ++at) {
        const std::size_t line = std::min(text.find('\n'), text.size());
        disk.edits["stored"][at] = std::string(text.substr(0, line));
        text.remove_prefix(std::min(line + 1, text.size()));
    }
    page.send(command::OpenDocument{"stored", {}});
    page.send(command::OpenHome{});
}

}  // namespace

/// The first byte says on which way it comes in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    headless::Disk disk;
    Page page(disk);
    page.send(command::CreateDocument{"jilin-committee", "市第一医院", "2026"});
    const std::string own = page.state.opened->document.id;
    switch (data[0] % 4) {
        case 0:
            drop_file(page, text);
            break;
        case 1:
            page.send(command::CarriedArrived{"copy", std::string(text)});
            break;
        case 2:
            open_stored(page, disk, text);
            break;
        default:
            page.send(command::FileArrived{"a.csv", std::string(text)});
    }
    require(disk.documents.count(own) == 1 && page.state.saving.state == SaveState::saved);
    const std::string backup = page.backup();
    headless::Disk empty;
    Page other(empty);
    other.send(command::FileArrived{"b.json", backup});
    other.send(command::ResolveArrival{true});
    require(other.backup() == backup);
    return 0;
}
