// The C face of the gram index: an index of short texts that finds every row of characters in them.
//
// Four rules hold for every function here:
//
// 1. Nothing throws out. Each failure is a cg_status, with details in *error, which is written
//    whenever the status is not CG_OK.
// 2. Text is (bytes, length). It may hold any byte, is never NUL terminated, and is copied when a
//    function keeps it. A cg_slice names text by its offset in a pool passed beside it.
// 3. What comes out of an `out` parameter belongs to the caller, who gives it to the `_free`
//    function of its type, once. Freeing NULL does nothing. Views borrow from their owner.
// 4. Handles that are only read (block files, indexes, queries) may be used by several threads at
//    once; writers by one.
//
// The format of the files is docs/gram-index-format.md. Whatever bytes a file holds, no function
// reads outside its mapping: what does not add up fails with CG_DAMAGED.

#ifndef CGRAMINDEX_H
#define CGRAMINDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

// MARK: - Errors

typedef enum cg_status {
    CG_OK = 0,
    // A file cannot be opened or mapped.
    CG_NOT_OPENED = 1,
    // A file cannot be made, or something is there already.
    CG_NOT_CREATED = 2,
    // Writing failed, as on a full disk.
    CG_NOT_WRITTEN = 3,
    // A file is not what a writer finished.
    CG_DAMAGED = 4,
    // An argument was refused; nothing was changed.
    CG_REFUSED = 5,
    // A query has too many parts or levels.
    CG_TOO_COMPLEX = 6,
    CG_OUT_OF_MEMORY = 7,
    // The C++ library threw.
    CG_OTHER = 8,
} cg_status;

enum { CG_ERROR_MESSAGE_SIZE = 512 };

// What went wrong. Messages name paths and numbers, never terms or texts.
typedef struct cg_error {
    cg_status status;
    // Which element of the array passed in is at fault, from 0; -1 when none is.
    int64_t index;
    // UTF-8, cut to fit.
    uint8_t message[CG_ERROR_MESSAGE_SIZE];
    size_t message_length;
} cg_error;

// MARK: - Text and lists

// The text at pool[offset ..< offset + length].
typedef struct cg_slice {
    size_t offset;
    size_t length;
} cg_slice;

// Borrowed bytes.
typedef struct cg_bytes {
    const uint8_t *_Nullable bytes;
    size_t length;
} cg_bytes;

typedef struct cg_list cg_list;

// A list's columns. A column that the call does not fill has a count of 0.
typedef struct cg_list_view {
    // Texts end to end; text i is bytes[ends[i - 1] ..< ends[i]], with ends[-1] being 0.
    const uint8_t *_Nullable bytes;
    const size_t *_Nullable ends;
    size_t text_count;
    // Document numbers or frequencies.
    const uint32_t *_Nullable integers;
    size_t integer_count;
} cg_list_view;

cg_list_view cg_list_contents(const cg_list *list);
void cg_list_free(cg_list *_Nullable list);

// MARK: - Block files
//
// A block file holds byte strings, called columns, and is mapped into memory. All is checked when it
// is opened, so that no column lies outside the file.

typedef struct cg_block_file cg_block_file;
typedef struct cg_block_writer cg_block_writer;

// Opens a regular file, never a link. Fails with CG_NOT_OPENED when it cannot be read, CG_DAMAGED
// when it is not what a writer finished.
cg_status cg_block_file_open(const uint8_t *path, size_t path_length,
                             cg_block_file *_Nullable *_Nonnull out, cg_error *error);
// The same of a file that is open for reading; the descriptor stays the caller's, who may close it.
cg_status cg_block_file_map(int descriptor, cg_block_file *_Nullable *_Nonnull out,
                            cg_error *error);
void cg_block_file_free(cg_block_file *_Nullable file);
// The bytes of one column, which live as long as the handle; none when there is no such column.
cg_bytes cg_block_file_column(const cg_block_file *file, size_t column);
// Gives back the memory that reading the file took; what is read again is fetched again.
void cg_block_file_forget(const cg_block_file *file);

