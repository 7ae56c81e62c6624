// Form definitions, numbers, dates and periods from anywhere: what is read is written in one way, and read again alike.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/date.hpp"
#include "core/instrument.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_numbers_and_dates(std::string_view text) {
    if (const auto points = Points::parse(text)) require(*Points::parse(points->to_string()) == *points);
    if (const auto date = parse_date(text)) {
        require(date->ok());
        require(*parse_date(to_string(*date)) == *date);
        require(parse_month(text)->month() == date->month());
    }
    if (const auto period = normalise_period(text)) {
        require(*normalise_period(*period) == *period);
        require(period_end(*period).has_value());
        if (const auto next = next_period(*period)) require(*previous_period(*next) == *period);
    }
    static_cast<void>(check_instant(text));
}

void read_json(std::string_view text) {
    static_cast<void>(load_instrument(text));
    const auto json = parse_json(text, limits::instrument_bytes);
    if (!json) return;
    const std::string canonical = canonical_json(*json);
    require(canonical_json(*parse_json(canonical, limits::instrument_bytes * 8)) == canonical);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    require(is_clean_text(text) == (is_utf8(text) && clean_text(text) == text));
    if (is_utf8(text)) require(is_clean_text(clean_text(text)));
    read_numbers_and_dates(text);
    read_json(text);
    return 0;
}
