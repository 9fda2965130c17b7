// Writes a new SQLite file. The header of SQLite itself stays behind this one; the library is loaded
// when the first file is made.
//
// 1. Nothing is kept of what a pointer points to once the function has returned.
// 2. A file is what cplatform_sqlite_create returned, until cplatform_sqlite_close; a statement is a
//    number of its file, from 0 in the order in which they were prepared, and ends with it.
// 3. A result is 0 or SQLite's own code.
// 4. One thread at a time.
#ifndef CPLATFORM_SQLITE_H
#define CPLATFORM_SQLITE_H

#include <stdint.h>

typedef struct cplatform_sqlite cplatform_sqlite;

/// Begins a file where there is none. NULL when it cannot be made, or the library is
/// missing.
cplatform_sqlite *_Nullable cplatform_sqlite_create(const char *_Nonnull path);

/// Runs statements that return nothing.
int cplatform_sqlite_execute(cplatform_sqlite *_Nonnull file, const char *_Nonnull sql);

/// Prepares the file's next statement.
int cplatform_sqlite_prepare(cplatform_sqlite *_Nonnull file, const char *_Nonnull sql);

// The values of a statement's next row; columns count from 1.
int cplatform_sqlite_bind_text(cplatform_sqlite *_Nonnull file, int statement, int column,
                               const char *_Nonnull utf8, int64_t length);
int cplatform_sqlite_bind_integer(cplatform_sqlite *_Nonnull file, int statement, int column,
                                  int64_t value);
int cplatform_sqlite_bind_number(cplatform_sqlite *_Nonnull file, int statement, int column,
                                 double value);

/// Inserts the row; columns that were not bound are NULL.
int cplatform_sqlite_insert(cplatform_sqlite *_Nonnull file, int statement);

/// Ends the statements and the file. What was not committed is not in it.
int cplatform_sqlite_close(cplatform_sqlite *_Nonnull file);

#endif
