// Finding rows of characters: posting lists give candidates, the texts decide.
#include "handles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#pragma GCC visibility push(hidden)

namespace {

// Once this few candidates are left it is cheaper to read them than to open more lists.
constexpr Xapian::doccount few_candidates = 1000;
// Postings in the database are worth looking into when they are at most so many times as many as
// the rarest term's: skipping through more takes more time than reading the texts of the
// candidates. Those in a list always are.
constexpr Xapian::doccount useful_ratio = 16;
// Terms beyond these, rarest first, leave out few candidates more.
constexpr size_t useful_terms = 6;
// A term that holds more than three quarters of so many candidates in a row is not asked any more.
constexpr unsigned trial = 64;
// With fewer candidates than these it is cheaper to read them than to prove the phrase otherwise.
constexpr Xapian::doccount fewest_proved = 8;
// How many cheap tests a look at a stored text is worth, when the matcher picks what to do first.
constexpr Xapian::doccount verification_cost = 8;
// Weights are multiples of 2^-24: sums of them are exact, so that the order in which the matcher
// adds them, which differs from database to database, cannot change a ranking.
constexpr double weight_steps = 16777216.0;
constexpr double largest_weight = 1e6;
constexpr double largest_rounded = 1ll << 29;

struct Gram {
    std::string text;
    bool is_prefix;
    // Of a piece of the part: where it begins and ends there, in characters; otherwise both are 0.
    int64_t start;
    int64_t end;
};

struct Part {
    std::string text;
    std::vector<Gram> grams;
    double weight;
    bool needs_verification;
};

// What is looked for. Shared, unchanged, by all clones of a source.
struct Match {
    std::vector<Part> parts;
    std::string whole;
    double whole_boost;
    double proximity_boost;
    int64_t maximum_gap;
    double k1;
    double b;
    double average_length;
    // Whether a candidate's stored text decides if it matches.
    bool needs_text;
    bool needs_weight;
    // The most that whole and proximity can add.
    double boosts;
    // The sum over the parts.
    int64_t characters = 0;
};

bool ends_character(char byte) { return static_cast<uint8_t>(byte) >= CX_FIRST_END; }

int64_t characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), ends_character);
}

// A set of document ids: bits, in chunks that exist once they hold an id.
class DocumentSet {
  public:
    void insert(Xapian::docid id) {
        const size_t chunk = id / chunk_ids;
        if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
        if (!chunks_[chunk]) chunks_[chunk] = std::make_unique<Chunk>();
        uint64_t &word = (*chunks_[chunk])[id % chunk_ids / 64];
        const uint64_t bit = uint64_t(1) << (id % 64);
        if (!(word & bit)) ++size_;
        word |= bit;
    }

    Xapian::doccount size() const { return size_; }