// Makes a new file with that many columns, all empty. Fails with CG_NOT_CREATED when something is
// there already.
cg_status cg_block_writer_create(const uint8_t *path, size_t path_length, size_t column_count,
                                 cg_block_writer *_Nullable *_Nonnull out, cg_error *error);
// Writes a new file into an open, empty one; the descriptor stays the caller's, who may close it.
cg_status cg_block_writer_attach(int descriptor, size_t column_count,
                                 cg_block_writer *_Nullable *_Nonnull out, cg_error *error);
// Appends bytes to a column. Columns may come in any order, each in one go.
cg_status cg_block_writer_append(cg_block_writer *writer, size_t column,
                                 const uint8_t *_Nullable bytes, size_t length, cg_error *error);
// Completes the file.
cg_status cg_block_writer_finish(cg_block_writer *writer, cg_error *error);
// Closes the file, which is of no use unless it was completed.
void cg_block_writer_free(cg_block_writer *_Nullable writer);

// MARK: - Looking into columns

// Has the processor fetch some bytes that will be read soon; what lies outside is left out.
void cg_prefetch(cg_bytes bytes, size_t offset, size_t length);

// The offset at which `wanted` stands first, from an offset on; -1 when it does not, or is empty.
int64_t cg_find(cg_bytes bytes, size_t from, const uint8_t *_Nullable wanted,
                size_t wanted_length);

// One character of a text: 1 to 4 bytes, of which only the last is not below CG_FIRST_END.
typedef struct {
    uint8_t bytes[4];
    uint32_t length;
} cg_character;

// Counts how often a text holds each of some characters. Returns how many characters it has. What is no
// character counts as nothing.
size_t cg_count_characters(const uint8_t *_Nullable text, size_t length,
                           const cg_character *_Nullable characters, size_t count,
                           uint32_t *_Nullable occurrences);

// Sets bit i, the lowest of a byte first, of each number that lies between two others, both
// included: the numbers are `count`, from an offset on, of `size` bytes each, little-endian. They
// must lie inside, and `bits` have room for them; `size` is 1, 2, 4 or 8.
void cg_find_numbers(cg_bytes bytes, size_t offset, size_t size, size_t count, uint64_t lowest,
                     uint64_t highest, uint8_t *_Nullable bits);

// MARK: - The columns of an index
//
// Documents are numbered from 1 and belong to groups of neighbours. Numbers are little-endian.

enum {
    // For each document, and for the end, the offset of its record: 5 bytes; then 3 bytes of
    // padding.
    CG_RECORD_STARTS = 0,
    // Records: the length of the text as a varint, the text, and whatever the caller adds.
    CG_RECORDS = 1,
    // For each document its length in terms, 2 bytes.
    CG_LENGTHS = 2,
    // For each document a label, 1 byte.
    CG_LABELS = 3,
    // For each group the number of its first document, 4 bytes, ascending from 1; a group without
    // documents has that of the next group.
    CG_GROUP_STARTS = 4,
    // Where in the dictionary a search for a term begins.
    CG_TERM_BLOCKS = 5,
    // The dictionary and the posting lists.
    CG_POSTINGS = 6,
    // How many columns an index has; a file may have more.
    CG_COLUMN_COUNT = 7,

    // A character of a text ends where a byte is not below this.
    CG_FIRST_END = 48,
    // The most bytes of a term; it has one at least.
    CG_MAX_TERM_LENGTH = 245,
};

// MARK: - Writing postings

typedef struct cg_postings_writer cg_postings_writer;

// A term as it stands in a document.
typedef struct cg_occurrence {
    // The term, as a part of the text passed with it.
    uint32_t offset;
    uint32_t length;
    // How many characters stand before it in the document; CG_NO_POSITION when it has no position.
    uint32_t position;
} cg_occurrence;

enum { CG_NO_POSITION = 0xFFFFFFFF };

