// The C face of libxapian, continued: Xapian::Query.
// The four rules at the head of CXapian.h hold here too.

#ifndef CXAPIAN_QUERY_H
#define CXAPIAN_QUERY_H

#include "CXapian.h"

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// A query, made from the leaves up; what it is made of stays the caller's. Every function fails
// with CX_REFUSED for an argument that libxapian would crash on, take for something else, or find
// out too late, and with CX_TOO_COMPLEX over CX_MAX_CHILDREN, CX_MAX_DEPTH or CX_MAX_NODES: queries
// that are nested 100,000 deep overflow libxapian's stack.
//
// Xapian::Query::MatchAll is never used: it is one static object with an unguarded counter.
typedef struct cx_query cx_query;

enum {
    CX_MAX_CHILDREN = 1000,
    CX_MAX_DEPTH = 64,
    CX_MAX_NODES = 100000,
};

typedef enum cx_query_operator {
    // All match; weights add up.
    CX_AND = 0,
    // At least one matches; weights add up.
    CX_OR = 1,
    // The first matches and no other does; its weight.
    CX_AND_NOT = 2,
    // An odd number of them matches; weights add up.
    CX_XOR = 3,
    // The first matches; weights of all that match add up.
    CX_AND_MAYBE = 4,
    // All match; the first one's weight.
    CX_FILTER = 5,
    // As CX_OR over those `size` that can weigh most in the database; all when 0.
    CX_ELITE_SET = 6,
    // As CX_OR, weighed as if all were one term.
    CX_SYNONYM = 7,
    // As CX_OR, but the weight is the highest of those that match.
    CX_MAXIMUM = 8,
} cx_query_operator;

typedef enum cx_expansion_limit {
    // Too many terms are CX_WILDCARD when the query is run.
    CX_EXPANSION_FAILS = 0,
    // The first in byte order are taken.
    CX_EXPANSION_FIRST = 1,
    // Those in most documents are taken.
    CX_EXPANSION_MOST_FREQUENT = 2,
} cx_expansion_limit;

cx_status cx_query_everything(cx_query *_Nullable *_Nonnull out, cx_error *error);
cx_status cx_query_nothing(cx_query *_Nullable *_Nonnull out, cx_error *error);
// A term of 1 to CX_MAX_TERM_LENGTH bytes, weighed as if the query held it `frequency` times.
cx_status cx_query_term(const uint8_t *term, size_t term_length, uint32_t frequency,
                        cx_query *_Nullable *_Nonnull out, cx_error *error);
// Takes one query or more, CX_AND_NOT two or more.
cx_status cx_query_join(cx_query_operator how, const cx_query *_Nonnull const *_Nullable queries,
                        size_t query_count, uint32_t size, cx_query *_Nullable *_Nonnull out,
                        cx_error *error);
// The terms within `window` positions, in their order (a phrase) or in any (near). The window is
// no smaller than the number of terms, or 0 for just as many. The database needs positions.
cx_status cx_query_sequence(bool is_ordered, const uint8_t *_Nullable pool, size_t pool_length,
                            const cx_slice *_Nullable terms, size_t term_count, uint32_t window,
                            cx_query *_Nullable *_Nonnull out, cx_error *error);
// The same documents, with their weights multiplied; the factor is finite and not negative.
cx_status cx_query_scaled(const cx_query *query, double factor,
                          cx_query *_Nullable *_Nonnull out, cx_error *error);
// The documents with a value in the slot that is not below `lower` nor above `upper`, compared as
// bytes; no bounds ask for any value. Weightless.
cx_status cx_query_values(uint32_t slot, const cx_slice *_Nullable lower,
                          const cx_slice *_Nullable upper, const uint8_t *_Nullable pool,
                          size_t pool_length, cx_query *_Nullable *_Nonnull out,
                          cx_error *error);
// The documents with a term that begins with one or more bytes. `limit`, 1 or more, is the most
// terms. They are joined by CX_OR, CX_SYNONYM or CX_MAXIMUM.
cx_status cx_query_prefix(const uint8_t *prefix, size_t prefix_length, uint32_t limit,
                          cx_expansion_limit beyond, cx_query_operator how,
                          cx_query *_Nullable *_Nonnull out, cx_error *error);
// What libxapian calls the query, as one text, for people who debug. It holds its terms.
cx_status cx_query_description(const cx_query *query, cx_list *_Nullable *_Nonnull out,
                               cx_error *error);
void cx_query_free(cx_query *_Nullable query);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
