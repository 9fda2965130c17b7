/* A library for LD_PRELOAD: it counts the calls that change or read files below one folder, makes a
   chosen one fail, and records what was done, so that a power cut can be played back.

   FAULT_ROOT    only paths that begin so count
   FAULT_NTH     the number, from 1, of the call that fails; none when 0 or unset
   FAULT_ERRNO   the error number it fails with; "short" writes half of what was asked for
   FAULT_STICKY  when 1, every later call of the same kind fails too
   FAULT_KIND    only calls of this kind count and fail, such as sync or rename; all when unset
   FAULT_COUNT   a file to which the number of counted calls is written at the end
   FAULT_LOG     a file to which every operation that changes files is written, with its bytes */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static const char *only;
static size_t root_length;
static long nth, count;
static int fault, is_short, sticky, log_descriptor = -1;
static const char *failed_kind;

#define REAL(result, name, ...)                                                                    \
    static result (*real)(__VA_ARGS__);                                                            \
    if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int (*real_open_for_log)(const char *, int, ...);
static ssize_t (*real_write_for_log)(int, const void *, size_t);

static void start(void) {
    static int started;
    if (started) return;
    started = 1;
    root = getenv("FAULT_ROOT");
    root_length = root ? strlen(root) : 0;
    only = getenv("FAULT_KIND");
    const char *text = getenv("FAULT_NTH");
    nth = text ? atol(text) : 0;
    text = getenv("FAULT_ERRNO");
    is_short = text && !strcmp(text, "short");
    fault = text ? atoi(text) : EIO;
    text = getenv("FAULT_STICKY");
    sticky = text && *text == '1';
    real_open_for_log = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    real_write_for_log = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *path = getenv("FAULT_LOG");
    if (path && *path)
        log_descriptor = real_open_for_log(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    if (!path || !real_open_for_log) return;
    int descriptor = real_open_for_log(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", count);
    if (descriptor >= 0 && real_write_for_log(descriptor, text, (size_t)length) == length)
        close(descriptor);
}

static int counts(const char *path) {
    start();
    return root && path && !strncmp(path, root, root_length);
}

/* The path of a descriptor; empty when it has none. */
static const char *path_of(int descriptor, char *buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, buffer, PATH_MAX - 1);
    buffer[length < 0 ? 0 : length] = 0;
    return buffer;
}

static const char *path_at(int folder, const char *path, char *buffer) {
    int length_of_number = 0, number;
    if (sscanf(path, "/proc/self/fd/%d%n", &number, &length_of_number) == 1 &&
        length_of_number && path[length_of_number] == '/') {
        /* What stands below a folder that is open. */
        path_of(number, buffer);
        size_t length = strlen(buffer);
        snprintf(buffer + length, PATH_MAX - length, "%s", path + length_of_number);
        return buffer;
    }
    if (path[0] == '/') return path;
    if (folder == AT_FDCWD) {
        if (!getcwd(buffer, PATH_MAX)) return path;
    } else {
        path_of(folder, buffer);
    }
    size_t length = strlen(buffer);
    snprintf(buffer + length, PATH_MAX - length, "/%s", path);
    return buffer;
}

/* Whether the call that begins now fails: 0 no, 1 with an error, 2 by half. */
static int fails(const char *kind) {
    if (only && strcmp(kind, only)) return 0;
    pthread_mutex_lock(&lock);
    count++;
    int result = 0;
    if (nth && count == nth) {
        result = is_short ? 2 : 1;
        failed_kind = kind;
    } else if (sticky && failed_kind && !strcmp(kind, failed_kind)) {
        result = is_short ? 0 : 1;
    }
    pthread_mutex_unlock(&lock);
    if (result == 1) errno = fault;
    return result;
}

/* Records an operation: a line of kind, two paths and two numbers, then bytes. */
static void record(const char *kind, const char *path, const char *other, long long offset,
                   const void *bytes, size_t size) {
    if (log_descriptor < 0) return;
    char line[3 * PATH_MAX];
    int length = snprintf(line, sizeof line, "%s\t%s\t%s\t%lld\t%zu\n", kind, path,
                          other ? other : "", offset, size);
    pthread_mutex_lock(&lock);
    struct iovec parts[2] = {{line, (size_t)length}, {(void *)bytes, bytes ? size : 0}};
    if (writev(log_descriptor, parts, bytes ? 2 : 1) < 0) abort();
    pthread_mutex_unlock(&lock);
}

static int opened(const char *path, int flags, int descriptor) {
    if (descriptor >= 0 && counts(path)) {
        if (flags & O_CREAT) record("create", path, NULL, 0, NULL, 0);
        if (flags & O_TRUNC) record("truncate", path, NULL, 0, NULL, 0);
    }
    return descriptor;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        REAL(int, name, const char *, int, ...);                                                   \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                          \
        va_end(more);                                                                              \
        char buffer[PATH_MAX];                                                                     \
        const char *whole = path_at(AT_FDCWD, path, buffer);                                       \
        if (counts(whole) && fails("open") == 1) return -1;                                        \
        return opened(whole, flags, real(path, flags, mode));                                      \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                               \
    int name(int folder, const char *path, int flags, ...) {                                       \
        REAL(int, name, int, const char *, int, ...);                                              \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                          \
        va_end(more);                                                                              \
        char buffer[PATH_MAX];                                                                     \
        const char *whole = path_at(folder, path, buffer);                                         \
        if (counts(whole) && fails("open") == 1) return -1;                                        \
        return opened(whole, flags, real(folder, path, flags, mode));                              \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int descriptor, const void *bytes, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    char buffer[PATH_MAX];
    const char *path = path_of(descriptor, buffer);
    if (counts(path)) {
        int failure = fails("write");
        if (failure == 1) return -1;
        if (failure == 2) size = size / 2 ? size / 2 : 1;
        long long offset = lseek(descriptor, 0, SEEK_CUR);
        ssize_t written = real(descriptor, bytes, size);
        if (written > 0) record("write", path, NULL, offset, bytes, (size_t)written);
        return written;
    }
    return real(descriptor, bytes, size);
}

#define PWRITE(name, offset_type)                                                                  \
    ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) {              \
        REAL(ssize_t, name, int, const void *, size_t, offset_type);                               \
        char buffer[PATH_MAX];                                                                     \
        const char *path = path_of(descriptor, buffer);                                            \
        if (!counts(path)) return real(descriptor, bytes, size, offset);                            \
        int failure = fails("write");                                                              \
        if (failure == 1) return -1;                                                               \
        if (failure == 2) size = size / 2 ? size / 2 : 1;                                          \
        ssize_t written = real(descriptor, bytes, size, offset);                                    \
        if (written > 0) record("write", path, NULL, offset, bytes, (size_t)written);               \
        return written;                                                                            \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* Streams write inside the C library, where no library comes between: one that begins in the
   folder is given functions that do. */

static ssize_t stream_write(void *cookie, const char *bytes, size_t size) {
    size_t done = 0;
    while (done < size) {
        ssize_t part = write((int)(intptr_t)cookie, bytes + done, size - done);
        if (part <= 0) return 0;
        done += (size_t)part;
    }
    return (ssize_t)size;
}

static ssize_t stream_read(void *cookie, char *bytes, size_t size) {
    return read((int)(intptr_t)cookie, bytes, size);
}

static int stream_seek(void *cookie, off64_t *offset, int whence) {
    off64_t found = lseek64((int)(intptr_t)cookie, *offset, whence);
    if (found < 0) return -1;
    *offset = found;
    return 0;
}

static int stream_close(void *cookie) { return close((int)(intptr_t)cookie); }

FILE *fdopen(int descriptor, const char *mode) {
    REAL(FILE *, fdopen, int, const char *);
    char buffer[PATH_MAX];
    if (!counts(path_of(descriptor, buffer))) return real(descriptor, mode);
    cookie_io_functions_t functions = {stream_read, stream_write, stream_seek, stream_close};
    return fopencookie((void *)(intptr_t)descriptor, mode, functions);
}

#define PREAD(name, offset_type)                                                                   \
    ssize_t name(int descriptor, void *bytes, size_t size, offset_type offset) {                    \
        REAL(ssize_t, name, int, void *, size_t, offset_type);                                     \
        char buffer[PATH_MAX];                                                                     \
        if (counts(path_of(descriptor, buffer))) {                                                 \
            int failure = fails("read");                                                           \
            if (failure == 1) return -1;                                                           \
            if (failure == 2) size = size / 2 ? size / 2 : 1;                                      \
        }                                                                                          \
        return real(descriptor, bytes, size, offset);                                               \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t read(int descriptor, void *bytes, size_t size) {
    REAL(ssize_t, read, int, void *, size_t);
    char buffer[PATH_MAX];
    if (counts(path_of(descriptor, buffer))) {
        int failure = fails("read");
        if (failure == 1) return -1;
        if (failure == 2) size = size / 2 ? size / 2 : 1;
    }
    return real(descriptor, bytes, size);
}

#define SYNC(name)                                                                                 \
    int name(int descriptor) {                                                                     \
        REAL(int, name, int);                                                                      \
        char buffer[PATH_MAX];                                                                     \
        const char *path = path_of(descriptor, buffer);                                            \
        if (!counts(path)) return real(descriptor);                                                \
        if (fails("sync") == 1) return -1;                                                         \
        int result = real(descriptor);                                                             \
        if (!result) record("sync", path, NULL, 0, NULL, 0);                                       \
        return result;                                                                             \
    }
SYNC(fsync)
SYNC(fdatasync)

static int renamed(const char *from, const char *to, int result) {
    if (!result) record("rename", from, to, 0, NULL, 0);
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    char one[PATH_MAX], other[PATH_MAX];
    const char *old = path_at(AT_FDCWD, from, one), *new = path_at(AT_FDCWD, to, other);
    if (!counts(new)) return real(from, to);
    if (fails("rename") == 1) return -1;
    return renamed(old, new, real(from, to));
}

int renameat(int one_folder, const char *from, int other_folder, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    char one[PATH_MAX], other[PATH_MAX];
    const char *old = path_at(one_folder, from, one), *new = path_at(other_folder, to, other);
    if (!counts(new)) return real(one_folder, from, other_folder, to);
    if (fails("rename") == 1) return -1;
    return renamed(old, new, real(one_folder, from, other_folder, to));
}

int unlinkat(int folder, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    char buffer[PATH_MAX];
    const char *whole = path_at(folder, path, buffer);
    if (!counts(whole)) return real(folder, path, flags);
    if (fails("unlink") == 1) return -1;
    int result = real(folder, path, flags);
    if (!result) record("unlink", whole, NULL, 0, NULL, 0);
    return result;
}

#define ONE_PATH(name, kind)                                                                       \
    int name(const char *path) {                                                                   \
        REAL(int, name, const char *);                                                             \
        char buffer[PATH_MAX];                                                                     \
        const char *whole = path_at(AT_FDCWD, path, buffer);                                       \
        if (!counts(whole)) return real(path);                                                     \
        if (fails(kind) == 1) return -1;                                                           \
        int result = real(path);                                                                   \
        if (!result) record("unlink", whole, NULL, 0, NULL, 0);                                    \
        return result;                                                                             \
    }
ONE_PATH(unlink, "unlink")
ONE_PATH(rmdir, "unlink")

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    char buffer[PATH_MAX];
    const char *whole = path_at(AT_FDCWD, path, buffer);
    if (!counts(whole)) return real(path, mode);
    if (fails("mkdir") == 1) return -1;
    int result = real(path, mode);
    if (!result) record("mkdir", whole, NULL, 0, NULL, 0);
    return result;
}

int mkdirat(int folder, const char *path, mode_t mode) {
    REAL(int, mkdirat, int, const char *, mode_t);
    char buffer[PATH_MAX];
    const char *whole = path_at(folder, path, buffer);
    if (!counts(whole)) return real(folder, path, mode);
    if (fails("mkdir") == 1) return -1;
    int result = real(folder, path, mode);
    if (!result) record("mkdir", whole, NULL, 0, NULL, 0);
    return result;
}

#define TRUNCATE(name, offset_type)                                                                \
    int name(int descriptor, offset_type size) {                                                   \
        REAL(int, name, int, offset_type);                                                         \
        char buffer[PATH_MAX];                                                                     \
        const char *path = path_of(descriptor, buffer);                                            \
        if (!counts(path)) return real(descriptor, size);                                          \
        if (fails("truncate") == 1) return -1;                                                     \
        int result = real(descriptor, size);                                                       \
        if (!result) record("truncate", path, NULL, size, NULL, 0);                                \
        return result;                                                                             \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
