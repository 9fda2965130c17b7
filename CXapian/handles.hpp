// What the opaque types of the header hold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

#include "guard.hpp"

#pragma GCC visibility push(hidden)

namespace cx {

// A section file, mapped. Shared by whoever looks into it.
class Sections {
  public:
    // Maps a file that is open for reading.
    explicit Sections(int file);
    ~Sections();
    Sections(const Sections &) = delete;
    Sections &operator=(const Sections &) = delete;

    std::string_view section(size_t index) const {
        return index < sections_.size() ? sections_[index] : std::string_view();
    }
    // Gives back the memory of what was looked at; the next look reads the file again.
    void forget() const;

  private:
    void *bytes_;
    size_t length_;
    std::vector<std::string_view> sections_;
};

// One list of postings, walked. It must not outlive its section file.
class ListWalk {
  public:
    // Numbers are as in the header; `chunks` are those of the list alone.
    ListWalk(std::string_view chunks, std::string_view postings, Xapian::docid last)
        : chunks_(chunks), postings_(postings), last_(last) {}

    // 0 before the first posting and after the last one.
    Xapian::docid document() const { return document_; }
    Xapian::termcount occurrences() const { return occurrences_; }

    // Goes to the next posting; false when there is none.
    bool next() {
        if (at_ == end_ && !open(chunk_)) return false;
        const uint32_t value = varint();
        const uint32_t step = value >> 1;
        // The first posting of a chunk is where its head says.
        if (step > last_ - document_ || (step == 0) != is_first_) damaged();
        is_first_ = false;
        document_ += step;
        occurrences_ = value & 1 ? varint() + 2 : 1;
        return true;
    }

    // Goes to the first posting at `target` or after it; false when there is none.
    bool seek(Xapian::docid target);

    // Calls body(document, occurrences) for each posting from the current one on that a window
    // covers, and goes to the one after them; false when there is none.
    template <typename Window, typename Body> bool for_each(const Window &window, Body &&body);

  private:
    size_t chunk_count() const { return chunks_.size() / CX_LIST_CHUNK_SIZE; }
    uint32_t number(size_t chunk, size_t place) const;
    // Goes to before the first posting of a chunk; false when there is none.
    bool open(size_t chunk);
    uint32_t varint() {
        if (at_ < end_ && *at_ < 0x80) return *at_++;
        return long_varint();
    }
    uint32_t long_varint();
    [[noreturn]] static void damaged();

    // A posting of at most three bytes that is not the first of its chunk, as nearly all are.
    struct Short {
        uint32_t step = 0;
        Xapian::termcount occurrences = 0;
        // 0 of any other posting, which next() reads.
        uint32_t size = 0;
    };
    Short read_short(const unsigned char *at) const {
        if (end_ - at < 3) return {};
        uint32_t value = at[0];
        uint32_t size = 1;
        if (value >= 0x80) {
            if (at[1] >= 0x80) return {};
            value = (value & 0x7F) | uint32_t(at[1]) << 7;
            size = 2;
        }
        // Whether a term occurs again cannot be foreseen, so it is reckoned without a branch.
        const uint32_t repeats = value & 1;
        const uint32_t more = at[size] & (0 - repeats);
        if (more >= 0x80 || value < 2) return {};
        return {value >> 1, 1 + repeats + more, size + repeats};
    }

    std::string_view chunks_;
    std::string_view postings_;
    Xapian::docid last_;
    // The chunk to be opened next.
    size_t chunk_ = 0;
    const unsigned char *at_ = nullptr;
    const unsigned char *end_ = nullptr;
    bool is_first_ = false;
    Xapian::docid document_ = 0;
    Xapian::termcount occurrences_ = 0;
};

template <typename Window, typename Body>
bool ListWalk::for_each(const Window &window, Body &&body) {
    for (;;) {
        body(document_, occurrences_);
        const unsigned char *at = at_;
        Xapian::docid document = document_;
        for (;;) {
            const Short posting = read_short(at);
            if (posting.size == 0 || posting.step > last_ - document ||
                !window.is_before_end(document + posting.step)) {
                break;
            }
            document += posting.step;
            occurrences_ = posting.occurrences;
            at += posting.size;
            body(document, occurrences_);
        }
        at_ = at;
        document_ = document;
        if (!next()) return false;
        if (!window.is_before_end(document_)) return true;
    }
}

// The lists of frequent terms in a section file. Every look is checked.
class PostingLists {
  public:
    PostingLists(const Sections &sections, Xapian::docid last);

