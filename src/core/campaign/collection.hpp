// Any number of digests as a set, in little memory: what is needed to say what became of each is kept, the digests
// themselves lie in a store as the lines of a partial.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/campaign/digest.hpp"
#include "core/sha256.hpp"

namespace duibiao {

/// Where lines are kept. In memory, or in a file where there are many.
class LineStore {
public:
    LineStore() = default;
    LineStore(const LineStore&) = delete;
    LineStore& operator=(const LineStore&) = delete;
    virtual ~LineStore() = default;
    /// Where the line begins.
    virtual std::uint64_t append(std::string_view line) = 0;
    [[nodiscard]] virtual std::string read(std::uint64_t begin, std::size_t size) const = 0;
};

class LinesInMemory final : public LineStore {
public:
    std::uint64_t append(std::string_view line) override;
    [[nodiscard]] std::string read(std::uint64_t begin, std::size_t size) const override;

private:
    std::string lines_;
};

/// The first half of a SHA-256: enough to tell texts apart that nobody can choose to collide, in half the memory.
using TextMark = std::array<std::uint8_t, 16>;
[[nodiscard]] TextMark mark_of(std::string_view text);

/// What is kept of every report.
struct CollectedReport {
    Digest key{};
    TextMark document{};
    TextMark unit{};   ///< of the key of its name (name_key.hpp)
    TextMark about{};  ///< of whom the sheet is about

    std::uint32_t subject = 0;  ///< position in Collection::subjects()
    std::uint32_t form = 0;     ///< position in Collection::form_hashes()
    std::uint32_t edits = 0;
    std::int64_t at = 0;  ///< of the last edit: its digits as one number
    std::uint64_t line_begin = 0;
    std::uint32_t line_size = 0;
    bool has_errors = false;  ///< findings of error kind
};

/// What reports are about: only those of one form and one period are summed together.
struct Subject {
    std::string instrument;
    std::string period;
    friend bool operator==(const Subject&, const Subject&) = default;
    friend bool operator<(const Subject& a, const Subject& b) {
        return std::tie(a.instrument, a.period) < std::tie(b.instrument, b.period);
    }
};

/// A set: adding in any order, any number of times, and uniting the lines of other sets gives the same one.
class Collection {
public:
    explicit Collection(LineStore& store) : store_(store) {}

    /// `line` is write_digest_line(digest). A file met twice is one; of two lines of one file the first in the order of
    /// bytes stays, and a file that somebody could use counts as usable.
    void add(const ReportDigest& digest, std::string_view line);
    void add(RejectedFile file);
    /// Known from now on, also to digests that are added later.
    FormOutlinePtr add(FormOutlinePtr form);

    [[nodiscard]] const std::vector<CollectedReport>& reports() const { return reports_; }
    [[nodiscard]] const std::vector<Subject>& subjects() const { return subjects_; }
    /// Hashes of the forms that reports are of.
    [[nodiscard]] const std::vector<std::string>& form_hashes() const { return form_hashes_; }
    /// By key.
    [[nodiscard]] const std::map<std::string, RejectedFile>& rejected() const { return rejected_; }
    [[nodiscard]] FormOutlinePtr find_form(std::string_view hash) const;
    [[nodiscard]] std::string line(const CollectedReport& report) const;
    [[nodiscard]] ReportDigest digest(const CollectedReport& report) const;
    /// Forms by hash.
    [[nodiscard]] const std::map<std::string, FormOutlinePtr, std::less<>>& forms() const { return forms_; }

    /// Writes the partial piece by piece.
    void write_partial(const std::function<void(std::string_view)>& write) const;

private:
    struct HashKey {
        std::size_t operator()(const Digest& key) const;
    };

    LineStore& store_;
    std::vector<CollectedReport> reports_;
    std::unordered_map<Digest, std::uint32_t, HashKey> by_key_;
    std::vector<Subject> subjects_;
    std::map<Subject, std::uint32_t> by_subject_;
    std::vector<std::string> form_hashes_;
    std::map<std::string, RejectedFile> rejected_;
    std::map<std::string, FormOutlinePtr, std::less<>> forms_;
};

}  // namespace duibiao
