// Clauses as people call their documents.
#pragma once

#include <string>
#include <string_view>

#include "ui/ui.hpp"

namespace duibiao::ui {

/// "J 落实情况；R 一(二)2" as "强基提质 落实情况；专项整治 一(二)2". What has no short name stays.
[[nodiscard]] std::string citation_words(const Ui& ui, std::string_view citation);

}  // namespace duibiao::ui
