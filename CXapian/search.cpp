// Running a query and copying one page of its hits.
#include "handles.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#pragma GCC visibility push(hidden)

namespace {

// Beyond this many hits, keeping track of the best costs more than it saves.
constexpr size_t most_best = 1000;

// The keys of documents, as strings whose byte order is the order wanted.
class GroupKeys final : public Xapian::KeyMaker {
  public:
    GroupKeys(const cx_search_options &options, const cx::DocumentTexts &texts)
        : options_(options), texts_(texts) {}

    std::string operator()(const Xapian::Document &document) const override {
        double key = options_.keys[texts_.group(document.get_docid())];
        if (std::isnan(key)) return "\xFF";
        // 0.0 is added to make one of the two zeros.
        key = (options_.descending ? -key : key) + 0.0;
        uint64_t bits;
        std::memcpy(&bits, &key, sizeof bits);
        bits = bits >> 63 ? ~bits : bits | uint64_t(1) << 63;
        std::string result(9, '\0');
        for (int i = 0; i < 8; ++i) result[i + 1] = static_cast<char>(bits >> (56 - 8 * i));
        return result;
    }

  private:
    const cx_search_options &options_;
    const cx::DocumentTexts &texts_;
};

// Counts documents and keeps the best of them.
class PageSink final : public cx::Sink {
  public:
    PageSink(cx_page &page, cx::BestHits &best, const cx_search_options &options, bool weighs)
        : page_(page), best_(best), options_(options), weighs_(weighs) {}

    double least() const override {
        if (!weighs_) return std::numeric_limits<double>::infinity();
        // What weighs no more than the last of the best comes after it.
        return options_.order == CX_BY_RELEVANCE && best_.is_full() ? best_.least() : -1;
    }

    void take(Xapian::docid document, double weight) override {
        ++page_.total;
        if (options_.limit == 0) return;
        if (options_.order != CX_BY_KEY && best_.is_full() &&
            !(weighs_ && weight > best_.least())) {
            return;
        }
        best_.add(document, weighs_ ? weight : 0);
    }

    bool ranks() const override { return weighs_ && options_.order == CX_BY_RELEVANCE; }
    void count(Xapian::doccount more) override { page_.total += more; }

  private:
    cx_page &page_;
    cx::BestHits &best_;
    const cx_search_options &options_;
    const bool weighs_;
};

// Goes through the documents without libxapian's matcher; false when the query takes that.
bool walk(const cx_database &database, const cx_plan &query, const cx_search_options &options,
          cx_page &page) {
    cx::Wanted wanted;
    const cx::Node *const node = query.node->walked(wanted);
    if (!node || !database.texts) return false;
    const cx::Filter filter(wanted, database.texts.get());
    const std::unique_ptr<cx::Walk> walk = node->walk(database, filter);
    if (!walk) return false;
    if (options.limit == 0 && walk->count() >= 0) {
        page.total = static_cast<uint32_t>(walk->count());
        return true;
    }
    const bool weighs = node->weighs && options.limit > 0 && options.order != CX_BY_DOCUMENT;
    cx::BestHits best(options, *database.texts);
    PageSink sink(page, best, options, weighs);
    if (!walk->each(sink)) {
        cx::Window window;
        while (const Xapian::docid document = walk->document()) {
            window.move(document);
            walk->gather(window, sink.least());
            window.for_each([&](Xapian::docid found, double weight) { sink.take(found, weight); });
        }
    }
    page.hits = best.sorted();
    return true;
}

// Asks libxapian's matcher.
void match(const cx_database &database, const cx_plan &query, const cx_search_options &options,
           cx_page &page) {
    const bool by_key = options.order == CX_BY_KEY;
    Xapian::Enquire enquire(database.value);
    cx::Place root;
    root.texts = database.texts.get();
    root.terms = &database.terms;
    if (options.order == CX_BY_RELEVANCE && options.limit <= most_best) {
        root.best = options.limit;
    }
    enquire.set_query(query.node->build(root));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    std::unique_ptr<GroupKeys> keys;
    if (options.limit == 0 || options.order == CX_BY_DOCUMENT) {
        enquire.set_weighting_scheme(Xapian::BoolWeight());
    } else {
        // BoolWeight would silence posting sources too, and any other scheme leaves them
        // alone; plain terms are scaled to nothing where they are made.
        enquire.set_weighting_scheme(Xapian::CoordWeight());
        if (by_key) {
            keys = std::make_unique<GroupKeys>(options, *root.texts);
            enquire.set_sort_by_key_then_relevance(keys.get(), false);
        }
    }

    // Looking at every document keeps libxapian from skipping those that cannot rank, so
    // that it counts exactly.
    const Xapian::doccount everything = database.value.get_doccount();
    const auto limit =
        static_cast<Xapian::doccount>(std::min<size_t>(options.limit, everything));
    const Xapian::MSet found = enquire.get_mset(0, limit, everything);
    if (found.get_matches_lower_bound() != found.get_matches_upper_bound()) {
        throw Xapian::InternalError("libxapian did not count exactly");
    }
    page.total = found.get_matches_estimated();
    page.hits.reserve(found.size());
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
        if (*hit > database.value.get_lastdocid()) {
            throw Xapian::DatabaseCorruptError("A document was found that does not exist");
        }
        const double key = by_key ? options.keys[root.texts->group(*hit)] : std::nan("");
        page.hits.push_back({*hit, !std::isnan(key), hit.get_weight(), std::isnan(key) ? 0 : key});
    }
}

}  // namespace

