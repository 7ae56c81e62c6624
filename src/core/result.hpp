// Errors as values. Core functions never throw across their boundary.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace duibiao {

/// One parameter of a message. The core emits keys and parameters; sentences are made by `translate`
/// (exchange/messages.hpp).
using Param = std::variant<std::string, std::int64_t, std::vector<std::string>>;
using Params = std::map<std::string, Param>;

/// What went wrong, where, and with which figures. `code` is a message key without its prefix: the sentence is
/// `error.<code>` in assets/i18n, and says what is wrong and what to do.
struct Error {
    std::string code;   ///< for example "score-over"
    std::string place;  ///< JSON pointer ("/layers/0/answers/3.2.2/score"), "line 7", an item id, or empty
    Params params;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// A result without a value.
using Done = tl::expected<void, Error>;

[[nodiscard]] tl::unexpected<Error> fail(std::string_view code, std::string_view place = {});
[[nodiscard]] tl::unexpected<Error> fail(std::string_view code, std::string_view place, Params params);

}  // namespace duibiao
