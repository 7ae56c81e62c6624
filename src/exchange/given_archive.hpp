// Zip archives that somebody else made: looked into under limits, and written again with one entry changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

/// An archive whose bytes stay where they are while it is used.
class GivenArchive {
public:
    static constexpr std::size_t usual_entries = 10'000;
    /// Lists the entries. Error: "archive-broken" (cut off, entries that overlap or are named twice, more than
    /// `most_entries`).
    [[nodiscard]] static Result<GivenArchive> open(std::string_view bytes, std::size_t most_entries = usual_entries);

    [[nodiscard]] bool has(std::string_view name) const;
    /// All entries, folders too, in the order of the archive's list.
    [[nodiscard]] std::vector<std::string_view> names() const;
    /// An entry whose name ends so.
    [[nodiscard]] bool has_ending(std::string_view ending) const;
    /// An entry's content, not more than `most` bytes whatever the archive says of it. Errors: "archive-broken",
    /// "archive-large" {limit in MiB}, "archive-locked" (encrypted).
    [[nodiscard]] Result<std::string> read(std::string_view name, std::size_t most) const;
    /// Reads every entry that is no folder, in the archive's order, and calls `use` with its name and what read() would
    /// give of it.
    void for_each(std::size_t most, const std::function<void(const std::string&, Result<std::string>)>& use) const;
    /// The archive with another content of one entry; all other entries are copied as they lie there, packed. Error:
    /// "archive-broken".
    [[nodiscard]] Result<std::string> with(std::string_view name, std::string_view content) const;

private:
    struct Entry {
        std::string name;
        std::uint64_t packed = 0;  ///< bytes
        bool is_locked = false;
    };

    explicit GivenArchive(std::string_view bytes) : bytes_(bytes) {}

    std::string_view bytes_;
    std::vector<Entry> entries_;
};

}  // namespace duibiao
