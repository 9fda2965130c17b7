// Building queries.
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

// The documents that pass a filter; weightless.
class FilterSource final : public Xapian::PostingSource {
  public:
    FilterSource(std::shared_ptr<const cx::Wanted> wanted, const cx::DocumentTexts *texts)
        : wanted_(std::move(wanted)), texts_(texts), filter_(*wanted_, texts) {
        if (!texts) throw Xapian::InvalidOperationError("The database was opened without texts");
    }

    PostingSource *clone() const override { return new FilterSource(wanted_, texts_); }

    void init(const Xapian::Database &) override {
        position_ = 0;
        at_end_ = false;
    }

    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return filter_.most(); }
    Xapian::doccount get_termfreq_max() const override { return filter_.most(); }
    Xapian::docid get_docid() const override { return position_; }
    bool at_end() const override { return at_end_; }
    std::string get_description() const override { return "FilterSource"; }

    void next(double) override { move_to(position_ + 1); }
    void skip_to(Xapian::docid target, double) override {
        if (target > position_) move_to(target);
    }

  private:
    void move_to(Xapian::docid target) {
        const Xapian::docid passing = filter_.first(target);
        if (passing == 0) {
            at_end_ = true;
        } else {
            position_ = passing;
        }
    }

    std::shared_ptr<const cx::Wanted> wanted_;
    const cx::DocumentTexts *texts_;
    const cx::Filter filter_;
    Xapian::docid position_ = 0;
    bool at_end_ = false;
};

class FilterNode final : public cx::Node {
  public:
    explicit FilterNode(cx::Wanted wanted)
        : wanted_(std::make_shared<const cx::Wanted>(std::move(wanted))) {}

    Xapian::Query build(cx::Place place) const override {
        return Xapian::Query((new FilterSource(wanted_, place.texts))->release());
    }

    const cx::Wanted *filter() const override { return wanted_.get(); }

  private:
    std::shared_ptr<const cx::Wanted> wanted_;
};

class EverythingNode final : public cx::Node {
  public:
    Xapian::Query build(cx::Place) const override { return Xapian::Query(std::string()); }
};

class NothingNode final : public cx::Node {
  public:
    Xapian::Query build(cx::Place) const override { return Xapian::Query(); }
};

class TermNode final : public cx::Node {
  public:
    explicit TermNode(std::string term) : term_(std::move(term)) {}

    // Whatever the weighting scheme says, a plain term weighs nothing.
    Xapian::Query build(cx::Place) const override {
        return Xapian::Query(0.0, Xapian::Query(term_));
    }

  private:
    std::string term_;
};

class RangesNode final : public cx::Node {
  public:
    explicit RangesNode(std::shared_ptr<const Ranges> ranges) : ranges_(std::move(ranges)) {}

    Xapian::Query build(cx::Place) const override {
        return Xapian::Query((new RangeSource(ranges_))->release());
    }

  private:
    std::shared_ptr<const Ranges> ranges_;
};

// The documents of several walks; weights add up.
class UnionWalk final : public cx::Walk {
  public:
    explicit UnionWalk(std::vector<std::unique_ptr<cx::Walk>> walks) : walks_(std::move(walks)) {
        for (const auto &walk : walks_) most_ += walk->most();
    }

    Xapian::docid document() const override {
        Xapian::docid least = 0;
        for (const auto &walk : walks_) {
            const Xapian::docid document = walk->document();
            if (document != 0 && (least == 0 || document < least)) least = document;
        }
        return least;
    }

    void gather(cx::Window &window, double least) override {
        // What the others can add at most is what one walk need not find.
        for (auto &walk : walks_) walk->gather(window, least - (most_ - walk->most()));
    }

    double most() const override { return most_; }

  private:
    std::vector<std::unique_ptr<cx::Walk>> walks_;
    double most_ = 0;
};

class OperatorNode final : public cx::Node {
  public:
    OperatorNode(cx_operator how, const cx_plan *const *children, size_t count) : how_(how) {
        (void)operation();
        if (count == 0) throw cx::Refusal(CX_REFUSED, "An operator needs a query");
        if (count > CX_MAX_CHILDREN) {
            throw cx::Refusal(CX_TOO_COMPLEX, "An operator joins more than 1000 queries");
        }
        if (how != CX_ALL && how != CX_ANY && count != 2) {
            throw cx::Refusal(CX_REFUSED, "This operator joins two queries");
        }
        for (size_t i = 0; i < count; ++i) {
            children_.push_back(children[i]->node);
            if (counts_weight(i)) weighs |= children[i]->node->weighs;
            depth = std::max(depth, children[i]->node->depth + 1);
            size += children[i]->node->size;
        }
        if (depth > CX_MAX_DEPTH) {
            throw cx::Refusal(CX_TOO_COMPLEX, "Queries are nested more than 64 deep");
        }
        if (size > CX_MAX_NODES) {
            throw cx::Refusal(CX_TOO_COMPLEX, "A query is made of more than 100000 queries");
        }
    }

