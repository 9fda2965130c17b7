// The operators of queries.
#include <algorithm>
#include <utility>

#include "query.hpp"

#pragma GCC visibility push(hidden)

namespace {

using cg::DocumentID;
using Walks = std::vector<std::unique_ptr<cg::Walk>>;

// The documents that all of some walks find; weights add up.
class AllWalk final : public cg::Walk {
  public:
    explicit AllWalk(Walks walks) {
        // To know what a walk takes may take a while itself.
        std::vector<std::pair<uint64_t, size_t>> order;
        for (size_t i = 0; i < walks.size(); ++i) order.emplace_back(walks[i]->cost(), i);
        std::sort(order.begin(), order.end());
        for (const auto &[cost, i] : order) walks_.push_back(std::move(walks[i]));
        for (const auto &walk : walks_) most_ += walk->most();
    }

    DocumentID document() const override { return document_; }
    void seek(DocumentID target) override {
        if (at_end_ || (document_ != 0 && document_ >= target)) return;
        document_ = find(target);
        at_end_ = document_ == 0;
    }
    double weight(double least) override {
        double sum = 0;
        // What the others can add at most is what one walk need not find.
        for (const auto &walk : walks_) {
            if (walk->most() > 0) sum += walk->weight(least - (most_ - walk->most()));
        }
        return sum;
    }
    double most() const override { return most_; }
    uint64_t cost() const override { return walks_.front()->cost(); }

  private:
    // The walk that takes least leads; the others say whether they find its documents.
    DocumentID find(DocumentID target) {
        for (;;) {
            walks_.front()->seek(target);
            const DocumentID found = walks_.front()->document();
            if (found == 0) return 0;
            target = found;
            for (size_t i = 1; i < walks_.size() && target == found; ++i) {
                target = walks_[i]->check(found);
                if (target == 0) return 0;
            }
            if (target == found) return found;
        }
    }

    Walks walks_;
    double most_ = 0;
    DocumentID document_ = 0;
    bool at_end_ = false;
};

// The documents that any of some walks finds; weights add up.
class AnyWalk final : public cg::Walk {
  public:
    explicit AnyWalk(Walks walks) : walks_(std::move(walks)) {
        std::sort(walks_.begin(), walks_.end(), [](const auto &one, const auto &other) {
            return one->most() > other->most();
        });
        for (const auto &walk : walks_) most_ += walk->most();
    }

    DocumentID document() const override {
        DocumentID least = 0;
        for (const auto &walk : walks_) {
            const DocumentID document = walk->document();
            if (document != 0 && (least == 0 || document < least)) least = document;
        }
        return least;
    }
    void seek(DocumentID target) override {
        for (const auto &walk : walks_) walk->seek(target);
    }
    DocumentID check(DocumentID target) override {
        DocumentID least = 0;
        for (const auto &walk : walks_) {
            const DocumentID document = walk->check(target);
            if (document != 0 && (least == 0 || document < least)) least = document;
        }
        checked_ = least == target ? target : 0;
        return least;
    }
    double weight(double least) override {
        const DocumentID document = checked_ != 0 ? checked_ : this->document();
        double sum = 0;
        for (const auto &walk : walks_) {
            if (walk->most() == 0 || walk->document() != document) continue;
            sum += walk->weight(least - (most_ - walk->most()));
        }
        return sum;
    }
    // What a document that none of the walks so far has found can weigh is the most of the others: the
    // last walks, which add least, only add to weights that are there (MaxScore, Turtle and Flood
    // 1995).
    void gather(cg::Window &window, double least) override {
        double others = most_;
        for (const auto &walk : walks_) {
            others -= walk->most();
            walk->gather(window, least - others);
        }
    }
    double most() const override { return most_; }
    uint64_t cost() const override {
        uint64_t sum = 0;
        for (const auto &walk : walks_) sum += walk->cost();
        return sum;
    }

  private:
    Walks walks_;
    double most_ = 0;
    // The document that was checked last and found; 0 when none was.
    DocumentID checked_ = 0;
};

// The documents that one walk finds and another does not.
class DifferenceWalk final : public cg::Walk {
  public:
    DifferenceWalk(std::unique_ptr<cg::Walk> walk, std::unique_ptr<cg::Walk> other)
        : walk_(std::move(walk)), other_(std::move(other)) {}

