// Finding byte strings: posting lists give candidates, the stored text decides.
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

#pragma GCC visibility push(hidden)

namespace {

// Once this few candidates are left it is cheaper to read them than to open more lists.
constexpr Xapian::doccount few_candidates = 1000;
// Lists beyond these, rarest first, leave out few candidates more.
constexpr size_t useful_lists = 16;
// How many cheap tests a look at a stored text is worth, when the matcher picks what to do first.
constexpr Xapian::doccount verification_cost = 8;
// Weights are multiples of 2^-24: sums of them are exact, so that the order in which the matcher
// adds them, which differs from database to database, cannot change a ranking.
constexpr double weight_steps = 16777216.0;
constexpr double largest_weight = 1e6;

struct Gram {
    std::string text;
    bool is_prefix;
};

struct Part {
    std::string text;
    std::vector<Gram> grams;
    double weight;
    bool needs_verification;
    size_t scalars;
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
    // Sums over the parts.
    size_t bytes;
    int64_t scalars;
};

bool starts_scalar(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; }

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
    // The list of a term; the empty term is in every document.
    Cursor(const Xapian::Database &database, const std::string &term)
        : frequency_(term.empty() ? database.get_doccount() : database.get_termfreq(term)),
          postings_(database.postlist_begin(term)) {}

    explicit Cursor(std::unique_ptr<const DocumentSet> documents)
        : frequency_(documents->size()), documents_(std::move(documents)) {}

    Xapian::doccount frequency() const { return frequency_; }
    Xapian::docid current() const { return current_; }
    Xapian::termcount occurrences() const { return postings_.get_wdf(); }

    // Goes to the first document at `target` or after it; false when there is none.
    bool seek(Xapian::docid target) {
        if (current_ >= target) return true;
        if (documents_) {
            current_ = documents_->first(target);
            return current_ != 0;
        }
        if (postings_ == Xapian::PostingIterator()) return false;
        if (*postings_ < target) postings_.skip_to(target);
        if (postings_ == Xapian::PostingIterator()) return false;
        current_ = *postings_;
        return true;
    }

  private:
    Xapian::doccount frequency_;
    Xapian::docid current_ = 0;
    Xapian::PostingIterator postings_;
    std::unique_ptr<const DocumentSet> documents_;
};

// Calls body(offset) for each place where `needle` starts in `text`, going on `step` bytes later,
// until it returns false.
template <typename Body>
void for_each_occurrence(const char *text, size_t length, const std::string &needle, size_t step,
                         Body &&body) {
    const char *from = text;
    const char *const end = text + length;
    while (from < end) {
        const void *found =
            ::memmem(from, static_cast<size_t>(end - from), needle.data(), needle.size());
        if (!found) return;
        const char *place = static_cast<const char *>(found);
        if (!body(static_cast<size_t>(place - text))) return;
        from = place + step;
    }
}

bool holds(const char *text, size_t length, const std::string &needle) {
    return ::memmem(text, length, needle.data(), needle.size()) != nullptr;
}

class TextSource final : public Xapian::PostingSource {
  public:
    TextSource(std::shared_ptr<const Match> match, const cx::Place &place)
        : match_(std::move(match)), place_(place) {}

    PostingSource *clone() const override { return new TextSource(match_, place_); }

    void init(const Xapian::Database &database) override {
        database_ = database;
        cursors_.clear();
        counters_.assign(match_->parts.size(), nullptr);
        position_ = loaded_ = weighed_ = 0;
        at_match_ = at_end_ = false;
        best_.clear();
        open_cursors();
        double most = match_->boosts;
        for (const Part &part : match_->parts) most += part.weight * (match_->k1 + 1);
        // Rounding may add one step.
        set_maxweight(match_->needs_weight ? most + 1 / weight_steps : 0);
    }

