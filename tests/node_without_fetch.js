// Emscripten 3.1.6 takes a global fetch() for a browser's and tries to load the program with it; node has one since 18.
delete globalThis.fetch;