    // How many there are, in the byte order of their terms.
    size_t size() const { return heads_.size() / CX_LIST_HEAD_SIZE; }
    std::string_view term(size_t list) const;
    // At most as many as the database has.
    Xapian::doccount documents(size_t list) const;
    // Whether the database has no other documents with the term.
    bool is_complete(size_t list) const { return number(list, 20) == 1; }
    // The heads of its chunks, and its postings; neither is empty.
    std::string_view chunks(size_t list) const;
    std::string_view postings(size_t list) const;
    ListWalk walk(size_t list) const;

    // The first list whose term is not before another one; size() when there is none.
    size_t first(std::string_view term) const;

  private:
    uint32_t number(size_t list, size_t place) const;

    std::string_view terms_, heads_, chunks_, postings_;
    Xapian::docid last_;
};

// The texts of a database's documents. Every look is checked: a file that was made to do harm
// throws DatabaseCorruptError.
class DocumentTexts {
  public:
    DocumentTexts(std::shared_ptr<const Sections> sections, Xapian::docid last);

    // `document` is from 1 to last() in all of these.
    Xapian::docid last() const { return last_; }
    std::string_view text(Xapian::docid document) const;
    // Have the processor fetch what will be looked at soon: first the columns, then the text.
    void prefetch_columns(Xapian::docid document) const {
        __builtin_prefetch(starts_ + 5 * size_t(document - 1));
        __builtin_prefetch(lengths_ + 2 * size_t(document - 1));
    }
    void prefetch_text(Xapian::docid document) const;
    uint32_t length(Xapian::docid document) const {
        const unsigned char *const at = lengths_ + 2 * size_t(document - 1);
        return uint32_t(at[0]) | uint32_t(at[1]) << 8;
    }
    uint8_t label(Xapian::docid document) const { return labels_[document - 1]; }

    size_t group_count() const { return group_count_; }
    // The first document of a group; for the number after the last one, that after the last.
    Xapian::docid group_start(size_t group) const {
        if (group >= group_count_) return last_ + 1;
        const unsigned char *const at = groups_ + 4 * group;
        return uint32_t(at[0]) | uint32_t(at[1]) << 8 | uint32_t(at[2]) << 16 |
               uint32_t(at[3]) << 24;
    }
    // The group of a document; found soonest from a group that is not after it.
    size_t group(Xapian::docid document, size_t from = 0) const;

    const PostingLists &lists() const { return lists_; }

  private:
    // Where a document's record begins; for the one after the last, where the last one ends.
    uint64_t record_start(Xapian::docid document) const;

    std::shared_ptr<const Sections> sections_;
    Xapian::docid last_;
    const unsigned char *starts_;
    std::string_view records_;
    const unsigned char *lengths_;
    const unsigned char *labels_;
    const unsigned char *groups_;
    size_t group_count_;
    PostingLists lists_;
};

// Documents wanted by their groups and labels.
struct Wanted {
    // A bit for each group; all when empty.
    std::string groups;
    // A bit for each label; all when empty.
    std::string labels;

    // Leaves out what the other does not want.
    void narrow(const Wanted &other);
};

// Finds what is wanted among the documents of a database.
class Filter {
  public:
    Filter(const Wanted &wanted, const DocumentTexts *texts);

    // Whether every document passes.
    bool is_open() const { return wanted_.groups.empty() && wanted_.labels.empty(); }

    // The first document at `document` or after it that passes; 0 when none does. It is found
    // soonest when documents are asked for in ascending order.
    Xapian::docid first(Xapian::docid document) const;

    // How many documents pass at most.
    Xapian::doccount most() const;

  private:
    static bool holds(const std::string &bits, size_t bit) {
        return static_cast<unsigned char>(bits[bit / 8]) >> bit % 8 & 1;
    }

    // The first group at one or after it that is wanted; their number when none is.
    size_t wanted_group(size_t group) const;

    const Wanted &wanted_;
    const DocumentTexts *texts_;
    // The wanted group that was found last, its first document, and the one after its last.
    mutable size_t group_ = 0;
    mutable Xapian::docid start_ = 0;
    mutable Xapian::docid end_ = 0;
};

// The first hits in the order of a search, of those added in the order of their documents.
class BestHits {
  public:
    BestHits(const cx_search_options &options, const DocumentTexts &texts);

