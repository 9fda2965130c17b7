// What the opaque types of the header hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "guard.hpp"

#pragma GCC visibility push(hidden)

struct cx_database {
    Xapian::Database value;
};

struct cx_writer {
    Xapian::WritableDatabase value;
    // Set by the first failed write: libxapian has dropped what was not committed.
    bool failed = false;
};

namespace cx {

// Where in a query a node stands. Two bugs of libxapian 1.4.22 make it matter.
struct Place {
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

struct cx_page {
    uint32_t total = 0;
    std::vector<cx_hit> hits;
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
