// The C face of libxapian: the few calls that Swift needs and cannot make itself.
//
// Four rules hold for every function here:
//
// 1. Nothing throws out. Each C++ exception becomes a cx_status, with details in *error, which is
//    written whenever the status is not CX_OK.
// 2. Text is (bytes, length). It may hold any byte, is never NUL terminated, and is copied when a
//    function keeps it. A cx_slice names text by its offset and length in a pool passed beside it.
// 3. What comes out of an `out` parameter belongs to the caller, who gives it to the `_free`
//    function of its type, once. Freeing NULL does nothing. Views (such as
//    cx_list_view) borrow from their owner.
// 4. One thread at a time for each handle: libxapian counts references without atomics. Different
//    handles never share what can change.

#ifndef CXAPIAN_H
#define CXAPIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// MARK: - Errors
//
// C++ exceptions cannot cross into Swift. One status for each exception class of libxapian 1.4, so
// that callers can tell "locked" from "damaged"; a class made after this list was written arrives
// as CX_OTHER with its name. This group goes when Swift can catch C++ exceptions.

typedef enum cx_status {
    CX_OK = 0,
    // Xapian::Error and its subclasses.
    CX_ASSERTION = 1,
    CX_INVALID_ARGUMENT = 2,
    CX_INVALID_OPERATION = 3,
    CX_UNIMPLEMENTED = 4,
    CX_DATABASE = 5,
    CX_DATABASE_CORRUPT = 6,
    CX_DATABASE_CREATE = 7,
    CX_DATABASE_LOCKED = 8,
    CX_DATABASE_MODIFIED = 9,
    CX_DATABASE_OPENING = 10,
    CX_DATABASE_VERSION = 11,
    CX_DATABASE_NOT_FOUND = 12,
    CX_DATABASE_CLOSED = 13,
    CX_DOCUMENT_NOT_FOUND = 14,
    CX_FEATURE_UNAVAILABLE = 15,
    CX_INTERNAL = 16,
    CX_NETWORK = 17,
    CX_NETWORK_TIMEOUT = 18,
    CX_QUERY_PARSER = 19,
    CX_SERIALISATION = 20,
    CX_RANGE = 21,
    CX_WILDCARD = 22,
    // What is not a Xapian::Error.
    CX_OUT_OF_MEMORY = 23,
    CX_STANDARD = 24,
    CX_OTHER = 25,
    // Refused here, before libxapian is asked.
    CX_REFUSED = 26,
    CX_TOO_COMPLEX = 27,
    CX_WRITER_UNUSABLE = 28,
} cx_status;

enum {
    CX_ERROR_TYPE_SIZE = 64,
    CX_ERROR_MESSAGE_SIZE = 512,
};

// What went wrong. Messages name paths and numbers, never terms, keys or document text.
typedef struct cx_error {
    cx_status status;
    // Which element of the array passed in is at fault, from 0; -1 when none is.
    int64_t index;
    // The name of the C++ class, such as "DatabaseLockError"; cut to fit.
    uint8_t type[CX_ERROR_TYPE_SIZE];
    size_t type_length;
    // UTF-8 as libxapian wrote it; cut to fit.
    uint8_t message[CX_ERROR_MESSAGE_SIZE];
    size_t message_length;
} cx_error;

// MARK: - Text and lists
//
// Arrays of texts cross the border in one pool with slices, and lists come back whole: an iterator
// would need a call, and a guard, for each element.

// The text at pool[offset ..< offset + length].
typedef struct cx_slice {
    size_t offset;
    size_t length;
} cx_slice;

typedef struct cx_list cx_list;

// A list's columns. A column that the call does not fill has a count of 0.
typedef struct cx_list_view {
    // Texts end to end; text i is bytes[ends[i - 1] ..< ends[i]], with ends[-1] being 0.
    const uint8_t *_Nullable bytes;
    const size_t *_Nullable ends;
    size_t text_count;
    // Document ids or frequencies.
    const uint32_t *_Nullable integers;
    size_t integer_count;
    const double *_Nullable numbers;
    size_t number_count;
} cx_list_view;

cx_list_view cx_list_contents(const cx_list *list);
void cx_list_free(cx_list *_Nullable list);

// MARK: - Reading
//
// Xapian::Database, with each per-document loop moved to this side of the border.

typedef struct cx_database cx_database;

typedef struct cx_counts {
    uint32_t document_count;
    // The highest document id ever used; 0 in an empty database.
    uint32_t last_document;
    // The sum of the within-document frequencies of all terms of all documents.
    uint64_t total_length;
} cx_counts;

// Opens a folder that holds a glass database, and nothing else: never a stub file, because a stub
// that names itself crashes libxapian. Fails with CX_DATABASE_NOT_FOUND when `path` is missing or
// not such a folder, CX_DATABASE_OPENING when it may not be read.
cx_status cx_database_open(const uint8_t *path, size_t path_length,
                           cx_database *_Nullable *_Nonnull out, cx_error *error);
// The same of a glass database in one file that is open for reading. The descriptor is closed with
// the database, and when this fails.
cx_status cx_database_open_descriptor(int descriptor, cx_database *_Nullable *_Nonnull out,
                                      cx_error *error);
void cx_database_free(cx_database *_Nullable database);

