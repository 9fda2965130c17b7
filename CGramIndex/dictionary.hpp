// The dictionary: the terms of an index in byte order, each with its posting list.
//
// Terms stand in blocks of at most 16, each but the first without what it has in common with the one
// before it. A list of one block of postings stands in its entry, a longer one before the block of
// terms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "block_file.hpp"
#include "bytes.hpp"
#include "posting_list.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

constexpr size_t terms_per_block = 16;
// The first 8 bytes of the block's first term, zeros after a shorter one; where the block begins (5
// bytes), and its length (3).
constexpr size_t term_block_size = 16;

// Whether the list of a term that so many documents hold has positions. A phrase of rare terms is
// proved by their positions; of frequent ones these would take more room than the texts.
inline bool keeps_positions(uint64_t documents, uint64_t document_count) {
    return documents <= 512 || documents <= document_count / 1000;
}

class Dictionary;

// Goes through terms in byte order.
class TermCursor {
  public:
    // Begins before the first term of a block.
    TermCursor(const Dictionary &dictionary, size_t block);

    // Goes to the next term; false when there is none. Terms ascend, and neither blocks nor lists
    // stand where others stood before them: going through all takes no longer than the file is long.
    bool next();
    const std::string &term() const { return term_; }
    const PostingList &list() const { return list_; }

  private:
    void open_block();
    void read_list();

    const Dictionary *dictionary_;
    // The block to be read next.
    size_t block_;
    // Where the last block and the last list of several blocks end.
    uint64_t blocks_end_ = 0;
    uint64_t lists_end_ = 0;
    ByteReader reader_;
    bool is_first_ = false;
    std::string term_;
    PostingList list_;
};

// The dictionary of an index, in its two columns. Every look is checked.
class Dictionary {
  public:
    // `last` is the highest document.
    Dictionary(std::string_view blocks, std::string_view postings, DocumentID last);

    DocumentID last() const { return last_; }
    // The list of a term; none when no document holds it.
    std::optional<PostingList> find(std::string_view term) const;
    // Calls body(term, list) for each term that begins with a prefix, in byte order, until it
    // returns false.
    template <typename Body> void for_each(std::string_view prefix, Body &&body) const {
        TermCursor cursor(*this, block_of(prefix));
        while (cursor.next()) {
            const std::string &term = cursor.term();
            if (term.compare(0, prefix.size(), prefix) != 0) {
                if (term < prefix) continue;
                return;
            }
            if (!body(term, cursor.list())) return;
        }
    }

  private:
    friend class TermCursor;

    size_t block_count() const { return blocks_.size() / term_block_size; }
    std::string_view block(size_t index) const;
    // Where a block begins.
    uint64_t block_start(size_t index) const;
    std::string_view first_term(size_t block) const;
    bool begins_after(size_t block, std::string_view term) const;
    // The block in which a term stands if it stands in any, and after which those come that begin
    // with it.
    size_t block_of(std::string_view term) const;

    std::string_view blocks_;
    std::string_view postings_;
    DocumentID last_;
};

// Writes a dictionary, term by term.
class DictionaryWriter {
  public:
    explicit DictionaryWriter(BlockWriter &file) : file_(file) {}

    // Adds a term, which comes after those added before, with the list of some documents.
    void add(std::string_view term, const PostingList &list);
    void finish();

  private:
    void end_block();
    void append(std::string_view bytes);

    BlockWriter &file_;
    std::string blocks_;
    std::string block_;
    std::string first_;
    std::string term_;
    size_t in_block_ = 0;
    uint64_t length_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
