// BM25 (Robertson and Zaragoza 2009), and what whole and near parts add.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "match.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

class Ranking {
  public:
    // The match outlives this.
    explicit Ranking(const Match &match) : match_(match) {}

    // The most that a document can weigh.
    double most() const;

    // What a part is worth that stands in a document so often, given length_norm() of its length.
    double part(size_t part, double occurrences, double length_norm) const {
        return match_.parts[part].weight * occurrences * (match_.k1 + 1) /
               (occurrences + match_.k1 * length_norm);
    }

    // How a document's length divides what occurrences in it are worth.
    double length_norm(double length) const {
        return match_.average_length > 0
                   ? 1 - match_.b + match_.b * length / match_.average_length
                   : 1;
    }

    // What is added when the parts stand within so many characters; 0 characters when they do not.
    double proximity(int64_t shortest) const;

    // Weights are multiples of 2^-24: sums of them are exact, so that the order in which they are
    // added, which differs from index to index, cannot change a ranking.
    static double rounded(double weight) {
        // Not std::round(), which is a call. Weights are not negative; so high a one is whole.
        if (weight >= largest_rounded) return weight;
        return static_cast<double>(static_cast<int64_t>(weight * steps + 0.5)) / steps;
    }

    // Whether so many occurrences of the only part, in a document of some length, can weigh more
    // than `least`; cheaper than the weight, since the lengths are worked out once for each `least`.
    bool may_exceed(uint32_t occurrences, uint32_t length, double least) {
        return longest(least).holds(occurrences, length);
    }

    // For each small number of occurrences the longest document that can weigh more than a weight.
    struct Longest {
        std::array<uint32_t, 4> lengths{};

        bool holds(uint32_t occurrences, uint32_t length) const {
            return occurrences >= lengths.size() || length <= lengths[occurrences];
        }
    };
    const Longest &longest(double least) {
        if (least != least_) set_longest(least);
        return longest_;
    }

  private:
    static constexpr double steps = 16777216.0;
    static constexpr double largest_rounded = 1ll << 29;

    void set_longest(double least);

    const Match &match_;
    // Those that can weigh more than least_.
    Longest longest_;
    double least_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace cg

#pragma GCC visibility pop
