#define _GNU_SOURCE
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/// Copies a name into a buffer of PATH_MAX bytes and ends it; 0, or a negative error number.
static int ended(char *buffer, const uint8_t *name, int length) {
    if (length < 1 || memchr(name, 0, (size_t)length)) return -EINVAL;
    if (length >= PATH_MAX) return -ENAMETOOLONG;
    memcpy(buffer, name, (size_t)length);
    buffer[length] = 0;
    return 0;
}

int cplatform_open(int folder, const uint8_t *name, int length, int opening) {
    char path[PATH_MAX];
    int error = ended(path, name, length);
    if (error) return error;
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    if (!(opening & CPLATFORM_FOLLOWING)) flags |= O_NOFOLLOW;
    if (opening & CPLATFORM_FOLDER) flags |= O_DIRECTORY;
    int descriptor;
    do descriptor = openat(folder, path, flags);
    while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

int cplatform_temporary(int folder) {
#ifdef O_TMPFILE
    int unnamed = folder < 0 ? -1 : openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0) return unnamed;
#else
    (void)folder;
#endif
    FILE *file = tmpfile();
    if (!file) return -errno;
    int descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
    int result = descriptor < 0 ? -errno : descriptor;
    fclose(file);
    return result;
}

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)((uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec);
}

static struct cplatform_status status_of(int failed, const struct stat *found) {
    struct cplatform_status status = {0};
    if (failed) {
        status.error = -errno;
        return status;
    }
    status.kind = S_ISREG(found->st_mode)   ? 'f'
                  : S_ISDIR(found->st_mode) ? 'd'
                  : S_ISLNK(found->st_mode) ? 'l'
                                            : '?';
    status.size = found->st_size;
#ifdef __APPLE__
    status.modified = nanoseconds(found->st_mtimespec);
    status.changed = nanoseconds(found->st_ctimespec);
#else
    status.modified = nanoseconds(found->st_mtim);
    status.changed = nanoseconds(found->st_ctim);
#endif
    status.inode = (uint64_t)found->st_ino;
    status.device = (uint64_t)found->st_dev;
    status.owner = (uint32_t)found->st_uid;
    return status;
}

struct cplatform_status cplatform_status_at(int folder, const uint8_t *name, int length, int follows) {
    char path[PATH_MAX];
    struct cplatform_status status = {.error = ended(path, name, length)};
    if (status.error) return status;
    struct stat found;
    int failed = fstatat(folder, path, &found, follows ? 0 : AT_SYMLINK_NOFOLLOW);
    return status_of(failed, &found);
}

struct cplatform_status cplatform_status(int descriptor) {
    struct stat found;
    int failed = fstat(descriptor, &found);
    return status_of(failed, &found);
}

uintptr_t cplatform_list(int folder) {
    // A descriptor of its own, with a position of its own in the folder.
    int descriptor = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    DIR *list = fdopendir(descriptor);
    if (!list) {
        int error = errno;
        close(descriptor);
        errno = error;
    }
    return (uintptr_t)list;
}

int cplatform_next(uintptr_t list, uint8_t *name, int capacity) {
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir((DIR *)list);
        if (!entry) return -errno;
        size_t length = strlen(entry->d_name);
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || !length) continue;
        if (length > (size_t)capacity) return -ENAMETOOLONG;
        memcpy(name, entry->d_name, length);
        return (int)length;
    }
}

void cplatform_end(uintptr_t list) { closedir((DIR *)list); }

