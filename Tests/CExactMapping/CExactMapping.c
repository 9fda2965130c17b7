#include "CExactMapping.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__real_mmap(void *, size_t, int, int, int, off_t);
int __real_munmap(void *, size_t);
int __real_madvise(void *, size_t, int);

void *__wrap_mmap(void *, size_t, int, int, int, off_t);
void *__wrap_mmap64(void *, size_t, int, int, int, off_t);
int __wrap_munmap(void *, size_t);
int __wrap_madvise(void *, size_t, int);

enum { most_blocks = 4096 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *blocks[most_blocks];

// Puts `to` where `from` stands; whether `from` stood anywhere.
static int replace(const void *from, void *to) {
    int found = 0;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < most_blocks && !found; ++i) {
        if (blocks[i] != from) continue;
        blocks[i] = to;
        found = 1;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static int is_block(void *block) { return replace(block, block); }

// The bytes of a file, in a block of the heap.
static void *file_block(size_t length, int descriptor, off_t offset) {
    char *block = malloc(length);
    if (!block) return MAP_FAILED;
    for (size_t done = 0; done < length;) {
        const ssize_t count =
            pread(descriptor, block + done, length - done, offset + (off_t)done);
        if (count <= 0) {
            free(block);
            return MAP_FAILED;
        }
        done += (size_t)count;
    }
    if (!replace(NULL, block)) abort();
    return block;
}

void *__wrap_mmap(void *at, size_t length, int protection, int flags, int descriptor,
                  off_t offset) {
    if (at || length == 0 || protection != PROT_READ || flags != MAP_PRIVATE || descriptor < 0) {
        return __real_mmap(at, length, protection, flags, descriptor, offset);
    }
    return file_block(length, descriptor, offset);
}

void *__wrap_mmap64(void *at, size_t length, int protection, int flags, int descriptor,
                    off_t offset) {
    return __wrap_mmap(at, length, protection, flags, descriptor, offset);
}

int __wrap_munmap(void *at, size_t length) {
    if (!at || !is_block(at)) return __real_munmap(at, length);
    replace(at, NULL);
    free(at);
    return 0;
}

int __wrap_madvise(void *at, size_t length, int advice) {
    return at && is_block(at) ? 0 : __real_madvise(at, length, advice);
}
