#include "platform/web/ports.hpp"

#include <emscripten.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "core/json.hpp"
#include "platform/web/bridge.hpp"

// clang-format off
EM_JS(double, duibiao_js_now, (), { return Date.now(); });
EM_JS(int, duibiao_js_zone_minutes, (double epoch_ms), { return -new Date(epoch_ms).getTimezoneOffset(); });
EM_JS(void, duibiao_js_random, (unsigned char* bytes, int size), {
    crypto.getRandomValues(HEAPU8.subarray(bytes, bytes + size));
});
// clang-format on

namespace duibiao::web {
namespace {

using std::chrono::sys_seconds;

sys_seconds utc_now() { return sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(duibiao_js_now() / 1000))); }

sys_seconds in_users_zone(sys_seconds instant) {
    const auto epoch_ms = static_cast<double>(instant.time_since_epoch().count()) * 1000;
    return instant + std::chrono::minutes(duibiao_js_zone_minutes(epoch_ms));
}

/// "2026-11-21 14:03:34" with the two given marks between and behind.
std::string format_time(sys_seconds time, char middle, const char* end) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const auto seconds = static_cast<int>((time - day).count());
    std::array<char, 48> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u%c%02d:%02d:%02d%s", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), middle, seconds / 3600,
                      seconds / 60 % 60, seconds % 60, end);
    return std::string(buffer.data(), static_cast<std::size_t>(size));
}

class BrowserClock final : public Clock {
public:
    std::string now() const override { return format_time(utc_now(), 'T', "Z"); }

    Date today() const override { return Date{std::chrono::floor<std::chrono::days>(in_users_zone(utc_now()))}; }

    std::string local_time(std::string_view instant) const override {
        int year = 0;
        unsigned month = 0;
        unsigned day = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        const std::string text(instant);
        if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ", &year, &month, &day, &hour, &minute, &second) != 6) {
            return text;
        }
        const Date date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
        if (!date.ok()) return text;
        const sys_seconds time = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                                 std::chrono::seconds(second);
        return format_time(in_users_zone(time), ' ', "");
    }

    std::int64_t ticks_ms() const override { return static_cast<std::int64_t>(emscripten_get_now()); }
};

class BrowserRandom final : public Random {
public:
    std::string unique_id() override {
        constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
        std::array<unsigned char, 12> bytes{};
        duibiao_js_random(bytes.data(), static_cast<int>(bytes.size()));
        std::string id;
        for (const unsigned char byte : bytes) id += letters[byte % letters.size()];
        return id;
    }
};

/// Writes {"op":…,"token":…,…}: one storage request.
class Request {
public:
    explicit Request(std::string_view operation) { add("op", operation); }

    Request& add(std::string_view key, std::string_view text) {
        append_key(key);
        append_json_string(header_, text);
        return *this;
    }
    Request& add(std::string_view key, std::uint64_t number) {
        append_key(key);
        header_ += std::to_string(number);
        return *this;
    }
    /// A text that may be long: its size in the header, its bytes in the body.
    Request& add_body(std::string_view key, std::string_view text) {
        body_ += text;
        return add(key, static_cast<std::uint64_t>(text.size()));
    }
    Request& add_bodies(std::string_view key, const std::vector<std::string>& texts) {
        append_key(key);
        header_ += '[';
        for (const std::string& text : texts) {
            if (header_.back() != '[') header_ += ',';
            header_ += std::to_string(text.size());
            body_ += text;
        }
        header_ += ']';
        return *this;
    }
    void send(std::string_view type) {
        header_ += '}';
        bridge::post(type, header_, body_);
    }

private:
    void append_key(std::string_view key) {
        header_ += header_.empty() ? "{\"" : ",\"";
        header_ += key;
        header_ += "\":";
    }

    std::string header_;
    std::string body_;
};

