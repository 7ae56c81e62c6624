# SDL2 from its sources for the web. SDL's own build would probe the compiler for minutes, and Emscripten's port
# would be downloaded, so the files an Emscripten program needs are compiled here with the configuration header that
# SDL keeps for it (SDL_config.h chooses it).

set(sdl "${deps}/sdl2")
file(
  GLOB
  sdl_sources
  "${sdl}/src/*.c"
  "${sdl}/src/atomic/*.c"
  "${sdl}/src/audio/*.c"
  "${sdl}/src/cpuinfo/*.c"
  "${sdl}/src/events/*.c"
  "${sdl}/src/file/*.c"
  "${sdl}/src/filesystem/emscripten/*.c"
  "${sdl}/src/haptic/*.c"
  "${sdl}/src/haptic/dummy/*.c"
  "${sdl}/src/joystick/*.c"
  "${sdl}/src/joystick/dummy/*.c"
  "${sdl}/src/joystick/emscripten/*.c"
  "${sdl}/src/loadso/dlopen/*.c"
  "${sdl}/src/locale/*.c"
  "${sdl}/src/locale/emscripten/*.c"
  "${sdl}/src/misc/*.c"
  "${sdl}/src/misc/emscripten/*.c"
  "${sdl}/src/power/*.c"
  "${sdl}/src/power/emscripten/*.c"
  "${sdl}/src/render/*.c"
  "${sdl}/src/sensor/*.c"
  "${sdl}/src/sensor/dummy/*.c"
  "${sdl}/src/stdlib/*.c"
  "${sdl}/src/thread/*.c"
  "${sdl}/src/thread/generic/*.c"
  "${sdl}/src/timer/*.c"
  "${sdl}/src/timer/unix/*.c"
  "${sdl}/src/video/*.c"
  "${sdl}/src/video/dummy/*.c"
  "${sdl}/src/video/emscripten/*.c"
  "${sdl}/src/video/yuv2rgb/*.c")

# SDL asks for OpenGL functions by name, which would keep every function of WebGL 2 in the program; Dear ImGui's backend
# calls them directly, so nothing is lost when no name is found (9 KB of JavaScript and 5 KB of WebAssembly, gzip).
set(no_lookup "${CMAKE_CURRENT_BINARY_DIR}/sdl_no_gl_lookup.c")
file(
  CONFIGURE
  OUTPUT "${no_lookup}"
  CONTENT "void (*eglGetProcAddress(const char* name))(void) { (void)name; return 0; }\n"
  @ONLY)

add_library(sdl2 STATIC ${sdl_sources} "${no_lookup}")
# BEFORE: Emscripten's own include folder has headers of SDL 1.
target_include_directories(sdl2 SYSTEM BEFORE PUBLIC "${sdl}/include" "${sdl}")
target_compile_options(sdl2 PRIVATE -w)
# A form needs neither sound nor gamepads, sensors or SDL's own renderer.
target_compile_definitions(sdl2 PRIVATE SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_SENSOR_DISABLED=1
                                        SDL_RENDER_DISABLED=1)
target_link_libraries(sdl2 PUBLIC duibiao_target_options)
