// Block files: columns of bytes in one file that is mapped into memory.
//
//     8 bytes   "gramidx1"
//     8 bytes   the length of the file
//     8 bytes   the number of columns
//     for each  8 bytes where it begins, 8 bytes of length
//     the columns, each at a multiple of 8 bytes, with zeros between
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "include/CGramIndex.h"

#pragma GCC visibility push(hidden)

namespace cg {

// A mapped file. Everything is checked when it is made: no column lies outside the mapping.
class BlockFile {
  public:
    BlockFile(int descriptor, size_t length);
    ~BlockFile();
    BlockFile(const BlockFile &) = delete;
    BlockFile &operator=(const BlockFile &) = delete;

    // Empty when there is no such column.
    std::string_view column(size_t index) const {
        return index < columns_.size() ? columns_[index] : std::string_view();
    }
    // Gives back the memory of what was read; the next look fetches it again.
    void forget() const;

  private:
    bool read_head();

    void *bytes_;
    size_t length_;
    std::vector<std::string_view> columns_;
};

// A file being written.
class BlockWriter {
  public:
    // Takes the file, which is open and empty.
    BlockWriter(int descriptor, std::string name, size_t column_count);
    ~BlockWriter();
    BlockWriter(const BlockWriter &) = delete;
    BlockWriter &operator=(const BlockWriter &) = delete;

    // Columns may come in any order, each in one go.
    void append(size_t column, std::string_view bytes);
    void finish();

  private:
    void write(const void *bytes, size_t count);
    [[noreturn]] void fail() const;

    std::string name_;
    std::FILE *file_ = nullptr;
    // Where each column begins, 0 when nothing was appended, and its length.
    std::vector<std::pair<uint64_t, uint64_t>> columns_;
    size_t current_ = 0;
    uint64_t length_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
