// E-mails that were saved as files (RFC 5322, 2045–2047, 2231), and the encodings their parts have.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/lock.hpp"

namespace duibiao {

/// Whether a text begins with the headers of a message.
[[nodiscard]] bool is_mail(std::string_view bytes);

/// The attachments, decoded, in their order; those of a message within the message, too. At most 200 parts, 8 deep;
/// what is broken in a part is left as it is. Empty when there are none.
[[nodiscard]] std::vector<NamedFile> open_mail(std::string_view bytes);

/// Base64, with line ends; nothing for anything else.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace duibiao
