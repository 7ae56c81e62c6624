// Many reports made one collection, on all cores: one thread reads, the others make digests.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "cli/console.hpp"
#include "core/campaign/collection.hpp"
#include "exchange/library.hpp"

namespace duibiao::cli {

/// Something to be read: a report, or a line of a partial.
struct Piece {
    std::string name;    ///< as it is named where it cannot be used
    std::string folder;  ///< where forms that are not shipped are looked for, with a final slash; empty: here
    std::string bytes;
    bool is_line = false;  ///< of a partial
};

/// Shipped forms, and those beside the reports, for all threads.
class SharedForms {
public:
    [[nodiscard]] InstrumentPtr find(const std::string& folder, const FormIdentity& wanted);

private:
    [[nodiscard]] InstrumentPtr load(const std::string& folder, const FormIdentity& wanted);

    std::mutex mutex_;
    InstrumentLibrary library_ = InstrumentLibrary::on_demand();
    std::map<std::tuple<std::string, std::string, std::string, std::string>, InstrumentPtr> known_;
};

/// Takes pieces in any order; what comes out does not depend on it. Memory is bounded: who gives more than the threads
/// can take waits.
class Gathering {
public:
    /// `password` opens locked files; empty: they are refused.
    Gathering(Language language, Collection& collection, std::string password);
    Gathering(const Gathering&) = delete;
    Gathering& operator=(const Gathering&) = delete;
    ~Gathering();

    void give(Piece piece);
    /// A file that could not even be read.
    void refuse(const std::string& name, std::string key, Error error);
    /// Something that came along with reports and is none: said, and not counted.
    void leave_aside(const std::string& name);
    /// A form of a partial that follows.
    void give_form(FormOutline form);
    /// Waits for all pieces.
    void finish();
    /// A file with these bytes is the campaign itself and no report of it.
    void leave_out(std::string key) { left_out_ = std::move(key); }

private:
    void work();
    void take(const Piece& piece, const InstrumentFinder& find_instrument, Outlines& outlines);
    void take_line(const Piece& piece);
    void show_progress(bool last);
    /// Locked by who calls.
    void add_rejected(RejectedFile file);

    Language language_;
    Collection& collection_;
    std::string password_;
    std::string left_out_;
    std::mutex collection_mutex_;
    std::size_t done_ = 0;
    std::int64_t shown_at_ = 0;
    bool has_terminal_ = false;

    SharedForms forms_;
    std::mutex queue_mutex_;
    std::condition_variable has_work_;
    std::condition_variable has_room_;
    std::deque<Piece> queue_;
    std::size_t queued_bytes_ = 0;
    bool no_more_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace duibiao::cli
