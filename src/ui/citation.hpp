// Clauses as people call their documents.
#pragma once

#include <string>
#include <string_view>

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// "J 落实情况；R 一(二)2" as "强基提质 落实情况；专项整治 一(二)2". What has no short name stays.
[[nodiscard]] std::string citation_words(const Ui& ui, std::string_view citation);

/// Over a citation that the caller draws: a press opens the clause's own words. With `skipped` Tab passes it by. True
/// when pressed.
bool citation_link(Ui& ui, const std::string& id, std::string_view citation, const Box& box, bool skipped);

}  // namespace duibiao::ui
