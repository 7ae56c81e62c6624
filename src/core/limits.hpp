// The limits the program states and keeps.
#pragma once

#include <cstddef>

namespace duibiao::limits {

inline constexpr std::size_t report_bytes = std::size_t{64} * 1024 * 1024;
/// A backup of the largest report, with what stands around it.
inline constexpr std::size_t backup_bytes = report_bytes + std::size_t{1024} * 1024;
inline constexpr std::size_t instrument_bytes = std::size_t{4} * 1024 * 1024;
inline constexpr std::size_t json_depth = 64;
inline constexpr std::size_t text_characters = 10'000;  ///< Unicode code points in one text field
inline constexpr std::size_t name_characters = 200;     ///< unit names, periods, document ids
inline constexpr std::size_t row_characters = 40'000;   ///< in all cells of one row
inline constexpr std::size_t rows = 100'000;            ///< activities, persons, organisations in one document
inline constexpr std::size_t log_edits = 1'000'000;
inline constexpr std::size_t items = 10'000;  ///< criteria in one instrument

}  // namespace duibiao::limits
