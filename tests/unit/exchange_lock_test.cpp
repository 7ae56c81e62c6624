#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "core/limits.hpp"
#include "exchange/lock.hpp"

using namespace duibiao;

namespace {

LockSeed seed_of(std::uint8_t first) {
    LockSeed seed{};
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(first + i);
    return seed;
}

const NamedFile file{"市第一人民医院党委.json", std::string("{\"a\":1}\0\xFF", 9)};
constexpr std::string_view password = "正确的马电池订书钉";

std::string locked() {
    static const std::string bytes = *lock_file(file, password, seed_of(1));
    return bytes;
}

std::string code_of(std::string_view bytes, std::string_view tried) {
    const auto opened = open_locked(bytes, tried);
    return opened ? "" : opened.error().code;
}

std::string with_rounds(std::uint32_t rounds) {
    std::string bytes = locked();
    for (std::size_t i = 12; i-- > 8; rounds >>= 8U) bytes[i] = static_cast<char>(rounds & 0xFFU);
    return bytes;
}

}  // namespace

TEST_CASE("opening says how far it is, and any number of steps makes the same key") {
    std::vector<int> told;
    REQUIRE(open_locked(locked(), password, [&told](int percent) { told.push_back(percent); }));
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.size() == lock::rounds / lock::step_rounds);
    CHECK(told.back() == 100);
    // RFC 7914, section 11: the first 32 bytes.
    LockKey key("passwd", "salt", 1);
    CHECK(key.is_made());
    CHECK(key.bytes().substr(0, 4) == "\x55\xAC\x04\x6E");
    LockKey whole("Password", "NaCl", 80'000);
    CHECK(whole.bytes().empty());
    whole.work(100'000);
    LockKey parts("Password", "NaCl", 80'000);
    for (const std::uint32_t step : {1U, 0U, 79'000U, 997U}) parts.work(step);
    CHECK_FALSE(parts.is_made());
    CHECK(parts.percent() == 99);
    parts.work(1);
    CHECK(parts.bytes() == whole.bytes());
    CHECK(whole.bytes().substr(0, 4) == "\x4D\xDC\xD8\xF6");
}

TEST_CASE("a locked file opens with its password, name and every byte as they were") {
    const auto opened = open_locked(locked(), password);
    REQUIRE(opened);
    CHECK(opened->name == file.name);
    CHECK(opened->content == file.content);
    CHECK(is_locked(locked()));
    CHECK(locked().find("json") == std::string::npos);
}

TEST_CASE("with another seed the same file is another one") {
    CHECK(*lock_file(file, password, seed_of(2)) != locked());
}

TEST_CASE("a wrong password and a single changed bit open nothing") {
    CHECK(code_of(locked(), "正确的马电池订书丁") == "lock-password");
    CHECK(code_of(locked(), "") == "lock-password");
    CHECK(code_of(locked(), std::string(5000, 'a')) == "lock-password");
    // Salt, nonce, content, tag.
    for (const std::size_t at : {std::size_t{12}, std::size_t{30}, std::size_t{45}, locked().size() - 1}) {
        std::string changed = locked();
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK(code_of(changed, password) == "lock-password");
    }
}

TEST_CASE("what is no locked file, or asks for more than a second of work, is refused at once") {
    CHECK(code_of("{}", password) == "lock-none");
    CHECK(code_of("", password) == "lock-none");
    std::string later = locked();
    later[6] = '2';
    CHECK(code_of(later, password) == "lock-version");
    for (const std::size_t size : {8U, 20U, 40U, 57U})
        CHECK(code_of(std::string_view(locked()).substr(0, size), password) == "lock-broken");
    CHECK(code_of(with_rounds(lock::rounds - 1), password) == "lock-broken");
    for (const std::uint32_t rounds : {lock::most_rounds + 1, 0xFFFF'FFFFU}) {
        const auto opened = open_locked(with_rounds(rounds), password);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == "lock-rounds");
        CHECK(std::get<std::int64_t>(opened.error().params.at("rounds")) == rounds);
    }
}

TEST_CASE("new passwords have eight characters or more, in any script") {
    CHECK(check_new_password("1234567").error().code == "password-short");
    CHECK(check_new_password("党建党建党建党").error().code == "password-short");
    CHECK(check_new_password("党建党建党建党建"));
    CHECK(check_new_password(std::string(2000, 'a')).error().code == "password-long");
    CHECK(lock_file(file, "1234567", seed_of(1)).error().code == "password-short");
    CHECK(lock_file({"a", std::string(limits::backup_bytes + 1, 'a')}, password, seed_of(1)).error().code ==
          "file-large");
}

TEST_CASE("a name inside leads to no other folder") {
    const auto content = [](std::string_view name) {
        return std::string{'\0', static_cast<char>(name.size())} + std::string(name) + "x";
    };
    CHECK(read_lock_content(content("a.json"))->content == "x");
    for (const std::string_view name : {"../a", "a\\b", "\xFF"})
        CHECK(read_lock_content(content(name)).error().code == "lock-broken");
    CHECK_FALSE(read_lock_content(std::string("\xFF\xFF", 2)));
    CHECK_FALSE(read_lock_content("a"));
}
