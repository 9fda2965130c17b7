// The documents that several lists have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "document_set.hpp"
#include "filter.hpp"
#include "posting_cursor.hpp"
#include "walk.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// What the documents of a conjunction must be in: the list of a term, the union of several lists, or
// all documents.
class Candidates {
  public:
    // All documents up to the last.
    static Candidates all(DocumentID last) {
        Candidates candidates;
        candidates.frequency_ = candidates.last_ = last;
        return candidates;
    }
    Candidates(const PostingList &list, DocumentID last)
        : postings(list, last), frequency_(list.documents), has_list_(true) {}
    explicit Candidates(DocumentSet set)
        : frequency_(set.size()), set_(std::make_unique<const DocumentSet>(std::move(set))) {}

    // How many documents there are.
    uint32_t frequency() const { return frequency_; }
    bool is_of_term() const { return has_list_; }
    DocumentID current() const { return has_list_ ? postings.document() : current_; }

    // Goes to the first document at `target` or after it, which is not 0; false when there is none.
    bool seek(DocumentID target) {
        if (has_list_) return postings.seek(target);
        if (current_ < target) {
            current_ = set_ ? set_->first(target) : target <= last_ ? target : 0;
        }
        return current_ != 0;
    }

    // The list, when it is one of a term.
    PostingCursor postings;
    // Of the candidates that it was last asked about, and how many of them it held.
    unsigned asked = 0;
    unsigned held = 0;

  private:
    Candidates() = default;

    uint32_t frequency_ = 0;
    bool has_list_ = false;
    DocumentID last_ = 0;
    DocumentID current_ = 0;
    std::unique_ptr<const DocumentSet> set_;
};

// Leapfrogs through its lists, the rarest first (Veldhuizen 2014). Where all documents are wanted of two
// lists of which neither is rare, it intersects their bits, a window of documents at a time.
class Conjunction {
  public:
    explicit Conjunction(Filter filter) : filter_(std::move(filter)) {}

    // Adds candidates, which outlive this; `is_optional` of those without which more documents are
    // found, of which something else decides.
    void add(Candidates *candidates, bool is_optional) {
        lists_.push_back({candidates, is_optional});
    }

    size_t size() const { return lists_.size(); }
    Candidates &rarest() { return *lists_.front().candidates; }
    const Candidates &rarest() const { return *lists_.front().candidates; }
    const Filter &filter() const { return filter_; }

    // The first document at `target` or after it that all lists have and the filter passes; 0 when
    // there is none.
    DocumentID seek(DocumentID target);

    // A document, and whether it may hold what the lists are of more than once.
    struct Found {
        DocumentID document;
        bool may_repeat;
    };
    // The same for whoever takes all documents, one after the other. The lists may then be ahead of it.
    Found seek_each(DocumentID target);

  private:
    struct List {
        Candidates *candidates;
        bool is_optional;
    };

    static bool is_useless(List &list, bool held);
    bool intersects() const;
    DocumentID leapfrog(DocumentID target);
    bool may_repeat() const;
    // Finds those of a window together, when that takes less time.
    void look_ahead(DocumentID target);
    // Takes those out of what was found ahead that the lists from the third on or the filter do not have.
    void narrow();

    Filter filter_;
    std::vector<List> lists_;
    // What was found ahead: so many of these; next_ is the first that is not before the last target.
    std::vector<Found> ahead_;
    size_t ahead_count_ = 0;
    size_t next_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