    // The first id at `target` or after it; 0 when there is none.
    Xapian::docid first(Xapian::docid target) const {
        size_t word = target % chunk_ids / 64;
        uint64_t mask = ~uint64_t(0) << (target % 64);
        for (size_t chunk = target / chunk_ids; chunk < chunks_.size(); ++chunk) {
            if (chunks_[chunk]) {
                for (; word < chunk_ids / 64; ++word, mask = ~uint64_t(0)) {
                    const uint64_t bits = (*chunks_[chunk])[word] & mask;
                    if (bits) {
                        return static_cast<Xapian::docid>(
                            chunk * chunk_ids + word * 64 +
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
    static constexpr size_t chunk_ids = 65536;
    using Chunk = std::array<uint64_t, chunk_ids / 64>;
    std::vector<std::unique_ptr<Chunk>> chunks_;
    Xapian::doccount size_ = 0;
};

// A place in one posting list, or in the union of several.
class Cursor {
  public:
    // The list of a term, to be opened; the empty term is in every document.
    Cursor(Xapian::doccount frequency, const std::string &term)
        : frequency_(frequency), term_(term) {}

    explicit Cursor(std::unique_ptr<const DocumentSet> documents)
        : frequency_(documents->size()), documents_(std::move(documents)) {}

    void open(const cx::Terms &terms) {
        if (!documents_) postings_ = terms.postings(term_);
    }

    Xapian::doccount frequency() const { return frequency_; }
    Xapian::docid current() const { return current_; }
    Xapian::termcount occurrences() const { return postings_.occurrences(); }
    // How many characters stand before the only occurrence; -1 when that is not known. The cursor is
    // in the postings of a term.
    int64_t place() const { return postings_.place(); }

    // Goes to the first document at `target` or after it; false when there is none.
    bool seek(Xapian::docid target) {
        if (current_ >= target) return true;
        if (documents_) {
            current_ = documents_->first(target);
        } else {
            current_ = postings_.seek(target) ? postings_.document() : 0;
        }
        return current_ != 0;
    }

    // Calls body(document, occurrences) for each document from the current one on that a
    // window covers, and goes to the one after them; false when there is none. The cursor is in
    // the postings of a term.
    template <typename Window, typename Body> bool for_each(const Window &window, Body &&body) {
        const bool has_more = postings_.for_each(window, body);
        current_ = postings_.document();
        return has_more;
    }

    // Of the candidates that it was last asked about, and how many of them it held.
    unsigned asked = 0;
    unsigned held = 0;

    bool is_of_term() const { return !documents_; }
    // Whether all of its postings are in a list.
    bool is_listed(const cx::Terms &terms) const {
        return !documents_ && terms.is_listed(term_);
    }

  private:
    Xapian::doccount frequency_;
    std::string term_;
    Xapian::docid current_ = 0;
    cx::TermPostings postings_;
    std::unique_ptr<const DocumentSet> documents_;
};

// Where `needle` stands in the bytes from `from` on, characters or not; NULL when it does not.
const char *search(const char *from, const char *end, const std::string &needle) {
    const size_t length = needle.size();
    if (static_cast<size_t>(end - from) < length) return nullptr;
#ifdef __SSE2__
    constexpr std::ptrdiff_t width = 16;
    const char *const last = end - length;
    if (last - from >= width - 1) {
        // Sixteen places at a time: those where the bytes are right that end the first and the last
        // character, which tell more than those that begin them.
        size_t head = 0;
        while (head + 1 < length && !ends_character(needle[head])) ++head;
        const __m128i one = _mm_set1_epi8(needle[head]);
        const __m128i other = _mm_set1_epi8(needle.back());
        const auto load = [](const char *at) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        };
        for (;; from += width) {
            // The last sixteen places lie partly among those before.
            from = std::min(from, last - (width - 1));
            const __m128i both =
                _mm_and_si128(_mm_cmpeq_epi8(load(from + head), one),
                              _mm_cmpeq_epi8(load(from + length - 1), other));
            auto places = static_cast<unsigned>(_mm_movemask_epi8(both));
            for (; places; places &= places - 1) {
                const char *const place = from + __builtin_ctz(places);
                if (std::memcmp(place, needle.data(), length) == 0) return place;
            }
            if (from == last - (width - 1)) return nullptr;
        }
    }
#endif
    return static_cast<const char *>(
        ::memmem(from, static_cast<size_t>(end - from), needle.data(), length));
}

// Calls body(offset) for each place where the characters of `needle` stand in `text`, going on
// `step` bytes later, until it returns false.
template <typename Body>
void for_each_occurrence(std::string_view text, const std::string &needle, size_t step,
                         Body &&body) {
    const char *from = text.data();
    const char *const end = from + text.size();
    while (from < end) {
        const char *const place = search(from, end, needle);
        if (!place) return;
        // In the middle of a character there are no others.
        if (place > text.data() && !ends_character(place[-1])) {
            from = place + 1;
            continue;
        }
        if (!body(static_cast<size_t>(place - text.data()))) return;
        from = place + step;
    }
}

bool holds(std::string_view text, const std::string &needle) {
    bool found = false;
    for_each_occurrence(text, needle, 1, [&](size_t) {
        found = true;
        return false;
    });
    return found;
}

class TextSource final : public Xapian::PostingSource {
  public:
    // `filter`, when there is one, leaves out candidates before their texts are read.
    TextSource(std::shared_ptr<const Match> match, const cx::Place &place,
               const cx::Filter *filter = nullptr)
        : match_(std::move(match)), place_(place), filter_(filter) {}

    PostingSource *clone() const override { return new TextSource(match_, place_, filter_); }

    void init(const Xapian::Database &database) override {
        if (!place_.texts || !place_.terms) {
            throw Xapian::InvalidOperationError("The database was opened without texts");
        }
        database_ = database;
        cursors_.clear();
        counters_.assign(match_->parts.size(), nullptr);
        is_read_.assign(match_->parts.size(), false);
        needs_text_ = match_->needs_text;
        position_ = weighed_ = loaded_ = counted_ = 0;
        proof_.clear();
        at_match_ = at_end_ = false;
        best_.clear();
        open_cursors();
        double most = match_->boosts;
        for (const Part &part : match_->parts) most += part.weight * (match_->k1 + 1);
        // Rounding may add one step.
        set_maxweight(match_->needs_weight ? most + 1 / weight_steps : 0);
    }

    Xapian::doccount get_termfreq_min() const override {
        return cursors_.size() == 1 && !needs_text_ ? candidates_ : 0;
    }
    Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
    Xapian::doccount get_termfreq_max() const override {
        if (!needs_text_) return candidates_;
        const Xapian::doccount all = database_.get_doccount();
        return candidates_ > all / verification_cost ? all : candidates_ * verification_cost;
    }

    Xapian::docid get_docid() const override { return position_; }
    bool at_end() const override { return at_end_; }
    std::string get_description() const override { return "TextSource"; }

    void next(double) override { advance(position_); }

    void skip_to(Xapian::docid target, double) override {
        if (target > position_) {
            advance(target - 1);
        } else if (!at_match_) {
            advance(position_);
        }
    }

    bool check(Xapian::docid target, double least) override {
        if (!place_.allows_lazy_checks) {
            skip_to(target, least);
            return true;
        }
        if (at_end_ || (at_match_ && target <= position_)) return true;
        if (target <= position_) return false;
        position_ = target;
        at_match_ = false;
        for (auto &cursor : cursors_) {
            if (!cursor->seek(target)) {
                at_end_ = true;
                return true;
            }
            if (cursor->current() != target) return false;
        }
        at_match_ = is_match();
        return at_match_;
    }

    double get_weight() const override {
        if (!match_->needs_weight) return 0;
        if (weighed_ != position_) {
            weight_ = weight();
            weighed_ = position_;
        }
        return weight_;
    }

    // Goes on from the match that the source is at through those in a window, marks them, and adds
    // their weights: exactly where one is more than `least`.
    void gather(cx::Window &window, double least) {
        if (at_end_) return;
        const bool weighs = match_->needs_weight && get_maxweight() > least;
        if (is_one_list()) {
            at_end_ = !cursors_[0]->for_each(window, [&](Xapian::docid document,
                                                         Xapian::termcount occurrences) {
                window.mark(document);
                if (!weighs) return;
                const uint32_t length = place_.texts->length(document);
                if (!may_weigh_more(occurrences, length, least)) return;
                window.add(document, only_weight(occurrences, length));
            });
            position_ = cursors_[0]->current();
            at_match_ = !at_end_;
            return;
        }
        if (!window.is_before_end(position_)) return;
        const auto is_inside = [&] { return window.is_before_end(position_); };
        const auto take = [&] {
            window.mark(position_);
            if (weighs && may_weigh_more(least)) window.add(position_, get_weight());
        };
        if (texts_decide()) {
            read(is_inside, take);
            return;
        }
        while (!at_end_ && is_inside()) {
            take();
            advance(position_);
        }
    }

    // Hands over all matches from the one that the source is at; false, and nothing is done, when
    // several lists decide.
    bool each(cx::Sink &sink) {
        if (at_end_) return true;
        if (is_one_list() && match_->needs_weight && sink.ranks()) {
            struct Everything {
                static bool is_before_end(Xapian::docid) { return true; }
            };
            double least = sink.least();
            Xapian::doccount others = 0;
            cursors_[0]->for_each(Everything(), [&](Xapian::docid document,
                                                    Xapian::termcount occurrences) {
                const uint32_t length = place_.texts->length(document);
                if (!may_weigh_more(occurrences, length, least)) {
                    ++others;
                    return;
                }
                sink.take(document, only_weight(occurrences, length));
                least = sink.least();
            });
            sink.count(others);
            at_end_ = true;
            return true;
        }
        if (!texts_decide()) return false;
        read([] { return true; },
             [&] {
                 const double least = sink.least();
                 const bool weighs = match_->needs_weight && get_maxweight() > least &&
                                     may_weigh_more(least);
                 sink.take(position_, weighs ? get_weight() : 0);
             });
        return true;
    }

    // How many documents match, when that is known without looking at them.
    bool knows_count() const {
        return cursors_.size() == 1 && !needs_text_ && (!filter_ || filter_->is_open());
    }
    Xapian::doccount candidates() const { return candidates_; }

  private:
    // Opens what the candidates are found with, rarest first.
    void open_cursors() {
        std::map<std::string, std::shared_ptr<Cursor>> opened;
        std::vector<std::shared_ptr<Cursor>> found;
        std::vector<std::string> prefixes;
        std::vector<std::pair<size_t, std::shared_ptr<Cursor>>> counting;
        for (size_t i = 0; i < match_->parts.size(); ++i) {
            const Part &part = match_->parts[i];
            is_read_[i] = part.needs_verification;
            for (const Gram &gram : part.grams) {
                if (gram.is_prefix) {
                    prefixes.push_back(gram.text);
                    continue;
                }
                std::shared_ptr<Cursor> &cursor = opened[gram.text];
                if (!cursor) {
                    cursor = std::make_shared<Cursor>(place_.terms->frequency(gram.text),
                                                      gram.text);
                    found.push_back(cursor);
                }
                if (!part.needs_verification) counting.emplace_back(i, cursor);
            }
        }
        const auto rarer = [](const auto &a, const auto &b) {
            return a->frequency() < b->frequency();
        };
        std::sort(found.begin(), found.end(), rarer);
        // Without these grams there are more candidates, but not more matches.
        if (found.empty() || found.front()->frequency() > few_candidates) {
            std::sort(prefixes.begin(), prefixes.end());
            prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
            for (const std::string &prefix : prefixes) {
                found.push_back(std::make_shared<Cursor>(documents_with_prefix(prefix)));
            }
            std::sort(found.begin(), found.end(), rarer);
        }
        if (found.empty()) {
            found.push_back(
                std::make_shared<Cursor>(database_.get_doccount(), std::string()));
        }
        for (size_t i = 0; i < found.size() && cursors_.size() < useful_terms; ++i) {
            if (found[i]->frequency() / useful_ratio <= found.front()->frequency() ||
                found[i]->is_listed(*place_.terms)) {
                cursors_.push_back(found[i]);
            }
        }
        for (const auto &[part, cursor] : counting) {
            const bool is_used =
                std::find(cursors_.begin(), cursors_.end(), cursor) != cursors_.end();
            if (is_used) {
                counters_[part] = cursor.get();
            } else {
                is_read_[part] = needs_text_ = true;
            }
        }
        if (match_->parts.size() == 1 && is_read_[0] &&
            cursors_.front()->frequency() >= fewest_proved) {
            find_proof(opened);
        }
        if (!proof_.empty()) {
            // The others leave out little that these let through.
            const std::shared_ptr<Cursor> rarest = cursors_.front();
            cursors_.clear();
            for (const auto &[start, cursor] : proof_) cursors_.push_back(cursor);
            std::sort(cursors_.begin(), cursors_.end(), rarer);
            if (rarest->frequency() < cursors_.front()->frequency() / 2) {
                cursors_.insert(cursors_.begin(), rarest);
            }
        }
        candidates_ = cursors_.front()->frequency();
        at_end_ = candidates_ == 0;
        for (const auto &cursor : cursors_) cursor->open(*place_.terms);
    }

    // Finds grams of the only part that together are all of it, and of which the database says where
    // they stand; none when there are no such grams, or many.
    void find_proof(const std::map<std::string, std::shared_ptr<Cursor>> &opened) {
        std::vector<const Gram *> pieces;
        for (const Gram &gram : match_->parts[0].grams) {
            if (gram.end > 0 && !gram.is_prefix) pieces.push_back(&gram);
        }
        std::sort(pieces.begin(), pieces.end(),
                  [](auto a, auto b) { return a->start < b->start; });
        int64_t reached = 0;
        for (size_t i = 0; reached < match_->characters;) {
            // Of those that begin no later the one that reaches furthest.
            const Gram *best = nullptr;
            for (; i < pieces.size() && pieces[i]->start <= reached; ++i) {
                if ((!best || pieces[i]->end > best->end) &&
                    !opened.at(pieces[i]->text)->is_listed(*place_.terms)) {
                    best = pieces[i];
                }
            }
            if (!best || best->end <= reached || proof_.size() == useful_terms) {
                proof_.clear();
                return;
            }
            reached = best->end;
            proof_.emplace_back(best->start, opened.at(best->text));
        }
    }

    enum class Verdict { no, yes, unknown };

    // Whether the candidate that the cursors are at holds the only part, once, as far as is known
    // from where its grams stand.
    Verdict proved() const {
        if (proof_.empty()) return Verdict::unknown;
        int64_t first = -1;
        for (const auto &[start, cursor] : proof_) {
            if (!cursor->seek(position_) || cursor->current() != position_) return Verdict::no;
            const int64_t place = cursor->place();
            if (place < 0) return Verdict::unknown;
            if (place < start || (first >= 0 && place - start != first)) return Verdict::no;
            first = place - start;
        }
        return Verdict::yes;
    }

    std::unique_ptr<const DocumentSet> documents_with_prefix(const std::string &prefix) const {
        auto documents = std::make_unique<DocumentSet>();
        place_.terms->for_each(prefix, [&](const std::string &term, Xapian::doccount) {
            cx::TermPostings postings = place_.terms->postings(term);
            while (postings.seek(postings.document() + 1)) documents->insert(postings.document());
            return true;
        });
        return documents;
    }

    // Goes to the first match after a document.
    void advance(Xapian::docid after) {
        at_match_ = false;
        while (advance_candidate(after)) {
            if (is_match()) {
                at_match_ = true;
                return;
            }
            after = position_;
        }
    }

    // Goes to the first candidate after a document, which all lists have and which passes the
    // filter; false at the end.
    bool advance_candidate(Xapian::docid after) {
        at_match_ = false;
        if (at_end_ || after == std::numeric_limits<Xapian::docid>::max()) return !(at_end_ = true);
        Xapian::docid target = after + 1;
        // Each list in turn pulls the target on, until all agree.
        for (size_t i = 0; i < cursors_.size();) {
            if (!cursors_[i]->seek(target)) return !(at_end_ = true);
            if (i > 0 && is_useless(i, cursors_[i]->current() == target)) {
                cursors_.erase(cursors_.begin() + static_cast<std::ptrdiff_t>(i));
                continue;
            }
            if (cursors_[i]->current() > target) {
                target = cursors_[i]->current();
                if (i > 0) {
                    i = 0;
                    continue;
                }
            }
            if (i == 0 && filter_) {
                const Xapian::docid passing = filter_->first(target);
                if (passing == 0) return !(at_end_ = true);
                if (passing != target) {
                    target = passing;
                    continue;
                }
            }
            ++i;
        }
        position_ = target;
        return true;
    }

    // Whether a term that held the last candidate, or did not, leaves out too few of them for what
    // it takes to ask; the texts decide without it.
    bool is_useless(size_t index, bool held) {
        Cursor &cursor = *cursors_[index];
        if (!needs_text_) return false;
        cursor.held += held;
        if (++cursor.asked < trial) return false;
        const bool holds_most = cursor.held * 4 > trial * 3;
        cursor.asked = cursor.held = 0;
        return holds_most && std::find(counters_.begin(), counters_.end(), &cursor) ==
                                 counters_.end();
    }

    // Whether the matches are the postings of one list, which says all that they weigh.
    bool is_one_list() const {
        return counters_[0] && cursors_.size() == 1 && !needs_text_ && match_->parts.size() == 1 &&
               match_->boosts == 0 && cursors_[0]->is_of_term() &&
               (!filter_ || filter_->is_open());
    }

    // Whether no list counts: one that does is asked about the document that it is at.
    bool texts_decide() const {
        return needs_text_ && std::all_of(counters_.begin(), counters_.end(),
                                          [](auto list) { return !list; });
    }

    // Calls take() for the match that the source is at and those after it as long as is_inside():
    // while the processor fetches the texts of some candidates, the next ones are looked for.
    template <typename IsInside, typename Take> void read(IsInside &&is_inside, Take &&take) {
        take();
        std::array<Xapian::docid, 64> block;
        std::array<bool, 64> is_proved;
        for (;;) {
            size_t count = 0;
            bool goes_on = true;
            while (count < block.size() && advance_candidate(position_)) {
                goes_on = is_inside();
                if (!goes_on) break;
                const Verdict verdict = proved();
                if (verdict == Verdict::no) continue;
                is_proved[count] = verdict == Verdict::yes;
                block[count++] = position_;
            }
            // Tight loops, so that many fetches are under way at once.
            for (size_t i = 0; i < count; ++i) place_.texts->prefetch_columns(block[i]);
            for (size_t i = 0; i < count; ++i) {
                if (!is_proved[i]) place_.texts->prefetch_text(block[i]);
            }
            const Xapian::docid next = position_;
            for (size_t i = 0; i < count; ++i) {
                position_ = block[i];
                if (is_proved[i] ? is_counted(1) : is_match_by_text()) take();
            }
            position_ = next;
            if (at_end_) return;
            if (goes_on) continue;
            at_match_ = is_match();
            if (!at_match_) advance(next);
            return;
        }
    }

    std::string_view text() const {
        if (loaded_ != position_) {
            text_ = place_.texts->text(position_);
            loaded_ = position_;
        }
        return text_;
    }

    // Notes how often the only part stands in the text; false when it does not.
    bool is_counted(double occurrences) const {
        occurrences_ = occurrences;
        counted_ = position_;
        return occurrences > 0;
    }

    // Whether the candidate that the cursors are at matches.
    bool is_match() const {
        if (!needs_text_) return true;
        const Verdict verdict = proved();
        return verdict == Verdict::unknown ? is_match_by_text()
                                           : is_counted(verdict == Verdict::yes ? 1 : 0);
    }

    bool is_match_by_text() const {
        if (match_->parts.size() == 1 && is_read_[0]) {
            // Counted now, the text need not be gone through again for the weight.
            if (!match_->needs_weight) return holds(text(), match_->parts[0].text);
            return is_counted(count(match_->parts[0]));
        }
        for (size_t i = 0; i < match_->parts.size(); ++i) {
            if (is_read_[i] && !holds(text(), match_->parts[i].text)) return false;
        }
        if (match_->maximum_gap < 0 || match_->parts.size() < 2) return true;
        bool is_near = false;
        for_each_window([&](int64_t length) {
            is_near = length - match_->characters <= match_->maximum_gap;
            return !is_near;
        });
        return is_near;
    }

    // Calls body(characters) for the shortest window from each place where a part starts that
    // covers one occurrence of every part, until it returns false.
    template <typename Body> void for_each_window(Body &&body) const {
        const size_t count = match_->parts.size();
        std::vector<std::vector<size_t>> starts(count);
        std::vector<size_t> windows;
        for (size_t i = 0; i < count; ++i) {
            for_each_occurrence(text(), match_->parts[i].text, 1, [&](size_t at) {
                starts[i].push_back(at);
                return true;
            });
            if (starts[i].empty()) return;
            windows.insert(windows.end(), starts[i].begin(), starts[i].end());
        }
        std::sort(windows.begin(), windows.end());
        windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
        std::vector<size_t> next(count);
        for (const size_t start : windows) {
            size_t end = start;
            for (size_t i = 0; i < count; ++i) {
                while (next[i] < starts[i].size() && starts[i][next[i]] < start) ++next[i];
                if (next[i] == starts[i].size()) return;
                end = std::max(end, starts[i][next[i]] + match_->parts[i].text.size());
            }
            if (!body(characters(text().substr(start, end - start)))) return;
        }
    }

    // The weight, or something lower that like it is below the best.
    double weight() const {
        const double occurrences = occurrence_weight();
        // Reading the text is what takes time.
        const bool may_guess = place_.best > 0 && !needs_text_ && match_->boosts > 0;
        if (may_guess && best_.size() == place_.best &&
            occurrences + match_->boosts + 1 / weight_steps < best_.front()) {
            return rounded(occurrences);
        }
        const double exact = rounded(occurrences + boost());
        if (may_guess) {
            best_.push_back(exact);
            std::push_heap(best_.begin(), best_.end(), std::greater<>());
            if (best_.size() > place_.best) {
                std::pop_heap(best_.begin(), best_.end(), std::greater<>());
                best_.pop_back();
            }
        }
        return exact;
    }

    static double rounded(double weight) {
        // Not std::round(), which is a call. Weights are not negative; so high a one is whole.
        if (weight >= largest_rounded) return weight;
        return static_cast<double>(static_cast<int64_t>(weight * weight_steps + 0.5)) /
               weight_steps;
    }

    // How a document's length divides what occurrences in it weigh.
    double length_norm(double length) const {
        return match_->average_length > 0
                   ? 1 - match_->b + match_->b * length / match_->average_length
                   : 1;
    }

    double part_weight(const Part &part, double occurrences, double length_norm) const {
        return part.weight * occurrences * (match_->k1 + 1) /
               (occurrences + match_->k1 * length_norm);
    }

    // What a document weighs in which the only part stands so often.
    double only_weight(double occurrences, double length) const {
        return rounded(part_weight(match_->parts[0], occurrences, length_norm(length)));
    }

    // How often a part stands in the text.
    double count(const Part &part) const {
        double occurrences = 0;
        for_each_occurrence(text(), part.text, 1, [&](size_t) {
            ++occurrences;
            return true;
        });
        return occurrences;
    }

    double occurrence_weight() const {
        double sum = 0;
        const double norm = length_norm(place_.texts->length(position_));
        for (size_t i = 0; i < match_->parts.size(); ++i) {
            const Part &part = match_->parts[i];
            if (part.weight == 0) continue;
            const double occurrences = counters_[i]            ? counters_[i]->occurrences()
                                       : counted_ == position_ ? occurrences_
                                                               : count(part);
            if (occurrences > 0) sum += part_weight(part, occurrences, norm);
        }
        return sum;
    }

    // Whether the document's weight can be more than `least`; cheaper to ask than the weight.
    bool may_weigh_more(double least) {
        if (match_->parts.size() > 1 || match_->boosts > 0) return true;
        if (!counters_[0] && counted_ != position_) return true;
        return may_weigh_more(counters_[0] ? counters_[0]->occurrences()
                                           : static_cast<Xapian::termcount>(occurrences_),
                              place_.texts->length(position_), least);
    }

    // The same of so many occurrences of the only part in a document of some length.
    bool may_weigh_more(Xapian::termcount occurrences, uint32_t length, double least) {
        if (least != least_) set_longest(least);
        return occurrences >= longest_.size() || length <= longest_[occurrences];
    }

    // Works out for so many occurrences the length of document at which the weight is `least`.
    void set_longest(double least) {
        const double wanted = least - 2 / weight_steps;
        for (size_t n = 1; n < longest_.size(); ++n) {
            const double norm =
                (match_->parts[0].weight * double(n) * (match_->k1 + 1) / wanted - double(n)) /
                match_->k1;
            const double longest = (norm - (1 - match_->b)) * match_->average_length / match_->b;
            longest_[n] = std::isfinite(longest) && wanted > 0 && match_->average_length > 0
                              ? static_cast<uint32_t>(std::min(std::max(longest + 1, 0.0), 1e9))
                              : std::numeric_limits<uint32_t>::max();
        }
        least_ = least;
    }

    double boost() const {
        double sum = 0;
        if (!match_->whole.empty() && match_->whole_boost > 0) {
            if (holds(text(), match_->whole)) sum += match_->whole_boost;
        }
        if (match_->parts.size() > 1 && match_->proximity_boost > 0) {
            int64_t shortest = 0;
            for_each_window([&](int64_t length) {
                if (shortest == 0 || length < shortest) shortest = length;
                return shortest > match_->characters;
            });
            // Parts that overlap fill more than their window.
            if (shortest > 0) {
                sum += match_->proximity_boost *
                       std::min(1.0, static_cast<double>(match_->characters) /
                                         static_cast<double>(shortest));
            }
        }
        return sum;
    }

    std::shared_ptr<const Match> match_;
    cx::Place place_;
    const cx::Filter *filter_;
    Xapian::Database database_;
    std::vector<std::shared_ptr<Cursor>> cursors_;
    // For each part the list that counts it, if one does.
    std::vector<const Cursor *> counters_;
    // For each part whether the text is read to know that it is there.
    std::vector<bool> is_read_;
    bool needs_text_ = false;
    // Grams that together are the only part, with their places in it; none when its text is read.
    std::vector<std::pair<int64_t, std::shared_ptr<Cursor>>> proof_;
    Xapian::doccount candidates_ = 0;
    // The document looked at last; it matches when at_match_ says so.
    Xapian::docid position_ = 0;
    bool at_match_ = false;
    bool at_end_ = false;
    // The text of document loaded_.
    mutable std::string_view text_;
    mutable Xapian::docid loaded_ = 0;
    // How often the only part stands in the text of document counted_.
    mutable double occurrences_ = 0;
    mutable Xapian::docid counted_ = 0;
    mutable double weight_ = 0;
    mutable Xapian::docid weighed_ = 0;
    // A heap of the highest weights so far, the lowest of them in front.
    mutable std::vector<double> best_;
    // What may_weigh_more() worked out for least_.
    std::array<uint32_t, 4> longest_{};
    double least_ = std::numeric_limits<double>::quiet_NaN();
};

std::string slice(const cx_text_match &source, const cx_slice &slice) {
    if (!cx::fits(slice, source.pool_length)) {
        throw cx::Refusal(CX_REFUSED, "A slice lies outside its pool");
    }
    return slice.length == 0 ? std::string()
                             : cx::text(source.pool + slice.offset, slice.length);
}

void require_weight(double weight) {
    if (!(weight >= 0 && weight <= largest_weight)) {
        throw cx::Refusal(CX_REFUSED, "A weight must be from 0 to 1000000");
    }
}

std::shared_ptr<const Match> checked(const cx_text_match &source) {
    if (source.part_count == 0) throw cx::Refusal(CX_REFUSED, "A text match needs a part");
    if (source.part_count > CX_MAX_PARTS) {
        throw cx::Refusal(CX_TOO_COMPLEX, "A text match has more than 256 parts");
    }
    if (source.gram_count > CX_MAX_GRAMS) {
        throw cx::Refusal(CX_TOO_COMPLEX, "A text match has more than 20000 grams");
    }
    require_weight(source.whole_boost);
    require_weight(source.proximity_boost);
    require_weight(source.k1);
    require_weight(source.b);
    if (source.b > 1) throw cx::Refusal(CX_REFUSED, "b must be from 0 to 1");
    if (!std::isfinite(source.average_length) || source.average_length < 0) {
        throw cx::Refusal(CX_REFUSED, "The average length must be finite and not negative");
    }
    auto match = std::make_shared<Match>();
    match->whole = slice(source, source.whole);
    match->whole_boost = source.whole_boost;
    match->proximity_boost = source.proximity_boost;
    match->maximum_gap = source.maximum_gap;
    match->k1 = source.k1;
    match->b = source.b;
    match->average_length = source.average_length;
    match->needs_text = source.maximum_gap >= 0 && source.part_count > 1;
    match->boosts = (match->whole.empty() ? 0 : source.whole_boost) +
                    (source.part_count > 1 ? source.proximity_boost : 0);
    match->needs_weight = match->boosts > 0;
    const cx_gram *gram = source.grams;
    size_t grams_left = source.gram_count;
    for (size_t i = 0; i < source.part_count; ++i) {
        const cx_part &given = source.parts[i];
        const auto refuse = [&](const char *why) {
            throw cx::Refusal(CX_REFUSED, why, static_cast<int64_t>(i));
        };
        require_weight(given.weight);
        Part part{slice(source, given.text), {}, given.weight, given.needs_verification};
        if (part.text.empty()) refuse("A part is empty");
        if (!ends_character(part.text.back())) refuse("A part ends in the middle of a character");
        if (given.gram_count > grams_left) refuse("There are fewer grams than parts claim");
        grams_left -= given.gram_count;
        for (size_t n = given.gram_count; n > 0; --n, ++gram) {
            Gram copy{slice(source, gram->text), gram->is_prefix, 0, 0};
            if (gram->characters > 0) {
                copy.start = gram->place;
                copy.end = copy.start + gram->characters;
            }
            if (copy.text.empty() || copy.text.size() > CX_MAX_TERM_LENGTH) {
                refuse("A gram must have 1 to 245 bytes");
            }
            part.grams.push_back(std::move(copy));
        }
        if (!part.needs_verification &&
            (part.grams.size() != 1 || part.grams.front().is_prefix)) {
            refuse("A part without verification needs one gram that is no prefix");
        }
        match->needs_text |= part.needs_verification;
        match->needs_weight |= part.weight > 0;
        match->characters += characters(part.text);
        match->parts.push_back(std::move(part));
    }
    return match;
}

// A text match, walked.
class TextWalk final : public cx::Walk {
  public:
    TextWalk(std::shared_ptr<const Match> match, const cx_database &database,
             const cx::Filter &filter)
        : source_(std::move(match), place(database), &filter) {
        source_.init(database.value);
        source_.next(0);
    }

    Xapian::docid document() const override {
        return source_.at_end() ? 0 : source_.get_docid();
    }
    bool each(cx::Sink &sink) override { return source_.each(sink); }
    void gather(cx::Window &window, double least) override { source_.gather(window, least); }
    double most() const override { return source_.get_maxweight(); }
    int64_t count() const override {
        return source_.knows_count() ? int64_t(source_.candidates()) : -1;
    }

  private:
    static cx::Place place(const cx_database &database) {
        cx::Place place;
        place.texts = database.texts.get();
        place.terms = &database.terms;
        return place;
    }

    TextSource source_;
};

class TextNode final : public cx::Node {
  public:
    explicit TextNode(std::shared_ptr<const Match> match) : match_(std::move(match)) {
        weighs = match_->needs_weight;
    }

    Xapian::Query build(cx::Place place) const override {
        return Xapian::Query((new TextSource(match_, place))->release());
    }

    std::unique_ptr<cx::Walk> walk(const cx_database &database,
                                   const cx::Filter &filter) const override {
        return std::make_unique<TextWalk>(match_, database, filter);
    }

  private:
    std::shared_ptr<const Match> match_;
};

}  // namespace

#pragma GCC visibility pop

cx_status cx_plan_text(const cx_text_match *match, cx_plan **out, cx_error *error) {
    return cx::make_plan(out, error, [&] { return std::make_shared<TextNode>(checked(*match)); });
}
