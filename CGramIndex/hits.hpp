// The first hits in the order of a search.
#pragma once

#include <cstddef>
#include <vector>

#include "texts.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// Keeps the best of the hits added, which come in the order of their documents, in a heap.
class TopHits {
  public:
    // Both outlive this.
    TopHits(const cg_search_options &options, const Texts &texts)
        : options_(options), texts_(texts) {}

    bool is_full() const { return hits_.size() >= options_.limit; }
    // The lowest weight among the best when they are full and ordered by it.
    double least() const { return hits_.front().weight; }
    void add(DocumentID document, double weight);
    std::vector<cg_hit> sorted();

  private:
    void replace_last(const cg_hit &hit);
    bool precedes(const cg_hit &one, const cg_hit &other) const;

    const cg_search_options &options_;
    const Texts &texts_;
    std::vector<cg_hit> hits_;
    size_t group_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