class BrowserStorage final : public Storage {
public:
    void open() override { Request("open").send("storage"); }
    void load(std::string_view document) override { Request("load").add("document", document).send("storage"); }
    void peek(std::string_view document) override { Request("peek").add("document", document).send("storage"); }
    void load_all() override { Request("load_all").send("storage"); }
    void put_snapshot(std::string_view document, std::uint64_t sequence, std::string_view snapshot,
                      std::string_view card, std::uint64_t token, Replaced replaced) override {
        Request("put_snapshot")
            .add("document", document)
            .add("sequence", sequence)
            .add("token", token)
            .add("aside", std::uint64_t{replaced == Replaced::put_aside})
            .add("erase", std::uint64_t{replaced == Replaced::erased})
            .add_body("snapshot", snapshot)
            .add_body("card", card)
            .send("storage");
    }
    void put_edits(std::string_view document, std::uint64_t first, const std::vector<std::string>& edits,
                   std::string_view card, std::uint64_t token) override {
        Request("put_edits")
            .add("document", document)
            .add("sequence", first)
            .add("token", token)
            .add_bodies("edits", edits)
            .add_body("card", card)
            .send("storage");
    }
    void put_card(std::string_view document, std::string_view card, std::uint64_t token) override {
        Request("put_card").add("document", document).add("token", token).add_body("card", card).send("storage");
    }
    void put_setting(std::string_view key, std::string_view value, std::uint64_t token) override {
        Request("put_setting").add("key", key).add("token", token).add_body("value", value).send("storage");
    }
    void put_instrument(std::string_view id, std::string_view definition, std::uint64_t token) override {
        Request("put_instrument").add("id", id).add("token", token).add_body("definition", definition).send("storage");
    }
    void remove(std::string_view document, std::uint64_t token) override {
        Request("remove").add("document", document).add("token", token).send("storage");
    }
    void restore(std::string_view document, std::uint64_t token) override {
        Request("restore").add("document", document).add("token", token).send("storage");
    }
    void rescue() override { Request("rescue").send("storage"); }
    void close(std::string_view document) override { Request("close").add("document", document).send("storage"); }
    void take_over(std::string_view document) override {
        Request("take_over").add("document", document).send("storage");
    }
};

class BrowserFiles final : public Files {
public:
    void download(std::string_view name, std::string_view mime, std::string_view content) override {
        std::string header = "{\"name\":";
        append_json_string(header, name);
        header += ",\"mime\":";
        append_json_string(header, mime);
        header += '}';
        bridge::post("download", header, content);
    }
    void copy(std::string_view text) override {
        std::string header = "{\"text\":";
        append_json_string(header, text);
        header += '}';
        bridge::post("copy", header);
    }
    void copy_link(std::string_view route, std::string_view text) override {
        Request("copy").add("route", route).add("text", text).send("copy_link");
    }
    void pick() override { bridge::post("pick", "{}"); }
    void save_copy(std::string_view name, std::string_view id, std::string_view backup) override {
        std::string header = "{\"name\":";
        append_json_string(header, name);
        header += ",\"id\":";
        append_json_string(header, id);
        header += '}';
        bridge::post("save_copy", header, backup);
    }
    void take_carried() override { bridge::post("take_carried", "{}"); }
    void write_office(const OfficeJob& job) override {
        Request("write")
            .add("format", job.format)
            .add("name", job.name)
            .add("language", job.language)
            .add("today", job.today)
            .add("attach", job.attach)
            .add("to", job.to)
            .add("password", job.password)
            .add("masked", job.masked ? "yes" : "")
            .add_body("form", job.form)
            .add("left_out", job.left_out)
            .add_body("report", job.report)
            .add_body("given", job.given)
            .send("office");
    }
    void stop_opening() override { bridge::post("stop_opening", "{}"); }
    void share(std::string_view name, std::string_view mime, std::string_view title,
               std::string_view content) override {
        Request("share")
            .add("name", name)
            .add("mime", mime)
            .add("title", title)
            .add_body("size", content)
            .send("share");
    }
    void write_mail(std::string_view to, std::string_view subject, std::string_view body) override {
        Request("write").add("to", to).add("subject", subject).add("body", body).send("write_mail");
    }
    void print(std::string_view title, std::string_view body) override {
        std::string header = "{\"title\":";
        append_json_string(header, title);
        header += '}';
        bridge::post("print", header, body);
    }
};

