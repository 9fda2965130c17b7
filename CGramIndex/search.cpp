// Running a query and copying one page of its hits.
#include <limits>
#include <memory>

#include "handles.hpp"
#include "hits.hpp"
#include "query.hpp"

#pragma GCC visibility push(hidden)

struct cg_page {
    uint32_t total = 0;
    std::vector<cg_hit> hits;
};

namespace {

// Counts documents and keeps the best of them.
class PageSink final : public cg::Sink {
  public:
    PageSink(cg_page &page, cg::TopHits &best, const cg_search_options &options, bool weighs)
        : page_(page), best_(best), options_(options), weighs_(weighs) {}

    double least() const override {
        if (!weighs_) return std::numeric_limits<double>::infinity();
        // What weighs no more than the last of the best comes after it.
        return options_.order == CG_BY_RELEVANCE && best_.is_full() ? best_.least() : -1;
    }

    void take(cg::DocumentID document, double weight) override {
        ++page_.total;
        if (options_.limit == 0) return;
        if (options_.order != CG_BY_KEY && best_.is_full() &&
            !(weighs_ && weight > best_.least())) {
            return;
        }
        best_.add(document, weighs_ ? weight : 0);
    }

    bool ranks() const override { return weighs_ && options_.order == CG_BY_RELEVANCE; }
    void count(uint32_t more) override { page_.total += more; }

  private:
    cg_page &page_;
    cg::TopHits &best_;
    const cg_search_options &options_;
    const bool weighs_;
};

void search(const cg::Index &index, const cg::Node &node, const cg_search_options &options,
            cg_page &page) {
    if (options.order == CG_BY_KEY && options.key_count != index.texts().group_count()) {
        cg::refuse("There must be a key for each group");
    }
    const std::unique_ptr<cg::Walk> walk = node.walk(index, nullptr);
    if (options.limit == 0 && walk->count() >= 0) {
        page.total = static_cast<uint32_t>(walk->count());
        return;
    }
    const bool weighs = node.weighs && options.limit > 0 && options.order != CG_BY_DOCUMENT;
    cg::TopHits best(options, index.texts());
    PageSink sink(page, best, options, weighs);
    walk->seek(1);
    if (!walk->each(sink)) {
        cg::Window window;
        while (const cg::DocumentID document = walk->document()) {
            window.move(document);
            walk->gather(window, sink.least());
            window.for_each(
                [&](cg::DocumentID found, double weight) { sink.take(found, weight); });
        }
    }
    page.hits = best.sorted();
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
    return {page->total, page->hits.data(), page->hits.size()};
}

void cg_page_free(cg_page *page) { delete page; }
