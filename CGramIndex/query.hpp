// Queries, and the walks that they are built into for one index.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "filter.hpp"
#include "index.hpp"
#include "walk.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// A part of a query. Shared, unchanged, by all searches for it.
class Node {
  public:
    virtual ~Node() = default;

    // A way through the node's documents that pass a filter. The index outlives it.
    virtual std::unique_ptr<Walk> walk(const Index &index,
                                       std::shared_ptr<const Wanted> wanted) const = 0;
    // What is wanted, when the node is nothing but a filter.
    virtual const Wanted *filter() const { return nullptr; }

    // Whether it ever gives a document a weight.
    bool weighs = false;
    // Levels of operators above the deepest leaf.
    size_t depth = 0;
    // How many nodes there are from here down, counting one for each way to it.
    size_t size = 1;
};

}  // namespace cg

struct cg_query {
    std::shared_ptr<const cg::Node> node;
};

namespace cg {

// Runs make(), which returns a node, and hands it over as a query.
template <typename Make> cg_status make_query(cg_query **out, cg_error *error, Make &&make) {
    *out = nullptr;
    return guard(error, [&] { *out = new cg_query{make()}; });
}

}  // namespace cg

#pragma GCC visibility pop
