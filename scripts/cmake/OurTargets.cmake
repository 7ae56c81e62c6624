# How our own code is compiled: an INTERFACE target that every one of our targets uses, and helpers to declare them.

add_library(duibiao_options INTERFACE)
target_compile_features(duibiao_options INTERFACE cxx_std_20)
target_include_directories(duibiao_options INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_options(
  duibiao_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Werror
                            $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>)
target_compile_definitions(duibiao_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 and 13 report the first two inside the standard library's own headers, and the third for designated
  # initialisers, which leave members out on purpose.
  target_compile_options(duibiao_options INTERFACE -Wno-restrict -Wno-error=maybe-uninitialized
                                                   -Wno-missing-field-initializers)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 18)
  target_compile_options(duibiao_options INTERFACE -Wno-missing-designated-field-initializers)
endif()

# How everything is compiled that ends up in one program with our code, third parties included. Targets with the property
# BUILT_QUICKLY are not optimised and not sanitized.
add_library(duibiao_target_options INTERFACE)
set(quickly "$<BOOL:$<TARGET_PROPERTY:BUILT_QUICKLY>>")
set(optimised "$<NOT:${quickly}>")
target_compile_options(duibiao_target_options INTERFACE "$<${quickly}:-O0;-g0>")
if(EMSCRIPTEN)
  # The distribution's Emscripten keeps its JavaScript parser where only the distribution's node looks for it.
  if(EXISTS /usr/share/nodejs/acorn)
    set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
  endif()
  # Emscripten 3.1.6 forbids all inlining under -Oz, of one-line functions too: three times slower, and 5 % larger.
  target_compile_options(duibiao_target_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions;-fno-rtti>
                                                          "$<$<AND:$<CONFIG:Release>,${optimised}>:-Oz;-finline-functions>")
  # Every browser that web/check.js admits has these instructions. They make the program smaller and quicker.
  target_compile_options(duibiao_target_options INTERFACE -msign-ext -mbulk-memory -mnontrapping-fptoint)
  target_link_options(duibiao_target_options INTERFACE "$<$<AND:$<CONFIG:Release>,${optimised}>:-Oz>")
  if(DUIBIAO_LTO)
    target_compile_options(duibiao_target_options INTERFACE -flto)
    target_link_options(duibiao_target_options INTERFACE -flto)
  endif()
endif()
if(DUIBIAO_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(duibiao_target_options INTERFACE "$<${optimised}:${sanitizers}>" "$<$<AND:$<CONFIG:Debug>,${optimised}>:-O0;-g1>")
  target_link_options(duibiao_target_options INTERFACE ${sanitizers})
endif()
if(DUIBIAO_FUZZ)
  target_compile_options(duibiao_target_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_libraries(duibiao_options INTERFACE duibiao_target_options)

# duibiao_layer(NAME FOLDER): one static library per layer, out of every source file of its folder and those inside it.
function(duibiao_layer name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp" "${folder}/*.hpp")
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC duibiao_options)
  duibiao_precompile(${name})
endfunction()

# duibiao_unite(NAME): several source files are compiled as one, in a quarter of the time. So what files keep to themselves
# (unnamed namespaces) needs names of its own within the target. What a file alone lacks or shadows, scripts/tidy says, which
# looks at each by itself.
#
# What stands in a folder that LATER names becomes one object of its own, "later": only a superior or the author of a form
# needs it, and the page fetches it then (split_program.py).
function(duibiao_unite name)
  cmake_parse_arguments(arg "" "" "LATER" ${ARGN})
  if(NOT DUIBIAO_UNITED)
    return()
  endif()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${name} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  set(count 0)
  foreach(source IN LISTS sources)
    get_filename_component(folder "${source}" DIRECTORY)
    file(RELATIVE_PATH folder "${CMAKE_CURRENT_SOURCE_DIR}" "${folder}")
    if(folder IN_LIST arg_LATER)
      set(group later)
    else()
      math(EXPR group "${count} / 10")
      math(EXPR count "${count} + 1")
    endif()
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}")
  endforeach()
endfunction()

# duibiao_precompile(NAME): headers that nearly every source file reads are read once. Each file still includes what it
# uses.
function(duibiao_precompile name)
  target_precompile_headers(
    ${name} PRIVATE <algorithm> <array> <cstdint> <map> <optional> <set> <span> <string> <string_view> <utility> <variant> <vector>
    <nlohmann/json.hpp> <tl/expected.hpp>)
endfunction()
