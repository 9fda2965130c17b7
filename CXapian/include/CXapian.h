// The C face of libxapian: the few calls that Swift needs and cannot make itself.
//
// Four rules hold for every function here:
//
// 1. Nothing throws out. Each C++ exception becomes a cx_status, with details in *error, which is
//    written whenever the status is not CX_OK.
// 2. Text is (bytes, length). It may hold any byte, is never NUL terminated, and is copied when a
//    function keeps it. A cx_slice names text by its place in a pool passed beside it.
// 3. What comes out of an `out` parameter belongs to the caller, who gives it to the `_free`
//    function of its type, once. Freeing NULL does nothing. Views (cx_list_view, cx_page_view)
//    borrow from their owner.
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

// libxapian trusts what stands in a database's blocks. From now on, when it falls over them with
// SIGSEGV, SIGFPE or SIGABRT, the process writes this text, of up to 4096 bytes, to standard error
// and ends with the exit code; such a signal that comes from elsewhere does what it did. Call it
// before other threads run.
void cx_report_crashes(const uint8_t *text, size_t length, int exit_code);

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

// MARK: - Section files
//
// A file of byte strings, called sections, that is mapped into memory: what libxapian keeps in
// compressed documents takes longer to fetch than to look at. All is checked when it is opened, so
// that no place inside a section lies outside the file.

typedef struct cx_sections cx_sections;
typedef struct cx_sections_writer cx_sections_writer;

// Borrowed bytes.
typedef struct cx_bytes {
    const uint8_t *_Nullable bytes;
    size_t length;
} cx_bytes;

// Fails with CX_DATABASE_OPENING when the file cannot be read, CX_DATABASE_CORRUPT when it is not
// what a writer finished.
cx_status cx_sections_open(const uint8_t *path, size_t path_length,
                           cx_sections *_Nullable *_Nonnull out, cx_error *error);
// The same of a file that is open for reading; the descriptor stays the caller's.
cx_status cx_sections_open_descriptor(int descriptor, cx_sections *_Nullable *_Nonnull out,
                                      cx_error *error);
void cx_sections_free(cx_sections *_Nullable sections);
// The bytes of one section, which live as long as the handle; none when there is no such section.
cx_bytes cx_sections_section(const cx_sections *sections, size_t section);
// Gives back the memory that looking at the file took; what is looked at again is read again.
void cx_sections_forget(const cx_sections *sections);

// Has the processor fetch some bytes that will be looked at soon; what lies outside is left out.
void cx_prefetch(cx_bytes bytes, size_t offset, size_t length);

// Where `wanted` stands first, from a place on; -1 when it does not, or is empty.
int64_t cx_find(cx_bytes bytes, size_t from, const uint8_t *_Nullable wanted,
                size_t wanted_length);

// Sets bit i, the lowest of a byte first, of each number that lies between two others, both
// included: the numbers are `count`, from an offset on, of `size` bytes each, the lowest byte first.
// They must lie inside, and `bits` have room for them; `size` is 1, 2, 4 or 8.
void cx_find_numbers(cx_bytes bytes, size_t offset, size_t size, size_t count, uint64_t lowest,
                     uint64_t highest, uint8_t *_Nullable bits);

// Makes a new file with that many sections, all empty. Fails with CX_DATABASE_CREATE when
// something is there already.
cx_status cx_sections_create(const uint8_t *path, size_t path_length, size_t section_count,
                             cx_sections_writer *_Nullable *_Nonnull out, cx_error *error);
// Appends bytes to a section; the sections may come in any order, each in one go.
cx_status cx_sections_append(cx_sections_writer *writer, size_t section,
                             const uint8_t *_Nullable bytes, size_t length, cx_error *error);
// Completes the file.
cx_status cx_sections_finish(cx_sections_writer *writer, cx_error *error);
// Closes the file, which is of no use unless it was completed.
void cx_sections_writer_free(cx_sections_writer *_Nullable writer);

// MARK: - Texts of documents
//
// What a text match looks at, and what a search can be narrowed by, from a section file beside the
// database. Documents are numbered as there and belong to groups of neighbours.

enum {
    // For each document, and for the end, where its record begins: 5 bytes, the lowest first; then
    // 3 bytes of padding.
    CX_RECORD_STARTS = 0,
    // Records: the length of the text as a varint (7 bits a byte, the lowest first), the text, and
    // whatever the caller adds.
    CX_RECORDS = 1,
    // For each document its length in terms, as 2 bytes, the lowest first.
    CX_LENGTHS = 2,
    // For each document a label.
    CX_LABELS = 3,
    // For each group the id of its first document, ascending from 1: 4 bytes, the lowest first.
    CX_GROUP_STARTS = 4,

