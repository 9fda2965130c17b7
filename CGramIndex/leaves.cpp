// The leaves of queries: everything, nothing, terms, ranges, filters, texts.
#include <algorithm>
#include <limits>

#include "match.hpp"
#include "match_walk.hpp"
#include "query.hpp"
#include "ranking.hpp"

#pragma GCC visibility push(hidden)

namespace {

using cg::DocumentID;
using Ranges = std::vector<cg_range>;

// A way through documents that weigh nothing.
class PlainWalk : public cg::Walk {
  public:
    PlainWalk(const cg::Index &index, std::shared_ptr<const cg::Wanted> wanted)
        : filter_(std::move(wanted), index.texts()), last_(index.texts().last()) {}

    DocumentID document() const override { return document_; }
    void seek(DocumentID target) override {
        if (at_end_ || (document_ != 0 && document_ >= target)) return;
        document_ = target <= last_ ? next(target) : 0;
        at_end_ = document_ == 0;
    }
    double weight(double) override { return 0; }
    double most() const override { return 0; }
    uint64_t cost() const override { return filter_.estimate(); }
    int64_t count() const override { return filter_.is_open() ? int64_t(cost()) : -1; }

  protected:
    // The first document at `target`, which is no later than the last one, or after it; 0 when there
    // is none.
    virtual DocumentID next(DocumentID target) { return filter_.first(target); }

    cg::Filter filter_;
    const DocumentID last_;

  private:
    DocumentID document_ = 0;
    bool at_end_ = false;
};

class EverythingNode final : public cg::Node {
  public:
    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        return std::make_unique<PlainWalk>(index, std::move(wanted));
    }
};

// A way through documents that all weigh the same.
class WeighingWalk final : public PlainWalk {
  public:
    WeighingWalk(const cg::Index &index, std::shared_ptr<const cg::Wanted> wanted, double weight)
        : PlainWalk(index, std::move(wanted)), weight_(weight) {}

    double weight(double) override { return weight_; }
    double most() const override { return weight_; }

  private:
    const double weight_;
};

class FilterNode final : public cg::Node {
  public:
    FilterNode(cg::Wanted wanted, double weight) : wanted_(std::move(wanted)), weight_(weight) {
        weighs = weight > 0;
    }

    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        auto narrowed = std::make_shared<cg::Wanted>(wanted_);
        if (wanted) narrowed->narrow(*wanted);
        if (weighs) return std::make_unique<WeighingWalk>(index, std::move(narrowed), weight_);
        return std::make_unique<PlainWalk>(index, std::move(narrowed));
    }
    // Handed on to others as a filter it would lose its weight.
    const cg::Wanted *filter() const override { return weighs ? nullptr : &wanted_; }

  private:
    const cg::Wanted wanted_;
    const double weight_;
};

class TermWalk final : public PlainWalk {
  public:
    TermWalk(const cg::PostingList &list, const cg::Index &index,
             std::shared_ptr<const cg::Wanted> wanted)
        : PlainWalk(index, std::move(wanted)), cursor_(list, last_), documents_(list.documents) {}

    uint64_t cost() const override { return documents_; }

  private:
    DocumentID next(DocumentID target) override {
        while (cursor_.seek(target)) {
            const DocumentID passing = filter_.first(cursor_.document());
            if (passing == cursor_.document() || passing == 0) return passing;
            target = passing;
        }
        return 0;
    }

    cg::PostingCursor cursor_;
    const uint32_t documents_;
};

class TermNode final : public cg::Node {
  public:
    explicit TermNode(std::string term) : term_(std::move(term)) {}

    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        const auto list = index.dictionary().find(term_);
        return std::make_unique<TermWalk>(list.value_or(cg::PostingList()), index,
                                          std::move(wanted));
    }

  private:
    const std::string term_;
};

