// This program and the ones beside it.
#ifndef CPLATFORM_PROGRAM_H
#define CPLATFORM_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

// Writes the absolute path of the running program, its links followed, without a zero; gives its
// length, or a negative errno.
long cplatform_own_path(uint8_t *_Nullable path, size_t size);

// Becomes another program: `arguments` are zero-ended texts one after the other, `count` of them,
// the first the program's name. Gives a negative errno, and only when it fails.
int cplatform_become(const uint8_t *_Nullable path, const uint8_t *_Nullable arguments, size_t count);

#endif
