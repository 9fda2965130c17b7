#include "program.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <mach-o/dyld.h>
#endif

extern char **environ;

long cplatform_own_path(uint8_t *path, size_t size) {
#if defined(__APPLE__)
    char named[PATH_MAX];
    uint32_t length = sizeof named;
    if (_NSGetExecutablePath(named, &length) != 0) return -ENAMETOOLONG;
    char whole[PATH_MAX];
    if (realpath(named, whole) == NULL) return -errno;
#else
    char whole[PATH_MAX];
    if (realpath("/proc/self/exe", whole) == NULL) return -errno;
#endif
    size_t count = strlen(whole);
    if (count > size) return -ENAMETOOLONG;
    memcpy(path, whole, count);
    return (long)count;
}

int cplatform_become(const uint8_t *path, const uint8_t *arguments, size_t count) {
    char **list = calloc(count + 1, sizeof *list);
    if (list == NULL) return -ENOMEM;
    const char *argument = (const char *)arguments;
    for (size_t index = 0; index < count; index++) {
        list[index] = (char *)argument;
        argument += strlen(argument) + 1;
    }
    execve((const char *)path, list, environ);
    int error = errno;
    free(list);
    return -error;
}
