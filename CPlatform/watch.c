#define _GNU_SOURCE
#include "watch.h"

#include <errno.h>

#if defined(__linux__)

#include <stdint.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

int cplatform_watch_begin(void) {
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return watch < 0 ? -errno : watch;
}

int cplatform_watch_add(int watch, const char *path) {
    struct statfs system;
    if (statfs(path, &system) != 0) return -errno;
    switch ((uint32_t)system.f_type) {
        case 0x6969:      // NFS
        case 0x517B:      // SMB
        case 0xFF534D42:  // CIFS
        case 0xFE534D42:  // SMB2
        case 0x65735546:  // FUSE
        case 0x01021997:  // 9P
        case 0x00C36400:  // Ceph
        case 0x5346414F:  // AFS
            return -EOPNOTSUPP;
        default: break;
    }
    uint32_t events = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                      IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW;
    int number = inotify_add_watch(watch, path, events);
    return number < 0 ? -errno : number;
}

int cplatform_watch_read(int watch) {
    _Alignas(struct inotify_event) char buffer[1 << 14];
    int seen = 0;
    for (;;) {
        ssize_t count = read(watch, buffer, sizeof buffer);
        if (count > 0) {
            seen = 1;
            continue;
        }
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return -errno;
        return seen;
    }
}

void cplatform_watch_end(int watch) { close(watch); }

#else

int cplatform_watch_begin(void) { return -ENOSYS; }

int cplatform_watch_add(int watch, const char *path) {
    (void)watch, (void)path;
    return -ENOSYS;
}

int cplatform_watch_read(int watch) {
    (void)watch;
    return -ENOSYS;
}

void cplatform_watch_end(int watch) { (void)watch; }

#endif