cg_status cg_postings_create(cg_postings_writer *_Nullable *_Nonnull out, cg_error *error);
// Adds a document, whose number is above those added before, with some of the terms that it holds,
// each as often as it holds it. A document may be added in several calls.
cg_status cg_postings_add(cg_postings_writer *writer, uint32_t document,
                          const uint8_t *_Nullable text, size_t text_length,
                          const cg_occurrence *_Nullable occurrences, size_t occurrence_count,
                          cg_error *error);
// Writes the columns CG_TERM_BLOCKS and CG_POSTINGS of an index of so many documents; the writer is
// empty afterwards.
cg_status cg_postings_write(cg_postings_writer *writer, uint32_t document_count,
                            cg_block_writer *file, cg_error *error);
void cg_postings_free(cg_postings_writer *_Nullable writer);

// MARK: - Reading

typedef struct cg_index cg_index;

// Opens the index in a file, which the index keeps. Fails with CG_DAMAGED when its columns do not
// belong together.
cg_status cg_index_open(const cg_block_file *file, cg_index *_Nullable *_Nonnull out,
                        cg_error *error);
void cg_index_free(cg_index *_Nullable index);
uint32_t cg_index_document_count(const cg_index *index);
// How many documents hold the term.
cg_status cg_index_frequency(const cg_index *index, const uint8_t *_Nullable term,
                             size_t term_length, uint32_t *out, cg_error *error);
// The first `limit` terms that begin with the prefix, in byte order, as texts, with document
// frequencies as integers. *complete is false when there are more.
cg_status cg_index_terms(const cg_index *index, const uint8_t *_Nullable prefix,
                         size_t prefix_length, size_t limit, bool *complete,
                         cg_list *_Nullable *_Nonnull out, cg_error *error);
// The numbers of all documents that hold the term, ascending, as integers.
cg_status cg_index_documents(const cg_index *index, const uint8_t *_Nullable term,
                             size_t term_length, cg_list *_Nullable *_Nonnull out,
                             cg_error *error);

// Writes the columns CG_TERM_BLOCKS and CG_POSTINGS of several indexes as one: the documents of the
// first keep their numbers, those of each other one follow the documents of the one before it.
// Memory: the longest list and 1 byte a term, however many documents there are.
cg_status cg_postings_merge(const cg_index *_Nonnull const *_Nullable sources,
                            size_t source_count, cg_block_writer *file, cg_error *error);

// MARK: - Text matches
//
// A match intersects posting lists and proves the rest from positions, or from the texts.

// A term that every document holding the part holds too; with is_prefix, every such document holds
// at least one term that begins with these bytes.
typedef struct cg_gram {
    cg_slice text;
    bool is_prefix;
    // Of a gram that is a piece of the part: its characters, and those of the part before it. 0
    // characters when that is not known.
    uint32_t characters;
    uint32_t position;
} cg_gram;

// A row of whole characters to be found. Its grams follow those of the part before it.
typedef struct cg_part {
    cg_slice text;
    size_t gram_count;
    // The weight of a rare word against a common one.
    double weight;
    // False when the part's only gram is the part itself: a document that holds the gram holds the
    // part as often as the gram's frequency in it says.
    bool needs_verification;
} cg_part;

typedef struct cg_text_match {
    const uint8_t *_Nullable pool;
    size_t pool_length;
    const cg_part *_Nullable parts;
    size_t part_count;
    const cg_gram *_Nullable grams;
    size_t gram_count;
    // Added to the weight when this text occurs; none when empty.
    cg_slice whole;
    double whole_boost;
    // Added in proportion to how tightly the parts stand together, with two parts or more.
    double proximity_boost;
    // The most characters that may stand between the parts of a match; negative for no limit.
    int64_t maximum_gap;
    // BM25.
    double k1;
    double b;
    double average_length;
} cg_text_match;

// What one document weighs.
typedef struct cg_weights {
    // Whether the document matches; otherwise all is 0.
    bool matches;
    double whole;
    double proximity;
} cg_weights;

