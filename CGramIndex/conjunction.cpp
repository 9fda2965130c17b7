#include "conjunction.hpp"

#include <algorithm>
#include <array>

#pragma GCC visibility push(hidden)

namespace {

// A list that holds more than three quarters of so many candidates in a row is not asked any more.
constexpr unsigned trial = 64;
// Two lists are intersected by their bits when the rarer one has a posting in so many documents, and the
// other is at most so many times as long: else skipping takes less time than reading all.
constexpr uint32_t rarest_intersected = 128;
constexpr uint32_t most_times_longer = 32;

// A bit for each document of a window.
class Bits {
  public:
    explicit Bits(cg::DocumentID document) : first_(document - document % cg::Window::size) {}

    cg::DocumentID last() const { return first_ + (cg::Window::size - 1); }
    void set(cg::DocumentID document, bool value) {
        words_[offset(document) / 64] |= uint64_t(value) << document % 64;
    }
    bool has(cg::DocumentID document) const {
        return words_[offset(document) / 64] >> document % 64 & 1;
    }

  private:
    size_t offset(cg::DocumentID document) const { return document - first_; }

    const cg::DocumentID first_;
    std::array<uint64_t, cg::Window::size / 64> words_{};
};

}  // namespace

namespace cg {

DocumentID Conjunction::seek(DocumentID target) {
    while (next_ < ahead_count_ && ahead_[next_].document < target) ++next_;
    return next_ < ahead_count_ ? ahead_[next_].document : leapfrog(target);
}

Conjunction::Found Conjunction::seek_each(DocumentID target) {
    if (ahead_count_ == 0 || ahead_[ahead_count_ - 1].document < target) look_ahead(target);
    const DocumentID document = seek(target);
    return next_ < ahead_count_ ? ahead_[next_] : Found{document, may_repeat()};
}

// Whether no list says that the document which all are at holds its term once.
bool Conjunction::may_repeat() const {
    return std::none_of(lists_.begin(), lists_.end(), [](const List &list) {
        return list.candidates->is_of_term() && list.candidates->postings.occurrences() == 1;
    });
}

bool Conjunction::intersects() const {
    if (lists_.size() < 2) return false;
    const Candidates &rarer = *lists_[0].candidates;
    const Candidates &other = *lists_[1].candidates;
    return rarer.is_of_term() && other.is_of_term() &&
           rarer.frequency() >= rarer.postings.last() / rarest_intersected &&
           other.frequency() / most_times_longer <= rarer.frequency();
}

void Conjunction::look_ahead(DocumentID target) {
    if (!intersects()) return;
    ahead_count_ = next_ = 0;
    const DocumentID first = leapfrog(target);
    // A list may have been found useless.
    if (first == 0 || !intersects()) return;
    Bits bits(first), repeats(first);
    lists_[0].candidates->postings.for_each(bits.last(), [&](DocumentID document, uint32_t occurrences) {
        bits.set(document, true);
        repeats.set(document, occurrences > 1);
    });
    // Room for all of a window, made once.
    ahead_.resize(Window::size);
    lists_[1].candidates->postings.for_each(bits.last(), [&](DocumentID document, uint32_t occurrences) {
        // Whether both have it cannot be foreseen, so it is reckoned without a branch.
        ahead_[ahead_count_] = {document, repeats.has(document) && occurrences > 1};
        ahead_count_ += bits.has(document);
    });
    narrow();
}

void Conjunction::narrow() {
    size_t count = 0;
    for (size_t at = 0; at < ahead_count_; ++at) {
        const Found found = ahead_[at];
        const DocumentID document = found.document;
        bool passes = filter_.first(document) == document;
        for (size_t i = 2; passes && i < lists_.size();) {
            const Candidates &candidates = *lists_[i].candidates;
            passes = lists_[i].candidates->seek(document) && candidates.current() == document;
            if (lists_[i].is_optional && is_useless(lists_[i], passes)) {
                lists_.erase(lists_.begin() + static_cast<std::ptrdiff_t>(i));
                passes = true;
            } else {
                ++i;
            }
        }
        if (passes) ahead_[count++] = found;
    }
    ahead_count_ = count;
}

DocumentID Conjunction::leapfrog(DocumentID target) {
    // Each list in turn pulls the target on, until all agree.
    for (size_t i = 0; i < lists_.size();) {
        Candidates &candidates = *lists_[i].candidates;
        if (!candidates.seek(target)) return 0;
        const DocumentID found = candidates.current();
        if (i > 0 && lists_[i].is_optional && is_useless(lists_[i], found == target)) {
            lists_.erase(lists_.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        if (found > target) {
            target = found;
            if (i > 0) {
                i = 0;
                continue;
            }
        }
        if (i == 0) {
            const DocumentID passing = filter_.first(target);
            if (passing == 0) return 0;
            if (passing != target) {
                target = passing;
                continue;
            }
        }
        ++i;
    }
    return target;
}

// Whether a list that held the last candidate, or did not, leaves out too few of them for what it
// takes to ask.
bool Conjunction::is_useless(List &list, bool held) {
    Candidates &candidates = *list.candidates;
    candidates.held += held;
    if (++candidates.asked < trial) return false;
    const bool holds_most = candidates.held * 4 > trial * 3;
    candidates.asked = candidates.held = 0;
    return holds_most;
}

}  // namespace cg

#pragma GCC visibility pop
