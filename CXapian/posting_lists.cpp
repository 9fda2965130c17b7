// Posting lists of frequent terms, in a section file: writing, merging, walking.
#include "handles.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#pragma GCC visibility push(hidden)

namespace {

// A longer chunk takes longer to go into, a shorter one more room.
constexpr size_t most_postings = 128;
// After so many bytes the memory of the files that are merged is given back.
constexpr size_t forget_after = 16 << 20;

template <typename Number> void put(std::string &bytes, Number number) {
    for (size_t i = 0; i < sizeof number; ++i) {
        bytes.push_back(static_cast<char>(number >> 8 * i));
    }
}

template <typename Number> inline Number number_at(std::string_view bytes, size_t place) {
    if (place > bytes.size() || sizeof(Number) > bytes.size() - place) {
        throw Xapian::DatabaseCorruptError("A posting list is damaged");
    }
    Number number = 0;
    for (size_t i = sizeof(Number); i-- > 0;) {
        number = number << 8 | static_cast<unsigned char>(bytes[place + i]);
    }
    return number;
}

void put_varint(std::string &bytes, uint32_t number) {
    for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>(number | 0x80));
    bytes.push_back(static_cast<char>(number));
}

// A list being made.
class List {
  public:
    void add(Xapian::docid document) {
        if (document == document_) {
            ++occurrences_;
            return;
        }
        flush();
        document_ = document;
        occurrences_ = 1;
    }

    // Writes what was added last.
    void flush() {
        if (document_ == 0) return;
        if (in_chunk_ == 0) {
            put<uint32_t>(chunks, document_);
            written_ = document_;
        }
        put_varint(postings, (document_ - written_) << 1 | (occurrences_ > 1));
        if (occurrences_ > 1) put_varint(postings, occurrences_ - 2);
        written_ = document_;
        document_ = 0;
        ++documents;
        if (++in_chunk_ == most_postings) end_chunk();
    }

    void end_chunk() {
        if (in_chunk_ > 0) put(chunks, static_cast<uint32_t>(postings.size()));
        in_chunk_ = 0;
    }

    std::string chunks;
    std::string postings;
    Xapian::doccount documents = 0;

  private:
    Xapian::docid document_ = 0;
    Xapian::termcount occurrences_ = 0;
    Xapian::docid written_ = 0;
    size_t in_chunk_ = 0;
};

// The heads of lists, in the order of their terms.
class Heads {
  public:
    void add(std::string_view term, Xapian::doccount documents, size_t chunks, size_t postings,
             bool is_complete) {
        terms_ += term;
        put<uint64_t>(heads_, postings_);
        put(heads_, narrow(terms_.size()));
        put(heads_, narrow(chunks_));
        put<uint32_t>(heads_, documents);
        put<uint32_t>(heads_, is_complete);
        chunks_ += chunks;
        postings_ += postings;
    }

    void write(cx_sections_writer &writer) const {
        writer.append(CX_LIST_TERMS, terms_.data(), terms_.size());
        writer.append(CX_LIST_HEADS, heads_.data(), heads_.size());
    }

  private:
    static uint32_t narrow(size_t number) {
        if (number > std::numeric_limits<uint32_t>::max()) {
            throw cx::Refusal(CX_REFUSED, "The posting lists are too long");
        }
        return static_cast<uint32_t>(number);
    }

    std::string terms_, heads_;
    size_t chunks_ = 0;
    uint64_t postings_ = 0;
};

std::vector<std::string> terms(const uint8_t *pool, size_t pool_length, const cx_slice *slices,
                               size_t count) {
    std::vector<std::string> terms;
    terms.reserve(count);
    for (size_t i = 0; i < count; ++i) {
        if (!cx::fits(slices[i], pool_length)) {
            throw cx::Refusal(CX_REFUSED, "A slice lies outside its pool", i);
        }
        std::string term = cx::text(pool + slices[i].offset, slices[i].length);
        if (term.empty() || (!terms.empty() && term <= terms.back())) {
            throw cx::Refusal(CX_REFUSED, "Terms come in their order, each once", i);
        }
        terms.push_back(std::move(term));
    }
    return terms;
}

}  // namespace

