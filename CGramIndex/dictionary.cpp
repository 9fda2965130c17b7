#include "dictionary.hpp"

#include <algorithm>
#include <cstring>

#pragma GCC visibility push(hidden)

namespace {

constexpr size_t prefix_size = 8;

// The first bytes of a term as a number that is compared as they are.
uint64_t prefix_of(std::string_view term) {
    uint64_t number = 0;
    for (size_t i = 0; i < prefix_size; ++i) {
        number = number << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0);
    }
    return number;
}

uint64_t big_endian(const char *at) {
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; ++i) {
        number = number << 8 | static_cast<unsigned char>(at[i]);
    }
    return number;
}

// An entry of the dictionary after its term: the number of documents times 4, plus 2 for positions,
// plus 1 for a list of several blocks.
constexpr uint32_t with_positions = 2;
constexpr uint32_t of_blocks = 1;

}  // namespace

namespace cg {

TermCursor::TermCursor(const Dictionary &dictionary, size_t block)
    : dictionary_(&dictionary), block_(block) {}

void TermCursor::open_block() {
    const uint64_t start = dictionary_->block_start(block_);
    const std::string_view block = dictionary_->block(block_++);
    if (block.empty() || start < blocks_end_) damaged("A block of terms is damaged");
    blocks_end_ = start + block.size();
    reader_ = ByteReader(block);
    is_first_ = true;
}

bool TermCursor::next() {
    if (reader_.at_end()) {
        if (block_ >= dictionary_->block_count()) return false;
        open_block();
    }
    const uint32_t common = reader_.varint();
    const uint32_t length = reader_.varint();
    if (common > term_.size() || (is_first_ && common > 0) || length == 0 ||
        length > CG_MAX_TERM_LENGTH - common) {
        damaged("A term is damaged");
    }
    const std::string_view rest = reader_.bytes(length);
    const bool ascends = is_first_ ? rest > std::string_view(term_)
                                   : common == term_.size() ||
                                         static_cast<uint8_t>(rest[0]) >
                                             static_cast<uint8_t>(term_[common]);
    if (!ascends) damaged("Terms are not in their order");
    is_first_ = false;
    term_.resize(common);
    term_ += rest;
    read_list();
    return true;
}

void TermCursor::read_list() {
    const uint32_t head = reader_.varint();
    list_ = {};
    list_.documents = head >> 2;
    list_.has_positions = head & with_positions;
    if (list_.documents == 0 || list_.documents > dictionary_->last()) {
        damaged("A term has an impossible number of documents");
    }
    const uint32_t count = reader_.varint();
    if (!(head & of_blocks)) {
        if (count == 0) damaged("A posting list is empty");
        list_.postings = reader_.bytes(count);
        return;
    }
    // A list takes at most its column: 5 bytes tell where it begins.
    const std::string_view bytes = reader_.bytes(5);
    const uint64_t start = little_endian<uint32_t>(bytes.data()) |
                           uint64_t(static_cast<unsigned char>(bytes[4])) << 32;
    const std::string_view all = dictionary_->postings_;
    const uint64_t heads = uint64_t(count) * block_head_size;
    if (count < 2 || start < lists_end_ || start > all.size() || heads > all.size() - start ||
        list_.documents < count || list_.documents > uint64_t(count) * postings_per_block) {
        damaged("A posting list is damaged");
    }
    list_.heads = all.substr(start, heads);
    const auto length = number_at<uint32_t>(list_.heads, heads - 4);
    if (length > all.size() - start - heads) damaged("A posting list is damaged");
    list_.postings = all.substr(start + heads, length);
    lists_end_ = start + heads + length;
}

Dictionary::Dictionary(std::string_view blocks, std::string_view postings, DocumentID last)
    : blocks_(blocks), postings_(postings), last_(last) {
    if (blocks_.size() % term_block_size != 0) damaged("The dictionary is damaged");
}

uint64_t Dictionary::block_start(size_t index) const {
    return little_endian<uint64_t>(blocks_.data() + index * term_block_size + 8) & 0xFFFFFFFFFF;
}

std::string_view Dictionary::block(size_t index) const {
    const uint64_t start = block_start(index);
    const uint64_t length =
        little_endian<uint32_t>(blocks_.data() + index * term_block_size + 12) >> 8;
    if (start > postings_.size() || length > postings_.size() - start) {
        damaged("A block of terms is damaged");
    }
    return postings_.substr(start, length);
}

std::string_view Dictionary::first_term(size_t block) const {
    ByteReader reader(this->block(block));
    if (reader.varint() != 0) damaged("A block of terms is damaged");
    return reader.bytes(reader.varint());
}

bool Dictionary::begins_after(size_t block, std::string_view term) const {
    const uint64_t prefix = big_endian(blocks_.data() + block * term_block_size);
    const uint64_t wanted = prefix_of(term);
    return prefix != wanted ? prefix > wanted : first_term(block) > term;
}

size_t Dictionary::block_of(std::string_view term) const {
    const size_t after = bisect(0, block_count(),
                                [&](size_t block) { return !begins_after(block, term); });
    return after > 0 ? after - 1 : 0;
}

std::optional<PostingList> Dictionary::find(std::string_view term) const {
    TermCursor cursor(*this, block_of(term));
    for (size_t i = 0; i < terms_per_block && cursor.next(); ++i) {
        if (cursor.term() == term) return cursor.list();
        if (cursor.term() > term) break;
    }
    return std::nullopt;
}

void DictionaryWriter::append(std::string_view bytes) {
    file_.append(CG_POSTINGS, bytes);
    length_ += bytes.size();
}

void DictionaryWriter::add(std::string_view term, const PostingList &list) {
    if (term <= std::string_view(term_) || term.size() > CG_MAX_TERM_LENGTH) {
        damaged("Terms are not in their order");
    }
    const bool has_blocks = !list.heads.empty();
    const uint64_t start = length_;
    if (has_blocks) {
        append(list.heads);
        append(list.postings);
    }
    size_t common = 0;
    if (in_block_ == 0) {
        first_ = term;
    } else {
        const size_t most = std::min(term.size(), term_.size());
        while (common < most && term[common] == term_[common]) ++common;
    }
    put_varint(block_, common);
    put_varint(block_, term.size() - common);
    block_ += term.substr(common);
    put_varint(block_, uint64_t(list.documents) << 2 |
                           (list.has_positions ? with_positions : 0) |
                           (has_blocks ? of_blocks : 0));
    if (has_blocks) {
        put_varint(block_, list.heads.size() / block_head_size);
        put(block_, start, 5);
    } else {
        put_varint(block_, list.postings.size());
        block_ += list.postings;
    }
    term_ = term;
    if (++in_block_ == terms_per_block) end_block();
}

void DictionaryWriter::end_block() {
    if (in_block_ == 0) return;
    first_.resize(prefix_size);
    blocks_ += first_;
    put(blocks_, length_, 5);
    put(blocks_, block_.size(), 3);
    append(block_);
    if (length_ >> 40 != 0) refuse("The posting lists are too long");
    block_.clear();
    in_block_ = 0;
}

void DictionaryWriter::finish() {
    end_block();
    file_.append(CG_TERM_BLOCKS, blocks_);
}

}  // namespace cg

#pragma GCC visibility pop
