// Documents wanted by their groups and labels.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "texts.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// What is wanted.
struct Wanted {
    // A bit for each group; all when empty.
    std::string groups;
    // A bit for each label; all when empty.
    std::string labels;

    bool is_everything() const { return groups.empty() && labels.empty(); }
    // Leaves out what the other does not want.
    void narrow(const Wanted &other);
};

// Finds what is wanted among the documents of an index.
class Filter {
  public:
    Filter(std::shared_ptr<const Wanted> wanted, const Texts &texts);

    // Whether every document passes.
    bool is_open() const { return !wanted_; }
    // The first document at `document` or after it that passes; 0 when none does. It is found
    // soonest when documents are asked for in ascending order.
    DocumentID first(DocumentID document) { return is_open() ? document : find(document); }
    // About how many documents pass, whatever their labels: as if groups were of one size.
    DocumentID estimate() const;

  private:
    DocumentID find(DocumentID document);
    bool wants_label(DocumentID document) const;
    // The first group at one or after it that is wanted; their number when none is.
    size_t wanted_group(size_t group) const;

    // None of an open filter.
    std::shared_ptr<const Wanted> wanted_;
    const Texts *texts_;
    // The wanted group that was found last, its first document, and the one after its last.
    size_t group_ = 0;
    DocumentID start_ = 0;
    DocumentID end_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