struct cx_list_writer {
    std::vector<std::string> terms;
    std::vector<List> lists;
    Xapian::docid last = 0;
};

namespace cx {

uint32_t ListWalk::number(size_t chunk, size_t place) const {
    return number_at<uint32_t>(chunks_, chunk * CX_LIST_CHUNK_SIZE + place);
}

void ListWalk::damaged() { throw Xapian::DatabaseCorruptError("A posting list is damaged"); }

bool ListWalk::open(size_t chunk) {
    if (chunk >= chunk_count()) return false;
    const uint32_t first = number(chunk, 0);
    const uint32_t start = chunk > 0 ? number(chunk - 1, 4) : 0;
    const uint32_t end = number(chunk, 4);
    if (first <= document_ || first > last_ || start >= end || end > postings_.size()) damaged();
    const auto *const bytes = reinterpret_cast<const unsigned char *>(postings_.data());
    at_ = bytes + start;
    end_ = bytes + end;
    chunk_ = chunk + 1;
    document_ = first;
    is_first_ = true;
    return true;
}

uint32_t ListWalk::long_varint() {
    uint32_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (at_ == end_) damaged();
        const unsigned char byte = *at_++;
        value |= uint32_t(byte & 0x7F) << shift;
        if (byte < 0x80) return value;
    }
    damaged();
}

bool ListWalk::seek(Xapian::docid target) {
    // The last chunk that begins at the target or before it, in steps that double, then halves.
    if (chunk_ < chunk_count() && number(chunk_, 0) <= target) {
        size_t low = chunk_;
        size_t step = 1;
        while (low + step < chunk_count() && number(low + step, 0) <= target) {
            low += step;
            step *= 2;
        }
        size_t high = std::min(low + step, chunk_count());
        while (low + 1 < high) {
            const size_t middle = low + (high - low) / 2;
            (number(middle, 0) <= target ? low : high) = middle;
        }
        open(low);
    }
    // Of a chunk that was opened the first posting is still to be read, whatever its head says.
    while (next()) {
        if (document_ >= target) return true;
        const unsigned char *at = at_;
        Xapian::docid document = document_;
        while (document < target) {
            const Short posting = read_short(at);
            if (posting.size == 0 || posting.step > last_ - document) break;
            document += posting.step;
            occurrences_ = posting.occurrences;
            at += posting.size;
        }
        at_ = at;
        document_ = document;
        if (document >= target) return true;
    }
    return false;
}

PostingLists::PostingLists(const Sections &sections, Xapian::docid last)
    : terms_(sections.section(CX_LIST_TERMS)), heads_(sections.section(CX_LIST_HEADS)),
      chunks_(sections.section(CX_LIST_CHUNKS)), postings_(sections.section(CX_LIST_POSTINGS)),
      last_(last) {}

uint32_t PostingLists::number(size_t list, size_t place) const {
    return number_at<uint32_t>(heads_, list * CX_LIST_HEAD_SIZE + place);
}

Xapian::doccount PostingLists::documents(size_t list) const {
    const Xapian::doccount documents = number(list, 16);
    if (documents > last_) throw Xapian::DatabaseCorruptError("A posting list is damaged");
    return documents;
}

std::string_view PostingLists::term(size_t list) const {
    const size_t start = list > 0 ? number(list - 1, 8) : 0;
    const size_t end = number(list, 8);
    if (start > end || end > terms_.size()) {
        throw Xapian::DatabaseCorruptError("A posting list is damaged");
    }
    return terms_.substr(start, end - start);
}

std::string_view PostingLists::chunks(size_t list) const {
    const size_t start = number(list, 12);
    const size_t all = chunks_.size() / CX_LIST_CHUNK_SIZE;
    const size_t end = list + 1 < size() ? number(list + 1, 12) : all;
    if (start >= end || end > all) {
        throw Xapian::DatabaseCorruptError("A posting list is damaged");
    }
    return chunks_.substr(start * CX_LIST_CHUNK_SIZE, (end - start) * CX_LIST_CHUNK_SIZE);
}