    // A character of a text ends where a byte is not below this.
    CX_FIRST_END = 48,
};

// MARK: - Posting lists of frequent terms
//
// A posting of libxapian's takes 15 to 20 ns to step over, however tight the loop around it, and
// longer to write. So terms that many documents hold can have lists in the section file, of which a
// posting takes one or two. A term's documents are those of its list and those that the database
// says hold it; no document is in both. Everything below that takes a term knows of both, save
// cx_plan_term.
//
// A list is cut into chunks of neighbouring postings. A posting is a varint: twice the difference
// from the document before it in its chunk, 0 for the first, and one more when the document holds
// the term more than once; then follows how often less two, as a varint.

enum {
    // The terms that have lists, in byte order, end to end.
    CX_LIST_TERMS = 5,
    // For each of them CX_LIST_HEAD_SIZE bytes, numbers with the lowest byte first: where its
    // postings begin (8 bytes), where its term ends (4), how many chunks come before its own (4),
    // how many documents are in it (4), and 1 when the database has no others, or else 0 (4).
    CX_LIST_HEADS = 6,
    CX_LIST_HEAD_SIZE = 24,
    // For each chunk its first document (4 bytes), and where it ends, counted from where the
    // postings of its list begin (4).
    CX_LIST_CHUNKS = 7,
    CX_LIST_CHUNK_SIZE = 8,
    // The postings.
    CX_LIST_POSTINGS = 8,
};

// Lists being made.
typedef struct cx_list_writer cx_list_writer;

// Begins lists of terms, which are given in byte order, each once.
cx_status cx_lists_create(const uint8_t *_Nullable pool, size_t pool_length,
                          const cx_slice *_Nullable terms, size_t term_count,
                          cx_list_writer *_Nullable *_Nonnull out, cx_error *error);
// Adds a document, whose id is above those added before, to the lists of the terms that it holds,
// given by number, as often as it holds them.
cx_status cx_lists_add(cx_list_writer *lists, uint32_t document,
                       const uint32_t *_Nullable terms, size_t term_count, cx_error *error);
// Writes all lists that hold a document, as complete ones.
cx_status cx_lists_write(cx_list_writer *lists, cx_sections_writer *writer, cx_error *error);
void cx_lists_free(cx_list_writer *_Nullable lists);

// Writes the lists of several files as one: documents of the first source keep their ids, those of
// each other one come after the documents of the one before it. `document_counts` has how many
// documents each source has; `complete` names the terms, in byte order, of which no source's
// database has postings.
cx_status cx_lists_merge(const cx_sections *_Nonnull const *_Nullable sources,
                         const uint32_t *_Nullable document_counts, size_t source_count,
                         const uint8_t *_Nullable pool, size_t pool_length,
                         const cx_slice *_Nullable complete, size_t complete_count,
                         cx_sections_writer *writer, cx_error *error);

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
// not such a folder, CX_DATABASE_OPENING when it may not be read, CX_DATABASE_CORRUPT when the texts
// are not those of as many documents. Without texts nothing can be asked for that needs them.
cx_status cx_database_open(const uint8_t *path, size_t path_length,
                           const cx_sections *_Nullable texts,
                           cx_database *_Nullable *_Nonnull out, cx_error *error);
// The same of a glass database in one file that is open for reading. The descriptor is closed with
// the database, and when this fails.
cx_status cx_database_open_descriptor(int descriptor, const cx_sections *_Nullable texts,
                                      cx_database *_Nullable *_Nonnull out, cx_error *error);
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

// MARK: - Queries
//
// Plans from which a Xapian::Query is built for each search, made from the leaves up. Plain terms
// carry no weight here; only text matches do.
// Xapian::Query::MatchAll is never used: it is one static object with an unguarded counter.

enum {
    CX_MAX_CHILDREN = 1000,
    CX_MAX_DEPTH = 64,
    CX_MAX_NODES = 100000,
    CX_MAX_PARTS = 256,
    CX_MAX_GRAMS = 20000,
};

typedef struct cx_plan cx_plan;

typedef enum cx_operator {
    // All children match; weights add up.
    CX_ALL = 0,
    // At least one child matches; weights add up.
    CX_ANY = 1,
    // The first child matches and no other does; its weight.
    CX_DIFFERENCE = 2,
    // All children match; the first one's weight.
    CX_FILTERED = 3,
    // The first child matches; weights of all that match add up.
    CX_PREFERRING = 4,
} cx_operator;

// An inclusive range of document ids.
typedef struct cx_id_range {
    uint32_t first;
    uint32_t last;
} cx_id_range;

