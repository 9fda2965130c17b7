// Writing posting lists.
#include <limits>

#include "posting_cursor.hpp"
#include "posting_list.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

void PostingEncoder::begin(bool has_positions) {
    heads_.clear();
    postings_.clear();
    has_positions_ = has_positions;
    documents_ = 0;
    in_block_ = 0;
    document_ = 0;
}

void PostingEncoder::add(const Posting &posting) {
    const bool is_repeated = posting.occurrences > 1;
    put_varint(postings_, uint64_t(posting.document - document_) << 1 | is_repeated);
    if (is_repeated) {
        put_varint(postings_, posting.occurrences - 2);
    } else if (has_positions_) {
        put_varint(postings_, posting.position);
    }
    document_ = posting.document;
    ++documents_;
    if (++in_block_ == postings_per_block) end_block();
}

void PostingEncoder::end_block() {
    if (in_block_ == 0) return;
    if (postings_.size() > std::numeric_limits<uint32_t>::max()) {
        refuse("A posting list is too long");
    }
    put(heads_, document_, 4);
    put(heads_, postings_.size(), 4);
    in_block_ = 0;
}

void PostingEncoder::add(const PostingList &list, DocumentID last, DocumentID offset) {
    if (!has_positions_ && !list.has_positions && !list.heads.empty()) {
        return copy_blocks(list, last, offset);
    }
    PostingCursor cursor(list, last);
    while (cursor.next()) {
        const auto position = static_cast<uint32_t>(cursor.position() + 1);
        add({cursor.document() + offset, cursor.occurrences(), position});
    }
}

// Only the first posting of a block depends on what stands before the block.
void PostingEncoder::copy_blocks(const PostingList &list, DocumentID last, DocumentID offset) {
    end_block();
    DocumentID before = 0;
    size_t start = 0;
    for (size_t at = 0; at < list.heads.size(); at += block_head_size) {
        const auto block_last = number_at<uint32_t>(list.heads, at);
        const auto end = number_at<uint32_t>(list.heads, at + 4);
        if (before >= block_last || block_last > last || start >= end ||
            end > list.postings.size()) {
            damaged("A block of postings is damaged");
        }
        const std::string_view block = list.postings.substr(start, end - start);
        ByteReader reader(block);
        const uint32_t value = reader.varint();
        const DocumentID first = before + (value >> 1) + offset;
        if (value < 2 || (value >> 1) > block_last - before) damaged("A posting is damaged");
        put_varint(postings_, uint64_t(first - document_) << 1 | (value & 1));
        postings_ += block.substr(block.size() - reader.left());
        document_ = block_last + offset;
        in_block_ = postings_per_block;
        end_block();
        before = block_last;
        start = end;
    }
    documents_ += list.documents;
}

PostingList PostingEncoder::finish() {
    end_block();
    const bool is_one_block = heads_.size() == block_head_size;
    return {documents_, has_positions_, is_one_block ? std::string_view() : heads_, postings_};
}

}  // namespace cg

#pragma GCC visibility pop
