#include "CLibrary.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

/* As with a program whose libraries are missing at its start, of which this is one. */
enum { MISSING = 127 };

static void *required(void *found) {
    if (found) return found;
    const char *words = dlerror();
    fprintf(stderr, "gongkai: a library is missing: %s\n", words ? words : "");
    _exit(MISSING);
}

void *clibrary_load(const char *file) { return required(dlopen(file, RTLD_NOW | RTLD_LOCAL)); }

void *clibrary_function(void *library, const char *name) { return required(dlsym(library, name)); }
