// The app's ports, answered by the browser.
#pragma once

#include <vector>

#include "app/command.hpp"
#include "app/ports.hpp"

namespace duibiao::web {

/// The ports; one set for the page's life.
[[nodiscard]] Ports& browser_ports();

/// Listens for what storage, files and the address bar report; every report is appended to `inbox` and
/// `arrived` called.
void listen_for_commands(std::vector<Command>& inbox, void (*arrived)());

}  // namespace duibiao::web
