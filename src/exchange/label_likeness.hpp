// How alike two labels are that different people wrote for the same thing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duibiao {

/// A label without what does not tell it apart: width, case, blanks, punctuation, remarks in brackets.
class Label {
public:
    Label() = default;
    explicit Label(std::string_view text);

    [[nodiscard]] bool is_empty() const { return key_.empty(); }
    friend bool operator==(const Label& a, const Label& b) { return a.key_ == b.key_; }

    /// 0 to 100: the share of pairs of neighbouring characters that both have; 100 only for equal labels, 0 where one
    /// is empty.
    [[nodiscard]] int likeness(const Label& other) const;

private:
    std::u32string key_;
    std::vector<std::uint64_t> pairs_;  ///< sorted
};

/// From here on two labels count as alike.
inline constexpr int alike = 60;
inline constexpr int same = 100;

}  // namespace duibiao
