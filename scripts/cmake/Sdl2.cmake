# SDL2 from its sources for the web. SDL's own build would probe the compiler for minutes, and Emscripten's port
# would be downloaded, so the files an Emscripten program needs are compiled here with the configuration header that
# SDL keeps for it (SDL_config.h chooses it).

set(sdl "${deps}/sdl2")
file(
  GLOB
  sdl_sources
  "${sdl}/src/*.c"
  "${sdl}/src/atomic/*.c"
  "${sdl}/src/cpuinfo/*.c"
  "${sdl}/src/events/*.c"
  "${sdl}/src/file/*.c"
  "${sdl}/src/filesystem/emscripten/*.c"
  "${sdl}/src/loadso/dlopen/*.c"
  "${sdl}/src/locale/*.c"
  "${sdl}/src/locale/emscripten/*.c"
  "${sdl}/src/misc/*.c"
  "${sdl}/src/misc/emscripten/*.c"
  "${sdl}/src/power/*.c"
  "${sdl}/src/power/emscripten/*.c"
  "${sdl}/src/render/*.c"
  "${sdl}/src/stdlib/*.c"
  "${sdl}/src/thread/*.c"
  "${sdl}/src/thread/generic/*.c"
  "${sdl}/src/timer/*.c"
  "${sdl}/src/timer/unix/*.c"
  "${sdl}/src/video/*.c"
  "${sdl}/src/video/dummy/*.c"
  "${sdl}/src/video/emscripten/*.c")

# A form needs no sound, gamepads, sensors, pixel surfaces, drawn gestures or SDL's own renderer, and nobody asks for OpenGL functions
# by name. stubs/sdl2_left_out.c has what the rest still refers to. Saves 60 KB (gzip) of the page.
list(FILTER sdl_sources EXCLUDE REGEX "/(SDL_blit.*|SDL_RLEaccel|SDL_stretch|SDL_yuv|SDL_bmp|SDL_shape|SDL_surface|SDL_fillrect|SDL_emscriptenframebuffer|SDL_gesture)\\.c$")

add_library(sdl2 STATIC ${sdl_sources} "${CMAKE_CURRENT_LIST_DIR}/stubs/sdl2_left_out.c")
# BEFORE: Emscripten's own include folder has headers of SDL 1.
target_include_directories(sdl2 SYSTEM BEFORE PUBLIC "${sdl}/include" "${sdl}")
target_compile_options(sdl2 PRIVATE -w)
target_compile_definitions(sdl2 PRIVATE SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_SENSOR_DISABLED=1
                                        SDL_RENDER_DISABLED=1)
target_link_libraries(sdl2 PUBLIC duibiao_target_options)
