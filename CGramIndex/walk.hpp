// Ways through the documents that a query finds, in the order of their numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

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
        states_.fill(State::missing);
    }

    // The last document of the row.
    DocumentID last() const { return first_ + (size - 1); }
    bool is_before_end(DocumentID document) const { return document - first_ < size; }

    // Whether a document has a weight; if not, notes that it was found.
    bool has_weight_or_mark(DocumentID document) {
        State &state = states_[document - first_];
        if (state == State::weighed) return true;
        state = State::found;
        return false;
    }
    // Adds to the weight of a document.
    void add(DocumentID document, double weight) {
        const size_t offset = document - first_;
        if (states_[offset] != State::weighed) weights_[offset] = 0;
        states_[offset] = State::weighed;
        weights_[offset] += weight;
    }

    // Calls body(document, weight) for each document that was found; without a weight it is 0.
    template <typename Body> void for_each(Body &&body) const {
        for_each(true, [&](size_t offset) {
            body(static_cast<DocumentID>(first_ + offset),
                 states_[offset] == State::weighed ? weights_[offset] : 0);
        });
    }
    // The same for each that has a weight.
    template <typename Body> void for_each_weight(Body &&body) const {
        for_each(false, [&](size_t offset) {
            body(static_cast<DocumentID>(first_ + offset), weights_[offset]);
        });
    }
    // How many documents were found that have no weight.
    uint32_t count_without_weight() const {
        // A sum in each byte, which cannot overflow within 32 words of eight documents.
        uint32_t count = 0;
        for (size_t start = 0; start < size; start += 8 * 32) {
            uint64_t sums = 0;
            for (size_t i = 0; i < 32; ++i) sums += eight(start + 8 * i) & each_byte;
            count += static_cast<uint32_t>(sums * each_byte >> 56);
        }
        return count;
    }

  private:
    // A byte a document: setting bits in one word, each write waits for the one before it.
    enum class State : uint8_t { missing = 0, found = 1, weighed = 2 };

    static constexpr uint64_t each_byte = 0x0101010101010101;

    // The states of eight documents.
    uint64_t eight(size_t offset) const { return little_endian<uint64_t>(&states_[offset]); }

    // Calls body(offset) for each document that has a weight, and if `all` for the others found.
    template <typename Body> void for_each(bool all, Body &&body) const {
        const uint64_t wanted = each_byte * (all ? 3 : uint8_t(State::weighed));
        for (size_t start = 0; start < size; start += 8) {
            for (uint64_t left = eight(start) & wanted; left; left &= left - 1) {
                body(start + static_cast<size_t>(__builtin_ctzll(left)) / 8);
            }
        }
    }

    DocumentID first_ = 0;
    std::array<State, size> states_{};
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
    // Goes through the documents in a window, marks them, and adds their weights: all of a weight
    // where the window has one already, elsewhere perhaps less, or none, where it is no more than
    // `least`.
    virtual void gather(Window &window, double least) {
        const bool weighs = most() > least;
        while (document() != 0 && window.is_before_end(document())) {
            if (window.has_weight_or_mark(document())) {
                window.add(document(), weight(every_weight));
            } else if (weighs) {
                window.add(document(), weight(least));
            }
            seek(document() + 1);
        }
    }

  protected:
    // As `least`: every weight is exact.
    static constexpr double every_weight = -std::numeric_limits<double>::infinity();
};

}  // namespace cg

#pragma GCC visibility pop
