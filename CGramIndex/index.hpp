// An index, open for reading.
#pragma once

#include <memory>

#include "block_file.hpp"
#include "dictionary.hpp"
#include "texts.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

class Index {
  public:
    explicit Index(std::shared_ptr<const BlockFile> file)
        : file_(std::move(file)), texts_(*file_),
          dictionary_(file_->column(CG_TERM_BLOCKS), file_->column(CG_POSTINGS), texts_.last()) {}

    const Texts &texts() const { return texts_; }
    const Dictionary &dictionary() const { return dictionary_; }
    // How many documents hold a term.
    uint32_t frequency(std::string_view term) const {
        const std::optional<PostingList> list = dictionary_.find(term);
        return list ? list->documents : 0;
    }
    void forget() const { file_->forget(); }

  private:
    std::shared_ptr<const BlockFile> file_;
    Texts texts_;
    Dictionary dictionary_;
};

}  // namespace cg

#pragma GCC visibility pop
