// What the opaque types of the header hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
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

struct cx_database {
    Xapian::Database value;
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
    // The texts of the database that is searched.
    const DocumentTexts *texts = nullptr;
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

// A part of a query, from which libxapian's own is built anew for each search.
class Node {
  public:
    virtual ~Node() = default;
    virtual Xapian::Query build(Place place) const = 0;

    // Answers the search for those of its documents that are wanted without libxapian's matcher;
    // false when it takes that.
    virtual bool walk(const cx_database &, const cx_search_options &, const Wanted &,
                      cx_page &) const {
        return false;
    }

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
