#include "hits.hpp"

#include <algorithm>
#include <cmath>

#pragma GCC visibility push(hidden)

namespace cg {

bool TopHits::precedes(const cg_hit &one, const cg_hit &other) const {
    if (options_.order == CG_BY_KEY) {
        if (one.has_key != other.has_key) return one.has_key;
        if (one.key != other.key) {
            return options_.descending ? one.key > other.key : one.key < other.key;
        }
    }
    if (one.weight != other.weight) return one.weight > other.weight;
    return one.document < other.document;
}

void TopHits::add(DocumentID document, double weight) {
    cg_hit hit{document, false, weight, 0};
    if (options_.order == CG_BY_KEY) {
        group_ = texts_.group(document, group_);
        const double key = options_.keys[group_];
        hit.has_key = !std::isnan(key);
        if (hit.has_key) hit.key = key;
    }
    const auto before = [this](const cg_hit &one, const cg_hit &other) {
        return precedes(one, other);
    };
    if (!is_full()) {
        hits_.push_back(hit);
        // A heap from the moment on when one has to go.
        if (is_full()) std::make_heap(hits_.begin(), hits_.end(), before);
        return;
    }
    if (!precedes(hit, hits_.front())) return;
    replace_last(hit);
}

// The last hit is the root of the heap: another one takes its place and sinks.
void TopHits::replace_last(const cg_hit &hit) {
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= hits_.size()) break;
        if (child + 1 < hits_.size() && precedes(hits_[child], hits_[child + 1])) ++child;
        if (!precedes(hit, hits_[child])) break;
        hits_[at] = hits_[child];
        at = child;
    }
    hits_[at] = hit;
}

std::vector<cg_hit> TopHits::sorted() {
    const auto before = [this](const cg_hit &one, const cg_hit &other) {
        return precedes(one, other);
    };
    // All hits by their documents come in order.
    if (!std::is_sorted(hits_.begin(), hits_.end(), before)) {
        std::sort(hits_.begin(), hits_.end(), before);
    }
    return std::move(hits_);
}

}  // namespace cg

#pragma GCC visibility pop
