#include "core/result.hpp"

#include <utility>

namespace duibiao {

tl::unexpected<Error> fail(std::string_view code, std::string_view place) { return fail(code, place, {}); }

tl::unexpected<Error> fail(std::string_view code, std::string_view place, Params params) {
    return tl::unexpected<Error>(Error{std::string(code), std::string(place), std::move(params)});
}

}  // namespace duibiao