std::string_view PostingLists::postings(size_t list) const {
    const std::string_view heads = chunks(list);
    const uint64_t start = number_at<uint64_t>(heads_, list * CX_LIST_HEAD_SIZE);
    const uint64_t length = number_at<uint32_t>(heads, heads.size() - 4);
    if (start > postings_.size() || length > postings_.size() - start) {
        throw Xapian::DatabaseCorruptError("A posting list is damaged");
    }
    return postings_.substr(start, length);
}

ListWalk PostingLists::walk(size_t list) const {
    return ListWalk(chunks(list), postings(list), last_);
}

size_t PostingLists::first(std::string_view wanted) const {
    size_t low = 0;
    size_t high = size();
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (term(middle) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::optional<size_t> Terms::list(const std::string &term) const {
    if (!lists_) return std::nullopt;
    const size_t list = lists_->first(term);
    if (list == lists_->size() || lists_->term(list) != term) return std::nullopt;
    return list;
}

Xapian::doccount Terms::frequency(const std::string &term) {
    const auto known = frequencies_.find(term);
    if (known != frequencies_.end()) return known->second;
    const std::optional<size_t> list = this->list(term);
    Xapian::doccount frequency = list ? lists_->documents(*list) : 0;
    if (!list || !lists_->is_complete(*list)) {
        frequency = sum(frequency, database_.get_termfreq(term));
    }
    if (frequencies_.size() == most_known) frequencies_.clear();
    return frequencies_[term] = frequency;
}

bool Terms::is_listed(const std::string &term) const {
    const std::optional<size_t> list = this->list(term);
    return list && lists_->is_complete(*list);
}

TermPostings Terms::postings(const std::string &term) const {
    const std::optional<size_t> list = this->list(term);
    TermPostings postings;
    if (!list || !lists_->is_complete(*list)) {
        postings = TermPostings(database_.postlist_begin(term), last_);
    }
    if (list) postings.add(lists_->walk(*list));
    return postings;
}

}  // namespace cx

namespace {

// The lists of one source of a merge, gone through in the order of their terms.
struct Source {
    cx::PostingLists lists;
    const cx::Sections *sections;
    // What is added to its documents' ids.
    Xapian::docid offset;
    size_t next = 0;

    bool holds(const std::string &term) const {
        return next < lists.size() && lists.term(next) == term;
    }
};

// Calls body(term, sources) for each term of some sources in order; `sources` hold it.
template <typename Body> void for_each_term(std::vector<Source> &sources, Body &&body) {
    for (Source &source : sources) source.next = 0;
    std::vector<const Source *> holding;
    for (;;) {
        std::string term;
        for (const Source &source : sources) {
            if (source.next == source.lists.size()) continue;
            const std::string_view candidate = source.lists.term(source.next);
            if (term.empty() || candidate < term) term = candidate;
        }
        if (term.empty()) return;
        holding.clear();
        for (const Source &source : sources) {
            if (source.holds(term)) holding.push_back(&source);
        }
        body(term, holding);
        for (Source &source : sources) {
            if (source.holds(term)) ++source.next;
        }
    }
}

}  // namespace

#pragma GCC visibility pop

cx_status cx_lists_create(const uint8_t *pool, size_t pool_length, const cx_slice *slices,
                          size_t term_count, cx_list_writer **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto writer = std::make_unique<cx_list_writer>();
        writer->terms = terms(pool, pool_length, slices, term_count);
        writer->lists.resize(term_count);
        *out = writer.release();
    });
}

cx_status cx_lists_add(cx_list_writer *writer, uint32_t document, const uint32_t *numbers,
                       size_t term_count, cx_error *error) {
    return cx::guard(error, [&] {
        if (document <= writer->last) {
            throw cx::Refusal(CX_REFUSED, "Documents are added in the order of their ids");
        }
        for (size_t i = 0; i < term_count; ++i) {
            if (numbers[i] >= writer->lists.size()) {
                throw cx::Refusal(CX_REFUSED, "There is no such list", i);
            }
        }
        writer->last = document;
        for (size_t i = 0; i < term_count; ++i) writer->lists[numbers[i]].add(document);
    });
}

