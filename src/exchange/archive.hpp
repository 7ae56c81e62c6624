// Zip archives, as Word's files are.
#pragma once

#include <string>
#include <string_view>

namespace duibiao {

/// An archive in memory. Its entries bear the first day of 1980, so that the same contents give the same bytes. One at
/// a time.
class Archive {
public:
    Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive();

    /// Adds a file under a plain name, "word/document.xml"; in UTF-8, and marked so where it is not ASCII.
    void add(const char* name, std::string_view content);
    /// The whole archive; empty when something failed. Once, and last.
    [[nodiscard]] std::string take();

private:
    void* file_;
    bool failed_ = false;
};

}  // namespace duibiao
