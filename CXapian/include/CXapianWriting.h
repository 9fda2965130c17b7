// The C face of libxapian, continued: replacing and deleting documents, transactions, databases in
// memory. The four rules at the head of CXapian.h hold here too.

#ifndef CXAPIAN_WRITING_H
#define CXAPIAN_WRITING_H

#include "CXapian.h"

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// Makes an empty database that lives in memory, and as long as the writer and the readers made
// of it. It has no transactions.
cx_status cx_writer_create_in_memory(cx_writer *_Nullable *_Nonnull out, cx_error *error);

// Reads what the writer holds, uncommitted changes included. The writer and this database share
// what they count references in: both stay on one thread.
cx_status cx_writer_reader(const cx_writer *writer, cx_database *_Nullable *_Nonnull out,
                           cx_error *error);

// Puts the batch's one document in place of another, or makes it with that id. Fails with
// CX_REFUSED as cx_writer_add() does, and with CX_FEATURE_UNAVAILABLE when the database has no
// term lists, which both leave the writer as it was.
cx_status cx_writer_replace(cx_writer *writer, uint32_t document, const cx_batch *batch,
                            cx_error *error);
// Puts the batch's one document in place of all that hold a term, or adds it when none does.
// *document is its id: the lowest that held the term.
cx_status cx_writer_replace_all(cx_writer *writer, const uint8_t *term, size_t term_length,
                                const cx_batch *batch, uint32_t *document, cx_error *error);
// Fails with CX_DOCUMENT_NOT_FOUND, which leaves the writer as it was.
cx_status cx_writer_delete(cx_writer *writer, uint32_t document, cx_error *error);
// Deletes all documents that hold a term; there may be none.
cx_status cx_writer_delete_all(cx_writer *writer, const uint8_t *term, size_t term_length,
                               cx_error *error);

// A transaction: what is written between the first of these and the second becomes visible all at
// once or, with the third, never. Without `is_flushed` it is made durable by the next commit only,
// together with what was written before it. Each fails with CX_INVALID_OPERATION when there is
// one already, or none, which leaves the writer as it was; so does a commit inside one.
cx_status cx_writer_begin_transaction(cx_writer *writer, bool is_flushed, cx_error *error);
cx_status cx_writer_commit_transaction(cx_writer *writer, cx_error *error);
cx_status cx_writer_cancel_transaction(cx_writer *writer, cx_error *error);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
