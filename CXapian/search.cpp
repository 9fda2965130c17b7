// Running a query and copying one page of its hits.
#include "handles.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#pragma GCC visibility push(hidden)

namespace {

// Beyond this many hits, keeping track of the best costs more than it saves.
constexpr size_t most_best = 1000;

// Keys by document id, as strings whose byte order is the order wanted.
class RangeKeys final : public Xapian::KeyMaker {
  public:
    RangeKeys(const cx_key_range *ranges, size_t count, bool descending)
        : ranges_(ranges, ranges + count), descending_(descending) {
        for (size_t i = 0; i < count; ++i) {
            const cx_key_range &range = ranges[i];
            if (range.first == 0 || range.first > range.last) {
                throw cx::Refusal(CX_REFUSED, "A range of document ids is empty or holds 0", i);
            }
            if (std::isnan(range.key)) {
                throw cx::Refusal(CX_REFUSED, "A sort key is not a number", i);
            }
        }
        std::sort(ranges_.begin(), ranges_.end(),
                  [](const auto &a, const auto &b) { return a.first < b.first; });
        for (size_t i = 1; i < count; ++i) {
            if (ranges_[i].first <= ranges_[i - 1].last) {
                throw cx::Refusal(CX_REFUSED, "Ranges of sort keys overlap");
            }
        }
    }

    // The range that holds the document, or NULL.
    const cx_key_range *find(Xapian::docid document) const {
        auto after = std::upper_bound(
            ranges_.begin(), ranges_.end(), document,
            [](Xapian::docid id, const cx_key_range &range) { return id < range.first; });
        if (after == ranges_.begin()) return nullptr;
        const cx_key_range &range = *(after - 1);
        return document <= range.last ? &range : nullptr;
    }

    std::string operator()(const Xapian::Document &document) const override {
        const cx_key_range *range = find(document.get_docid());
        if (!range) return "\xFF";
        // 0.0 is added to make one of the two zeros.
        const double key = (descending_ ? -range->key : range->key) + 0.0;
        uint64_t bits;
        std::memcpy(&bits, &key, sizeof bits);
        bits = bits >> 63 ? ~bits : bits | uint64_t(1) << 63;
        std::string result(9, '\0');
        for (int i = 0; i < 8; ++i) result[i + 1] = static_cast<char>(bits >> (56 - 8 * i));
        return result;
    }

  private:
    std::vector<cx_key_range> ranges_;
    bool descending_;
};

}  // namespace

#pragma GCC visibility pop

cx_status cx_search(const cx_database *database, const cx_query *query,
                    const cx_search_options *options, cx_page **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        const bool by_key = options->order == CX_BY_KEY;
        RangeKeys keys(options->keys, by_key ? options->key_count : 0, options->descending);

        Xapian::Enquire enquire(database->value);
        cx::Place root;
        if (options->order == CX_BY_RELEVANCE && options->limit <= most_best) {
            root.best = options->limit;
        }
        enquire.set_query(query->node->build(root));
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        if (options->limit == 0 || options->order == CX_BY_DOCUMENT) {
            enquire.set_weighting_scheme(Xapian::BoolWeight());
        } else {
            // BoolWeight would silence posting sources too, and any other scheme leaves them
            // alone; plain terms are scaled to nothing where they are made.
            enquire.set_weighting_scheme(Xapian::CoordWeight());
            if (by_key) enquire.set_sort_by_key_then_relevance(&keys, false);
        }

        // Looking at every document keeps libxapian from skipping those that cannot rank, so
        // that it counts exactly.
        const Xapian::doccount everything = database->value.get_doccount();
        const auto limit = static_cast<Xapian::doccount>(
            std::min<size_t>(options->limit, everything));
        const Xapian::MSet found = enquire.get_mset(0, limit, everything);
        if (found.get_matches_lower_bound() != found.get_matches_upper_bound()) {
            throw Xapian::InternalError("libxapian did not count exactly");
        }

        auto page = std::make_unique<cx_page>();
        page->total = found.get_matches_estimated();
        page->hits.reserve(found.size());
        for (auto hit = found.begin(); hit != found.end(); ++hit) {
            const cx_key_range *range = by_key ? keys.find(*hit) : nullptr;
            page->hits.push_back(
                {*hit, range != nullptr, hit.get_weight(), range ? range->key : 0.0});
        }
        *out = page.release();
    });
}

cx_page_view cx_page_contents(const cx_page *page) {
    return {page->total, page->hits.data(), page->hits.size()};
}

void cx_page_free(cx_page *page) { delete page; }
