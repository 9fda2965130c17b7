// Ways through the documents that a query finds, in the order of their numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bytes.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// A row of neighbouring documents, those of them that were found, and what they weigh.
class Window {
  public:
    static constexpr size_t size = 4096;

    // Empties the window and moves it to where `document` lies.
    void move(DocumentID document) {
        first_ = document - document % size;
        marks_.fill(0);
    }

    bool is_before_end(DocumentID document) const { return document - first_ < size; }

    // Notes that a document was found.
    void mark(DocumentID document) {
        const size_t offset = document - first_;
        const uint64_t bit = uint64_t(1) << offset % 64;
        if (marks_[offset / 64] & bit) return;
        marks_[offset / 64] |= bit;
        weights_[offset] = 0;
    }
    // Adds to the weight of a document that was found.
    void add(DocumentID document, double weight) { weights_[document - first_] += weight; }

    // Calls body(document, weight) for each document that was found.
    template <typename Body> void for_each(Body &&body) const {
        for (size_t i = 0; i < marks_.size(); ++i) {
            for (uint64_t left = marks_[i]; left; left &= left - 1) {
                const size_t offset = 64 * i + static_cast<size_t>(__builtin_ctzll(left));
                body(static_cast<DocumentID>(first_ + offset), weights_[offset]);
            }
        }
    }

  private:
    DocumentID first_ = 0;
    std::array<uint64_t, size / 64> marks_{};
    std::array<double, size> weights_;
};

// Takes documents one by one, in the order of their numbers.
class Sink {
  public:
    virtual ~Sink() = default;
    // What a document must weigh more than for its weight to matter.
    virtual double least() const = 0;
    virtual void take(DocumentID document, double weight) = 0;
    // Whether documents that weigh no more than least() need only be counted.
    virtual bool ranks() const = 0;
    virtual void count(uint32_t more) = 0;
};

// Before the first seek() or check() a walk is nowhere. Weights are exact where they are more than
// the `least` passed along, otherwise perhaps less.
class Walk {
  public:
    virtual ~Walk() = default;

    // The document that the walk is at; 0 at the end.
    virtual DocumentID document() const = 0;
    // Goes to the first document found at `target` or after it, which is not 0.
    virtual void seek(DocumentID target) = 0;
    // `target` when it is found, which the walk is then at; otherwise a later one than which, or as
    // late as which, the next one is, or 0 when there is none. Targets ascend.
    virtual DocumentID check(DocumentID target) {
        seek(target);
        return document();
    }
    // What the document that the walk is at weighs.
    virtual double weight(double least) = 0;
    // The most that a document can weigh.
    virtual double most() const = 0;
    // About how many documents are found, or have to be read.
    virtual uint64_t cost() const = 0;
    // How many documents there are; -1 when that is not known without looking at them.
    virtual int64_t count() const { return -1; }

    // From the document that the walk is at: hands over all, their weights as above with
    // sink.least(); false, and nothing is done, when windows take less time.
    virtual bool each(Sink &) { return false; }
    // Goes through the documents in a window, marks them, and adds their weights.
    virtual void gather(Window &window, double least) {
        const bool weighs = most() > least;
        while (document() != 0 && window.is_before_end(document())) {
            window.mark(document());
            if (weighs) window.add(document(), weight(least));
            seek(document() + 1);
        }
    }
};

}  // namespace cg

#pragma GCC visibility pop