    Xapian::Query build(cx::Place place) const override {
        if (how_ == CX_PREFERRING && !place.is_weighted) return children_[0]->build(place);
        size_t weighing = 0;
        for (size_t i = 0; i < children_.size(); ++i) {
            if (counts_weight(i) && children_[i]->weighs) ++weighing;
        }
        std::vector<Xapian::Query> built;
        built.reserve(children_.size());
        for (const auto &child : children_) {
            cx::Place below = place;
            const bool is_right = !built.empty();
            // libxapian joins the right sides of these two with OR.
            if (how_ == CX_ANY || (how_ == CX_DIFFERENCE && is_right) ||
                (how_ == CX_PREFERRING && is_right)) {
                below.allows_lazy_checks = false;
            }
            if (!counts_weight(built.size())) below.is_weighted = false;
            if (weighing > 1) below.best = 0;
            built.push_back(child->build(below));
        }
        return Xapian::Query(operation(), built.begin(), built.end());
    }

    std::unique_ptr<cx::Walk> walk(const cx_database &database,
                                   const cx::Filter &filter) const override {
        if (how_ != CX_ANY) return nullptr;
        std::vector<std::unique_ptr<cx::Walk>> walks;
        for (const auto &child : children_) {
            walks.push_back(child->walk(database, filter));
            if (!walks.back()) return nullptr;
        }
        return std::make_unique<UnionWalk>(std::move(walks));
    }

    // One node to walk, and filters.
    const cx::Node *walked(cx::Wanted &wanted) const override {
        if (how_ != CX_ALL && how_ != CX_FILTERED) return this;
        const cx::Node *walked = nullptr;
        for (const auto &child : children_) {
            if (const cx::Wanted *filter = child->filter()) {
                wanted.narrow(*filter);
            } else if (walked) {
                return nullptr;
            } else {
                walked = child.get();
            }
        }
        return walked ? walked->walked(wanted) : nullptr;
    }

  private:
    // Whether the weight of a child is part of the whole's.
    bool counts_weight(size_t child) const {
        return child == 0 || (how_ != CX_DIFFERENCE && how_ != CX_FILTERED);
    }

    Xapian::Query::op operation() const {
        switch (how_) {
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

    cx_operator how_;
    std::vector<std::shared_ptr<const cx::Node>> children_;
};

// Sorted, and joined where they touch.
std::shared_ptr<const Ranges> merged(const cx_id_range *ranges, size_t count) {
    Ranges sorted(ranges, ranges + count);
    for (size_t i = 0; i < count; ++i) {
        if (sorted[i].first == 0 || sorted[i].first > sorted[i].last) {
            throw cx::Refusal(CX_REFUSED, "A range of document ids is empty or holds 0",
                              static_cast<int64_t>(i));
        }
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    auto merged = std::make_shared<Ranges>();
    for (const cx_id_range &range : sorted) {
        if (!merged->empty() && range.first - 1 <= merged->back().last) {
            merged->back().last = std::max(merged->back().last, range.last);
        } else {
            merged->push_back(range);
        }
    }
    return merged;
}

}  // namespace

#pragma GCC visibility pop

cx_status cx_plan_everything(cx_plan **out, cx_error *error) {
    return cx::make_plan(out, error, [] { return std::make_shared<EverythingNode>(); });
}

cx_status cx_plan_nothing(cx_plan **out, cx_error *error) {
    return cx::make_plan(out, error, [] { return std::make_shared<NothingNode>(); });
}

cx_status cx_plan_term(const uint8_t *term, size_t term_length, cx_plan **out,
                        cx_error *error) {
    return cx::make_plan(out, error, [&] {
        // The empty term would match everything.
        if (term_length == 0 || term_length > CX_MAX_TERM_LENGTH) {
            throw cx::Refusal(CX_REFUSED, "A term must have 1 to 245 bytes");
        }
        return std::make_shared<TermNode>(cx::text(term, term_length));
    });
}

cx_status cx_plan_combine(cx_operator how, const cx_plan *const *children, size_t child_count,
                           cx_plan **out, cx_error *error) {
    return cx::make_plan(
        out, error, [&] { return std::make_shared<OperatorNode>(how, children, child_count); });
}

cx_status cx_plan_documents(const cx_id_range *ranges, size_t range_count, cx_plan **out,
                             cx_error *error) {
    return cx::make_plan(out, error, [&] {
        return std::make_shared<RangesNode>(merged(ranges, range_count));
    });
}

cx_status cx_plan_filter(const uint8_t *groups, size_t group_byte_count, const uint8_t *labels,
                          cx_plan **out, cx_error *error) {
    return cx::make_plan(out, error, [&] {
        cx::Wanted wanted;
        if (groups) wanted.groups = cx::text(groups, group_byte_count);
        if (labels) wanted.labels = cx::text(labels, 32);
        return std::make_shared<FilterNode>(std::move(wanted));
    });
}

void cx_plan_free(cx_plan *query) { delete query; }
