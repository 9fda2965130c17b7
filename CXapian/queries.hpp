// What cx_query holds.
#pragma once

#include <cstddef>

#include <xapian.h>

#include "guard.hpp"

#pragma GCC visibility push(hidden)

struct cx_query {
    Xapian::Query value;
    // The same documents, for where weights do not count: without the sides of AND_MAYBE that only
    // weigh. On the right of AND_NOT libxapian 1.4.22 never tells AndMaybePostList the highest
    // weights, and it reads memory that was never set to decide what matches.
    Xapian::Query unweighted;
    // Levels of operators above the deepest leaf.
    size_t depth = 0;
    // How many queries there are from here down, counting one for each way to it.
    size_t size = 1;
    // Whether a phrase, or terms near each other, are part of it.
    bool needs_positions = false;
    // Whether OP_XOR or OP_MAX is part of it: libxapian 1.4.22 crashes on them over several
    // databases as soon as it may skip documents that weigh too little.
    bool is_fragile = false;
};

#pragma GCC visibility pop
