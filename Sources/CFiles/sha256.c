#include "CFiles.h"

#include <CLibrary.h>
#include <nettle/sha2.h>
#include <pthread.h>

static struct {
    __typeof__(&sha256_init) init;
    __typeof__(&sha256_update) update;
    __typeof__(&sha256_digest) digest;
} nettle;

static void load(void) {
    void *library = CLIBRARY_LOAD("libnettle.so.8");
    nettle.init = CLIBRARY_FUNCTION(library, sha256_init);
    nettle.update = CLIBRARY_FUNCTION(library, sha256_update);
    nettle.digest = CLIBRARY_FUNCTION(library, sha256_digest);
}

void cfiles_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
    static pthread_once_t is_loaded = PTHREAD_ONCE_INIT;
    pthread_once(&is_loaded, load);
    struct sha256_ctx state;
    nettle.init(&state);
    nettle.update(&state, count, bytes);
    nettle.digest(&state, SHA256_DIGEST_SIZE, digest);
}
