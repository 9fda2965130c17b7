#include "postings_writer.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "dictionary.hpp"
#include "handles.hpp"
#include "posting_list.hpp"

#pragma GCC visibility push(hidden)

namespace {

// The first 16 bytes of a term, with zeros after a shorter one.
std::array<uint64_t, 2> head_of(std::string_view term) {
    std::array<uint64_t, 2> head{};
    std::memcpy(head.data(), term.data(), std::min(term.size(), sizeof head));
    return head;
}

// Mixes as splitmix64 does (Steele, Lea and Flood 2014).
uint32_t hash_of(const std::array<uint64_t, 2> &head, std::string_view term) {
    uint64_t hash = head[0] ^ (head[1] * 0x9E3779B97F4A7C15);
    for (size_t at = sizeof head; at < term.size(); ++at) {
        hash = (hash ^ static_cast<unsigned char>(term[at])) * 0x100000001B3;
    }
    hash = (hash ^ term.size() ^ hash >> 30) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ hash >> 27) * 0x94D049BB133111EB;
    return static_cast<uint32_t>(hash >> 32);
}

}  // namespace

namespace cg {

void PostingsWriter::List::flush() {
    if (document == 0) return;
    const bool is_repeated = occurrences > 1;
    put_varint(postings, uint64_t(document - written) << 1 | is_repeated);
    put_varint(postings, is_repeated ? occurrences - 2 : position);
    written = document;
    document = 0;
    ++documents;
}

void PostingsWriter::grow(size_t size) {
    slots_.assign(size, Slot{0, 0});
    for (size_t i = 0; i < lists_.size(); ++i) {
        const uint32_t hash = hash_of(lists_[i].head, term(lists_[i]));
        size_t at = hash & (size - 1);
        while (slots_[at].list != 0) at = (at + 1) & (size - 1);
        slots_[at] = {hash, static_cast<uint32_t>(i + 1)};
    }
}

PostingsWriter::Key PostingsWriter::key(std::string_view term) {
    const std::array<uint64_t, 2> head = head_of(term);
    return {head, term, hash_of(head, term)};
}

size_t PostingsWriter::list(const Key &key) {
    const size_t mask = slots_.size() - 1;
    size_t at = key.hash & mask;
    for (; slots_[at].list != 0; at = (at + 1) & mask) {
        if (slots_[at].hash != key.hash) continue;
        const List &known = lists_[slots_[at].list - 1];
        if (known.head == key.head && known.term_length == key.term.size() &&
            (key.term.size() <= sizeof key.head || term(known) == key.term)) {
            return slots_[at].list - 1;
        }
    }
    if (terms_.size() > std::numeric_limits<uint32_t>::max() - key.term.size()) {
        refuse("There are too many terms");
    }
    List made{};
    made.head = key.head;
    made.term_start = static_cast<uint32_t>(terms_.size());
    made.term_length = static_cast<uint32_t>(key.term.size());
    terms_ += key.term;
    lists_.push_back(std::move(made));
    slots_[at] = {key.hash, static_cast<uint32_t>(lists_.size())};
    if (lists_.size() * 2 > slots_.size()) grow(slots_.size() * 2);
    return lists_.size() - 1;
}

void PostingsWriter::List::add(DocumentID added, uint32_t where) {
    if (document == added) {
        ++occurrences;
        return;
    }
    flush();
    document = added;
    occurrences = 1;
    position = where == CG_NO_POSITION ? 0 : where + 1;
}

// Most lists are in no cache. So some terms go through each step together: while the processor
// fetches what one needs, the next ones are looked at.
void PostingsWriter::add(DocumentID document, std::string_view text,
                         const cg_occurrence *occurrences, size_t count) {
    last_ = document;
    std::array<Key, 64> keys;
    std::array<size_t, 64> lists;
    while (count > 0) {
        const size_t some = std::min(count, keys.size());
        for (size_t i = 0; i < some; ++i) {
            keys[i] = key(text.substr(occurrences[i].offset, occurrences[i].length));
            __builtin_prefetch(&slots_[keys[i].hash & (slots_.size() - 1)]);
        }
        for (size_t i = 0; i < some; ++i) {
            const Slot slot = slots_[keys[i].hash & (slots_.size() - 1)];
            if (slot.list == 0) continue;
            __builtin_prefetch(&lists_[slot.list - 1]);
            __builtin_prefetch(&lists_[slot.list - 1].postings);
        }
        for (size_t i = 0; i < some; ++i) {
            lists[i] = list(keys[i]);
            const std::string &postings = lists_[lists[i]].postings;
            __builtin_prefetch(postings.data() + postings.size());
        }
        for (size_t i = 0; i < some; ++i) {
            lists_[lists[i]].add(document, occurrences[i].position);
        }
        occurrences += some;
        count -= some;
    }
}

void PostingsWriter::write(DocumentID document_count, BlockWriter &file) {
    std::vector<std::pair<uint64_t, uint32_t>> order;
    order.reserve(lists_.size());
    for (size_t i = 0; i < lists_.size(); ++i) {
        uint64_t head = 0;
        for (size_t at = 0; at < sizeof head; ++at) {
            const auto byte = at < lists_[i].term_length ? terms_[lists_[i].term_start + at] : 0;
            head = head << 8 | static_cast<unsigned char>(byte);
        }
        order.emplace_back(head, static_cast<uint32_t>(i));
    }
    std::sort(order.begin(), order.end(), [this](const auto &one, const auto &other) {
        return one.first != other.first ? one.first < other.first
                                        : term(lists_[one.second]) < term(lists_[other.second]);
    });
    DictionaryWriter dictionary(file);
    PostingEncoder encoder;
    for (const auto &[head, index] : order) {
        List &list = lists_[index];
        list.flush();
        encoder.begin(keeps_positions(list.documents, document_count));
        encoder.add({list.documents, true, {}, list.postings}, document_count, 0);
        dictionary.add(term(list), encoder.finish());
        std::string().swap(list.postings);
    }
    dictionary.finish();
    *this = PostingsWriter();
}

}  // namespace cg

#pragma GCC visibility pop

cg_status cg_postings_create(cg_postings_writer **out, cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] { *out = new cg_postings_writer(); });
}

cg_status cg_postings_add(cg_postings_writer *writer, uint32_t document, const uint8_t *text,
                          size_t text_length, const cg_occurrence *occurrences, size_t count,
                          cg_error *error) {
    return cg::guard(error, [&] {
        if (document == 0 || document < writer->value.last() || document > cg::most_documents) {
            cg::refuse("Documents are added in the order of their numbers");
        }
        const std::string_view all(reinterpret_cast<const char *>(text), text_length);
        for (size_t i = 0; i < count; ++i) {
            const cg_occurrence &given = occurrences[i];
            if (given.offset > text_length || given.length > text_length - given.offset ||
                given.length == 0 || given.length > CG_MAX_TERM_LENGTH) {
                cg::refuse("A term must have 1 to 245 bytes of the text",
                           static_cast<int64_t>(i));
            }
        }
        writer->value.add(document, all, occurrences, count);
    });
}

cg_status cg_postings_write(cg_postings_writer *writer, uint32_t document_count,
                            cg_block_writer *file, cg_error *error) {
    return cg::guard(error, [&] {
        if (document_count < writer->value.last()) {
            cg::refuse("There are postings of more documents");
        }
        writer->value.write(document_count, *file->value);
    });
}

void cg_postings_free(cg_postings_writer *writer) { delete writer; }
