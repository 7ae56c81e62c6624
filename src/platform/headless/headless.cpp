#include "platform/headless/headless.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

namespace duibiao::headless {
namespace {

constexpr std::int64_t china_seconds = std::int64_t{8} * 3600;
constexpr std::int64_t day_seconds = std::int64_t{24} * 3600;

/// Seconds since 1970 of "2026-11-21T06:03:34Z"; nothing when it is none.
std::optional<std::int64_t> parse_instant(std::string_view instant) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    const std::string text(instant);
    const int read = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ",  // NOLINT(cert-err34-c)
                                 &year, &month, &day, &hour, &minute, &second);
    const Date date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (read != 6 || !date.ok()) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return days * day_seconds + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
}

Date date_of(std::int64_t seconds) {
    const auto time = std::chrono::sys_seconds(std::chrono::seconds(seconds));
    return Date{std::chrono::floor<std::chrono::days>(time)};
}

std::string format_time(std::int64_t seconds, char middle, const char* end) {
    const Date date = date_of(seconds);
    const auto rest = static_cast<int>(((seconds % day_seconds) + day_seconds) % day_seconds);
    std::array<char, 48> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u%c%02d:%02d:%02d%s", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), middle, rest / 3600,
                      rest / 60 % 60, rest % 60, end);
    return std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::vector<command::StoredText> texts_of(const std::map<std::string, std::string>& records) {
    std::vector<command::StoredText> texts;
    texts.reserve(records.size());
    for (const auto& [id, text] : records) texts.push_back({id, text});
    return texts;
}

}  // namespace

// --- Clock, random ----------------------------------------------------------------------------------------------

FixedClock::FixedClock(std::string instant) : start_seconds_(parse_instant(instant).value_or(0)) {}

std::string FixedClock::now() const { return format_time(start_seconds_ + ticks_ms_ / 1000, 'T', "Z"); }

Date FixedClock::today() const { return date_of(start_seconds_ + ticks_ms_ / 1000 + china_seconds); }

std::string FixedClock::local_time(std::string_view instant) const {
    const auto seconds = parse_instant(instant);
    return seconds ? format_time(*seconds + china_seconds, ' ', "") : std::string(instant);
}

std::string CountingRandom::unique_id() {
    std::string id(12, 'a');
    std::uint64_t rest = next_++;
    for (std::size_t place = id.size(); rest > 0 && place > 0; rest /= 26) {
        id[--place] = static_cast<char>('a' + static_cast<char>(rest % 26));
    }
    return id;
}

// --- Storage ----------------------------------------------------------------------------------------------------

void MemoryStorage::fail_next(std::string reason, int times) {
    failure_ = std::move(reason);
    failures_left_ = times;
}

std::vector<Command> MemoryStorage::take_answers() { return std::exchange(answers_, {}); }

bool MemoryStorage::fails(std::uint64_t token) {
    if (failures_left_ == 0) return false;
    --failures_left_;
    answer(command::StorageFailed{token, failure_, {}});
    return true;
}

std::vector<command::StoredText> MemoryStorage::cards() const {
    std::vector<command::StoredText> texts;
    for (const auto& [id, text] : disk_.cards) {
        if (disk_.deleted.count(id) == 0) texts.push_back({id, text});
    }
    return texts;
}

void MemoryStorage::open() {
    if (fails(0)) return;
    answer(command::StorageOpened{cards(), texts_of(disk_.settings), texts_of(disk_.instruments), false,
                                  static_cast<int>(disk_.aside.size()), disk_.recovery});
}

command::DocumentLoaded MemoryStorage::read(const std::string& document) const {
    command::DocumentLoaded loaded;
    loaded.document = document;
    const auto snapshot = disk_.documents.find(document);
    if (snapshot == disk_.documents.end()) return loaded;
    loaded.found = true;
    loaded.sequence = snapshot->second.sequence;
    loaded.snapshot = snapshot->second.text;
    const auto edits = disk_.edits.find(document);
    if (edits == disk_.edits.end()) return loaded;
    for (const auto& [sequence, text] : edits->second) {
        if (sequence >= loaded.sequence) loaded.edits.push_back({sequence, text});
    }
    return loaded;
}

void MemoryStorage::load(std::string_view document) {
    if (fails(0)) return;
    answer(read(std::string(document)));
    claim(std::string(document));
}

