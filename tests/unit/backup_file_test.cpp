#include "app/backup_file.hpp"

#include <doctest/doctest.h>

using namespace duibiao;
using namespace duibiao::app;

namespace {

constexpr std::size_t plenty = 1'000'000;

Backup some_backup() { return {{"{\"a\":1}\n", "{\"b\":\"二\"}\n", "{\"c\":3}\n"}, {"{\"id\":\"own\"}"}, {}}; }

std::size_t count_reports(const std::string& file) {
    const auto json = parse_json(file, plenty);
    REQUIRE(json);
    CHECK(check_backup(*json));
    CHECK(json->at("instruments") == Json::array({"{\"id\":\"own\"}"}));
    CHECK(canonical_json(*json) + "\n" == file);
    return json->at("reports").size();
}

}  // namespace

TEST_CASE("backup: one file where everything fits") {
    const auto files = write_backup(some_backup(), plenty);
    REQUIRE(files.size() == 1);
    CHECK(count_reports(files[0]) == 3);
    CHECK(write_backup(some_backup(), files[0].size()).size() == 1);
}

TEST_CASE("backup: several files where it does not; each is whole, none too large, no report missing") {
    const std::size_t whole = write_backup(some_backup(), plenty)[0].size();
    for (std::size_t most = 1; most < whole; ++most) {
        const auto files = write_backup(some_backup(), most);
        CHECK(files.size() >= 2);
        std::size_t reports = 0;
        for (const std::string& file : files) {
            const std::size_t held = count_reports(file);
            CHECK(held >= 1);
            CHECK((held == 1 || file.size() <= most));
            reports += held;
        }
        CHECK(reports == 3);
    }
}

TEST_CASE("backup: nothing at all is a file, too") {
    const auto files = write_backup({}, 1);
    REQUIRE(files.size() == 1);
    CHECK(check_backup(*parse_json(files[0], plenty)));
}

TEST_CASE("backup: what is no backup of this version is said") {
    const auto code_of = [](const char* text) {
        const Done done = check_backup(*parse_json(text, plenty));
        return done ? std::string() : std::string(done.error().code);
    };
    CHECK(code_of(R"({"version":2,"reports":[]})") == "backup-version");
    CHECK(code_of(R"({"version":1})") == "backup-format");
    CHECK(code_of(R"({"version":1,"reports":[],"instruments":{}})") == "backup-format");
    CHECK(code_of(R"({"version":"1","reports":[]})") == "backup-format");
}
