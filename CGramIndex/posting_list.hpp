// Posting lists: the documents that hold a term, how often, and where.
//
// A posting is two varints, or one in a list without positions:
//
//     twice the distance from the document before it, and 1 more when the document holds the term
//     more than once;
//     with positions, the position plus 1 when the document holds the term once, 0 when the position
//     is not known; whenever it holds the term more often, how often less 2.
//
// A long list is cut into blocks of neighbouring postings, each with a head that says the last
// document of the block and where the block ends: a skip list of one level.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bytes.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// A longer block takes longer to go into, a shorter one more room.
constexpr size_t postings_per_block = 128;
// The last document (4 bytes), and where the block ends among the postings of its list (4).
constexpr size_t block_head_size = 8;

// A list as it is stored.
struct PostingList {
    // How many postings there are.
    uint32_t documents = 0;
    bool has_positions = false;
    // The heads of its blocks; none of a list that is one block.
    std::string_view heads;
    std::string_view postings;
};

// A posting as it is written.
struct Posting {
    DocumentID document = 0;
    uint32_t occurrences = 0;
    // 1 more than the position of the only occurrence; 0 when it is not known.
    uint32_t position = 0;
};

// A list being made.
class PostingEncoder {
  public:
    // Empties the list.
    void begin(bool has_positions);
    // Adds a posting of a document after those added before.
    void add(const Posting &posting);
    // Adds the postings of a list, to whose documents `offset` is added; those of a long one without
    // positions are copied as they are. `last` is the highest document that it may hold.
    void add(const PostingList &list, DocumentID last, DocumentID offset);
    // Ends the list, which then stays until the next one begins.
    PostingList finish();

  private:
    void copy_blocks(const PostingList &list, DocumentID last, DocumentID offset);
    void end_block();

    std::string heads_;
    std::string postings_;
    bool has_positions_ = false;
    uint32_t documents_ = 0;
    size_t in_block_ = 0;
    DocumentID document_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
