/* AES-256-GCM and PBKDF2 with HMAC-SHA256, and ECDSA over P-256 with RFC 6979; nothing else. */
#pragma once

#define MBEDTLS_AES_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_NO_INTERNAL_RNG
#define MBEDTLS_GCM_C
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_MD_C
#define MBEDTLS_OID_C /* asked for by what of PKCS #5 nobody calls */
#define MBEDTLS_PKCS5_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_AES_ROM_TABLES

#include "mbedtls/check_config.h"
