// What the tests of CXapian cannot do through its header.

#ifndef CXAPIAN_TESTING_H
#define CXAPIAN_TESTING_H

#include <stddef.h>
#include <stdint.h>

#include "CXapian.h"

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// Throws the exception that the status stands for, inside the guard that every function uses.
// CX_OTHER stands for a class of libxapian that is newer than the table.
cx_status cxt_throw(cx_status wanted, cx_error *error);

// Throws something that is no exception class, inside the guard.
cx_status cxt_throw_number(cx_error *error);

// Throws what libxapian throws for a term that is too long, inside the guard: the message holds the
// term.
cx_status cxt_throw_long_term(cx_error *error);

// Lets the calling thread touch files with the rights of another user; returns the user before.
// Does nothing where the system has no such call.
uint32_t cxt_set_file_user(uint32_t user);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
