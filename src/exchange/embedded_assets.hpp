#pragma once

#include <span>
#include <string_view>

namespace duibiao {

/// One asset file that was compiled into the program.
struct EmbeddedAsset {
    /// Path below assets/, such as "instruments/jilin-committee.json"; a file of web/ has its bare name ("print.css").
    std::string_view path;
    /// The file's bytes; JSON without white space. Lives as long as the program.
    std::string_view content;
};

/// Every embedded asset, in the order of the paths' bytes.
[[nodiscard]] std::span<const EmbeddedAsset> embedded_assets();

}  // namespace duibiao
