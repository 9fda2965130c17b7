#include "CSQLite.h"

#include <dlfcn.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>

// The library is loaded when a file is begun: a search must not pay for it at its start.

static struct {
    __typeof__(sqlite3_open_v2) *open;
    __typeof__(sqlite3_close) *close;
    __typeof__(sqlite3_exec) *exec;
    __typeof__(sqlite3_prepare_v2) *prepare;
    __typeof__(sqlite3_finalize) *finalize;
    __typeof__(sqlite3_bind_text64) *bind_text;
    __typeof__(sqlite3_bind_int64) *bind_integer;
    __typeof__(sqlite3_bind_double) *bind_number;
    __typeof__(sqlite3_step) *step;
    __typeof__(sqlite3_reset) *reset;
    __typeof__(sqlite3_clear_bindings) *clear;
} sqlite;

#define LOAD(member, function) \
    ((sqlite.member = (__typeof__(sqlite.member))dlsym(library, #function)) != NULL)

bool csqlite_load(void) {
    if (sqlite.clear) return true;
    static const char *const names[] = {"libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib"};
    void *library = NULL;
    for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library && LOAD(open, sqlite3_open_v2) && LOAD(close, sqlite3_close) &&
           LOAD(exec, sqlite3_exec) && LOAD(prepare, sqlite3_prepare_v2) &&
           LOAD(finalize, sqlite3_finalize) && LOAD(bind_text, sqlite3_bind_text64) &&
           LOAD(bind_integer, sqlite3_bind_int64) && LOAD(bind_number, sqlite3_bind_double) &&
           LOAD(step, sqlite3_step) && LOAD(reset, sqlite3_reset) &&
           LOAD(clear, sqlite3_clear_bindings);
}

enum { MOST_STATEMENTS = 8 };

struct file {
    sqlite3 *database;
    sqlite3_stmt *statements[MOST_STATEMENTS];
    int statement_count;
};

static struct file *file_of(int64_t number) { return (struct file *)(intptr_t)number; }

int64_t csqlite_create(const char *path) {
    struct file *file = csqlite_load() ? calloc(1, sizeof *file) : NULL;
    if (!file) return 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite.open(path, &file->database, flags, NULL) != SQLITE_OK) {
        sqlite.close(file->database);
        free(file);
        return 0;
    }
    return (int64_t)(intptr_t)file;
}

int csqlite_execute(int64_t number, const char *sql) {
    return sqlite.exec(file_of(number)->database, sql, NULL, NULL, NULL);
}

int csqlite_prepare(int64_t number, const char *sql) {
    struct file *file = file_of(number);
    if (file->statement_count == MOST_STATEMENTS) return SQLITE_TOOBIG;
    int result = sqlite.prepare(file->database, sql, -1,
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
    return sqlite.bind_text(statement_of(number, statement), column, utf8,
                            (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int csqlite_bind_integer(int64_t number, int statement, int column, int64_t value) {
    return sqlite.bind_integer(statement_of(number, statement), column, value);
}

int csqlite_bind_number(int64_t number, int statement, int column, double value) {
    return sqlite.bind_number(statement_of(number, statement), column, value);
}

int csqlite_insert(int64_t number, int statement) {
    sqlite3_stmt *row = statement_of(number, statement);
    int result = sqlite.step(row);
    sqlite.reset(row);
    sqlite.clear(row);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

int csqlite_close(int64_t number) {
    struct file *file = file_of(number);
    if (!file) return SQLITE_OK;
    for (int i = 0; i < file->statement_count; i++) sqlite.finalize(file->statements[i]);
    int result = sqlite.close(file->database);
    free(file);
    return result;
}