class BrowserFolder final : public Folder {
public:
    void choose() override { Request("choose").send("folder"); }
    void allow() override { Request("allow").send("folder"); }
    void write(std::string_view day, std::string_view at, std::string_view backup) override {
        Request("write").add("day", day).add("at", at).add_body("backup", backup).send("folder");
    }
    void forget() override { Request("forget").send("folder"); }
};

class BrowserLocation final : public Location {
public:
    void push(std::string_view route) override { send(route, "push"); }
    void replace(std::string_view route) override { send(route, "replace"); }

private:
    static void send(std::string_view route, std::string_view how) { Request(how).add("route", route).send("route"); }
};

class BrowserAnnouncer final : public Announcer {
public:
    void announce(std::string_view sentence) override {
        std::string header = "{\"text\":";
        append_json_string(header, sentence);
        header += '}';
        bridge::post("announce", header);
    }
};

class BrowserVersions final : public Versions {
public:
    void take_newest() override { bridge::post("take_update", "{}"); }
    void bring_desk_part() override { bridge::post("part", "{}"); }
};

class BrowserDesk final : public DeskWorker {
public:
    void open(const DeskJob& job) override {
        std::vector<std::string> parts{job.report};
        parts.insert(parts.end(), job.forms.begin(), job.forms.end());
        std::string campaigns;
        for (const std::string& id : job.campaigns) campaigns += (campaigns.empty() ? "" : ",") + id;
        Request("open")
            .add("campaign", job.campaign)
            .add("campaigns", campaigns)
            .add("english", std::uint64_t{job.is_english})
            .add_bodies("parts", parts)
            .send("desk_open");
    }
    void set_campaign(std::string_view report) override { bridge::post("desk_campaign", "{}", report); }
    void close() override { bridge::post("desk_close", "{}"); }
    void pick(bool folder) override { Request("pick").add("folder", std::uint64_t{folder}).send("desk_pick"); }
    void stop() override { bridge::post("desk_stop", "{}"); }
    void set_password(std::string_view password) override {
        Request("password").add("password", password).send("desk_password");
    }
    void fetch(std::string_view key) override { Request("fetch").add("key", key).send("desk_fetch"); }
    void revise(std::string_view key, std::string_view report) override {
        Request("revise").add("key", key).add_body("size", report).send("desk_revise");
    }
    void find_weak(std::string_view today) override { Request("weak").add("today", today).send("desk_weak"); }
    void write(const DeskPaperJob& job) override {
        Request("write")
            .add("paper", job.paper)
            .add("format", job.format)
            .add("name", job.name)
            .add("today", job.today)
            .add("document", job.document)
            .add("words", job.words)
            .add("ranked", job.is_ranked ? "yes" : "")
            .add_body("size", job.units)
            .send("desk_write");
    }
};

using Header = nlohmann::json;

std::vector<Command>* inbox_of_page = nullptr;
void (*command_arrived)() = nullptr;

void report(Command command) {
    inbox_of_page->push_back(std::move(command));
    command_arrived();
}

/// [{"id":…,"size":…},…] with the texts in the body.
std::vector<command::StoredText> stored_texts(const Header& header, const char* key, std::string_view& body) {
    std::vector<command::StoredText> texts;
    const auto list = header.find(key);
    if (list == header.end()) return texts;
    for (const Header& entry : *list) {
        command::StoredText& text = texts.emplace_back();
        text.id = bridge::text_of(entry, "id");
        text.text = bridge::take(body, bridge::number_of(entry, "size"));
    }
    return texts;
}

/// Whether the data had been lost.
Recovery recovery_of(const Header& header) {
    if (bridge::flag_of(header, "lost")) return Recovery::lost;
    return bridge::flag_of(header, "restored") ? Recovery::restored : Recovery::none;
}

