// How expat is compiled: namespaces, no document types. Names are hashed with a fixed salt, so that nothing is random;
// what it reads is bounded by its reader (src/exchange/word_text.cpp).
#pragma once

#define BYTEORDER 1234
#define XML_NS 1
#define XML_POOR_ENTROPY 1
