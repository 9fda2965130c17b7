// A text match, walked: lists give candidates; positions, or else the texts, decide.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "characters.hpp"
#include "index.hpp"
#include "match.hpp"
#include "match_lists.hpp"
#include "ranking.hpp"
#include "walk.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

class MatchWalk final : public Walk {
  public:
    // The index outlives this.
    MatchWalk(std::shared_ptr<const Match> match, const Index &index, Filter filter);

    DocumentID document() const override { return at_match_ ? position_ : 0; }
    void seek(DocumentID target) override;
    DocumentID check(DocumentID target) override;
    double weight(double least) override;
    double most() const override { return most_; }
    uint64_t cost() const override;
    int64_t count() const override;
    bool each(Sink &sink) override;
    void gather(Window &window, double least) override;

  private:
    using Verdict = PositionProof::Verdict;

    bool is_match();
    bool is_match_by_text(bool may_repeat);
    // Notes how often the only part stands in the text; false when it does not.
    bool is_counted(uint32_t occurrences) {
        occurrences_ = occurrences;
        counted_ = position_;
        return occurrences > 0;
    }
    std::string_view text();
    double occurrence_weight();
    double boost();
    // Whether the document's weight can be more than `least`; cheaper to ask than the weight.
    bool may_exceed(double least);
    // What a document weighs in which the only part stands so often.
    double only_weight(uint32_t occurrences, uint32_t length) const {
        return Ranking::rounded(ranking_.part(0, occurrences, ranking_.length_norm(length)));
    }

    // Whether the matches are the postings of one list, which says all that they weigh.
    bool is_one_list() const;
    // Whether no list counts: one that does is asked about the document that it is at.
    bool texts_decide() const;
    template <typename IsInside, typename Take> void read(IsInside &&is_inside, Take &&take);

    const std::shared_ptr<const Match> match_;
    const Texts &texts_;
    Ranking ranking_;
    const double most_;
    MatchLists lists_;
    // The candidate looked at last; it matches when at_match_ says so.
    DocumentID position_ = 0;
    bool at_match_ = false;
    bool at_end_ = false;
    // The text of document loaded_.
    std::string_view text_;
    DocumentID loaded_ = 0;
    // How often the only part stands in the text of document counted_.
    uint32_t occurrences_ = 0;
    DocumentID counted_ = 0;
};

}  // namespace cg

#pragma GCC visibility pop
