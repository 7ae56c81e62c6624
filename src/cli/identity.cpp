#include "cli/identity.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <random>

#include "cli/console.hpp"
#include "core/date.hpp"
#include "core/sha256.hpp"

namespace duibiao::cli {
namespace {

constexpr std::size_t document_id_characters = 16;
constexpr std::size_t session_characters = 10;
constexpr std::size_t most_epoch_digits = 10;  ///< seconds up to the year 2286

/// SOURCE_DATE_EPOCH when it is a number of seconds.
std::optional<std::time_t> fixed_time() {
    const char* variable = std::getenv("SOURCE_DATE_EPOCH");
    const std::string_view text = variable == nullptr ? "" : variable;
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || text.size() > most_epoch_digits || !digits) return std::nullopt;
    return static_cast<std::time_t>(std::strtoll(variable, nullptr, 10));
}

Date to_date(const std::tm& time) {
    return {std::chrono::year(time.tm_year + 1900), std::chrono::month(static_cast<unsigned>(time.tm_mon + 1)),
            std::chrono::day(static_cast<unsigned>(time.tm_mday))};
}

std::string as_instant(std::time_t time) {
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    constexpr std::size_t longest = 64;  // a clock may show any year
    std::string text(longest, '\0');
    text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
    return text;
}

/// Where the clock shows what cannot be, an instant before all others: an edit is dated after the one it follows.
std::string now_as_instant() {
    if (const auto fixed = fixed_time()) return as_instant(*fixed);
    return clock_is_wrong() ? std::string(earliest_credible) : as_instant(std::time(nullptr));
}

std::string random_bytes() {
    std::random_device device;
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += std::to_string(device()) + ' ';
    return bytes;
}

std::string make_id(std::string_view seed, std::size_t characters) {
    std::string id = base32_prefix(sha256(fixed_time() ? std::string(seed) : random_bytes()), characters);
    std::ranges::transform(id, id.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return id;
}

}  // namespace

bool clock_is_wrong() { return !fixed_time() && !is_credible(as_instant(std::time(nullptr))); }

void complain_about_clock(Language language) {
    if (clock_is_wrong()) print_notice(translate(language, "cli.clock"));
}

Date today() {
    const auto fixed = fixed_time();
    const std::time_t now = fixed.value_or(std::time(nullptr));
    std::tm time{};
    if (fixed) {
        ::gmtime_r(&now, &time);
    } else {
        ::localtime_r(&now, &time);
    }
    return to_date(time);
}

std::string new_document_id(std::string_view instrument, std::string_view unit, std::string_view period) {
    std::string seed;
    for (const std::string_view part : {instrument, unit, period}) seed.append(part).append("\n");
    return make_id(seed, document_id_characters);
}

Author new_author(std::string_view seed) { return {make_id(seed, session_characters), {}, now_as_instant()}; }

}  // namespace duibiao::cli