cx_status cx_lists_write(cx_list_writer *lists, cx_sections_writer *writer, cx_error *error) {
    return cx::guard(error, [&] {
        Heads heads;
        for (size_t i = 0; i < lists->lists.size(); ++i) {
            List &list = lists->lists[i];
            list.flush();
            list.end_chunk();
            if (list.documents == 0) continue;
            heads.add(lists->terms[i], list.documents, list.chunks.size() / CX_LIST_CHUNK_SIZE,
                      list.postings.size(), true);
        }
        heads.write(*writer);
        for (const List &list : lists->lists) {
            writer->append(CX_LIST_CHUNKS, list.chunks.data(), list.chunks.size());
        }
        for (const List &list : lists->lists) {
            writer->append(CX_LIST_POSTINGS, list.postings.data(), list.postings.size());
        }
    });
}

void cx_lists_free(cx_list_writer *lists) { delete lists; }

cx_status cx_lists_merge(const cx_sections *const *files, const uint32_t *document_counts,
                         size_t source_count, const uint8_t *pool, size_t pool_length,
                         const cx_slice *complete, size_t complete_count,
                         cx_sections_writer *writer, cx_error *error) {
    return cx::guard(error, [&] {
        const std::vector<std::string> whole = terms(pool, pool_length, complete, complete_count);
        std::vector<Source> sources;
        Xapian::docid offset = 0;
        for (size_t i = 0; i < source_count; ++i) {
            sources.push_back({cx::PostingLists(*files[i]->value, document_counts[i]),
                               files[i]->value.get(), offset});
            if (document_counts[i] > std::numeric_limits<Xapian::docid>::max() - offset) {
                throw cx::Refusal(CX_REFUSED, "There are too many documents");
            }
            offset += document_counts[i];
        }
        Heads heads;
        for_each_term(sources, [&](const std::string &term, const auto &holding) {
            Xapian::doccount documents = 0;
            size_t chunks = 0;
            size_t postings = 0;
            for (const Source *source : holding) {
                documents += source->lists.documents(source->next);
                chunks += source->lists.chunks(source->next).size() / CX_LIST_CHUNK_SIZE;
                postings += source->lists.postings(source->next).size();
            }
            heads.add(term, documents, chunks, postings,
                      std::binary_search(whole.begin(), whole.end(), term));
        });
        heads.write(*writer);
        for_each_term(sources, [&](const std::string &, const auto &holding) {
            std::string bytes;
            size_t before = 0;
            for (const Source *source : holding) {
                const std::string_view chunks = source->lists.chunks(source->next);
                for (size_t at = 0; at < chunks.size(); at += CX_LIST_CHUNK_SIZE) {
                    put(bytes, number_at<uint32_t>(chunks, at) + source->offset);
                    put(bytes, static_cast<uint32_t>(number_at<uint32_t>(chunks, at + 4) + before));
                }
                before += source->lists.postings(source->next).size();
            }
            // The places in a list have four bytes.
            if (before > std::numeric_limits<uint32_t>::max()) {
                throw cx::Refusal(CX_REFUSED, "A posting list is too long");
            }
            writer->append(CX_LIST_CHUNKS, bytes.data(), bytes.size());
        });
        size_t looked_at = 0;
        for_each_term(sources, [&](const std::string &, const auto &holding) {
            for (const Source *source : holding) {
                const std::string_view postings = source->lists.postings(source->next);
                writer->append(CX_LIST_POSTINGS, postings.data(), postings.size());
                looked_at += postings.size();
            }
            // A mapped file counts as memory as far as it was looked at.
            if (looked_at < forget_after) return;
            for (const Source &source : sources) source.sections->forget();
            looked_at = 0;
        });
    });
}
