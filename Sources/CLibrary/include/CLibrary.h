#ifndef GONGKAI_CLIBRARY_H
#define GONGKAI_CLIBRARY_H

/* Libraries that are loaded when they are first needed. A search does without them, and loading them
   at its start would take as long as the search: on Linux nothing links them. On macOS they are
   linked, since the loader finds them by the paths that the linker saw. */

#ifdef __cplusplus
extern "C" {
#endif

/* Loads a library by the name of its file. Where it is missing the program ends, with the system's
   words: whoever calls cannot go on without it. */
void *clibrary_load(const char *file);

/* The address of a function of a library; the program ends where there is none. */
void *clibrary_function(void *library, const char *name);

#define CLIBRARY_TEXT_OF(name) #name
#define CLIBRARY_TEXT(name) CLIBRARY_TEXT_OF(name)

/* The functions as the headers declare them, which may rename them. */
#ifdef __APPLE__
#define CLIBRARY_LOAD(file) ((void *)0)
#define CLIBRARY_FUNCTION(library, name) ((void)(library), &(name))
#else
#define CLIBRARY_LOAD(file) clibrary_load(file)
#define CLIBRARY_FUNCTION(library, name) \
    ((__typeof__(&(name)))clibrary_function(library, CLIBRARY_TEXT(name)))
#endif

#ifdef __cplusplus
}
#endif

#endif
