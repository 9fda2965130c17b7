// A set of documents: bits, in chunks that exist once they hold one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bytes.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

class DocumentSet {
  public:
    void insert(DocumentID document) {
        const size_t chunk = document / chunk_size;
        if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
        if (!chunks_[chunk]) chunks_[chunk] = std::make_unique<Chunk>();
        uint64_t &word = (*chunks_[chunk])[document % chunk_size / 64];
        const uint64_t bit = uint64_t(1) << (document % 64);
        if (!(word & bit)) ++size_;
        word |= bit;
    }

    uint32_t size() const { return size_; }

    // The first document at `target` or after it; 0 when there is none.
    DocumentID first(DocumentID target) const {
        size_t word = target % chunk_size / 64;
        uint64_t mask = ~uint64_t(0) << (target % 64);
        for (size_t chunk = target / chunk_size; chunk < chunks_.size(); ++chunk) {
            if (chunks_[chunk]) {
                for (; word < chunk_size / 64; ++word, mask = ~uint64_t(0)) {
                    const uint64_t bits = (*chunks_[chunk])[word] & mask;
                    if (bits) {
                        return static_cast<DocumentID>(
                            chunk * chunk_size + word * 64 +
                            static_cast<size_t>(__builtin_ctzll(bits)));
                    }
                }
            }
            word = 0;
            mask = ~uint64_t(0);
        }
        return 0;
    }

  private:
    static constexpr size_t chunk_size = 65536;
    using Chunk = std::array<uint64_t, chunk_size / 64>;
    std::vector<std::unique_ptr<Chunk>> chunks_;
    uint32_t size_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
