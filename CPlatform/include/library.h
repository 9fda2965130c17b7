#ifndef CPLATFORM_LIBRARY_H
#define CPLATFORM_LIBRARY_H

/* Libraries that are loaded when they are first needed. A search does without them, and loading them
   at its start would take as long as the search: on Linux nothing links them. On macOS they are
   linked, since the loader finds them by the paths that the linker saw. */

#ifdef __cplusplus
extern "C" {
#endif

/* Loads a library by the name of its file: NULL where it is missing. The first one that is missing
   is remembered, with the name of Debian's package that has it; both texts must last. */
void *cplatform_load(const char *file, const char *package);

/* The address of a function of a library; NULL where the library or the function is missing. */
void *cplatform_function(void *library, const char *name);

/* A library that could not be loaded. */
struct cplatform_missing {
    const char *file;    /* NULL when all were found */
    const char *package; /* Debian's name of the package that has it */
};

/* The first library that could not be loaded. */
struct cplatform_missing cplatform_missing_library(void);

#define CPLATFORM_TEXT_OF(name) #name
#define CPLATFORM_TEXT(name) CPLATFORM_TEXT_OF(name)

/* Sets a pointer to a function as the headers declare it, which may rename it; false where it is
   missing. */
#ifdef __APPLE__
#define CPLATFORM_LOAD(file, package) ((void *)0)
#define CPLATFORM_SET(library, pointer, name) ((void)(library), (pointer = &(name)) != 0)
#else
#define CPLATFORM_LOAD(file, package) cplatform_load(file, package)
#define CPLATFORM_SET(library, pointer, name) \
    ((pointer = (__typeof__(&(name)))cplatform_function(library, CPLATFORM_TEXT(name))) != 0)
#endif

#ifdef __cplusplus
}
#endif

#endif
