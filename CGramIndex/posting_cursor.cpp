#include "posting_cursor.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

bool PostingCursor::open(size_t block) {
    if (block >= block_count_) return false;
    DocumentID before = 0;
    size_t start = 0;
    size_t end = list_.postings.size();
    block_last_ = last_;
    if (!list_.heads.empty()) {
        if (block > 0) {
            before = head(block - 1, 0);
            start = head(block - 1, 4);
        }
        block_last_ = head(block, 0);
        end = head(block, 4);
        if (before >= block_last_ || block_last_ > last_ || start >= end ||
            end > list_.postings.size()) {
            damaged("A block of postings is damaged");
        }
    }
    reader_ = ByteReader(list_.postings.substr(start, end - start));
    block_ = block + 1;
    document_ = before;
    return true;
}

template <bool has_positions> void PostingCursor::read_shorts(DocumentID target) {
    const unsigned char *at = reader_.position();
    const unsigned char *const end = reader_.end();
    DocumentID document = document_;
    while (document < target) {
        const Short posting = read_short<has_positions>(at, end);
        if (posting.size == 0 || posting.step > block_last_ - document) break;
        document += posting.step;
        occurrences_ = posting.occurrences;
        position_ = posting.position;
        at += posting.size;
    }
    reader_.move(at);
    document_ = document;
}

bool PostingCursor::seek_further(DocumentID target) {
    if (!list_.heads.empty() && target > block_last_) {
        const size_t found = gallop(block_, block_count_,
                                    [&](size_t block) { return head(block, 0) < target; });
        if (!open(found)) {
            // The end: nothing is left to be read.
            block_ = block_count_;
            reader_ = ByteReader();
            document_ = 0;
            return false;
        }
    }
    for (;;) {
        if (list_.has_positions) {
            read_shorts<true>(target);
        } else {
            read_shorts<false>(target);
        }
        if (document_ >= target) return true;
        if (!next()) return false;
        if (document_ >= target) return true;
    }
}

}  // namespace cg

#pragma GCC visibility pop
