# Nayuki's QR code generator from its source, for both targets.

add_library(qrcodegen STATIC "${deps}/qrcodegen/c/qrcodegen.c")
target_include_directories(qrcodegen SYSTEM PUBLIC "${deps}/qrcodegen/c")
target_compile_options(qrcodegen PRIVATE -w)
target_link_libraries(qrcodegen PUBLIC duibiao_target_options)
