#pragma once

#include <span>
#include <string>
#include <string_view>

namespace duibiao {

/// One asset file that was compiled into the program.
struct EmbeddedAsset {
    /// Path below assets/, such as "instruments/jilin-committee.json"; a file of web/ has its bare name ("print.css").
    std::string_view path;
    /// The file's bytes; JSON without white space. Lives as long as the program.
    std::string_view content;
    /// Where it is not empty, `content` is only what the file has other than this: whole() puts them together. So an
    /// earlier version of a form costs a first visit hardly anything.
    std::string_view base;
};

/// Every embedded asset, in the order of the paths' bytes.
[[nodiscard]] std::span<const EmbeddedAsset> embedded_assets();

/// The file's bytes, whichever way it stands in the program.
[[nodiscard]] std::string whole(const EmbeddedAsset& asset);

}  // namespace duibiao
