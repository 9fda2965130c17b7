// Writes a new SQLite file. The header of SQLite itself stays behind this one.
//
// 1. Nothing is kept of what a pointer points to once the function has returned, and no pointer
//    comes out: that is what makes each function safe to call from Swift, as it says.
// 2. A file is a number that csqlite_create returned and csqlite_close ends; a statement is a number
//    of its file, from 0 in the order in which they were prepared, and ends with it.
// 3. A result is 0 or SQLite's own code.
// 4. One thread at a time.
#ifndef CSQLITE_H
#define CSQLITE_H

#include <stdbool.h>
#include <stdint.h>

#define CSQLITE_SAFE __attribute__((swift_attr("@safe")))

/// Loads the library, once; false when it is not installed.
bool csqlite_load(void);

/// Begins a file in the place of which there is none; 0 when it cannot be made.
int64_t csqlite_create(const char *_Nonnull path) CSQLITE_SAFE;

/// Runs statements that return nothing.
int csqlite_execute(int64_t file, const char *_Nonnull sql) CSQLITE_SAFE;

/// Prepares the file's next statement.
int csqlite_prepare(int64_t file, const char *_Nonnull sql) CSQLITE_SAFE;

// The values of a statement's next row; columns count from 1.
int csqlite_bind_text(int64_t file, int statement, int column, const char *_Nonnull utf8,
                      int64_t length) CSQLITE_SAFE;
int csqlite_bind_integer(int64_t file, int statement, int column, int64_t value);
int csqlite_bind_number(int64_t file, int statement, int column, double value);

/// Inserts the row; columns that were not bound are NULL.
int csqlite_insert(int64_t file, int statement);

/// Ends the statements and the file, and does nothing with 0. What was not committed is not in it.
int csqlite_close(int64_t file);

#endif