    bool is_full() const { return hits_.size() >= options_.limit; }
    // The lowest weight among the best when they are full and ordered by it.
    double least() const { return hits_.front().weight; }
    void add(Xapian::docid document, double weight);
    std::vector<cx_hit> sorted();

  private:
    bool precedes(const cx_hit &one, const cx_hit &other) const;

    const cx_search_options &options_;
    const DocumentTexts &texts_;
    std::vector<cx_hit> hits_;
    size_t group_ = 0;
};

}  // namespace cx

struct cx_sections {
    std::shared_ptr<const cx::Sections> value;
};

struct cx_sections_writer {
    std::string path;
    std::FILE *file = nullptr;
    std::vector<std::pair<uint64_t, uint64_t>> sections;
    size_t current = 0;
    uint64_t length = 0;

    ~cx_sections_writer() {
        if (file) std::fclose(file);
    }

    void write(const void *bytes, size_t count);
    void append(size_t section, const void *bytes, size_t count);
    [[noreturn]] void fail() const;
};

namespace cx {

// The postings of a term, in a database and in a list, as one row. Documents ascend and are no
// higher than the last one of the database, whatever its files say: what has columns for each
// document may be asked about them.
class TermPostings {
  public:
    TermPostings() = default;
    TermPostings(Xapian::PostingIterator postings, Xapian::docid last)
        : postings_(std::move(postings)), last_(last) {}

    void add(ListWalk list) { list_ = list; }

    // 0 before the first document and after the last one.
    Xapian::docid document() const { return document_; }
    Xapian::termcount occurrences() const {
        return list_ && list_->document() == document_ ? list_->occurrences() : stored();
    }
    // How many characters stand before the only occurrence; -1 when that is not known.
    int64_t place() const {
        if (list_ && list_->document() == document_) return -1;
        const Xapian::termcount frequency = postings_.get_wdf();
        return frequency & 1 ? int64_t(frequency >> 1) : -1;
    }

    // Goes to the first document at `target` or after it, which is not 0; false when there is none.
    bool seek(Xapian::docid target) {
        if (document_ >= target) return true;
        document_ = 0;
        if (list_) {
            if (list_->document() >= target || list_->seek(target)) {
                document_ = list_->document();
            } else {
                list_.reset();
            }
        }
        if (postings_ != Xapian::PostingIterator() && seek_database(target)) {
            const Xapian::docid found = stored_document(target);
            if (document_ == 0 || found < document_) document_ = found;
        }
        return document_ != 0;
    }

    // Calls body(document, occurrences) for each document from the current one on that a window
    // covers, and goes to the one after them; false when there is none.
    template <typename Window, typename Body> bool for_each(const Window &window, Body &&body);

  private:
    // The occurrences that the database tells of: see cx_gram.
    Xapian::termcount stored() const {
        const Xapian::termcount frequency = postings_.get_wdf();
        return frequency & 1 ? 1 : frequency >> 1;
    }

    // The document that the database's postings are at, which must not be before `least`.
    Xapian::docid stored_document(Xapian::docid least) const {
        const Xapian::docid found = *postings_;
        if (found < least || found > last_) {
            throw Xapian::DatabaseCorruptError("The postings of a term are damaged");
        }
        return found;
    }

    bool seek_database(Xapian::docid target) {
        if (*postings_ >= target) return true;
        // Most often the next one will do, and going there is cheaper than skipping.
        ++postings_;
        if (postings_ == Xapian::PostingIterator()) return false;
        if (*postings_ >= target) return true;
        postings_.skip_to(target);
        return postings_ != Xapian::PostingIterator();
    }

    std::optional<ListWalk> list_;
    Xapian::PostingIterator postings_;
    Xapian::docid last_ = 0;
    Xapian::docid document_ = 0;
};

template <typename Window, typename Body>
bool TermPostings::for_each(const Window &window, Body &&body) {
    if (!window.is_before_end(document_)) return true;
    if (list_ && postings_ == Xapian::PostingIterator()) {
        document_ = list_->for_each(window, body) ? list_->document() : 0;
        return document_ != 0;
    }
    if (!list_) {
        do {
            body(document_, stored());
            ++postings_;
            document_ = postings_ == Xapian::PostingIterator() ? 0 : stored_document(document_ + 1);
        } while (document_ != 0 && window.is_before_end(document_));
        return document_ != 0;
    }
    do {
        body(document_, occurrences());
    } while (seek(document_ + 1) && window.is_before_end(document_));
    return document_ != 0;
}

// The terms of a database and of the lists beside it.
class Terms {
  public:
    // `lists` may be NULL, and outlives this.
    Terms(Xapian::Database database, const PostingLists *lists)
        : database_(std::move(database)), lists_(lists), last_(database_.get_lastdocid()) {}

