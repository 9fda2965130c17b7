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

  private:
    using Counting = std::vector<std::pair<size_t, Candidates *>>;

    // Opens the lists of all grams, rarest first; those that are a part by themselves are counting.
    Counting open(const Match &match, const Index &index);
    // Opens the unions of the lists of all terms that begin so.
    void open_prefixes(std::vector<std::string> prefixes, const Index &index);
    void find_proof(const Match &match);
    Candidates *own(Candidates candidates);
    void sort();

    std::vector<std::unique_ptr<Candidates>> owned_;
    // The lists by their terms; and the lists that candidates are found with, rarest first.
    std::map<std::string, Candidates *> by_term_;
    std::vector<Candidates *> lists_;
};

}  // namespace cg

#pragma GCC visibility pop