// Weighs one text as a search would, apart from rounding. `parts` has room for the weight of each
// part.
cg_status cg_weigh(const cg_text_match *match, const uint8_t *_Nullable text, size_t text_length,
                   uint32_t length_in_terms, double *_Nullable parts, cg_weights *out,
                   cg_error *error);

// MARK: - Queries
//
// Plans for any index, made from the leaves up. Only text matches carry weight.

enum {
    CG_MAX_CHILDREN = 1000,
    CG_MAX_DEPTH = 64,
    CG_MAX_NODES = 100000,
    CG_MAX_PARTS = 256,
    CG_MAX_GRAMS = 20000,
};

typedef struct cg_query cg_query;

typedef enum cg_operator {
    // All children match; weights add up.
    CG_ALL = 0,
    // At least one child matches; weights add up.
    CG_ANY = 1,
    // The first child matches and the other does not; its weight.
    CG_DIFFERENCE = 2,
} cg_operator;

// An inclusive range of document numbers.
typedef struct cg_range {
    uint32_t first;
    uint32_t last;
} cg_range;

cg_status cg_query_everything(cg_query *_Nullable *_Nonnull out, cg_error *error);
cg_status cg_query_nothing(cg_query *_Nullable *_Nonnull out, cg_error *error);
cg_status cg_query_term(const uint8_t *_Nullable term, size_t term_length,
                        cg_query *_Nullable *_Nonnull out, cg_error *error);
// The children stay the caller's; CG_ALL and CG_ANY take one or more, CG_DIFFERENCE two. Fails with
// CG_TOO_COMPLEX over CG_MAX_CHILDREN, CG_MAX_DEPTH or CG_MAX_NODES.
cg_status cg_query_combine(cg_operator how, const cg_query *_Nonnull const *_Nullable children,
                           size_t child_count, cg_query *_Nullable *_Nonnull out,
                           cg_error *error);
// The documents with a number in any of the ranges, which may overlap and come in any order.
cg_status cg_query_documents(const cg_range *_Nullable ranges, size_t range_count,
                             cg_query *_Nullable *_Nonnull out, cg_error *error);
// The documents in some groups with some labels. `groups` has a bit for each group of the index, the
// lowest of the first byte first, `labels` 256 of them; NULL wants all. Each of them weighs the same,
// from 0 to 1,000,000.
cg_status cg_query_filter(const uint8_t *_Nullable groups, size_t group_byte_count,
                          const uint8_t *_Nullable labels, double weight,
                          cg_query *_Nullable *_Nonnull out, cg_error *error);
cg_status cg_query_text(const cg_text_match *match, cg_query *_Nullable *_Nonnull out,
                        cg_error *error);
void cg_query_free(cg_query *_Nullable query);

// MARK: - Searching

typedef enum cg_order {
    // Weight descending, then document number ascending.
    CG_BY_RELEVANCE = 0,
    // Key, then weight descending, then document number ascending; documents without a key come
    // last.
    CG_BY_KEY = 1,
    // Document number ascending; weights are not computed.
    CG_BY_DOCUMENT = 2,
} cg_order;

typedef struct cg_search_options {
    size_t limit;
    cg_order order;
    // For CG_BY_KEY: the key of each group's documents, NaN for none.
    const double *_Nullable keys;
    size_t key_count;
    bool descending;
    // Whether the groups of the matches are counted.
    bool counts_groups;
} cg_search_options;

typedef struct cg_hit {
    uint32_t document;
    bool has_key;
    double weight;
    double key;
} cg_hit;

typedef struct cg_page cg_page;

typedef struct cg_page_view {
    // How many documents match, exactly.
    uint32_t total;
    // How many groups they are of; 0 when these were not to be counted.
    uint32_t groups;
    const cg_hit *_Nullable hits;
    size_t hit_count;
} cg_page_view;

// Counts all matches and copies the first hits.
cg_status cg_search(const cg_index *index, const cg_query *query,
                    const cg_search_options *options, cg_page *_Nullable *_Nonnull out,
                    cg_error *error);
cg_page_view cg_page_contents(const cg_page *page);
void cg_page_free(cg_page *_Nullable page);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