cx_status cx_database_counts(const cx_database *database, cx_counts *out, cx_error *error);
// How many documents hold the term; 0 for a term that cannot exist.
cx_status cx_database_term_frequency(const cx_database *database, const uint8_t *term,
                                     size_t term_length, uint32_t *out, cx_error *error);
// One text, empty when the key is not there.
cx_status cx_database_metadata(const cx_database *database, const uint8_t *key, size_t key_length,
                               cx_list *_Nullable *_Nonnull out, cx_error *error);
// The data of each document asked for, as texts. Fails with CX_DOCUMENT_NOT_FOUND and its index.
cx_status cx_database_data(const cx_database *database, const uint32_t *_Nullable ids,
                           size_t id_count, cx_list *_Nullable *_Nonnull out, cx_error *error);
// The value in one slot of each document asked for, as texts, empty where there is none. Fails with
// CX_DOCUMENT_NOT_FOUND and its index.
cx_status cx_database_values(const cx_database *database, uint32_t slot,
                             const uint32_t *_Nullable ids, size_t id_count,
                             cx_list *_Nullable *_Nonnull out, cx_error *error);
// Every number in one slot: document ids ascending as integers, numbers beside them.
cx_status cx_database_value_column(const cx_database *database, uint32_t slot,
                                   cx_list *_Nullable *_Nonnull out, cx_error *error);
// The first `limit` terms that begin with the prefix, in byte order, as texts with document
// frequencies as integers. *complete is false when there are more.
cx_status cx_database_terms(const cx_database *database, const uint8_t *prefix,
                            size_t prefix_length, size_t limit, bool *complete,
                            cx_list *_Nullable *_Nonnull out, cx_error *error);
// The ids of all documents that hold the term, ascending, as integers.
cx_status cx_database_postings(const cx_database *database, const uint8_t *term,
                               size_t term_length, cx_list *_Nullable *_Nonnull out,
                               cx_error *error);

// MARK: - Writing
//
// Xapian::WritableDatabase, guarded. A term that is too long, or a NUL inside one, makes libxapian
// drop every uncommitted document, so batches are checked whole before their first document goes
// in; and after a failed write the handle refuses to go on, since the next commit would succeed
// without the lost documents.

enum {
    CX_MAX_TERM_LENGTH = 245,
    CX_MAX_KEY_LENGTH = 200,
    CX_MAX_DATA_LENGTH = 1 << 20,
    CX_MAX_VALUE_LENGTH = 1 << 16,
};

typedef struct cx_writer cx_writer;

typedef struct cx_term {
    cx_slice text;
    // How often the document holds it; 0 for a boolean term.
    uint32_t frequency;
    // Where it stands in the document; the positions follow those of the term before it.
    uint32_t position_count;
} cx_term;

typedef struct cx_value {
    uint32_t slot;
    // Whether the value is `number`, stored by Xapian::sortable_serialise, or else `text`.
    bool is_number;
    double number;
    cx_slice text;
} cx_value;

// One document. Its terms and values follow those of the document before it.
typedef struct cx_document {
    size_t term_count;
    size_t value_count;
    cx_slice data;
} cx_document;

typedef struct cx_batch {
    const uint8_t *_Nullable pool;
    size_t pool_length;
    const cx_document *_Nullable documents;
    size_t document_count;
    const cx_term *_Nullable terms;
    size_t term_count;
    const cx_value *_Nullable values;
    size_t value_count;
    const uint32_t *_Nullable positions;
    size_t position_count;
} cx_batch;

// Makes a new glass database in a new folder. Fails with CX_DATABASE_CREATE when `path` exists.
cx_status cx_writer_create(const uint8_t *path, size_t path_length, bool stores_term_lists,
                           cx_writer *_Nullable *_Nonnull out, cx_error *error);
// Opens an existing folder to add to it. Fails with CX_DATABASE_LOCKED while another writer is
// open.
cx_status cx_writer_open(const uint8_t *path, size_t path_length,
                         cx_writer *_Nullable *_Nonnull out, cx_error *error);
// Closes the database. What was not committed may be kept or lost.
void cx_writer_free(cx_writer *_Nullable writer);

// Adds all documents, or none: CX_REFUSED with the index of the first bad one leaves the writer as
// it was. Any other failure makes the writer unusable. *first is the id of the first document
// added, 0 for an empty batch; the others follow it.
cx_status cx_writer_add(cx_writer *writer, const cx_batch *batch, uint32_t *first,
                        cx_error *error);
cx_status cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_length,
                                 const uint8_t *_Nullable value, size_t value_length,
                                 cx_error *error);
cx_status cx_writer_commit(cx_writer *writer, cx_error *error);
// Commits, and writes all of the database into one file, open for reading and writing, which is
// closed in any case.
cx_status cx_writer_finish(cx_writer *writer, int descriptor, cx_error *error);

// Merges glass databases, each in one file, in the order given, into another file, open for reading
// and writing: documents are numbered again from 1 and keep their order. Of equal metadata keys the
// first is kept. All descriptors are closed in any case.
cx_status cx_compact(const int *_Nullable sources, size_t source_count, int target,
                     cx_error *error);
// Writes the glass database in a folder into a new folder, with as little room in it as can be;
// documents keep their numbers.
cx_status cx_compact_folder(const uint8_t *path, size_t path_length, const uint8_t *target,
                            size_t target_length, cx_error *error);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#include "CXapianEnquire.h"
#include "CXapianQuery.h"
#include "CXapianReading.h"
#include "CXapianWriting.h"

#endif
