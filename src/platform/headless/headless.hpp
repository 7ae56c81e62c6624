// The app's ports without a browser, for tests: a clock that stands where it is put, storage in memory that can be told
// to fail, and everything that would leave the program written down.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/ports.hpp"

namespace duibiao::headless {

/// Stands still until it is moved. The user's zone is China's.
class FixedClock final : public Clock {
public:
    explicit FixedClock(std::string instant = "2026-11-21T06:03:34Z");
    [[nodiscard]] std::string now() const override;
    [[nodiscard]] Date today() const override;
    [[nodiscard]] std::string local_time(std::string_view instant) const override;
    [[nodiscard]] std::int64_t ticks_ms() const override { return ticks_ms_; }

    void advance_ms(std::int64_t milliseconds) { ticks_ms_ += milliseconds; }

private:
    std::int64_t start_seconds_ = 0;  ///< since 1970, UTC
    std::int64_t ticks_ms_ = 0;
};

/// "aaaaaaaaaaab", "aaaaaaaaaaac", …: the same in every run.
class CountingRandom final : public Random {
public:
    explicit CountingRandom(std::uint64_t first = 1) : next_(first) {}
    [[nodiscard]] std::string unique_id() override;

private:
    std::uint64_t next_;
};

/// What a browser keeps when its tabs are closed.
struct Disk {
    struct Snapshot {
        std::uint64_t sequence = 0;
        std::string text;
    };
    std::map<std::string, Snapshot> documents;
    std::map<std::string, std::map<std::uint64_t, std::string>> edits;  ///< by document and number
    std::map<std::string, std::string> cards;
    std::map<std::string, std::string> settings;
    std::map<std::string, std::string> instruments;
    std::set<std::string> deleted;
    std::vector<std::string> aside;              ///< records that a snapshot replaced
    Recovery recovery = Recovery::none;          ///< what the next visit is told
    std::map<std::string, const void*> writers;  ///< which storage may write a document
};

/// One tab's storage. Answers wait until they are taken, as a browser's come later.
class MemoryStorage final : public Storage {
public:
    explicit MemoryStorage(Disk& disk) : disk_(disk) {}

    void open() override;
    void load(std::string_view document) override;
    void peek(std::string_view document) override;
    void load_all() override;
    void put_snapshot(std::string_view document, std::uint64_t sequence, std::string_view snapshot,
                      std::string_view card, std::uint64_t token, Replaced replaced) override;
    void put_edits(std::string_view document, std::uint64_t first, const std::vector<std::string>& edits,
                   std::string_view card, std::uint64_t token) override;
    void put_card(std::string_view document, std::string_view card, std::uint64_t token) override;
    void put_setting(std::string_view key, std::string_view value, std::uint64_t token) override;
    void put_instrument(std::string_view id, std::string_view definition, std::uint64_t token) override;
    void remove(std::string_view document, std::uint64_t token) override;
    void restore(std::string_view document, std::uint64_t token) override;
    void rescue() override;
    void close(std::string_view document) override;
    void take_over(std::string_view document) override;

    /// The next `times` requests that can fail do so with this reason (command::StorageFailed); nothing is written.
    void fail_next(std::string reason, int times = 1);
    /// The answers so far, oldest first.
    [[nodiscard]] std::vector<Command> take_answers();

private:
    [[nodiscard]] bool fails(std::uint64_t token);
    [[nodiscard]] command::DocumentLoaded read(const std::string& document) const;
    [[nodiscard]] std::vector<command::StoredText> cards() const;
    void claim(const std::string& document);
    void answer(Command command) { answers_.push_back(std::move(command)); }
    void saved(std::uint64_t token) { answer(command::StorageSaved{token}); }

