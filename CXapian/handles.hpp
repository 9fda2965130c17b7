// What the opaque types of the header hold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "guard.hpp"

#pragma GCC visibility push(hidden)

namespace cx {

// A section file, mapped. Shared by whoever looks into it.
class Sections {
  public:
    explicit Sections(const std::string &path);
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

// The texts of a database's documents. Every look is checked: a file that was made to do harm
// throws DatabaseCorruptError.
class DocumentTexts {
  public:
    DocumentTexts(std::shared_ptr<const Sections> sections, Xapian::docid last);

    // `document` is from 1 to last() in all of these.
    Xapian::docid last() const { return last_; }
    std::string_view text(Xapian::docid document) const;
    // Has the processor fetch a text that will be read soon.
    void prefetch(Xapian::docid document) const;
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

    const Wanted &wanted_;
    const DocumentTexts *texts_;
    mutable size_t group_ = 0;
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

namespace cx {

// In how many documents terms are, remembered: finding that out reads several blocks.
class TermFrequencies {
  public:
    Xapian::doccount of(const std::string &term, const Xapian::Database &database) {
        const auto known = frequencies_.find(term);
        if (known != frequencies_.end()) return known->second;
        if (frequencies_.size() == most_known) frequencies_.clear();
        return frequencies_[term] = database.get_termfreq(term);
    }

  private:
    static constexpr size_t most_known = 10000;
    std::unordered_map<std::string, Xapian::doccount> frequencies_;
};

}  // namespace cx

struct cx_database {
    Xapian::Database value;
    mutable cx::TermFrequencies frequencies;
    // None when the database was opened without.
    std::unique_ptr<const cx::DocumentTexts> texts;
};

struct cx_writer {
    Xapian::WritableDatabase value;
    // Set by the first failed write: libxapian has dropped what was not committed.
    bool failed = false;
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
    TermFrequencies *frequencies = nullptr;
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

// A way through the documents that a query finds, in the order of their ids.
class Walk {
  public:
    virtual ~Walk() = default;
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

struct cx_query {
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

// Throws unless `path` is a folder that holds a glass database.
void require_glass_folder(const std::string &path);

// Runs make(), which returns a node, and hands it over as a query.
template <typename Make> cx_status make_query(cx_query **out, cx_error *error, Make &&make) {
    *out = nullptr;
    return guard(error, [&] { *out = new cx_query{make()}; });
}

// Makes the folder; throws DatabaseCreateError when something is there already.
void make_folder(const std::string &path);

}  // namespace cx

#pragma GCC visibility pop
