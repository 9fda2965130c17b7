#include "CSQLite.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { MOST_STATEMENTS = 8 };

struct file {
    sqlite3 *database;
    sqlite3_stmt *statements[MOST_STATEMENTS];
    int statement_count;
};

static struct file *file_of(int64_t number) { return (struct file *)(intptr_t)number; }

int64_t csqlite_create(const char *path) {
    struct file *file = calloc(1, sizeof *file);
    if (!file) return 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(path, &file->database, flags, NULL) != SQLITE_OK) {
        sqlite3_close(file->database);
        free(file);
        return 0;
    }
    return (int64_t)(intptr_t)file;
}

int csqlite_execute(int64_t number, const char *sql) {
    return sqlite3_exec(file_of(number)->database, sql, NULL, NULL, NULL);
}

int csqlite_prepare(int64_t number, const char *sql) {
    struct file *file = file_of(number);
    if (file->statement_count == MOST_STATEMENTS) return SQLITE_FULL;
    int result = sqlite3_prepare_v2(file->database, sql, -1,
                                    &file->statements[file->statement_count], NULL);
    if (result == SQLITE_OK) file->statement_count++;
    return result;
}

static sqlite3_stmt *statement_of(int64_t number, int statement) {
    struct file *file = file_of(number);
    return statement >= 0 && statement < file->statement_count ? file->statements[statement] : NULL;
}

int csqlite_bind_text(int64_t number, int statement, int column, const char *utf8,
                      int64_t length) {
    return sqlite3_bind_text64(statement_of(number, statement), column, utf8,
                               (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int csqlite_bind_integer(int64_t number, int statement, int column, int64_t value) {
    return sqlite3_bind_int64(statement_of(number, statement), column, value);
}

int csqlite_bind_number(int64_t number, int statement, int column, double value) {
    return sqlite3_bind_double(statement_of(number, statement), column, value);
}

int csqlite_insert(int64_t number, int statement) {
    sqlite3_stmt *row = statement_of(number, statement);
    int result = sqlite3_step(row);
    sqlite3_reset(row);
    sqlite3_clear_bindings(row);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

int csqlite_close(int64_t number) {
    struct file *file = file_of(number);
    for (int i = 0; i < file->statement_count; i++) sqlite3_finalize(file->statements[i]);
    int result = sqlite3_close(file->database);
    free(file);
    return result;
}
