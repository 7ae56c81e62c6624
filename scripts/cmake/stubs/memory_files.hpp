// The archive that minizip wrote last: see memory_files.cpp.
#pragma once

#include <string>

/// The bytes of the archive that zipClose() closed last; empty when there is none. Each is given out once.
std::string take_closed_zip();
