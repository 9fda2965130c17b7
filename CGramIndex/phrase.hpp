// Where the parts of a match stand in a text: the proof of a phrase.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "match.hpp"
#include "posting_cursor.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// Whether some stretch of a text covers every part and is no more than the maximum gap longer than
// the parts together.
bool stand_near(const Match &match, std::string_view text);

// The length in characters of the shortest stretch that covers every part; 0 when there is none.
// Stretches shorter than the parts together, which overlap then, are not told apart.
int64_t shortest_window(const Match &match, std::string_view text);

// Grams that together are all of a phrase, in lists with positions: where they stand shows whether
// they are the phrase, and the text need not be read.
class PositionProof {
  public:
    enum class Verdict { no, yes, unknown };

    // Adds a gram that begins so many characters after the phrase; its cursor outlives this.
    void add(int64_t start, PostingCursor *cursor) { pieces_.push_back({start, cursor}); }
    void clear() { pieces_.clear(); }
    size_t size() const { return pieces_.size(); }
    bool is_empty() const { return pieces_.empty(); }

    // Whether a document holds the phrase, once, as far as positions tell.
    Verdict verdict(DocumentID document) const {
        int64_t first = -1;
        for (const auto &[start, cursor] : pieces_) {
            if (!cursor->seek(document) || cursor->document() != document) return Verdict::no;
            const int64_t position = cursor->position();
            if (position < 0) return Verdict::unknown;
            if (position < start || (first >= 0 && position - start != first)) return Verdict::no;
            first = position - start;
        }
        return pieces_.empty() ? Verdict::unknown : Verdict::yes;
    }

  private:
    std::vector<std::pair<int64_t, PostingCursor *>> pieces_;
};

}  // namespace cg

#pragma GCC visibility pop
