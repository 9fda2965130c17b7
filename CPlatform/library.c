#include "library.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>

/* Set once; the package before the file, which tells that both are there. */
static _Atomic(const char *) missing_package;
static _Atomic(const char *) missing_file;

void *cplatform_load(const char *file, const char *package) {
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    const char *none = NULL;
    if (!library && atomic_compare_exchange_strong(&missing_package, &none, package)) {
        atomic_store(&missing_file, file);
    }
    return library;
}

void *cplatform_function(void *library, const char *name) {
    return library ? dlsym(library, name) : NULL;
}

struct cplatform_missing cplatform_missing_library(void) {
    return (struct cplatform_missing){.file = atomic_load(&missing_file),
                                      .package = atomic_load(&missing_package)};
}
