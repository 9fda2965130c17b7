// Running a query and copying one page of its hits.
#include <limits>
#include <memory>

#include "handles.hpp"
#include "hits.hpp"
#include "query.hpp"

#pragma GCC visibility push(hidden)

struct cg_page {
    uint32_t total = 0;
    uint32_t groups = 0;
    std::vector<cg_hit> hits;
};

namespace {

// Counts the groups of documents that come in the order of their numbers.
class GroupCount {
  public:
    explicit GroupCount(const cg::Texts &texts) : texts_(texts) {}

    void take(cg::DocumentID document) {
        if (document < end_) return;
        group_ = texts_.group(document, group_);
        end_ = texts_.group_start(group_ + 1);
        ++count_;
    }
    uint32_t count() const { return count_; }

  private:
    const cg::Texts &texts_;
    size_t group_ = 0;
    // The first document after the group that was counted last.
    cg::DocumentID end_ = 0;
    uint32_t count_ = 0;
};

// Counts documents and keeps the best of them.
class PageSink final : public cg::Sink {
  public:
    PageSink(cg_page &page, cg::TopHits &best, const cg_search_options &options,
             const cg::Texts &texts, bool weighs)
        : page_(page), best_(best), options_(options), groups_(texts), weighs_(weighs) {}

    double least() const override {
        if (!weighs_) return std::numeric_limits<double>::infinity();
        // What weighs no more than the last of the best comes after it.
        return options_.order == CG_BY_RELEVANCE && best_.is_full() ? best_.least() : -1;
    }

    void take(cg::DocumentID document, double weight) override {
        ++page_.total;
        if (options_.counts_groups) groups_.take(document);
        if (options_.limit == 0) return;
        if (options_.order != CG_BY_KEY && best_.is_full() &&
            !(weighs_ && weight > best_.least())) {
            return;
        }
        best_.add(document, weighs_ ? weight : 0);
    }

    // What is only counted has no number by which its group could be told.
    bool ranks() const override {
        return weighs_ && options_.order == CG_BY_RELEVANCE && !options_.counts_groups;
    }
    void count(uint32_t more) override { page_.total += more; }
    uint32_t groups() const { return groups_.count(); }

  private:
    cg_page &page_;
    cg::TopHits &best_;
    const cg_search_options &options_;
    GroupCount groups_;
    const bool weighs_;
};

void search(const cg::Index &index, const cg::Node &node, const cg_search_options &options,
            cg_page &page) {
    if (options.order == CG_BY_KEY && options.key_count != index.texts().group_count()) {
        cg::refuse("There must be a key for each group");
    }
    const std::unique_ptr<cg::Walk> walk = node.walk(index, nullptr);
    if (options.limit == 0 && !options.counts_groups && walk->count() >= 0) {
        page.total = static_cast<uint32_t>(walk->count());
        return;
    }
    const bool weighs = node.weighs && options.limit > 0 && options.order != CG_BY_DOCUMENT;
    cg::TopHits best(options, index.texts());
    PageSink sink(page, best, options, index.texts(), weighs);
    walk->seek(1);
    if (!walk->each(sink)) {
        cg::Window window;
        while (const cg::DocumentID document = walk->document()) {
            window.move(document);
            const double least = sink.least();
            walk->gather(window, least);
            const auto take = [&](cg::DocumentID found, double weight) { sink.take(found, weight); };
            if (sink.ranks() && least >= 0) {
                window.for_each_weight(take);
                sink.count(window.count_without_weight());
            } else {
                window.for_each(take);
            }
        }
    }
    page.hits = best.sorted();
    page.groups = sink.groups();
}

}  // namespace

#pragma GCC visibility pop

cg_status cg_search(const cg_index *index, const cg_query *query,
                    const cg_search_options *options, cg_page **out, cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] {
        auto page = std::make_unique<cg_page>();
        search(*index->value, *query->node, *options, *page);
        *out = page.release();
    });
}

cg_page_view cg_page_contents(const cg_page *page) {
    return {page->total, page->groups, page->hits.data(), page->hits.size()};
}

void cg_page_free(cg_page *page) { delete page; }
