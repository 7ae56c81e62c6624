// Parts of the page's program that are sent one after the other.
#pragma once

/// Stays a function of its own, not written out where it is called, so that scripts/split_program.py can leave it to a
/// part that is sent later than its callers.
#define DUIBIAO_APART [[gnu::noinline]]
