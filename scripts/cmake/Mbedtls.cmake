# Of Mbed TLS what the password lock and signatures need (stubs/mbedtls_config.h), from its source, for both targets.

set(mbedtls_folder "${deps}/mbedtls")
set(mbedtls_sources)
foreach(part IN ITEMS aes asn1parse asn1write bignum cipher cipher_wrap constant_time ecdsa ecp ecp_curves gcm hmac_drbg md
                         platform_util sha256)
  list(APPEND mbedtls_sources "${mbedtls_folder}/library/${part}.c")
endforeach()
add_library(mbedtls STATIC ${mbedtls_sources})
target_include_directories(mbedtls SYSTEM PUBLIC "${mbedtls_folder}/include")
target_compile_definitions(mbedtls
                           PUBLIC "MBEDTLS_CONFIG_FILE=\"${CMAKE_CURRENT_LIST_DIR}/stubs/mbedtls_config.h\"")
# Making a key is slow on purpose: what only slows it further is left out.
if(NOT DUIBIAO_SANITIZE)
  target_link_libraries(mbedtls PUBLIC duibiao_target_options)
endif()
# Making the key is meant to be slow for who guesses; -O2 halves the time of who knows. Signatures gain as much.
target_compile_options(mbedtls PRIVATE -w -O2)
