# zlib, minizip, libxlsxwriter and expat from their sources, for both targets: the same bytes come out of each. They read
# and write memory (stubs/memory_files.cpp).

set(zlib_folder "${deps}/zlib")
add_library(zlib STATIC "${zlib_folder}/adler32.c" "${zlib_folder}/compress.c" "${zlib_folder}/crc32.c" "${zlib_folder}/deflate.c"
                        "${zlib_folder}/inffast.c" "${zlib_folder}/inflate.c" "${zlib_folder}/inftrees.c"
                        "${zlib_folder}/trees.c" "${zlib_folder}/zutil.c")
target_include_directories(zlib SYSTEM BEFORE PUBLIC "${zlib_folder}")

set(minizip_folder "${deps}/xlsxwriter/third_party/minizip")
add_library(minizip STATIC "${minizip_folder}/zip.c" "${minizip_folder}/unzip.c"
                           "${CMAKE_CURRENT_LIST_DIR}/stubs/memory_files.cpp")
target_include_directories(minizip SYSTEM PUBLIC "${minizip_folder}" "${CMAKE_CURRENT_LIST_DIR}/stubs")
target_compile_features(minizip PUBLIC cxx_std_20)
target_compile_definitions(minizip PRIVATE NOCRYPT NOUNCRYPT)
target_link_libraries(minizip PUBLIC zlib)

file(GLOB xlsxwriter_sources "${deps}/xlsxwriter/src/*.c")
add_library(xlsxwriter STATIC ${xlsxwriter_sources})
target_include_directories(xlsxwriter SYSTEM PUBLIC "${deps}/xlsxwriter/include")
target_compile_definitions(xlsxwriter PRIVATE USE_NO_MD5)
target_link_libraries(xlsxwriter PUBLIC minizip)

# No document type is ever read, so nothing of it is compiled; the configuration is stubs/expat_config.h.
set(expat_folder "${deps}/expat/expat/lib")
add_library(expat STATIC "${expat_folder}/xmlparse.c" "${expat_folder}/xmlrole.c" "${expat_folder}/xmltok.c")
target_include_directories(expat SYSTEM PUBLIC "${expat_folder}" PRIVATE "${CMAKE_CURRENT_LIST_DIR}/stubs")
target_compile_definitions(expat PUBLIC XML_STATIC)

foreach(library IN ITEMS zlib minizip xlsxwriter expat)
  target_compile_options(${library} PRIVATE -w)
  target_link_libraries(${library} PUBLIC duibiao_target_options)
endforeach()