int64_t cplatform_read(int descriptor, uint8_t *bytes, int64_t capacity, int64_t offset) {
    ssize_t count;
    do count = pread(descriptor, bytes, (size_t)capacity, (off_t)offset);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

int64_t cplatform_read_next(int descriptor, uint8_t *bytes, int64_t capacity) {
    ssize_t count;
    do count = read(descriptor, bytes, (size_t)capacity);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

int cplatform_path(int descriptor, uint8_t *path, int capacity) {
#ifdef __APPLE__
    char found[PATH_MAX];
    if (fcntl(descriptor, F_GETPATH, found) < 0) return -errno;
    size_t length = strlen(found);
    if (length > (size_t)capacity) return -ENAMETOOLONG;
    memcpy(path, found, length);
    return (int)length;
#else
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, (char *)path, (size_t)capacity);
    return length < 0 ? -errno : (int)length;
#endif
}

static int opened(int folder, const uint8_t *name, int length, int flags) {
    char path[PATH_MAX];
    int error = ended(path, name, length);
    if (error) return error;
    flags |= O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int descriptor;
    do descriptor = openat(folder, path, flags, 0666);
    while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

int cplatform_create(int folder, const uint8_t *name, int length) {
    return opened(folder, name, length, O_EXCL);
}

int cplatform_open_or_create(int folder, const uint8_t *name, int length) {
    return opened(folder, name, length, 0);
}

int cplatform_rename(int old_folder, const uint8_t *old_name, int old_length, int new_folder,
                  const uint8_t *new_name, int new_length) {
    char from[PATH_MAX];
    char to[PATH_MAX];
    int error = ended(from, old_name, old_length);
    if (!error) error = ended(to, new_name, new_length);
    if (error) return error;
    return renameat(old_folder, from, new_folder, to) ? -errno : 0;
}

int cplatform_make_folder(int folder, const uint8_t *name, int length, uint32_t mode) {
    char path[PATH_MAX];
    int error = ended(path, name, length);
    if (error) return error;
    return mkdirat(folder, path, (mode_t)mode) ? -errno : 0;
}

int cplatform_remove(int folder, const uint8_t *name, int length) {
    char path[PATH_MAX];
    int error = ended(path, name, length);
    if (error) return error;
    if (unlinkat(folder, path, 0) == 0) return 0;
    // POSIX says EPERM of a folder, Linux EISDIR.
    if (errno != EISDIR && errno != EPERM) return -errno;
    return unlinkat(folder, path, AT_REMOVEDIR) ? -errno : 0;
}

int64_t cplatform_free_bytes(int descriptor) {
    struct statvfs found;
    if (fstatvfs(descriptor, &found)) return -errno;
    return (int64_t)((uint64_t)found.f_bavail * found.f_frsize);
}

int cplatform_set_modified(int descriptor, int64_t time) {
    struct timespec times[2] = {
        {.tv_nsec = UTIME_OMIT},
        {.tv_sec = (time_t)(time / 1000000000), .tv_nsec = (long)(time % 1000000000)},
    };
    return futimens(descriptor, times) ? -errno : 0;
}

uint32_t cplatform_user(void) { return (uint32_t)geteuid(); }

int64_t cplatform_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return nanoseconds(time);
}

int cplatform_working_folder(uint8_t *path, int capacity) {
    char found[PATH_MAX];
    if (!getcwd(found, sizeof found)) return -errno;
    size_t length = strlen(found);
    if (length > (size_t)capacity) return -ENAMETOOLONG;
    memcpy(path, found, length);
    return (int)length;
}

struct cplatform_mapping cplatform_map(int descriptor) {
    struct cplatform_mapping mapping = {0};
    struct stat found;
    if (fstat(descriptor, &found)) {
        mapping.error = -errno;
    } else if (found.st_size > 0) {
        void *bytes =
            mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (bytes == MAP_FAILED) {
            mapping.error = -errno;
        } else {
            mapping.bytes = bytes;
            mapping.count = (size_t)found.st_size;
        }
    }
    return mapping;
}

void cplatform_prefetch(struct cplatform_mapping mapping, int64_t from, int64_t to) {
    const int64_t cache_line = 64;
    const int64_t end = to < (int64_t)mapping.count ? to : (int64_t)mapping.count;
    for (int64_t at = from > 0 ? from : 0; at < end; at += cache_line) {
        __builtin_prefetch(mapping.bytes + at);
    }
}

int64_t cplatform_first(const uint8_t *bytes, int64_t from, int64_t to, uint8_t byte) {
    if (from < 0 || from >= to) return -1;
    const uint8_t *const found = memchr(bytes + from, byte, (size_t)(to - from));
    return found ? found - bytes : -1;
}

int64_t cplatform_last(const uint8_t *bytes, int64_t to, uint8_t byte) {
#ifdef __linux__
    const uint8_t *const found = to > 0 ? memrchr(bytes, byte, (size_t)to) : NULL;
    return found ? found - bytes : -1;
#else
    while (to > 0 && bytes[to - 1] != byte) --to;
    return to - 1;
#endif
}

void cplatform_unmap(struct cplatform_mapping mapping) {
    if (mapping.count > 0) munmap((void *)mapping.bytes, mapping.count);
}
