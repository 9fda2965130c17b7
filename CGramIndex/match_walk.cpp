#include "match_walk.hpp"

#include <algorithm>

#pragma GCC visibility push(hidden)

namespace {

// How many cheap tests a look at a stored text is worth.
constexpr uint64_t reading_cost = 8;

}  // namespace

namespace cg {

MatchWalk::MatchWalk(std::shared_ptr<const Match> match, const Index &index, Filter filter)
    : match_(std::move(match)), texts_(index.texts()), ranking_(*match_),
      most_(ranking_.most()), lists_(*match_, index, std::move(filter)) {}

uint64_t MatchWalk::cost() const {
    const uint64_t candidates = lists_.candidates.rarest().frequency();
    return lists_.needs_text ? candidates * reading_cost : candidates;
}

int64_t MatchWalk::count() const {
    const bool is_known = lists_.candidates.size() == 1 && !lists_.needs_text &&
                          lists_.candidates.filter().is_open();
    return is_known ? int64_t(lists_.candidates.rarest().frequency()) : -1;
}

bool MatchWalk::is_one_list() const {
    return lists_.counters[0] && lists_.candidates.size() == 1 && !lists_.needs_text &&
           match_->parts.size() == 1 && match_->boosts == 0 &&
           lists_.candidates.filter().is_open();
}

bool MatchWalk::texts_decide() const {
    return lists_.needs_text && std::all_of(lists_.counters.begin(), lists_.counters.end(),
                                            [](auto list) { return !list; });
}

void MatchWalk::seek(DocumentID target) {
    if (at_match_ && position_ >= target) return;
    lists_.open_for_search();
    at_match_ = false;
    while (!at_end_) {
        position_ = lists_.candidates.seek(target);
        at_end_ = position_ == 0;
        if (at_end_) return;
        at_match_ = is_match();
        if (at_match_) return;
        target = position_ + 1;
    }
}

DocumentID MatchWalk::check(DocumentID target) {
    if (at_match_ && position_ >= target) return position_;
    at_match_ = false;
    if (at_end_) return 0;
    lists_.open_for_check();
    position_ = lists_.candidates.seek(target);
    at_end_ = position_ == 0;
    if (position_ != target) return position_;
    at_match_ = is_match();
    return at_match_ ? target : target + 1;
}

std::string_view MatchWalk::text() {
    if (loaded_ != position_) {
        text_ = texts_.text(position_);
        loaded_ = position_;
    }
    return text_;
}

bool MatchWalk::is_match() {
    if (!lists_.needs_text) return true;
    const Verdict verdict = lists_.proof.verdict(position_);
    return verdict == Verdict::unknown ? is_match_by_text(true)
                                       : is_counted(verdict == Verdict::yes ? 1 : 0);
}

// `may_repeat`: whether the only part may stand in the text more than once.
bool MatchWalk::is_match_by_text(bool may_repeat) {
    if (match_->parts.size() == 1 && lists_.is_read[0]) {
        // Counted now, the text need not be gone through again for the weight.
        if (!may_repeat) return is_counted(holds(text(), match_->parts[0].text) ? 1 : 0);
        if (!match_->has_weight) return holds(text(), match_->parts[0].text);
        return is_counted(count_occurrences(text(), match_->parts[0].text));
    }
    for (size_t i = 0; i < match_->parts.size(); ++i) {
        if (lists_.is_read[i] && !holds(text(), match_->parts[i].text)) return false;
    }
    return !match_->limits_gap() || stand_near(*match_, text());
}

double MatchWalk::occurrence_weight() {
    double sum = 0;
    const double norm = ranking_.length_norm(texts_.length(position_));
    for (size_t i = 0; i < match_->parts.size(); ++i) {
        if (match_->parts[i].weight == 0) continue;
        const PostingCursor *const counter = lists_.counters[i];
        const uint32_t occurrences = counter                  ? counter->occurrences()
                                     : counted_ == position_ ? occurrences_
                                                             : count_occurrences(
                                                                   text(), match_->parts[i].text);
        if (occurrences > 0) sum += ranking_.part(i, occurrences, norm);
    }
    return sum;
}

double MatchWalk::boost() {
    double sum = 0;
    if (!match_->whole.empty() && match_->whole_boost > 0 && holds(text(), match_->whole)) {
        sum += match_->whole_boost;
    }
    if (match_->parts.size() > 1 && match_->proximity_boost > 0) {
        sum += ranking_.proximity(shortest_window(*match_, text()));
    }
    return sum;
}

double MatchWalk::weight(double least) {
    if (!match_->has_weight) return 0;
    const double occurrences = occurrence_weight();
    // Reading the text is what takes time.
    const double most = Ranking::rounded(occurrences + match_->boosts);
    if (match_->boosts == 0 || most <= least) return Ranking::rounded(occurrences);
    return Ranking::rounded(occurrences + boost());
}

bool MatchWalk::may_exceed(double least) {
    if (match_->parts.size() > 1 || match_->boosts > 0) return true;
    const PostingCursor *const counter = lists_.counters[0];
    if (!counter && counted_ != position_) return true;
    return ranking_.may_exceed(counter ? counter->occurrences() : occurrences_,
                               texts_.length(position_), least);
}

// Calls take() for the match that the walk is at and those after it as long as is_inside(document):
// while the processor fetches the texts of some candidates, the next ones are looked for.
template <typename IsInside, typename Take>
void MatchWalk::read(IsInside &&is_inside, Take &&take) {
    take();
    std::array<Conjunction::Found, 64> block;
    std::array<bool, 64> is_proved;
    for (DocumentID next = position_;;) {
        size_t count = 0;
        bool goes_on = true;
        while (count < block.size()) {
            // Lists that prove by positions must be at the document that they are asked about.
            const Conjunction::Found found =
                lists_.proof.is_empty()
                    ? lists_.candidates.seek_each(next + 1)
                    : Conjunction::Found{lists_.candidates.seek(next + 1), true};
            next = found.document;
            at_end_ = next == 0;
            goes_on = !at_end_ && is_inside(next);
            if (!goes_on) break;
            const Verdict verdict = lists_.proof.verdict(next);
            if (verdict == Verdict::no) continue;
            is_proved[count] = verdict == Verdict::yes;
            block[count++] = found;
        }
        // Tight loops, so that many fetches are under way at once.
        for (size_t i = 0; i < count; ++i) texts_.prefetch_columns(block[i].document);
        for (size_t i = 0; i < count; ++i) {
            if (!is_proved[i]) texts_.prefetch_text(block[i].document);
        }
        for (size_t i = 0; i < count; ++i) {
            position_ = block[i].document;
            if (is_proved[i] ? is_counted(1) : is_match_by_text(block[i].may_repeat)) take();
        }
        if (goes_on) continue;
        at_match_ = false;
        if (!at_end_) seek(next);
        return;
    }
}

void MatchWalk::gather(Window &window, double least) {
    if (!at_match_ || !window.is_before_end(position_)) return;
    const bool weighs = most_ > least;
    if (is_one_list()) {
        PostingCursor &cursor = lists_.candidates.rarest().postings;
        const Ranking::Longest longest = ranking_.longest(least);
        at_match_ = cursor.for_each(window.last(), [&](DocumentID document, uint32_t occurrences) {
            const bool has_weight = window.has_weight_or_mark(document);
            if (!has_weight && !weighs) return;
            const uint32_t length = texts_.length(document);
            if (!has_weight && !longest.holds(occurrences, length)) return;
            window.add(document, only_weight(occurrences, length));
        });
        at_end_ = !at_match_;
        position_ = cursor.document();
        return;
    }
    const auto take = [&] {
        if (window.has_weight_or_mark(position_)) {
            window.add(position_, weight(every_weight));
        } else if (weighs && may_exceed(least)) {
            window.add(position_, weight(least));
        }
    };
    if (texts_decide()) {
        return read([&](DocumentID document) { return window.is_before_end(document); }, take);
    }
    while (at_match_ && window.is_before_end(position_)) {
        take();
        seek(position_ + 1);
    }
}

bool MatchWalk::each(Sink &sink) {
    if (!at_match_) return true;
    if (is_one_list() && match_->has_weight && sink.ranks()) {
        double least = sink.least();
        uint32_t others = 0;
        PostingCursor &cursor = lists_.candidates.rarest().postings;
        cursor.for_each(texts_.last(), [&](DocumentID document, uint32_t occurrences) {
            const uint32_t length = texts_.length(document);
            if (!ranking_.may_exceed(occurrences, length, least)) {
                ++others;
                return;
            }
            sink.take(document, only_weight(occurrences, length));
            least = sink.least();
        });
        sink.count(others);
    } else if (texts_decide()) {
        read([](DocumentID) { return true; },
             [&] {
                 const double least = sink.least();
                 const bool weighs = most_ > least && may_exceed(least);
                 sink.take(position_, weighs ? weight(least) : 0);
             });
    } else {
        return false;
    }
    at_match_ = false;
    at_end_ = true;
    return true;
}

}  // namespace cg

#pragma GCC visibility pop
