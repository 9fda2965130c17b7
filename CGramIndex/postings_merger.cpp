// The postings of several indexes as those of one.
#include <limits>
#include <memory>
#include <queue>
#include <vector>

#include "dictionary.hpp"
#include "handles.hpp"

#pragma GCC visibility push(hidden)

namespace {

// After so many bytes the memory of the files that are merged is given back: a mapped file counts as
// memory as far as it was read.
constexpr size_t forget_after = 16 << 20;

// One index of a merge, gone through in the order of its terms.
struct Source {
    const cg::Index *index;
    // What is added to its documents' numbers.
    cg::DocumentID offset;
    cg::TermCursor cursor;
};

// Whether one source has a later term than another, or the same and comes after it.
struct IsAfter {
    bool operator()(const Source *one, const Source *other) const {
        const int order = one->cursor.term().compare(other->cursor.term());
        return order != 0 ? order > 0 : one->offset > other->offset;
    }
};

class Merger {
  public:
    Merger(const cg_index *const *sources, size_t count) {
        uint64_t offset = 0;
        for (size_t i = 0; i < count; ++i) {
            const cg::Index &index = *sources[i]->value;
            const auto before = static_cast<cg::DocumentID>(offset);
            offset += index.texts().last();
            if (offset > cg::most_documents) cg::refuse("There are too many documents");
            sources_.push_back({&index, before, cg::TermCursor(index.dictionary(), 0)});
        }
        document_count_ = static_cast<cg::DocumentID>(offset);
        for (Source &source : sources_) go_on(source);
    }

    void write(cg::BlockWriter &file) {
        cg::DictionaryWriter dictionary(file);
        cg::PostingEncoder encoder;
        std::vector<Source *> holding;
        while (!waiting_.empty()) {
            holding.clear();
            uint64_t documents = 0;
            do {
                holding.push_back(waiting_.top());
                documents += holding.back()->cursor.list().documents;
                waiting_.pop();
            } while (!waiting_.empty() &&
                     waiting_.top()->cursor.term() == holding.front()->cursor.term());
            encoder.begin(cg::keeps_positions(documents, document_count_));
            for (const Source *source : holding) {
                const cg::PostingList &list = source->cursor.list();
                encoder.add(list, source->index->texts().last(), source->offset);
                read_ += list.heads.size() + list.postings.size();
            }
            dictionary.add(holding.front()->cursor.term(), encoder.finish());
            for (Source *source : holding) go_on(*source);
            if (read_ >= forget_after) forget();
        }
        dictionary.finish();
    }

  private:
    void go_on(Source &source) {
        if (source.cursor.next()) waiting_.push(&source);
    }

    void forget() {
        for (const Source &source : sources_) source.index->forget();
        read_ = 0;
    }

    std::vector<Source> sources_;
    std::priority_queue<Source *, std::vector<Source *>, IsAfter> waiting_;
    cg::DocumentID document_count_ = 0;
    size_t read_ = 0;
};

}  // namespace

#pragma GCC visibility pop

cg_status cg_postings_merge(const cg_index *const *sources, size_t source_count,
                            cg_block_writer *file, cg_error *error) {
    return cg::guard(error, [&] { Merger(sources, source_count).write(*file->value); });
}