    // How many documents hold a term. It is remembered: finding it out reads several blocks.
    Xapian::doccount frequency(const std::string &term);
    TermPostings postings(const std::string &term) const;
    // Whether all postings of a term are in a list.
    bool is_listed(const std::string &term) const;

    // Calls body(term, frequency) for each term that begins with a prefix, in byte order, until it
    // returns false.
    template <typename Body> void for_each(const std::string &prefix, Body &&body) const;

  private:
    static constexpr size_t most_known = 10000;
    // The term's list; none when it has no list.
    std::optional<size_t> list(const std::string &term) const;
    // The sum of two frequencies; no more documents hold a term than there are.
    Xapian::doccount sum(Xapian::doccount one, Xapian::doccount other) const {
        if (one > last_ || other > last_ - one) {
            throw Xapian::DatabaseCorruptError("The frequency of a term is damaged");
        }
        return one + other;
    }

    Xapian::Database database_;
    const PostingLists *lists_;
    Xapian::docid last_;
    std::unordered_map<std::string, Xapian::doccount> frequencies_;
};

template <typename Body> void Terms::for_each(const std::string &prefix, Body &&body) const {
    auto term = database_.allterms_begin(prefix);
    const auto end = database_.allterms_end(prefix);
    size_t list = lists_ ? lists_->first(prefix) : 0;
    std::string previous;
    for (;;) {
        std::string_view listed;
        if (lists_ && list < lists_->size()) {
            listed = lists_->term(list);
            if (listed.substr(0, prefix.size()) != prefix) listed = {};
        }
        if (term == end && listed.empty()) return;
        // The lesser of the two, or both when they are one.
        std::string name = term == end ? std::string() : *term;
        const bool is_listed = !listed.empty() && (term == end || listed <= name);
        const bool is_stored = term != end && (!is_listed || listed == name);
        Xapian::doccount frequency = 0;
        if (is_listed) {
            name = listed;
            frequency = lists_->documents(list++);
        }
        if (is_stored) {
            frequency = sum(frequency, term.get_termfreq());
            ++term;
        }
        // A tree that leads back into itself would never end.
        if (name <= previous) throw Xapian::DatabaseCorruptError("The terms are out of order");
        if (!body(name, frequency)) return;
        previous = std::move(name);
    }
}

}  // namespace cx

struct cx_database {
    Xapian::Database value;
    // None when the database was opened without.
    std::unique_ptr<const cx::DocumentTexts> texts;
    mutable cx::Terms terms;

    cx_database(Xapian::Database opened, std::unique_ptr<const cx::DocumentTexts> beside)
        : value(std::move(opened)), texts(std::move(beside)),
          terms(value, texts ? &texts->lists() : nullptr) {}
};

struct cx_writer {
    Xapian::WritableDatabase value;
    // Set by the first failed write: libxapian has dropped what was not committed.
    bool failed = false;
    bool is_in_memory = false;
    bool is_in_transaction = false;
};

struct cx_page {
    uint32_t total = 0;
    std::vector<cx_hit> hits;
};

namespace cx {

// Where in a query a node stands. Two bugs of libxapian 1.4.22 make it matter.
struct Place {
    // The texts of the database that is searched, and what is known of its terms.
    const DocumentTexts *texts = nullptr;
    Terms *terms = nullptr;
    // Whether PostingSource::check() may say "not this document" and stay where it is, which saves
    // looking for the next one. Not below an OR: OrPostList::check() takes a branch that says so to
    // be at the id after it, and when the other branch is there too, adds the weight that the first
    // has for another document.
    bool allows_lazy_checks = true;
    // Whether weights count. Where they do not, on the right of AND_NOT, AndMaybePostList is never
    // told the highest weights, and reads memory that was never set to decide what matches.
    bool is_weighted = true;
    // How many of the best hits are wanted, when this is all that weighs anything: what cannot be
    // among them need not be weighed exactly. 0 when every weight matters.
    size_t best = 0;
};

// A row of neighbouring documents, those of them that were found, and what they weigh.
class Window {
  public:
    static constexpr size_t size = 4096;

