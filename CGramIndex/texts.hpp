// The texts of an index, and its columns of documents and groups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "block_file.hpp"
#include "bytes.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// The first six columns of an index. They fit together, and every record is checked when it is read.
class Texts {
  public:
    explicit Texts(const BlockFile &file);

    // How many documents there are; a document is from 1 to last() in all of these.
    DocumentID last() const { return last_; }
    std::string_view text(DocumentID document) const;
    // Have the processor fetch what will be read soon: first the columns, then the text.
    void prefetch_columns(DocumentID document) const {
        __builtin_prefetch(starts_ + 5 * size_t(document - 1));
        __builtin_prefetch(lengths_ + 2 * size_t(document - 1));
    }
    void prefetch_text(DocumentID document) const;
    uint32_t length(DocumentID document) const {
        return little_endian<uint16_t>(lengths_ + 2 * size_t(document - 1));
    }
    uint8_t label(DocumentID document) const {
        return static_cast<uint8_t>(labels_[document - 1]);
    }

    size_t group_count() const { return group_count_; }
    // The first document of a group; for the number after the last one, that after the last.
    DocumentID group_start(size_t group) const {
        return group < group_count_ ? little_endian<uint32_t>(groups_ + 4 * group) : last_ + 1;
    }
    // The group of a document; found soonest from a group that is not after it.
    size_t group(DocumentID document, size_t from = 0) const;

  private:
    // Where a document's record begins; for the one after the last, where the last one ends.
    uint64_t record_start(DocumentID document) const {
        return little_endian<uint64_t>(starts_ + 5 * size_t(document - 1)) & 0xFFFFFFFFFF;
    }

    DocumentID last_;
    const char *starts_;
    std::string_view records_;
    const char *lengths_;
    const char *labels_;
    const char *groups_;
    size_t group_count_;
};

}  // namespace cg

#pragma GCC visibility pop
