// The C face of libxapian, continued: opening databases of every kind, and reading them.
// The four rules at the head of CXapian.h hold here too.

#ifndef CXAPIAN_READING_H
#define CXAPIAN_READING_H

#include "CXapian.h"

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// MARK: - Opening

// A database of no shards: cx_database_add() gives it some.
cx_status cx_database_open_empty(cx_database *_Nullable *_Nonnull out, cx_error *error);
// Searches another database too, which stays the caller's. Document n of shard s of S is
// document (n - 1) * S + s + 1 of the whole, s counted from 0.
cx_status cx_database_add(cx_database *database, const cx_database *other, cx_error *error);
// Connects to xapian-tcpsrv. Each wait ends with CX_NETWORK_TIMEOUT or CX_NETWORK after so many
// milliseconds; 0 waits for ever.
cx_status cx_database_open_remote(const uint8_t *host, size_t host_length, uint16_t port,
                                  uint32_t timeout, uint32_t connect_timeout,
                                  cx_database *_Nullable *_Nonnull out, cx_error *error);
// Looks at the last commit; *changed says whether it is another one than before.
cx_status cx_database_reopen(cx_database *database, bool *changed, cx_error *error);

// MARK: - Statistics

typedef struct cx_statistics {
    uint32_t document_count;
    // The highest document id ever used; 0 in an empty database.
    uint32_t last_document;
    // A document's length is the sum of the frequencies of its terms.
    uint64_t total_length;
    double average_length;
    uint32_t length_lower_bound;
    uint32_t length_upper_bound;
    bool has_positions;
} cx_statistics;

typedef struct cx_term_statistics {
    // How many documents hold the term.
    uint32_t document_frequency;
    // How often they hold it, all together.
    uint64_t collection_frequency;
    // No document holds it more often.
    uint32_t frequency_upper_bound;
} cx_term_statistics;

cx_status cx_database_statistics(const cx_database *database, cx_statistics *out,
                                 cx_error *error);
// All 0 for a term that cannot exist.
cx_status cx_database_term_statistics(const cx_database *database, const uint8_t *term,
                                      size_t term_length, cx_term_statistics *out,
                                      cx_error *error);
// How many documents have a value in the slot as one integer; as texts a value that none is below
// and one that none is above, both empty when no document has one.
cx_status cx_database_value_statistics(const cx_database *database, uint32_t slot,
                                       cx_list *_Nullable *_Nonnull out, cx_error *error);
// What tells this database from any other, as one text; empty for a group of none.
cx_status cx_database_identifier(const cx_database *database, cx_list *_Nullable *_Nonnull out,
                                 cx_error *error);

// MARK: - Documents, postings, metadata

enum {
    CX_PART_DATA = 1,
    CX_PART_VALUES = 2,
    // Fails with CX_FEATURE_UNAVAILABLE when the database has no term lists; so do values.
    CX_PART_TERMS = 4,
    CX_PART_POSITIONS = 8,
};

// Copies the wanted parts of a document: as texts its data (empty when not wanted), the values by
// slot, the terms in byte order; as integers the number of values, their slots, and for each term
// its frequency, the number of its positions, and these. Fails with CX_DOCUMENT_NOT_FOUND.
cx_status cx_database_document(const cx_database *database, uint32_t document, uint32_t parts,
                               cx_list *_Nullable *_Nonnull out, cx_error *error);
// As integers a document's length and how many terms it holds. Fails with CX_DOCUMENT_NOT_FOUND.
cx_status cx_database_document_length(const cx_database *database, uint32_t document,
                                      cx_list *_Nullable *_Nonnull out, cx_error *error);
// For each document that holds the term, as integers in turn its id, ascending, and how often it
// does.
cx_status cx_database_posting_counts(const cx_database *database, const uint8_t *term,
                                     size_t term_length, cx_list *_Nullable *_Nonnull out,
                                     cx_error *error);
// The positions of a term in a document, ascending, as integers.
cx_status cx_database_positions(const cx_database *database, uint32_t document,
                                const uint8_t *term, size_t term_length,
                                cx_list *_Nullable *_Nonnull out, cx_error *error);
// The keys of metadata that begin with the prefix, in byte order, as texts.
cx_status cx_database_metadata_keys(const cx_database *database, const uint8_t *prefix,
                                    size_t prefix_length, cx_list *_Nullable *_Nonnull out,
                                    cx_error *error);

// MARK: - Numbers as values
//
// libxapian compares values as bytes; these bytes compare as their numbers do.

enum { CX_NUMBER_SIZE = 9 };

// Writes up to CX_NUMBER_SIZE bytes. Fails with CX_REFUSED for NaN, which libxapian would store as
// a number; minus infinity has no bytes, as a missing value has none.
cx_status cx_number_bytes(double number, uint8_t *out, size_t *length, cx_error *error);
// Any bytes give some number.
double cx_number(const uint8_t *_Nullable bytes, size_t length);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