    // Empties the window and moves it to where `document` lies.
    void move(Xapian::docid document) {
        first_ = document - document % size;
        marks_.fill(0);
    }

    Xapian::docid first() const { return first_; }
    bool is_before_end(Xapian::docid document) const { return document - first_ < size; }

    // Notes that a document was found.
    void mark(Xapian::docid document) {
        const size_t place = document - first_;
        const uint64_t bit = uint64_t(1) << place % 64;
        if (marks_[place / 64] & bit) return;
        marks_[place / 64] |= bit;
        weights_[place] = 0;
    }
    // Adds to the weight of a document that was found.
    void add(Xapian::docid document, double weight) { weights_[document - first_] += weight; }

    // Calls body(document, weight) for each document that was found.
    template <typename Body> void for_each(Body &&body) const {
        for (size_t i = 0; i < marks_.size(); ++i) {
            for (uint64_t left = marks_[i]; left; left &= left - 1) {
                const size_t place = 64 * i + static_cast<size_t>(__builtin_ctzll(left));
                body(static_cast<Xapian::docid>(first_ + place), weights_[place]);
            }
        }
    }

  private:
    Xapian::docid first_ = 0;
    std::array<uint64_t, size / 64> marks_{};
    std::array<double, size> weights_;
};

// Takes documents one by one, in the order of their ids.
class Sink {
  public:
    virtual ~Sink() = default;
    // What a document must weigh more than for its weight to matter.
    virtual double least() const = 0;
    virtual void take(Xapian::docid document, double weight) = 0;
    // Whether documents that weigh no more than least() need only be counted.
    virtual bool ranks() const = 0;
    virtual void count(Xapian::doccount more) = 0;
};

// A way through the documents that a query finds, in the order of their ids.
class Walk {
  public:
    virtual ~Walk() = default;
    // Hands over all documents, with their weights where these are more than sink.least(), otherwise
    // with perhaps less or nothing; false, and nothing is done, when windows take less time.
    virtual bool each(Sink &) { return false; }
    // The next document to be gathered; 0 at the end.
    virtual Xapian::docid document() const = 0;
    // Goes through the documents in a window, marks them, and adds their weights: exactly where a
    // weight is more than `least`, otherwise perhaps less or nothing.
    virtual void gather(Window &window, double least) = 0;
    // The most that a document can weigh.
    virtual double most() const = 0;
    // How many documents there are; -1 when that is not known without looking at them.
    virtual int64_t count() const { return -1; }
};

// A part of a query, from which libxapian's own is built anew for each search.
class Node {
  public:
    virtual ~Node() = default;
    virtual Xapian::Query build(Place place) const = 0;

    // Goes through the node's documents that pass a filter without libxapian's matcher; NULL when
    // it takes that. The filter outlives the walk.
    virtual std::unique_ptr<Walk> walk(const cx_database &, const Filter &) const {
        return nullptr;
    }

    // The node to be walked in this one's place, once `wanted` is narrowed to what this one wants
    // besides; NULL when there is none.
    virtual const Node *walked(Wanted &) const { return this; }

    // What is wanted, when the node is nothing but a filter.
    virtual const Wanted *filter() const { return nullptr; }

    // Whether it ever gives a document a weight.
    bool weighs = false;
    // Levels of operators above the deepest leaf.
    size_t depth = 0;
    // How many nodes there are from here down, counting one for each way to it.
    size_t size = 1;
};

}  // namespace cx

struct cx_plan {
    std::shared_ptr<const cx::Node> node;
};

struct cx_list {
    std::string bytes;
    std::vector<size_t> ends;
    std::vector<uint32_t> integers;
    std::vector<double> numbers;

    void add_text(const std::string &text) {
        bytes += text;
        ends.push_back(bytes.size());
    }
};

namespace cx {

// Throws unless `path` is a folder that holds a glass database whose head is sound.
void require_glass_folder(const std::string &path);

// Throws when the head of a glass database, in a folder or in one file, tells of blocks that it
// cannot have.
void require_sound_head(const std::string &folder);
void require_sound_head(int descriptor);

// Runs make(), which returns a node, and hands it over as a query.
template <typename Make> cx_status make_plan(cx_plan **out, cx_error *error, Make &&make) {
    *out = nullptr;
    return guard(error, [&] { *out = new cx_plan{make()}; });
}

// Makes the folder; throws DatabaseCreateError when something is there already.
void make_folder(const std::string &path);

}  // namespace cx

#pragma GCC visibility pop
