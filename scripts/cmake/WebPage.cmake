# The page: the program of src/main_web.cpp, and the folder build/web/dist/ that can be copied to any static host.

add_executable(duibiao_web main_web.cpp)
target_link_libraries(duibiao_web PRIVATE duibiao_options duibiao_platform_web duibiao_ui duibiao_app)
set_target_properties(duibiao_web PROPERTIES OUTPUT_NAME duibiao RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/page")
target_link_options(
  duibiao_web
  PRIVATE
  -sMIN_WEBGL_VERSION=2
  -sMAX_WEBGL_VERSION=2
  -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0 # none is used, and each is a wait for the graphics process
  # Names, by which it is cut into parts; what is called once is only written out there afterwards.
  "$<$<BOOL:${DUIBIAO_LTO}>:--profiling-funcs;-sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=1>"
)

# Word, Excel and e-mail: fetched when first used.
add_executable(duibiao_office main_office.cpp main_desk.cpp platform/web/gb18030.cpp)
target_link_libraries(duibiao_office PRIVATE duibiao_options duibiao_exchange duibiao_core)
target_compile_options(duibiao_office PRIVATE -Wno-gnu-zero-variadic-macro-arguments -Wno-dollar-in-identifier-extension)
set_target_properties(duibiao_office PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/page")
target_link_options(duibiao_office PRIVATE --no-entry)

foreach(program IN ITEMS duibiao_web duibiao_office)
  target_link_options(
    ${program}
    PRIVATE
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sENVIRONMENT=$<IF:$<STREQUAL:${program},duibiao_office>,web$<COMMA>worker,web> # the superior's desk is a worker
    -sDYNAMIC_EXECUTION=0 # the page's CSP has no unsafe-eval
    -sALLOW_MEMORY_GROWTH=1
    -sFILESYSTEM=0
    $<$<CONFIG:Debug>:-sASSERTIONS=2>)
endforeach()

# Binaryen's tools, of the version that Emscripten itself uses.
find_program(WASM_DIS wasm-dis HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" REQUIRED)
find_program(WASM_OPT wasm-opt HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" REQUIRED)
find_program(WASM_SPLIT wasm-split HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" REQUIRED)
find_program(EMNM emnm HINTS "${EMSCRIPTEN_ROOT_PATH}" REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# What is sent: build/web/page/sent/ has the optimised programs in an order that packs well, the page's own in its parts.
set(sent "${PROJECT_BINARY_DIR}/page/sent")
file(MAKE_DIRECTORY "${sent}")
set(order_functions "${PROJECT_SOURCE_DIR}/scripts/order_functions.py")
set(split_program "${PROJECT_SOURCE_DIR}/scripts/split_program.py")
set(first_visit "${PROJECT_SOURCE_DIR}/scripts/first_visit.txt")
get_filename_component(binaryen "${WASM_SPLIT}" DIRECTORY)
foreach(program IN ITEMS duibiao_web duibiao_office)
  set(linked "$<TARGET_FILE_DIR:${program}>/$<TARGET_FILE_BASE_NAME:${program}>.wasm")
  if(NOT DUIBIAO_LTO)
    set(make "${CMAKE_COMMAND}" -E copy "${linked}" "${sent}")
  elseif(program STREQUAL "duibiao_web")
    set(make "${Python3_EXECUTABLE}" "${split_program}" "${binaryen}" "${EMNM}" "${first_visit}" "${linked}" "${sent}")
    foreach(layer IN ITEMS platform_web ui app exchange core)
      list(APPEND make "$<TARGET_OBJECTS:duibiao_${layer}>")
    endforeach()
  else()
    set(make "${Python3_EXECUTABLE}" "${order_functions}" "${WASM_DIS}" "${WASM_OPT}" "${linked}"
             "${sent}/$<TARGET_FILE_BASE_NAME:${program}>.wasm")
  endif()
  add_custom_command(
    OUTPUT "${sent}/${program}.stamp"
    COMMAND ${make}
    COMMAND "${CMAKE_COMMAND}" -E touch "${sent}/${program}.stamp"
    DEPENDS ${program} "${order_functions}" "${split_program}" "${first_visit}"
    COMMENT "Making ${program} ready to be sent"
    COMMAND_EXPAND_LISTS VERBATIM)
endforeach()

# dist/ is made anew whenever a page file or the program changed.
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/*" "${PROJECT_SOURCE_DIR}/assets/icons/*")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/page/files.list" CONTENT "${page_files}" @ONLY)
find_program(ESBUILD esbuild REQUIRED)
# The distribution's own has the font tools.
find_program(DIST_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(DIST_PYTHON python3 REQUIRED)
add_custom_command(
  OUTPUT "${PROJECT_BINARY_DIR}/dist.stamp"
  COMMAND
    "${CMAKE_COMMAND}" -D "SOURCE=${PROJECT_SOURCE_DIR}" -D "PROGRAM=${PROJECT_BINARY_DIR}/page" -D
    "DIST=${PROJECT_BINARY_DIR}/dist" -D "ESBUILD=${ESBUILD}" -D "PYTHON=${DIST_PYTHON}" -P
    "${PROJECT_SOURCE_DIR}/scripts/cmake/MakeDist.cmake"
  COMMAND "${CMAKE_COMMAND}" -E touch "${PROJECT_BINARY_DIR}/dist.stamp"
  DEPENDS "${sent}/duibiao_web.stamp" "${sent}/duibiao_office.stamp" ${page_files} "${PROJECT_BINARY_DIR}/page/files.list"
          "${PROJECT_SOURCE_DIR}/scripts/cmake/MakeDist.cmake" "${PROJECT_SOURCE_DIR}/scripts/single_file.py"
          "${PROJECT_SOURCE_DIR}/scripts/make_font.py"
  COMMENT "Filling dist/"
  VERBATIM)
add_custom_target(dist ALL DEPENDS "${PROJECT_BINARY_DIR}/dist.stamp")
