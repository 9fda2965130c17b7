// Building queries.
#include "guard.hpp"
#include "handles.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#pragma GCC visibility push(hidden)

namespace {

using Ranges = std::vector<cx_id_range>;

// The documents whose ids lie in a set of ranges; weightless.
class RangeSource final : public Xapian::PostingSource {
  public:
    // `ranges` are ascending and do not touch.
    explicit RangeSource(std::shared_ptr<const Ranges> ranges) : ranges_(std::move(ranges)) {}

    PostingSource *clone() const override { return new RangeSource(ranges_); }

    void init(const Xapian::Database &database) override {
        position_ = 0;
        range_ = 0;
        at_end_ = false;
        last_ = database.get_lastdocid();
        has_gaps_ = database.get_doccount() != last_;
        if (has_gaps_) {
            documents_ = database.postlist_begin(std::string());
            documents_end_ = database.postlist_end(std::string());
        }
        size_ = 0;
        for (const cx_id_range &range : *ranges_) {
            if (range.first > last_) break;
            size_ += std::min(range.last, last_) - range.first + 1;
        }
        size_ = std::min(size_, database.get_doccount());
    }

    Xapian::doccount get_termfreq_min() const override { return has_gaps_ ? 0 : size_; }
    Xapian::doccount get_termfreq_est() const override { return size_; }
    Xapian::doccount get_termfreq_max() const override { return size_; }
    Xapian::docid get_docid() const override { return position_; }
    bool at_end() const override { return at_end_; }
    std::string get_description() const override { return "RangeSource"; }

    void next(double) override {
        if (position_ == last_) {
            at_end_ = true;
        } else {
            move_to(position_ + 1);
        }
    }

    void skip_to(Xapian::docid target, double) override {
        if (target > position_) move_to(target);
    }

  private:
    // Goes to the first document of the set at `target` or after it.
    void move_to(Xapian::docid target) {
        while (!at_end_) {
            const auto first = ranges_->begin() + static_cast<std::ptrdiff_t>(range_);
            const auto found = std::lower_bound(
                first, ranges_->end(), target,
                [](const cx_id_range &range, Xapian::docid id) { return range.last < id; });
            range_ = static_cast<size_t>(found - ranges_->begin());
            if (found == ranges_->end()) break;
            target = std::max(target, found->first);
            if (target > last_) break;
            if (has_gaps_) {
                documents_.skip_to(target);
                if (documents_ == documents_end_) break;
                if (*documents_ > found->last) {
                    target = *documents_;
                    continue;
                }
                target = *documents_;
            }
            position_ = target;
            return;
        }
        at_end_ = true;
    }

    std::shared_ptr<const Ranges> ranges_;
    Xapian::docid position_ = 0;
    Xapian::docid last_ = 0;
    size_t range_ = 0;
    Xapian::doccount size_ = 0;
    bool at_end_ = false;
    // Whether some ids up to the last belong to no document, so that each has to be looked up.
    bool has_gaps_ = false;
    Xapian::PostingIterator documents_, documents_end_;
};

template <typename Body> cx_status make_query(cx_query **out, cx_error *error, Body &&body) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto query = std::make_unique<cx_query>();
        body(*query);
        *out = query.release();
    });
}

Xapian::Query::op operation(cx_operator how) {
    switch (how) {
    case CX_ALL:
        return Xapian::Query::OP_AND;
    case CX_ANY:
        return Xapian::Query::OP_OR;
    case CX_DIFFERENCE:
        return Xapian::Query::OP_AND_NOT;
    case CX_FILTERED:
        return Xapian::Query::OP_FILTER;
    case CX_PREFERRING:
        return Xapian::Query::OP_AND_MAYBE;
    }
    throw cx::Refusal(CX_REFUSED, "Unknown operator");
}

}  // namespace

#pragma GCC visibility pop

cx_status cx_query_everything(cx_query **out, cx_error *error) {
    return make_query(out, error,
                      [](cx_query &query) { query.value = Xapian::Query(std::string()); });
}

cx_status cx_query_nothing(cx_query **out, cx_error *error) {
    return make_query(out, error, [](cx_query &) {});
}

cx_status cx_query_term(const uint8_t *term, size_t term_length, cx_query **out,
                        cx_error *error) {
    return make_query(out, error, [&](cx_query &query) {
        // The empty term would match everything.
        if (term_length == 0 || term_length > CX_MAX_TERM_LENGTH) {
            throw cx::Refusal(CX_REFUSED, "A term must have 1 to 245 bytes");
        }
        query.value = Xapian::Query(0.0, Xapian::Query(cx::text(term, term_length)));
    });
}

cx_status cx_query_combine(cx_operator how, const cx_query *const *children, size_t child_count,
                           cx_query **out, cx_error *error) {
    return make_query(out, error, [&](cx_query &query) {
        if (child_count == 0) throw cx::Refusal(CX_REFUSED, "An operator needs a query");
        if (child_count > CX_MAX_CHILDREN) {
            throw cx::Refusal(CX_TOO_COMPLEX, "An operator joins more than 1000 queries");
        }
        std::vector<Xapian::Query> values;
        values.reserve(child_count);
        for (size_t i = 0; i < child_count; ++i) {
            values.push_back(children[i]->value);
            query.depth = std::max(query.depth, children[i]->depth + 1);
        }
        if (query.depth > CX_MAX_DEPTH) {
            throw cx::Refusal(CX_TOO_COMPLEX, "Queries are nested more than 64 deep");
        }
        query.value = Xapian::Query(operation(how), values.begin(), values.end());
    });
}

cx_status cx_query_documents(const cx_id_range *ranges, size_t range_count, cx_query **out,
                             cx_error *error) {
    return make_query(out, error, [&](cx_query &query) {
        Ranges sorted(ranges, ranges + range_count);
        for (size_t i = 0; i < range_count; ++i) {
            if (sorted[i].first == 0 || sorted[i].first > sorted[i].last) {
                throw cx::Refusal(CX_REFUSED, "A range of document ids is empty or holds 0", i);
            }
        }
        if (sorted.empty()) return;
        std::sort(sorted.begin(), sorted.end(),
                  [](const auto &a, const auto &b) { return a.first < b.first; });
        auto merged = std::make_shared<Ranges>();
        for (const cx_id_range &range : sorted) {
            if (!merged->empty() && (range.first <= merged->back().last ||
                                     range.first - 1 == merged->back().last)) {
                merged->back().last = std::max(merged->back().last, range.last);
            } else {
                merged->push_back(range);
            }
        }
        query.value = Xapian::Query((new RangeSource(merged))->release());
    });
}

void cx_query_free(cx_query *query) { delete query; }
