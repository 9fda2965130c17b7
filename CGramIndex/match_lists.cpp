#include "match_lists.hpp"

#include <algorithm>

#pragma GCC visibility push(hidden)

namespace {

// To read a text takes about as long as to read so many postings.
constexpr uint64_t postings_per_text = 16;
// Lists beyond these, rarest first, leave out few candidates more.
constexpr size_t useful_lists = 6;
// With fewer candidates than these it is cheaper to read them than to prove the phrase otherwise.
constexpr uint32_t fewest_proved = 8;

}  // namespace

namespace cg {

MatchLists::MatchLists(const Match &match, const Index &index, Filter filter)
    : candidates(std::move(filter)), counters(match.parts.size(), nullptr),
      needs_text(match.limits_gap()), index_(index) {
    for (const Part &part : match.parts) {
        is_read.push_back(part.needs_verification);
        needs_text |= part.needs_verification;
    }
    const Counting counting = open(match, index);
    if (lists_.empty()) lists_.push_back(own(Candidates::all(index.texts().last())));
    if (lists_.size() > useful_lists) lists_.resize(useful_lists);
    for (const auto &[part, list] : counting) {
        if (std::find(lists_.begin(), lists_.end(), list) != lists_.end()) {
            counters[part] = &list->postings;
        } else {
            is_read[part] = needs_text = true;
        }
    }
    if (match.parts.size() == 1 && is_read[0] && lists_.front()->frequency() >= fewest_proved) {
        find_proof(match);
    }
    for (Candidates *list : lists_) {
        const bool counts = std::find(counters.begin(), counters.end(), &list->postings) !=
                            counters.end();
        candidates.add(list, needs_text && !counts);
    }
}

Candidates *MatchLists::own(Candidates candidates) {
    owned_.push_back(std::make_unique<Candidates>(std::move(candidates)));
    return owned_.back().get();
}

void MatchLists::sort() {
    std::sort(lists_.begin(), lists_.end(), [](const Candidates *one, const Candidates *other) {
        return one->frequency() < other->frequency();
    });
}

MatchLists::Counting MatchLists::open(const Match &match, const Index &index) {
    Counting counting;
    for (size_t i = 0; i < match.parts.size(); ++i) {
        for (const Gram &gram : match.parts[i].grams) {
            if (gram.is_prefix) {
                prefixes_.push_back(gram.text);
                continue;
            }
            Candidates *&list = by_term_[gram.text];
            if (!list) {
                const auto found = index.dictionary().find(gram.text);
                list = own(Candidates(found.value_or(PostingList()), index.texts().last()));
                lists_.push_back(list);
            }
            if (!match.parts[i].needs_verification) counting.emplace_back(i, list);
        }
    }
    sort();
    return counting;
}

void MatchLists::open_or_forget() {
    open_prefixes(std::min(candidates.rarest().frequency(), candidates.filter().estimate()));
    prefixes_.clear();
}

void MatchLists::reconsider() {
    if (open_prefixes(checked_)) prefixes_.clear();
    reconsidered_ *= 2;
}

// Without the prefixes there are more candidates, but not more matches.
bool MatchLists::open_prefixes(uint64_t documents) {
    std::sort(prefixes_.begin(), prefixes_.end());
    prefixes_.erase(std::unique(prefixes_.begin(), prefixes_.end()), prefixes_.end());
    const uint64_t limit = documents * postings_per_text;
    uint64_t postings = 0;
    for (const std::string &prefix : prefixes_) {
        index_.dictionary().for_each(prefix, [&](const std::string &, const PostingList &list) {
            postings += list.documents;
            return postings <= limit;
        });
    }
    if (postings > limit) return false;
    for (const std::string &prefix : prefixes_) {
        DocumentSet documents_with;
        index_.dictionary().for_each(prefix, [&](const std::string &, const PostingList &list) {
            PostingCursor cursor(list, index_.texts().last());
            while (cursor.next()) documents_with.insert(cursor.document());
            return true;
        });
        candidates.add(own(Candidates(std::move(documents_with))), true);
    }
    return true;
}

// Finds grams of the only part that together are all of it, and whose lists say where they stand;
// none when there are no such grams, or many.
void MatchLists::find_proof(const Match &match) {
    std::vector<const Gram *> pieces;
    for (const Gram &gram : match.parts[0].grams) {
        if (gram.end > 0 && !gram.is_prefix) pieces.push_back(&gram);
    }
    std::sort(pieces.begin(), pieces.end(),
              [](auto one, auto other) { return one->start < other->start; });
    std::vector<Candidates *> proving;
    int64_t reached = 0;
    for (size_t i = 0; reached < match.characters;) {
        // Of those that begin no later the one that reaches furthest.
        const Gram *best = nullptr;
        for (; i < pieces.size() && pieces[i]->start <= reached; ++i) {
            if ((!best || pieces[i]->end > best->end) &&
                by_term_.at(pieces[i]->text)->postings.has_positions()) {
                best = pieces[i];
            }
        }
        if (!best || best->end <= reached || proof.size() == useful_lists) return proof.clear();
        reached = best->end;
        proving.push_back(by_term_.at(best->text));
        proof.add(best->start, &proving.back()->postings);
    }
    // The others leave out little that these let through.
    Candidates *const rarest = lists_.front();
    lists_ = proving;
    sort();
    lists_.erase(std::unique(lists_.begin(), lists_.end()), lists_.end());
    if (rarest->frequency() < lists_.front()->frequency() / 2) {
        lists_.insert(lists_.begin(), rarest);
    }
}

}  // namespace cg

#pragma GCC visibility pop