namespace cx {

BestHits::BestHits(const cx_search_options &options, const DocumentTexts &texts)
    : options_(options), texts_(texts) {}

bool BestHits::precedes(const cx_hit &one, const cx_hit &other) const {
    if (options_.order == CX_BY_KEY) {
        if (one.has_key != other.has_key) return one.has_key;
        if (one.key != other.key) {
            return options_.descending ? one.key > other.key : one.key < other.key;
        }
    }
    if (one.weight != other.weight) return one.weight > other.weight;
    return one.document < other.document;
}

void BestHits::add(Xapian::docid document, double weight) {
    cx_hit hit{document, false, weight, 0};
    if (options_.order == CX_BY_KEY) {
        group_ = texts_.group(document, group_);
        const double key = options_.keys[group_];
        hit.has_key = !std::isnan(key);
        if (hit.has_key) hit.key = key;
    }
    const auto before = [this](const cx_hit &a, const cx_hit &b) { return precedes(a, b); };
    if (is_full()) {
        if (!precedes(hit, hits_.front())) return;
        std::pop_heap(hits_.begin(), hits_.end(), before);
        hits_.back() = hit;
    } else {
        hits_.push_back(hit);
        // Kept in a heap from the moment on when one has to go.
        if (!is_full()) return;
        std::make_heap(hits_.begin(), hits_.end(), before);
        return;
    }
    std::push_heap(hits_.begin(), hits_.end(), before);
}

std::vector<cx_hit> BestHits::sorted() {
    std::sort(hits_.begin(), hits_.end(),
              [this](const cx_hit &a, const cx_hit &b) { return precedes(a, b); });
    return std::move(hits_);
}

}  // namespace cx

#pragma GCC visibility pop

cx_status cx_search(const cx_database *database, const cx_plan *query,
                    const cx_search_options *options, cx_page **out, cx_error *error) {
    *out = nullptr;
    return cx::guard_reading(error, [&] {
        const cx::DocumentTexts *const texts = database->texts.get();
        if (options->order == CX_BY_KEY) {
            if (!texts) {
                throw Xapian::InvalidOperationError("The database was opened without texts");
            }
            if (options->key_count != texts->group_count()) {
                throw cx::Refusal(CX_REFUSED, "There must be a key for each group");
            }
        }
        auto page = std::make_unique<cx_page>();
        // Without documents there is no group either, for which a key is asked.
        const bool is_empty = texts && texts->last() == 0;
        if (!is_empty && !walk(*database, *query, *options, *page)) {
            match(*database, *query, *options, *page);
        }
        *out = page.release();
    });
}

cx_page_view cx_page_contents(const cx_page *page) {
    return {page->total, page->hits.data(), page->hits.size()};
}

void cx_page_free(cx_page *page) { delete page; }
