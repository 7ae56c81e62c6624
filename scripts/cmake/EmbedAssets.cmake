# Puts the asset files into the program: a generated source file implements src/exchange/embedded_assets.hpp.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(duibiao_embed_assets target)
  file(
    GLOB assets
    CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/assets/instruments/*.json" "${PROJECT_SOURCE_DIR}/assets/instruments/earlier/*.json"
    "${PROJECT_SOURCE_DIR}/assets/campaign/*.json" "${PROJECT_SOURCE_DIR}/assets/doors/*.json"
    "${PROJECT_SOURCE_DIR}/assets/i18n/*.json"
    "${PROJECT_SOURCE_DIR}/assets/examples/*.json" "${PROJECT_SOURCE_DIR}/assets/notices.txt" "${PROJECT_SOURCE_DIR}/web/print.css")
  set(generator "${PROJECT_SOURCE_DIR}/scripts/embed_assets.py")
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/embedded_assets.cpp")
  # The page does not say what the command alone says.
  set(left_out "$<$<BOOL:${EMSCRIPTEN}>:cli.$<COMMA>form.change.>")
  # The list is a file of its own, so that a removed asset also runs the generator again.
  file(CONFIGURE OUTPUT "${generated}.list" CONTENT "${assets}" @ONLY)
  add_custom_command(
    OUTPUT "${generated}"
    COMMAND "${Python3_EXECUTABLE}" "${generator}" "${generated}" "${PROJECT_SOURCE_DIR}" "${left_out}" ${assets}
    DEPENDS "${generator}" "${generated}.list" ${assets}
    COMMENT "Embedding the assets"
    VERBATIM)
  target_sources(${target} PRIVATE "${generated}")
  set_source_files_properties("${generated}" PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings")
endfunction()
