// Postings gathered in memory, document by document.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "block_file.hpp"
#include "bytes.hpp"
#include "include/CGramIndex.h"

#pragma GCC visibility push(hidden)

namespace cg {

// The lists of a block of documents, found by a hash of their terms.
class PostingsWriter {
  public:
    PostingsWriter() { grow(1 << 12); }

    // Adds terms to a document, all of which lie in its text; documents come in ascending order.
    void add(DocumentID document, std::string_view text, const cg_occurrence *occurrences,
             size_t count);
    // Writes all lists and empties the writer.
    void write(DocumentID document_count, BlockWriter &file);

    DocumentID last() const { return last_; }

  private:
    // One list: its term, the posting that is not written yet, and those that are, as one block
    // with positions. Terms of up to 16 bytes stand in the list itself, so that finding one takes a
    // look at one cache line.
    struct List {
        std::array<uint64_t, 2> head;
        uint32_t term_start;
        uint32_t term_length;
        DocumentID document = 0;
        uint32_t occurrences = 0;
        uint32_t position = 0;
        DocumentID written = 0;
        uint32_t documents = 0;
        std::string postings;

        void add(DocumentID document, uint32_t position);
        void flush();
    };

    // A term on its way to its list.
    struct Key {
        std::array<uint64_t, 2> head;
        std::string_view term;
        uint32_t hash;
    };

    struct Slot {
        uint32_t hash;
        // 1 more than the list's index; 0 of a slot that is free.
        uint32_t list;
    };

    static Key key(std::string_view term);
    // The index of a term's list, which is made when there is none.
    size_t list(const Key &key);
    void grow(size_t size);
    std::string_view term(const List &list) const {
        return std::string_view(terms_).substr(list.term_start, list.term_length);
    }

    std::vector<Slot> slots_;
    std::vector<List> lists_;
    std::string terms_;
    DocumentID last_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