class RangeWalk final : public PlainWalk {
  public:
    RangeWalk(std::shared_ptr<const Ranges> ranges, const cg::Index &index,
              std::shared_ptr<const cg::Wanted> wanted)
        : PlainWalk(index, std::move(wanted)), ranges_(std::move(ranges)) {
        for (const cg_range &range : *ranges_) {
            if (range.first > last_) break;
            size_ += std::min(range.last, last_) - range.first + 1;
        }
    }

    uint64_t cost() const override { return size_; }

  private:
    DocumentID next(DocumentID target) override {
        for (;;) {
            range_ = cg::gallop(range_, ranges_->size(),
                                [&](size_t i) { return (*ranges_)[i].last < target; });
            if (range_ == ranges_->size()) return 0;
            target = std::max(target, (*ranges_)[range_].first);
            if (target > last_) return 0;
            const DocumentID passing = filter_.first(target);
            if (passing == 0 || passing <= (*ranges_)[range_].last) return passing;
            target = passing;
        }
    }

    // Ascending; they do not touch.
    const std::shared_ptr<const Ranges> ranges_;
    size_t range_ = 0;
    uint64_t size_ = 0;
};

class RangesNode final : public cg::Node {
  public:
    explicit RangesNode(std::shared_ptr<const Ranges> ranges) : ranges_(std::move(ranges)) {}

    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        return std::make_unique<RangeWalk>(ranges_, index, std::move(wanted));
    }

  private:
    const std::shared_ptr<const Ranges> ranges_;
};

class MatchNode final : public cg::Node {
  public:
    explicit MatchNode(std::shared_ptr<const cg::Match> match) : match_(std::move(match)) {
        weighs = match_->has_weight;
    }

    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        return std::make_unique<cg::MatchWalk>(match_, index,
                                               cg::Filter(std::move(wanted), index.texts()));
    }

  private:
    const std::shared_ptr<const cg::Match> match_;
};

// Sorted, and joined where they touch.
std::shared_ptr<const Ranges> merged(const cg_range *ranges, size_t count) {
    Ranges sorted(ranges, ranges + count);
    for (size_t i = 0; i < count; ++i) {
        if (sorted[i].first == 0 || sorted[i].first > sorted[i].last) {
            cg::refuse("A range of documents is empty or holds 0", static_cast<int64_t>(i));
        }
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const auto &one, const auto &other) { return one.first < other.first; });
    auto merged = std::make_shared<Ranges>();
    for (const cg_range &range : sorted) {
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

cg_status cg_query_everything(cg_query **out, cg_error *error) {
    return cg::make_query(out, error, [] { return std::make_shared<EverythingNode>(); });
}

cg_status cg_query_nothing(cg_query **out, cg_error *error) {
    return cg::make_query(
        out, error, [] { return std::make_shared<RangesNode>(std::make_shared<Ranges>()); });
}

cg_status cg_query_term(const uint8_t *term, size_t term_length, cg_query **out,
                        cg_error *error) {
    return cg::make_query(out, error, [&] {
        if (term_length == 0 || term_length > CG_MAX_TERM_LENGTH) {
            cg::refuse("A term must have 1 to 245 bytes");
        }
        return std::make_shared<TermNode>(cg::text(term, term_length));
    });
}

cg_status cg_query_documents(const cg_range *ranges, size_t range_count, cg_query **out,
                             cg_error *error) {
    return cg::make_query(
        out, error, [&] { return std::make_shared<RangesNode>(merged(ranges, range_count)); });
}

cg_status cg_query_filter(const uint8_t *groups, size_t group_byte_count, const uint8_t *labels,
                          double weight, cg_query **out, cg_error *error) {
    return cg::make_query(out, error, [&] {
        cg::require_weight(weight);
        cg::Wanted wanted;
        if (groups) wanted.groups = cg::text(groups, group_byte_count);
        if (labels) wanted.labels = cg::text(labels, 32);
        return std::make_shared<FilterNode>(std::move(wanted), cg::Ranking::rounded(weight));
    });
}

cg_status cg_query_text(const cg_text_match *match, cg_query **out, cg_error *error) {
    return cg::make_query(
        out, error, [&] { return std::make_shared<MatchNode>(cg::checked(*match)); });
}
