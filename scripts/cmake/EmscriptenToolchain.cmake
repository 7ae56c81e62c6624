# Finds the toolchain file of the Emscripten whose emcc is on the PATH: the distribution's package or an emsdk.
find_program(DUIBIAO_EMCC emcc REQUIRED)
find_program(DUIBIAO_EM_CONFIG em-config REQUIRED)
execute_process(
  COMMAND "${DUIBIAO_EM_CONFIG}" EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE DUIBIAO_EMSCRIPTEN_ROOT
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include("${DUIBIAO_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