    Disk& disk_;
    std::vector<Command> answers_;
    std::string failure_;
    int failures_left_ = 0;
};

class RecordedFiles final : public Files {
public:
    struct Download {
        std::string name;
        std::string mime;
        std::string content;
    };
    struct Printed {
        std::string title;
        std::string body;
    };
    void download(std::string_view name, std::string_view mime, std::string_view content) override;
    void copy(std::string_view text) override { copied = text; }
    void copy_link(std::string_view route, std::string_view text) override {
        copied = std::string(text) + " " + std::string(route);
    }
    void pick() override { ++picks; }
    void save_copy(std::string_view name, std::string_view id, std::string_view backup) override;
    void take_carried() override { ++looks; }
    void write_office(const OfficeJob& job) override { office_jobs.push_back(job); }
    void stop_opening() override { ++stopped; }
    void share(std::string_view name, std::string_view mime, std::string_view title, std::string_view content) override;
    void write_mail(std::string_view to, std::string_view subject, std::string_view body) override;
    void print(std::string_view title, std::string_view body) override;

    struct Mail {
        std::string to;
        std::string subject;
        std::string body;
    };
    std::vector<OfficeJob> office_jobs;
    int stopped = 0;  ///< opening a locked file
    std::vector<Download> downloads;
    std::vector<Download> shared;
    std::vector<Mail> mails;
    std::string copied;
    std::vector<Printed> prints;
    int picks = 0;
    struct Copy {
        std::string name;
        std::string id;
        std::string backup;
    };
    std::vector<Copy> copies;
    int looks = 0;  ///< for what the page's own file carries
};

class RecordedFolder final : public Folder {
public:
    void choose() override { ++choices; }
    void allow() override { ++asked; }
    void write(std::string_view day, std::string_view at, std::string_view backup) override {
        copies.push_back({std::string(day), std::string(at), std::string(backup)});
    }
    void forget() override { ++forgotten; }

    struct Copy {
        std::string day;
        std::string at;
        std::string backup;
    };
    std::vector<Copy> copies;
    int choices = 0;
    int asked = 0;
    int forgotten = 0;
};

class RecordedLocation final : public Location {
public:
    void push(std::string_view route) override { history.emplace_back(route); }
    void replace(std::string_view route) override;

    std::vector<std::string> history{"/"};  ///< the current route is the last
};

class RecordedAnnouncer final : public Announcer {
public:
    void announce(std::string_view sentence) override { sentences.emplace_back(sentence); }

    std::vector<std::string> sentences;
};

class RecordedVersions final : public Versions {
public:
    void take_newest() override { ++taken; }
    void bring_desk_part() override { ++parts; }

    int taken = 0;
    int parts = 0;
};

class RecordedDesk final : public DeskWorker {
public:
    void open(const DeskJob& job) override { jobs.push_back(job); }
    void set_campaign(std::string_view report) override { campaigns.emplace_back(report); }
    void close() override { ++closed; }
    void pick(bool folder) override { folder ? ++folders : ++picks; }
    void stop() override { ++stopped; }
    void set_password(std::string_view) override {}
    void fetch(std::string_view key) override { fetched.emplace_back(key); }
    void revise(std::string_view key, std::string_view report) override {
        revised.emplace_back(std::string(key), std::string(report));
    }
    void find_weak(std::string_view) override { ++weak_asked; }
    void write(const DeskPaperJob& job) override { written.push_back(job); }

    std::vector<DeskJob> jobs;
    std::vector<std::string> campaigns;
    std::vector<std::string> fetched;
    std::vector<std::pair<std::string, std::string>> revised;
    std::vector<DeskPaperJob> written;
    int weak_asked = 0;
    int closed = 0;
    int picks = 0;
    int folders = 0;
    int stopped = 0;
};

/// One tab with everything the app needs.
struct Tab {
    explicit Tab(Disk& disk, std::uint64_t first_id = 1) : random(first_id), storage(disk) {}
    [[nodiscard]] Ports ports() { return {clock, random, storage, files, folder, location, announcer, versions, desk}; }

    FixedClock clock;
    CountingRandom random;
    MemoryStorage storage;
    RecordedFiles files;
    RecordedFolder folder;
    RecordedLocation location;
    RecordedAnnouncer announcer;
    RecordedVersions versions;
    RecordedDesk desk;
};

}  // namespace duibiao::headless
