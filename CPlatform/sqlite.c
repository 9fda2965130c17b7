#include "sqlite.h"

#include "library.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>

static struct {
    bool is_loaded;
    __typeof__(&sqlite3_open_v2) open;
    __typeof__(&sqlite3_close) close;
    __typeof__(&sqlite3_exec) exec;
    __typeof__(&sqlite3_prepare_v2) prepare;
    __typeof__(&sqlite3_finalize) finalize;
    __typeof__(&sqlite3_bind_text64) bind_text;
    __typeof__(&sqlite3_bind_int64) bind_integer;
    __typeof__(&sqlite3_bind_double) bind_number;
    __typeof__(&sqlite3_step) step;
    __typeof__(&sqlite3_reset) reset;
    __typeof__(&sqlite3_clear_bindings) clear;
} sqlite;

static void load(void) {
    void *library = CPLATFORM_LOAD("libsqlite3.so.0", "libsqlite3-0");
    sqlite.is_loaded = CPLATFORM_SET(library, sqlite.open, sqlite3_open_v2) &&
                       CPLATFORM_SET(library, sqlite.close, sqlite3_close) &&
                       CPLATFORM_SET(library, sqlite.exec, sqlite3_exec) &&
                       CPLATFORM_SET(library, sqlite.prepare, sqlite3_prepare_v2) &&
                       CPLATFORM_SET(library, sqlite.finalize, sqlite3_finalize) &&
                       CPLATFORM_SET(library, sqlite.bind_text, sqlite3_bind_text64) &&
                       CPLATFORM_SET(library, sqlite.bind_integer, sqlite3_bind_int64) &&
                       CPLATFORM_SET(library, sqlite.bind_number, sqlite3_bind_double) &&
                       CPLATFORM_SET(library, sqlite.step, sqlite3_step) &&
                       CPLATFORM_SET(library, sqlite.reset, sqlite3_reset) &&
                       CPLATFORM_SET(library, sqlite.clear, sqlite3_clear_bindings);
}

enum { MOST_STATEMENTS = 8 };

struct cplatform_sqlite {
    sqlite3 *database;
    sqlite3_stmt *statements[MOST_STATEMENTS];
    int statement_count;
};

cplatform_sqlite *cplatform_sqlite_create(const char *path) {
    static pthread_once_t is_looked_for = PTHREAD_ONCE_INIT;
    pthread_once(&is_looked_for, load);
    cplatform_sqlite *file = sqlite.is_loaded ? calloc(1, sizeof *file) : NULL;
    if (!file) return NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite.open(path, &file->database, flags, NULL) != SQLITE_OK) {
        sqlite.close(file->database);
        free(file);
        return NULL;
    }
    return file;
}

int cplatform_sqlite_execute(cplatform_sqlite *file, const char *sql) {
    return sqlite.exec(file->database, sql, NULL, NULL, NULL);
}

int cplatform_sqlite_prepare(cplatform_sqlite *file, const char *sql) {
    if (file->statement_count == MOST_STATEMENTS) return SQLITE_TOOBIG;
    int result = sqlite.prepare(file->database, sql, -1,
                                &file->statements[file->statement_count], NULL);
    if (result == SQLITE_OK) file->statement_count++;
    return result;
}

static sqlite3_stmt *statement_of(cplatform_sqlite *file, int statement) {
    return statement >= 0 && statement < file->statement_count ? file->statements[statement] : NULL;
}

int cplatform_sqlite_bind_text(cplatform_sqlite *file, int statement, int column, const char *utf8,
                               int64_t length) {
    return sqlite.bind_text(statement_of(file, statement), column, utf8, (sqlite3_uint64)length,
                            SQLITE_TRANSIENT, SQLITE_UTF8);
}

int cplatform_sqlite_bind_integer(cplatform_sqlite *file, int statement, int column,
                                  int64_t value) {
    return sqlite.bind_integer(statement_of(file, statement), column, value);
}

int cplatform_sqlite_bind_number(cplatform_sqlite *file, int statement, int column, double value) {
    return sqlite.bind_number(statement_of(file, statement), column, value);
}

int cplatform_sqlite_insert(cplatform_sqlite *file, int statement) {
    sqlite3_stmt *row = statement_of(file, statement);
    int result = sqlite.step(row);
    sqlite.reset(row);
    sqlite.clear(row);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

int cplatform_sqlite_close(cplatform_sqlite *file) {
    for (int i = 0; i < file->statement_count; i++) sqlite.finalize(file->statements[i]);
    int result = sqlite.close(file->database);
    free(file);
    return result;
}
