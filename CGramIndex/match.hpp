// What a text match looks for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "include/CGramIndex.h"

#pragma GCC visibility push(hidden)

namespace cg {

struct Gram {
    std::string text;
    bool is_prefix;
    // Of a piece of the part: where it begins and ends there, in characters; otherwise both are 0.
    int64_t start;
    int64_t end;
};

struct Part {
    std::string text;
    std::vector<Gram> grams;
    double weight;
    // False when a document with the one gram holds the part as often as the gram.
    bool needs_verification;
};

// Shared, unchanged, by all searches for it.
struct Match {
    std::vector<Part> parts;
    std::string whole;
    double whole_boost;
    double proximity_boost;
    // Negative for no limit.
    int64_t maximum_gap;
    double k1;
    double b;
    double average_length;
    // Whether any document ever weighs anything.
    bool has_weight;
    // The most that whole and proximity can add.
    double boosts;
    // The sum over the parts.
    int64_t characters = 0;

    // Whether only the text tells how near each other the parts stand.
    bool limits_gap() const { return maximum_gap >= 0 && parts.size() > 1; }
};

// Throws unless it is from 0 to 1,000,000.
void require_weight(double weight);

// Copies a match; throws when it makes no sense.
std::shared_ptr<const Match> checked(const cg_text_match &source);

}  // namespace cg

#pragma GCC visibility pop
