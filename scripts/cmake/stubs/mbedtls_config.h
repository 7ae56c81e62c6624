/* AES-256-GCM and PBKDF2 with HMAC-SHA256, nothing else. */
#pragma once

#define MBEDTLS_AES_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C
#define MBEDTLS_MD_C
#define MBEDTLS_PKCS5_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_AES_ROM_TABLES

#include "mbedtls/check_config.h"