void opened(const Header& header, std::string_view body) {
    command::StorageOpened answer;
    answer.cards = stored_texts(header, "cards", body);
    answer.settings = stored_texts(header, "settings", body);
    answer.instruments = stored_texts(header, "instruments", body);
    answer.persisted = bridge::flag_of(header, "persisted");
    answer.aside = static_cast<int>(bridge::number_of(header, "aside"));
    answer.recovery = recovery_of(header);
    report(std::move(answer));
}

command::DocumentLoaded loaded_document(const Header& header, std::string_view& body) {
    command::DocumentLoaded document;
    document.document = bridge::text_of(header, "document");
    document.found = bridge::flag_of(header, "found");
    document.sequence = static_cast<std::uint64_t>(bridge::number_of(header, "sequence"));
    document.snapshot = bridge::take(body, bridge::number_of(header, "snapshot"));
    document.quarantined = static_cast<int>(bridge::number_of(header, "quarantined"));
    document.elsewhere = bridge::flag_of(header, "elsewhere");
    if (const auto list = header.find("edits"); list != header.end()) {
        for (const Header& entry : *list) {
            command::StoredEdit& edit = document.edits.emplace_back();
            edit.sequence = static_cast<std::uint64_t>(bridge::number_of(entry, "sequence"));
            edit.text = bridge::take(body, bridge::number_of(entry, "size"));
        }
    }
    return document;
}

void loaded(const Header& header, std::string_view body) { report(loaded_document(header, body)); }

void all_loaded(const Header& header, std::string_view body) {
    command::AllLoaded answer;
    if (const auto list = header.find("documents"); list != header.end()) {
        for (const Header& entry : *list) answer.documents.push_back(loaded_document(entry, body));
    }
    report(std::move(answer));
}

void rescued(const Header&, std::string_view body) { report(command::RecordsRescued{std::string(body)}); }

void saved(const Header& header, std::string_view) {
    report(command::StorageSaved{static_cast<std::uint64_t>(bridge::number_of(header, "token")),
                                 bridge::flag_of(header, "kept")});
}

void failed(const Header& header, std::string_view) {
    report(command::StorageFailed{static_cast<std::uint64_t>(bridge::number_of(header, "token")),
                                  bridge::text_of(header, "reason"), bridge::text_of(header, "document")});
}

void lock_changed(const Header& header, std::string_view) {
    report(command::LockChanged{bridge::text_of(header, "document"), bridge::flag_of(header, "writer")});
}

void cards_changed(const Header& header, std::string_view body) {
    report(command::CardsChanged{stored_texts(header, "cards", body), recovery_of(header)});
}

void file_arrived(const Header& header, std::string_view body) {
    report(
        command::FileArrived{bridge::text_of(header, "name"), std::string(body), bridge::flag_of(header, "too_large")});
}

void files_announced(const Header& header, std::string_view) {
    report(command::FilesAnnounced{static_cast<std::size_t>(bridge::number_of(header, "count"))});
}

void route_changed(const Header& header, std::string_view) {
    report(command::RouteChanged{bridge::text_of(header, "route")});
}

void update_changed(const Header& header, std::string_view) {
    using News = command::UpdateChanged::News;
    const std::string state = bridge::text_of(header, "state");
    report(command::UpdateChanged{state == "ready"       ? News::ready
                                  : state == "elsewhere" ? News::elsewhere
                                                         : News::unsaved});
}

void offline_known(const Header& header, std::string_view) {
    using How = command::OfflineKnown::How;
    const std::string state = bridge::text_of(header, "state");
    report(command::OfflineKnown{state == "ready" ? How::ready : state == "file" ? How::file : How::refused});
}

void copy_saved(const Header& header, std::string_view) { report(command::CopySaved{bridge::flag_of(header, "done")}); }

void folder_known(const Header& header, std::string_view) {
    using How = command::FolderKnown::How;
    const std::string how = bridge::text_of(header, "how");
    report(command::FolderKnown{how == "ready"     ? How::ready
                                : how == "waiting" ? How::waiting
                                                   : How::none,
                                bridge::text_of(header, "name"), bridge::text_of(header, "last")});
}

