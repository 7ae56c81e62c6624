// A report's log read where it lies in the file, for those who need what it comes to and not the edits themselves.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/document.hpp"
#include "core/report_parts.hpp"

namespace duibiao {

/// What a log comes to.
struct WrittenLog {
    std::size_t begin = 0;  ///< of "[" in the file
    std::size_t end = 0;    ///< behind "]"
    std::size_t edits = 0;
    PerLayer<std::string> digests;  ///< of each layer's edits, as its hash covers them
    /// The answers that stand. Of its log only the edits of "document" (custody) and the last one are there, each
    /// without its values before.
    Document document;
};

/// What the head of a report in canonical form says, and its log. Nothing where the text is not in canonical form
/// (RFC 8785, members in order, every value as the form keeps it) or where any edit would be refused: such files go the
/// long way, which names what is wrong. Where it gives something, the log's bytes are exactly those that writing the
/// same edits again would give. What stands beside head and log is stepped over.
struct WrittenReport {
    report_parts::Identity identity;
    WrittenLog log;
};
[[nodiscard]] std::optional<WrittenReport> read_written(std::string_view text, const InstrumentFinder& find_instrument);

}  // namespace duibiao