    DocumentID document() const override { return walk_->document(); }
    void seek(DocumentID target) override {
        walk_->seek(target);
        while (walk_->document() != 0 && is_taken(walk_->document())) {
            walk_->seek(walk_->document() + 1);
        }
    }
    double weight(double least) override { return walk_->weight(least); }
    double most() const override { return walk_->most(); }
    uint64_t cost() const override { return walk_->cost(); }

  private:
    bool is_taken(DocumentID document) {
        // The last answer tells of the documents before it.
        if (!other_ || document < next_) return false;
        const DocumentID found = other_->check(document);
        if (found == 0) other_.reset();
        next_ = found;
        return found == document;
    }

    std::unique_ptr<cg::Walk> walk_;
    // None when it finds no more.
    std::unique_ptr<cg::Walk> other_;
    DocumentID next_ = 0;
};

class OperatorNode final : public cg::Node {
  public:
    OperatorNode(cg_operator how, const cg_query *const *children, size_t count) : how_(how) {
        if (how != CG_ALL && how != CG_ANY && how != CG_DIFFERENCE) cg::refuse("Unknown operator");
        if (count == 0) cg::refuse("An operator needs a query");
        if (count > CG_MAX_CHILDREN) {
            throw cg::Failure(CG_TOO_COMPLEX, "An operator joins more than 1000 queries");
        }
        if (how == CG_DIFFERENCE && count != 2) cg::refuse("This operator joins two queries");
        for (size_t i = 0; i < count; ++i) {
            children_.push_back(children[i]->node);
            if (i == 0 || how != CG_DIFFERENCE) weighs |= children[i]->node->weighs;
            depth = std::max(depth, children[i]->node->depth + 1);
            size += children[i]->node->size;
        }
        if (depth > CG_MAX_DEPTH) {
            throw cg::Failure(CG_TOO_COMPLEX, "Queries are nested more than 64 deep");
        }
        if (size > CG_MAX_NODES) {
            throw cg::Failure(CG_TOO_COMPLEX, "A query is made of more than 100000 queries");
        }
    }

    std::unique_ptr<cg::Walk> walk(const cg::Index &index,
                                   std::shared_ptr<const cg::Wanted> wanted) const override {
        switch (how_) {
        case CG_ALL:
            return all(index, std::move(wanted));
        case CG_ANY: {
            Walks walks;
            for (const auto &child : children_) walks.push_back(child->walk(index, wanted));
            return walks.size() == 1 ? std::move(walks[0])
                                     : std::make_unique<AnyWalk>(std::move(walks));
        }
        case CG_DIFFERENCE:
            break;
        }
        return std::make_unique<DifferenceWalk>(children_[0]->walk(index, std::move(wanted)),
                                                children_[1]->walk(index, nullptr));
    }

  private:
    // Filters narrow down what the others look for.
    std::unique_ptr<cg::Walk> all(const cg::Index &index,
                                  std::shared_ptr<const cg::Wanted> wanted) const {
        auto narrowed = std::make_shared<cg::Wanted>();
        if (wanted) *narrowed = *wanted;
        std::vector<const cg::Node *> others;
        for (const auto &child : children_) {
            if (const cg::Wanted *const filter = child->filter()) {
                narrowed->narrow(*filter);
            } else {
                others.push_back(child.get());
            }
        }
        if (others.empty()) return children_[0]->walk(index, std::move(narrowed));
        Walks walks;
        for (const cg::Node *const other : others) walks.push_back(other->walk(index, narrowed));
        return walks.size() == 1 ? std::move(walks[0])
                                 : std::make_unique<AllWalk>(std::move(walks));
    }

    const cg_operator how_;
    std::vector<std::shared_ptr<const cg::Node>> children_;
};

}  // namespace

#pragma GCC visibility pop

cg_status cg_query_combine(cg_operator how, const cg_query *const *children, size_t child_count,
                           cg_query **out, cg_error *error) {
    return cg::make_query(
        out, error, [&] { return std::make_shared<OperatorNode>(how, children, child_count); });
}

void cg_query_free(cg_query *query) { delete query; }
