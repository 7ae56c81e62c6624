// The archive that minizip wrote last, and what it reads: see memory_files.cpp. An archive is opened for reading with
// unzOpen64(&bytes), `bytes` being a std::string_view that stays until it is closed.
#pragma once

#include <string>
#include <string_view>

/// The bytes of the archive that zipClose() closed last; empty when there is none. Each is given out once.
std::string take_closed_zip();
