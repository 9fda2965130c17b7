// Reading posting lists.
#pragma once

#include <cstddef>
#include <cstdint>

#include "posting_list.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// Goes through one list. Documents ascend and are never above the last one, whatever the bytes are.
class PostingCursor {
  public:
    PostingCursor() = default;
    // `last` is the highest document that there may be.
    PostingCursor(const PostingList &list, DocumentID last)
        : list_(list), last_(last),
          block_count_(list.heads.empty() ? !list.postings.empty()
                                          : list.heads.size() / block_head_size) {}

    // 0 before the first posting and after the last one.
    DocumentID document() const { return document_; }
    uint32_t occurrences() const { return occurrences_; }
    // How many characters stand before the only occurrence; -1 when that is not known.
    int64_t position() const { return int64_t(position_) - 1; }
    bool has_positions() const { return list_.has_positions; }
    // The highest document that there may be.
    DocumentID last() const { return last_; }

    // Goes to the next posting; false when there is none.
    bool next() {
        if (reader_.at_end() && !open(block_)) {
            document_ = 0;
            return false;
        }
        const uint32_t value = reader_.varint();
        const uint32_t step = value >> 1;
        if (step == 0 || step > block_last_ - document_) damaged("A posting list is damaged");
        document_ += step;
        const bool is_repeated = value & 1;
        const uint32_t more = list_.has_positions || is_repeated ? reader_.varint() : 0;
        occurrences_ = is_repeated ? more + 2 : 1;
        position_ = is_repeated ? 0 : more;
        return true;
    }

    // Goes to the first posting at `target` or after it, which is not 0; false when there is none.
    bool seek(DocumentID target) { return document_ >= target || seek_further(target); }

    // Calls body(document, occurrences) for each posting from the current one on whose document is not
    // after `last`, and goes to the one after them; false when there is none.
    template <typename Body> bool for_each(DocumentID last, Body &&body) {
        return list_.has_positions ? for_each<true>(last, body) : for_each<false>(last, body);
    }

  private:
    // A posting of at most three bytes, as nearly all are.
    struct Short {
        uint32_t step = 0;
        uint32_t occurrences = 0;
        uint32_t position = 0;
        // 0 of any other posting, which next() reads.
        uint32_t size = 0;
    };

    template <bool has_positions>
    static Short read_short(const unsigned char *at, const unsigned char *end) {
        if (end - at < 3) return {};
        uint32_t value = at[0];
        uint32_t size = 1;
        if (value >= 0x80) {
            if (at[1] >= 0x80) return {};
            value = (value & 0x7F) | uint32_t(at[1]) << 7;
            size = 2;
        }
        // Whether a term occurs again cannot be foreseen, so it is reckoned without a branch.
        const uint32_t repeats = value & 1;
        const uint32_t mask = 0 - repeats;
        const uint32_t second = at[size];
        const uint32_t more = has_positions ? second : second & mask;
        if (more >= 0x80 || value < 2) return {};
        return {value >> 1, 1 + repeats + (more & mask), has_positions ? more & ~mask : 0,
                size + (has_positions ? 1 : repeats)};
    }

    template <bool has_positions, typename Body> bool for_each(DocumentID last, Body &&body);
    template <bool has_positions> void read_shorts(DocumentID target);
    bool seek_further(DocumentID target);
    // Goes to before the first posting of a block; false when there is none.
    bool open(size_t block);
    uint32_t head(size_t block, size_t offset) const {
        return little_endian<uint32_t>(list_.heads.data() + block * block_head_size + offset);
    }

    PostingList list_;
    DocumentID last_ = 0;
    size_t block_count_ = 0;
    // The block to be opened next.
    size_t block_ = 0;
    ByteReader reader_;
    // The highest document that the block may hold.
    DocumentID block_last_ = 0;
    DocumentID document_ = 0;
    uint32_t occurrences_ = 0;
    uint32_t position_ = 0;
};

template <bool has_positions, typename Body>
bool PostingCursor::for_each(DocumentID last, Body &&body) {
    if (document_ == 0) return false;
    if (document_ > last) return true;
    for (;;) {
        const unsigned char *at = reader_.position();
        const unsigned char *const end = reader_.end();
        const DocumentID block_last = std::min(block_last_, last);
        DocumentID document = document_;
        uint32_t occurrences = occurrences_;
        for (;;) {
            body(document, occurrences);
            const Short posting = read_short<has_positions>(at, end);
            if (posting.size == 0 || posting.step > block_last - document) break;
            document += posting.step;
            occurrences = posting.occurrences;
            at += posting.size;
        }
        reader_.move(at);
        document_ = document;
        if (!next()) return false;
        if (document_ > last) return true;
    }
}

}  // namespace cg

#pragma GCC visibility pop
