// Which lists find the candidates of a match, and what then proves them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "conjunction.hpp"
#include "index.hpp"
#include "match.hpp"
#include "phrase.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

class MatchLists {
  public:
    // The match and the index outlive this.
    MatchLists(const Match &match, const Index &index, Filter filter);

    Conjunction candidates;
    PositionProof proof;
    // For each part the list that counts it, if one does.
    std::vector<const PostingCursor *> counters;
    // For each part whether the text is read to know that it is there.
    std::vector<bool> is_read;
    // Whether candidates are not all matches.
    bool needs_text;

    // Before a document is sought: opens the lists of all terms with a prefix when they are short beside
    // the candidates.
    void open_for_search() {
        if (!prefixes_.empty()) open_or_forget();
    }
    // Before a document is checked: opens them once they are short beside what was checked before.
    void open_for_check() {
        if (!prefixes_.empty() && ++checked_ == reconsidered_) reconsider();
    }

  private:
    using Counting = std::vector<std::pair<size_t, Candidates *>>;

    // Opens the lists of all grams but prefixes, rarest first; those that are a part by themselves are
    // counting.
    Counting open(const Match &match, const Index &index);
    void find_proof(const Match &match);
    void open_or_forget();
    void reconsider();
    // Opens the unions of the lists of all terms that begin so, if to read these lists takes no longer
    // than the texts of so many documents; false, and nothing is done, otherwise.
    bool open_prefixes(uint64_t documents);
    Candidates *own(Candidates candidates);
    void sort();

    const Index &index_;
    // What some terms begin with; their lists are not open.
    std::vector<std::string> prefixes_;
    // How many documents were checked without these, and when to think again.
    uint64_t checked_ = 0;
    uint64_t reconsidered_ = 512;
    std::vector<std::unique_ptr<Candidates>> owned_;
    // The lists by their terms; and the lists that candidates are found with, rarest first.
    std::map<std::string, Candidates *> by_term_;
    std::vector<Candidates *> lists_;
};

}  // namespace cg

#pragma GCC visibility pop
