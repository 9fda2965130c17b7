// The C face of libxapian, continued: Xapian::Enquire, and a page of its matches copied in one
// call. The four rules at the head of CXapian.h hold here too.

#ifndef CXAPIAN_ENQUIRE_H
#define CXAPIAN_ENQUIRE_H

#include "CXapianQuery.h"

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// Weighting schemes, with their parameters in the order of libxapian's constructors.
typedef enum cx_weighting {
    // Weighs nothing.
    CX_WEIGHT_BOOLEAN = 0,
    // k1, k2, k3, b, minimum normalised length.
    CX_WEIGHT_BM25 = 1,
    // The same, and delta.
    CX_WEIGHT_BM25_PLUS = 2,
    // Three letters: of the frequency in the document, of that in the database, of the length.
    CX_WEIGHT_TFIDF = 3,
    // k.
    CX_WEIGHT_TRADITIONAL = 4,
    // How many of the query's terms the document holds.
    CX_WEIGHT_COORDINATION = 5,
    // c.
    CX_WEIGHT_IN_L2 = 6,
    CX_WEIGHT_IF_B2 = 7,
    CX_WEIGHT_INE_B2 = 8,
    CX_WEIGHT_BB2 = 9,
    CX_WEIGHT_PL2 = 10,
    // c, delta.
    CX_WEIGHT_PL2_PLUS = 11,
    CX_WEIGHT_DLH = 12,
    CX_WEIGHT_DPH = 13,
    // Smoothing by Dirichlet, mu; by Jelinek and Mercer, lambda.
    CX_WEIGHT_LANGUAGE_DIRICHLET = 14,
    CX_WEIGHT_LANGUAGE_JELINEK_MERCER = 15,
} cx_weighting;

enum { CX_WEIGHTING_PARAMETERS = 6 };

typedef struct cx_weighting_scheme {
    cx_weighting kind;
    double parameters[CX_WEIGHTING_PARAMETERS];
    uint8_t letters[3];
} cx_weighting_scheme;

typedef enum cx_sort {
    CX_SORT_RELEVANCE = 0,
    CX_SORT_KEYS = 1,
    CX_SORT_KEYS_THEN_RELEVANCE = 2,
    CX_SORT_RELEVANCE_THEN_KEYS = 3,
} cx_sort;

typedef struct cx_sort_key {
    uint32_t slot;
    bool is_descending;
    // Whether documents without a value come last.
    bool is_missing_last;
} cx_sort_key;

typedef struct cx_enquiry {
    cx_weighting_scheme weighting;
    cx_sort sort;
    // At least one, unless sorted by relevance.
    const cx_sort_key *_Nullable keys;
    size_t key_count;
    // Whether of equal documents the one with the highest id comes first.
    bool is_highest_id_first;
    uint32_t offset;
    uint32_t limit;
    // At least so many documents are looked at, so that counts up to there are exact.
    uint32_t check_at_least;
    // Of documents with the same value in the slot at most so many; 0 for all.
    uint32_t collapse_slot;
    uint32_t collapse_limit;
    // From 0, which leaves nothing out, to 100.
    uint32_t least_percent;
    double least_weight;
    // After so many seconds counts are estimated; 0 for no limit.
    double time_limit;
    // Slots whose values are counted.
    const uint32_t *_Nullable counted_slots;
    size_t counted_slot_count;
    // What is copied of each match.
    bool wants_data;
    bool wants_terms;
    const uint32_t *_Nullable value_slots;
    size_t value_slot_count;
} cx_enquiry;

typedef struct cx_match {
    uint32_t document;
    // Out of 100.
    uint32_t percent;
    double weight;
    // At least so many other documents were left out because of this one's collapse key.
    uint32_t collapsed;
    cx_slice data;
    // How many of the view's terms belong to it, after those of the match before it.
    size_t term_count;
} cx_match;

typedef struct cx_counted_value {
    // Which of the counted slots, from 0.
    size_t slot;
    cx_slice value;
    uint32_t count;
} cx_counted_value;

typedef struct cx_matches cx_matches;

typedef struct cx_matches_view {
    // What all slices lie in.
    const uint8_t *_Nullable pool;
    const cx_match *_Nullable matches;
    size_t match_count;
    // For each match a value for each wanted slot; empty where there is none.
    const cx_slice *_Nullable values;
    const cx_slice *_Nullable terms;
    // By slot, then in byte order.
    const cx_counted_value *_Nullable counted_values;
    size_t counted_value_count;
    // How many documents each of the counted slots was looked at in.
    const uint32_t *_Nullable counted_documents;
    // How many documents match: a lower bound, an estimate, an upper bound; then as if nothing
    // were collapsed.
    uint32_t lower_bound, estimate, upper_bound;
    uint32_t uncollapsed_lower_bound, uncollapsed_estimate, uncollapsed_upper_bound;
    // No match can weigh more than the first, and none does weigh more than the second.
    double weight_bound, highest_weight;
} cx_matches_view;

// Fails with CX_FEATURE_UNAVAILABLE when the query needs positions and the database has none, where
// libxapian would leave their conditions out; with CX_UNIMPLEMENTED when a query with CX_XOR or
// CX_MAXIMUM is cut off by weight over several databases, where libxapian crashes. Without a cutoff
// such a query looks at all documents, whatever the limit.
cx_status cx_database_enquire(const cx_database *database, const cx_query *query,
                              const cx_enquiry *enquiry, cx_matches *_Nullable *_Nonnull out,
                              cx_error *error);
cx_matches_view cx_matches_contents(const cx_matches *matches);
void cx_matches_free(cx_matches *_Nullable matches);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
