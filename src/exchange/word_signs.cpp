#include "exchange/word_signs.hpp"

#include <algorithm>
#include <array>

namespace duibiao {
namespace {

constexpr std::uint32_t private_letters = 0xF000;

struct Sign {
    std::string_view font;
    std::uint32_t letter;
    bool is_ticked;
    std::uint32_t ticked;
};
// o, q, r and ¨ are boxes of Wingdings, ü, ý and þ its ticks; £ is the box of Wingdings 2, P to T are its ticks.
constexpr std::array<Sign, 13> signs{{{"Wingdings", 0x6F, false, 0xFE},
                                      {"Wingdings", 0x71, false, 0xFE},
                                      {"Wingdings", 0x72, false, 0xFE},
                                      {"Wingdings", 0xA8, false, 0xFE},
                                      {"Wingdings", 0xFC, true, 0xFC},
                                      {"Wingdings", 0xFD, true, 0xFD},
                                      {"Wingdings", 0xFE, true, 0xFE},
                                      {"Wingdings 2", 0xA3, false, 0x52},
                                      {"Wingdings 2", 0x50, true, 0x50},
                                      {"Wingdings 2", 0x51, true, 0x51},
                                      {"Wingdings 2", 0x52, true, 0x52},
                                      {"Wingdings 2", 0x53, true, 0x53},
                                      {"Wingdings 2", 0x54, true, 0x54}}};

}  // namespace

std::optional<WordSign> find_word_sign(std::string_view font, std::uint32_t letter) {
    const std::uint32_t above = letter >= private_letters && letter < private_letters + 0x100 ? private_letters : 0;
    const auto found = std::find_if(signs.begin(), signs.end(), [&](const Sign& sign) {
        return sign.font == font && sign.letter == letter - above;
    });
    if (found == signs.end()) return std::nullopt;
    return WordSign{found->is_ticked, found->ticked + above};
}

}  // namespace duibiao
