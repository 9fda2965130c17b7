// What the opaque types of the header hold.
#pragma once

#include <cstddef>
#include <cstdint>
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
    bool is_in_memory = false;
    bool is_in_transaction = false;
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

namespace cx {

// Throws unless `path` is a folder that holds a glass database whose head is sound.
void require_glass_folder(const std::string &path);

// Throws when the head of a glass database, in a folder or in one file, tells of blocks that it
// cannot have.
void require_sound_head(const std::string &folder);
void require_sound_head(int descriptor);

// Makes the folder; throws DatabaseCreateError when something is there already.
void make_folder(const std::string &path);

}  // namespace cx

#pragma GCC visibility pop
