// What the opaque types of the header hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "include/CXapian.h"

#pragma GCC visibility push(hidden)

struct cx_database {
    Xapian::Database value;
};

struct cx_writer {
    Xapian::WritableDatabase value;
    // Set by the first failed write: libxapian has dropped what was not committed.
    bool failed = false;
};

struct cx_query {
    Xapian::Query value;
    // Levels of operators above the deepest leaf.
    size_t depth = 0;
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

// Makes the folder; throws DatabaseCreateError when something is there already.
void make_folder(const std::string &path);

}  // namespace cx

#pragma GCC visibility pop
