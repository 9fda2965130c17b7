#include "files.h"
#include "library.h"

#include <nettle/sha2.h>
#include <pthread.h>
#include <stdbool.h>

static struct {
    bool is_loaded;
    __typeof__(&sha256_init) init;
    __typeof__(&sha256_update) update;
    __typeof__(&sha256_digest) digest;
} nettle;

static void load(void) {
    void *library = CPLATFORM_LOAD("libnettle.so.8", "libnettle8");
    nettle.is_loaded = CPLATFORM_SET(library, nettle.init, sha256_init) &&
                       CPLATFORM_SET(library, nettle.update, sha256_update) &&
                       CPLATFORM_SET(library, nettle.digest, sha256_digest);
}

bool cplatform_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
    static pthread_once_t is_looked_for = PTHREAD_ONCE_INIT;
    pthread_once(&is_looked_for, load);
    if (!nettle.is_loaded) return false;
    struct sha256_ctx state;
    nettle.init(&state);
    nettle.update(&state, count, bytes);
    nettle.digest(&state, SHA256_DIGEST_SIZE, digest);
    return true;
}