void folder_written(const Header& header, std::string_view) {
    report(command::FolderWritten{bridge::flag_of(header, "done"), bridge::text_of(header, "at")});
}

void office_written(const Header& header, std::string_view body) {
    report(command::OfficeWritten{bridge::text_of(header, "format"), bridge::flag_of(header, "done"), std::string(body),
                                  bridge::text_of(header, "name"), bridge::flag_of(header, "locked")});
}

void opening_went(const Header& header, std::string_view) {
    report(command::OpeningWent{static_cast<int>(bridge::number_of(header, "percent"))});
}

void sharing_known(const Header& header, std::string_view) {
    report(command::SharingKnown{bridge::flag_of(header, "possible")});
}

void carried_arrived(const Header& header, std::string_view body) {
    report(command::CarriedArrived{bridge::text_of(header, "id"), std::string(body)});
}

void part_brought(const Header& header, std::string_view) {
    report(command::PartBrought{bridge::flag_of(header, "here")});
}

void desk_shown(const Header& header, std::string_view body) {
    report(command::DeskShown{bridge::text_of(header, "campaign"), std::string(body)});
}

void desk_went(const Header& header, std::string_view) {
    const auto number = [&](const char* key) { return static_cast<std::int64_t>(bridge::number_of(header, key)); };
    report(command::DeskWent{number("done"), number("total"), number("fresh"), number("before"), number("refused"),
                             number("left"), bridge::flag_of(header, "last")});
}

void desk_report(const Header& header, std::string_view body) {
    report(command::DeskReport{bridge::text_of(header, "key"), std::string(body)});
}

void desk_written(const Header& header, std::string_view body) {
    report(command::DeskWritten{bridge::text_of(header, "format"), bridge::flag_of(header, "done"), std::string(body)});
}

void desk_weak(const Header& header, std::string_view body) {
    report(command::WeakFound{bridge::text_of(header, "campaign"), bridge::flag_of(header, "done"), std::string(body)});
}

void desk_failed(const Header& header, std::string_view) {
    report(command::DeskFailed{bridge::text_of(header, "reason")});
}

}  // namespace

Ports& browser_ports() {
    static BrowserClock clock;
    static BrowserRandom random;
    static BrowserStorage storage;
    static BrowserFiles files;
    static BrowserFolder folder;
    static BrowserLocation location;
    static BrowserAnnouncer announcer;
    static BrowserVersions versions;
    static BrowserDesk desk;
    static Ports ports{clock, random, storage, files, folder, location, announcer, versions, desk};
    return ports;
}

void listen_for_commands(std::vector<Command>& inbox, void (*arrived)()) {
    inbox_of_page = &inbox;
    command_arrived = arrived;
    bridge::on("opened", opened);
    bridge::on("loaded", loaded);
    bridge::on("all_loaded", all_loaded);
    bridge::on("rescued", rescued);
    bridge::on("saved", saved);
    bridge::on("failed", failed);
    bridge::on("lock", lock_changed);
    bridge::on("cards", cards_changed);
    bridge::on("files", files_announced);
    bridge::on("file", file_arrived);
    bridge::on("route", route_changed);
    bridge::on("update", update_changed);
    bridge::on("offline", offline_known);
    bridge::on("copy_saved", copy_saved);
    bridge::on("carried", carried_arrived);
    bridge::on("office_written", office_written);
    bridge::on("opening_went", opening_went);
    bridge::on("folder", folder_known);
    bridge::on("folder_written", folder_written);
    bridge::on("sharing", sharing_known);
    bridge::on("part", part_brought);
    bridge::on("desk_view", desk_shown);
    bridge::on("desk_went", desk_went);
    bridge::on("desk_report", desk_report);
    bridge::on("desk_written", desk_written);
    bridge::on("desk_weak", desk_weak);
    bridge::on("desk_failed", desk_failed);
}

}  // namespace duibiao::web
