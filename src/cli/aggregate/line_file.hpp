// Lines in and out of files that need not fit into memory.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/campaign/collection.hpp"
#include "core/result.hpp"

namespace duibiao::cli {

/// Calls `use(line, number)` for each line of a file, or of standard input for "-", without its line end; numbers are
/// from 1. A line longer than `most` is given as its first bytes, one more than `most`. Errors: those of read_input.
using LineUse = std::function<void(std::string line, std::size_t number)>;
[[nodiscard]] Done for_each_line(const std::string& path, std::size_t most, const LineUse& use);

/// Keeps the last lines in memory, and all before them in a file without a name, which the system removes with the
/// program, however it ends. In TMPDIR, else /tmp.
class LinesInFile final : public LineStore {
public:
    LinesInFile() = default;
    LinesInFile(const LinesInFile&) = delete;
    LinesInFile& operator=(const LinesInFile&) = delete;
    ~LinesInFile() override;

    std::uint64_t append(std::string_view line) override;
    [[nodiscard]] std::string read(std::uint64_t begin, std::size_t size) const override;

private:
    void flush();

    int descriptor_ = -1;
    bool has_no_file_ = false;  ///< none can be made or written: everything stays in memory
    std::uint64_t flushed_ = 0;
    std::string tail_;
};

/// A file's bytes, mapped rather than read. Empty where it cannot be.
class MappedFile {
public:
    explicit MappedFile(const std::string& path);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();
    [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }

private:
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace duibiao::cli