    Xapian::doccount get_termfreq_min() const override {
        return cursors_.size() == 1 && !match_->needs_text ? candidates_ : 0;
    }
    Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
    Xapian::doccount get_termfreq_max() const override {
        if (!match_->needs_text) return candidates_;
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

  private:
    // Opens what the candidates are found with, rarest first.
    void open_cursors() {
        std::map<std::string, std::shared_ptr<Cursor>> opened;
        std::vector<std::shared_ptr<Cursor>> found;
        std::vector<std::string> prefixes;
        std::vector<std::shared_ptr<Cursor>> counting;
        for (size_t i = 0; i < match_->parts.size(); ++i) {
            const Part &part = match_->parts[i];
            for (const Gram &gram : part.grams) {
                if (gram.is_prefix) {
                    prefixes.push_back(gram.text);
                    continue;
                }
                std::shared_ptr<Cursor> &cursor = opened[gram.text];
                if (!cursor) {
                    cursor = std::make_shared<Cursor>(database_, gram.text);
                    found.push_back(cursor);
                }
                if (!part.needs_verification && !counters_[i]) {
                    counters_[i] = cursor.get();
                    counting.push_back(cursor);
                }
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
            found.push_back(std::make_shared<Cursor>(database_, std::string()));
        }
        for (size_t i = 0; i < found.size(); ++i) {
            const bool counts =
                std::find(counting.begin(), counting.end(), found[i]) != counting.end();
            if (i < useful_lists || counts) cursors_.push_back(found[i]);
        }
        candidates_ = cursors_.front()->frequency();
        at_end_ = candidates_ == 0;
    }

    std::unique_ptr<const DocumentSet> documents_with_prefix(const std::string &prefix) const {
        auto documents = std::make_unique<DocumentSet>();
        const auto end = database_.allterms_end(prefix);
        for (auto term = database_.allterms_begin(prefix); term != end; ++term) {
            const std::string name = *term;
            const auto postings_end = database_.postlist_end(name);
            for (auto it = database_.postlist_begin(name); it != postings_end; ++it) {
                documents->insert(*it);
            }
        }
        return documents;
    }

    // Goes to the first match after a document.
    void advance(Xapian::docid after) {
        at_match_ = false;
        while (!at_end_ && after != std::numeric_limits<Xapian::docid>::max()) {
            Xapian::docid target = after + 1;
            // Each list in turn pulls the target on, until all agree.
            for (size_t i = 0; i < cursors_.size();) {
                if (!cursors_[i]->seek(target)) {
                    at_end_ = true;
                    return;
                }
                if (cursors_[i]->current() == target) {
                    ++i;
                } else {
                    target = cursors_[i]->current();
                    i = i == 0 ? 1 : 0;
                }
            }
            position_ = target;
            if (is_match()) {
                at_match_ = true;
                return;
            }
            after = target;
        }
        at_end_ = true;
    }

    // Reads the text of the current document, unless that is done.
    void load() const {
        if (loaded_ == position_) return;
        data_ = database_.get_document(position_, Xapian::DOC_ASSUME_VALID).get_data();
        const void *end = std::memchr(data_.data(), 0, data_.size());
        length_ = end ? static_cast<size_t>(static_cast<const char *>(end) - data_.data())
                      : data_.size();
        loaded_ = position_;
    }

    bool is_match() const {
        if (!match_->needs_text) return true;
        load();
        for (const Part &part : match_->parts) {
            if (part.needs_verification && !holds(data_.data(), length_, part.text)) return false;
        }
        if (match_->maximum_gap < 0 || match_->parts.size() < 2) return true;
        std::vector<int64_t> scalars_before(length_ + 1);
        for (size_t i = 0; i < length_; ++i) {
            scalars_before[i + 1] = scalars_before[i] + starts_scalar(data_[i]);
        }
        bool is_near = false;
        for_each_window([&](size_t start, size_t end) {
            is_near = scalars_before[end] - scalars_before[start] - match_->scalars <=
                      match_->maximum_gap;
            return !is_near;
        });
        return is_near;
    }

    // Calls body(start, end) for the shortest window from each place where a part starts that
    // covers one occurrence of every part, until it returns false.
    template <typename Body> void for_each_window(Body &&body) const {
        const size_t count = match_->parts.size();
        std::vector<std::vector<size_t>> starts(count);
        std::vector<size_t> windows;
        for (size_t i = 0; i < count; ++i) {
            for_each_occurrence(data_.data(), length_, match_->parts[i].text, 1, [&](size_t at) {
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
            if (!body(start, end)) return;
        }
    }

    // The weight, or something lower that like it is below the best.
    double weight() const {
        const double occurrences = occurrence_weight();
        // Reading the text is what takes time.
        const bool may_guess = place_.best > 0 && !match_->needs_text && match_->boosts > 0;
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
        return std::round(weight * weight_steps) / weight_steps;
    }

    double occurrence_weight() const {
        double sum = 0;
        double length_norm = 1;
        if (match_->average_length > 0) {
            length_norm = 1 - match_->b +
                          match_->b * database_.get_doclength(position_) / match_->average_length;
        }
        for (size_t i = 0; i < match_->parts.size(); ++i) {
            const Part &part = match_->parts[i];
            if (part.weight == 0) continue;
            double occurrences = 0;
            if (counters_[i]) {
                occurrences = counters_[i]->occurrences();
            } else {
                load();
                for_each_occurrence(data_.data(), length_, part.text, part.text.size(),
                                    [&](size_t) {
                                        ++occurrences;
                                        return true;
                                    });
            }
            if (occurrences == 0) continue;
            sum += part.weight * occurrences * (match_->k1 + 1) /
                   (occurrences + match_->k1 * length_norm);
        }
        return sum;
    }

    double boost() const {
        double sum = 0;
        if (!match_->whole.empty() && match_->whole_boost > 0) {
            load();
            if (holds(data_.data(), length_, match_->whole)) sum += match_->whole_boost;
        }
        if (match_->parts.size() > 1 && match_->proximity_boost > 0) {
            load();
            size_t shortest = 0;
            for_each_window([&](size_t start, size_t end) {
                if (shortest == 0 || end - start < shortest) shortest = end - start;
                return shortest > match_->bytes;
            });
            // Parts that overlap fill more than their window.
            if (shortest > 0) {
                sum += match_->proximity_boost *
                       std::min(1.0, static_cast<double>(match_->bytes) /
                                         static_cast<double>(shortest));
            }
        }
        return sum;
    }

    std::shared_ptr<const Match> match_;
    cx::Place place_;
    Xapian::Database database_;
    std::vector<std::shared_ptr<Cursor>> cursors_;
    // For each part that needs no verification, the list that counts it.
    std::vector<const Cursor *> counters_;
    Xapian::doccount candidates_ = 0;
    // The document looked at last; it matches when at_match_ says so.
    Xapian::docid position_ = 0;
    bool at_match_ = false;
    bool at_end_ = false;
    // The stored data of document loaded_, whose text is its first length_ bytes.
    mutable std::string data_;
    mutable size_t length_ = 0;
    mutable Xapian::docid loaded_ = 0;
    mutable double weight_ = 0;
    mutable Xapian::docid weighed_ = 0;
    // A heap of the highest weights so far, the lowest of them in front.
    mutable std::vector<double> best_;
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
        Part part{slice(source, given.text), {}, given.weight, given.needs_verification, 0};
        if (part.text.empty()) refuse("A part is empty");
        if (part.text.find('\0') != std::string::npos) refuse("A part holds a NUL");
        if (given.gram_count > grams_left) refuse("There are fewer grams than parts claim");
        grams_left -= given.gram_count;
        for (size_t n = given.gram_count; n > 0; --n, ++gram) {
            Gram copy{slice(source, gram->text), gram->is_prefix};
            if (copy.text.empty() || copy.text.size() > CX_MAX_TERM_LENGTH) {
                refuse("A gram must have 1 to 245 bytes");
            }
            part.grams.push_back(std::move(copy));
        }
        if (!part.needs_verification &&
            (part.grams.size() != 1 || part.grams.front().is_prefix)) {
            refuse("A part without verification needs one gram that is no prefix");
        }
        part.scalars = static_cast<size_t>(
            std::count_if(part.text.begin(), part.text.end(), starts_scalar));
        match->needs_text |= part.needs_verification;
        match->needs_weight |= part.weight > 0;
        match->bytes += part.text.size();
        match->scalars += static_cast<int64_t>(part.scalars);
        match->parts.push_back(std::move(part));
    }
    return match;
}

class TextNode final : public cx::Node {
  public:
    explicit TextNode(std::shared_ptr<const Match> match) : match_(std::move(match)) {
        weighs = match_->needs_weight;
    }

    Xapian::Query build(cx::Place place) const override {
        return Xapian::Query((new TextSource(match_, place))->release());
    }

  private:
    std::shared_ptr<const Match> match_;
};

}  // namespace

#pragma GCC visibility pop

cx_status cx_query_text(const cx_text_match *match, cx_query **out, cx_error *error) {
    return cx::make_query(out, error, [&] { return std::make_shared<TextNode>(checked(*match)); });
}