cx_status cx_plan_everything(cx_plan *_Nullable *_Nonnull out, cx_error *error);
cx_status cx_plan_nothing(cx_plan *_Nullable *_Nonnull out, cx_error *error);
// The documents that the database says hold the term; its list is not looked at.
cx_status cx_plan_term(const uint8_t *term, size_t term_length,
                        cx_plan *_Nullable *_Nonnull out, cx_error *error);
// The children stay the caller's; CX_ALL and CX_ANY take one or more, the others two. Fails with
// CX_TOO_COMPLEX over CX_MAX_CHILDREN, CX_MAX_DEPTH or CX_MAX_NODES.
cx_status cx_plan_combine(cx_operator how, const cx_plan *_Nonnull const *_Nullable children,
                           size_t child_count, cx_plan *_Nullable *_Nonnull out,
                           cx_error *error);
// The documents with an id in any of the ranges, which may overlap and come in any order.
cx_status cx_plan_documents(const cx_id_range *_Nullable ranges, size_t range_count,
                             cx_plan *_Nullable *_Nonnull out, cx_error *error);
// The documents in some groups with some labels; weightless. `groups` has a bit for each group of
// the database, the lowest of the first byte first, `labels` 256 of them; NULL wants all.
cx_status cx_plan_filter(const uint8_t *_Nullable groups, size_t group_byte_count,
                          const uint8_t *_Nullable labels, cx_plan *_Nullable *_Nonnull out,
                          cx_error *error);
void cx_plan_free(cx_plan *_Nullable query);

// MARK: - Text matches
//
// A Xapian::PostingSource that intersects posting lists and then looks for byte strings in the
// texts of the documents. libxapian's own phrase search needs positions, which double the database
// and are slower; and a posting source is called for each candidate, so it cannot be written in
// Swift.

// An index term that every document holding the part holds too; with is_prefix, every such document
// holds at least one term that begins with these bytes.
//
// A gram's frequency in a document is, in a list, how often the text holds it; in the database twice
// as much, or, when the text holds it once, twice the characters before it and 1.
typedef struct cx_gram {
    cx_slice text;
    bool is_prefix;
    // Of a gram that is a piece of the part: its characters, and those of the part before it. 0
    // characters when that is not known.
    uint32_t characters;
    uint32_t place;
} cx_gram;

// A row of whole characters to be found. Its grams follow those of the part before it.
typedef struct cx_part {
    cx_slice text;
    size_t gram_count;
    // The weight of a rare word against a common one.
    double weight;
    // False when the part's only gram is the part itself: a document that holds the gram holds the
    // part as often as the gram's frequency in it says.
    bool needs_verification;
} cx_part;

typedef struct cx_text_match {
    const uint8_t *_Nullable pool;
    size_t pool_length;
    const cx_part *_Nullable parts;
    size_t part_count;
    const cx_gram *_Nullable grams;
    size_t gram_count;
    // Added to the weight when this text occurs; none when empty.
    cx_slice whole;
    double whole_boost;
    // Added in proportion to how tightly the parts stand together, with two parts or more.
    double proximity_boost;
    // The most characters that may stand between the parts of a match; negative for no limit.
    int64_t maximum_gap;
    // BM25.
    double k1;
    double b;
    double average_length;
} cx_text_match;

cx_status cx_plan_text(const cx_text_match *match, cx_plan *_Nullable *_Nonnull out,
                        cx_error *error);

// MARK: - Searching
//
// One call that counts exactly and copies a whole page of hits. A text match, alone or with
// filters, is walked here; everything else goes through Xapian::Enquire, whose answers are the same
// and take longer.

typedef enum cx_order {
    // Weight descending, then document id ascending.
    CX_BY_RELEVANCE = 0,
    // Key, then weight descending, then document id ascending; documents without a key come last.
    CX_BY_KEY = 1,
    // Document id ascending; weights are not computed.
    CX_BY_DOCUMENT = 2,
} cx_order;

typedef struct cx_search_options {
    size_t limit;
    cx_order order;
    // For CX_BY_KEY: the key of each group's documents, NaN for none.
    const double *_Nullable keys;
    size_t key_count;
    bool descending;
} cx_search_options;

typedef struct cx_hit {
    uint32_t document;
    bool has_key;
    double weight;
    double key;
} cx_hit;

typedef struct cx_page cx_page;

typedef struct cx_page_view {
    // How many documents match, exactly.
    uint32_t total;
    const cx_hit *_Nullable hits;
    size_t hit_count;
} cx_page_view;

cx_status cx_search(const cx_database *database, const cx_plan *query,
                    const cx_search_options *options, cx_page *_Nullable *_Nonnull out,
                    cx_error *error);
cx_page_view cx_page_contents(const cx_page *page);
void cx_page_free(cx_page *_Nullable page);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#include "CXapianEnquire.h"
#include "CXapianQuery.h"
#include "CXapianReading.h"
#include "CXapianWriting.h"

#endif