void MemoryStorage::peek(std::string_view document) {
    if (!fails(0)) answer(read(std::string(document)));
}

void MemoryStorage::load_all() {
    if (fails(0)) return;
    command::AllLoaded all;
    for (const command::StoredText& card : cards()) {
        all.documents.push_back(read(card.id));
        const auto writer = disk_.writers.find(card.id);
        all.documents.back().elsewhere = writer != disk_.writers.end() && writer->second != this;
    }
    answer(std::move(all));
}

void MemoryStorage::claim(const std::string& document) {
    const auto writer = disk_.writers.try_emplace(document, this).first;
    answer(command::LockChanged{document, writer->second == this});
}

void MemoryStorage::put_snapshot(std::string_view document, std::uint64_t sequence, std::string_view snapshot,
                                 std::string_view card, std::uint64_t token, Replaced replaced) {
    if (fails(token)) return;
    const std::string id(document);
    if (disk_.documents.count(id) == 0) claim(id);
    if (replaced == Replaced::put_aside) {
        disk_.aside.push_back(disk_.documents[id].text);
        for (const auto& [number, edit] : disk_.edits[id]) disk_.aside.push_back(edit);
    }
    disk_.documents[id] = Disk::Snapshot{sequence, std::string(snapshot)};
    disk_.edits.erase(id);
    disk_.cards[id] = card;
    saved(token);
}

void MemoryStorage::put_edits(std::string_view document, std::uint64_t first, const std::vector<std::string>& edits,
                              std::string_view card, std::uint64_t token) {
    if (fails(token)) return;
    for (const std::string& edit : edits) disk_.edits[std::string(document)][first++] = edit;
    disk_.cards[std::string(document)] = card;
    saved(token);
}

void MemoryStorage::put_card(std::string_view document, std::string_view card, std::uint64_t token) {
    if (fails(token)) return;
    disk_.cards[std::string(document)] = card;
    saved(token);
}

void MemoryStorage::put_setting(std::string_view key, std::string_view value, std::uint64_t token) {
    if (fails(token)) return;
    disk_.settings[std::string(key)] = value;
    saved(token);
}

void MemoryStorage::put_instrument(std::string_view id, std::string_view definition, std::uint64_t token) {
    if (fails(token)) return;
    disk_.instruments[std::string(id)] = definition;
    saved(token);
}

void MemoryStorage::remove(std::string_view document, std::uint64_t token) {
    if (fails(token)) return;
    disk_.deleted.emplace(document);
    saved(token);
}

void MemoryStorage::restore(std::string_view document, std::uint64_t token) {
    if (fails(token)) return;
    disk_.deleted.erase(std::string(document));
    saved(token);
}

void MemoryStorage::rescue() {
    std::string content;
    for (const std::string& record : disk_.aside) content += record + "\n";
    answer(command::RecordsRescued{content});
}

void MemoryStorage::close(std::string_view document) {
    const auto writer = disk_.writers.find(std::string(document));
    if (writer != disk_.writers.end() && writer->second == this) disk_.writers.erase(writer);
}

void MemoryStorage::take_over(std::string_view document) {
    disk_.writers[std::string(document)] = this;
    answer(command::LockChanged{std::string(document), true});
}

// --- What leaves the program ------------------------------------------------------------------------------------

void RecordedFiles::share(std::string_view name, std::string_view mime, std::string_view, std::string_view content) {
    shared.push_back({std::string(name), std::string(mime), std::string(content)});
}

void RecordedFiles::write_mail(std::string_view to, std::string_view subject, std::string_view body) {
    mails.push_back({std::string(to), std::string(subject), std::string(body)});
}

void RecordedFiles::download(std::string_view name, std::string_view mime, std::string_view content) {
    downloads.push_back({std::string(name), std::string(mime), std::string(content)});
}

void RecordedFiles::save_copy(std::string_view name, std::string_view id, std::string_view backup) {
    copies.push_back({std::string(name), std::string(id), std::string(backup)});
}

void RecordedFiles::print(std::string_view title, std::string_view body) {
    prints.push_back({std::string(title), std::string(body)});
}

void RecordedLocation::replace(std::string_view route) { history.back() = route; }

}  // namespace duibiao::headless
