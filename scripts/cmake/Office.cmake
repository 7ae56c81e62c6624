# zlib, minizip and libxlsxwriter from their sources, for both targets: the same bytes come out of each. They write to
# memory (stubs/memory_files.cpp).

set(zlib_folder "${deps}/zlib")
add_library(zlib STATIC "${zlib_folder}/adler32.c" "${zlib_folder}/compress.c" "${zlib_folder}/crc32.c" "${zlib_folder}/deflate.c"
                        "${zlib_folder}/trees.c" "${zlib_folder}/zutil.c")
target_include_directories(zlib SYSTEM BEFORE PUBLIC "${zlib_folder}")

set(minizip_folder "${deps}/xlsxwriter/third_party/minizip")
add_library(minizip STATIC "${minizip_folder}/zip.c" "${CMAKE_CURRENT_LIST_DIR}/stubs/memory_files.cpp")
target_include_directories(minizip SYSTEM PUBLIC "${minizip_folder}" "${CMAKE_CURRENT_LIST_DIR}/stubs")
target_compile_features(minizip PUBLIC cxx_std_20)
target_compile_definitions(minizip PRIVATE NOCRYPT NOUNCRYPT)
target_link_libraries(minizip PUBLIC zlib)

file(GLOB xlsxwriter_sources "${deps}/xlsxwriter/src/*.c")
add_library(xlsxwriter STATIC ${xlsxwriter_sources})
target_include_directories(xlsxwriter SYSTEM PUBLIC "${deps}/xlsxwriter/include")
target_compile_definitions(xlsxwriter PRIVATE USE_NO_MD5)
target_link_libraries(xlsxwriter PUBLIC minizip)

foreach(library IN ITEMS zlib minizip xlsxwriter)
  target_compile_options(${library} PRIVATE -w)
  target_link_libraries(${library} PUBLIC duibiao_target_options)
endforeach()
