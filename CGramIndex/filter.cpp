#include "filter.hpp"

#include <algorithm>

#pragma GCC visibility push(hidden)

namespace {

bool holds(const std::string &bits, size_t bit) {
    return static_cast<unsigned char>(bits[bit / 8]) >> bit % 8 & 1;
}

void intersect(std::string &bits, const std::string &others) {
    if (bits.empty()) {
        bits = others;
    } else if (!others.empty()) {
        if (bits.size() != others.size()) cg::refuse("There must be a bit for each group");
        for (size_t i = 0; i < bits.size(); ++i) {
            bits[i] = static_cast<char>(bits[i] & others[i]);
        }
    }
}

}  // namespace

namespace cg {

void Wanted::narrow(const Wanted &other) {
    intersect(groups, other.groups);
    intersect(labels, other.labels);
}

Filter::Filter(std::shared_ptr<const Wanted> wanted, const Texts &texts)
    : wanted_(wanted && wanted->is_everything() ? nullptr : std::move(wanted)), texts_(&texts) {
    if (wanted_ && !wanted_->groups.empty() &&
        wanted_->groups.size() != (texts.group_count() + 7) / 8) {
        refuse("There must be a bit for each group");
    }
}

size_t Filter::wanted_group(size_t group) const {
    const std::string &bits = wanted_->groups;
    size_t byte = group / 8;
    if (byte >= bits.size()) return texts_->group_count();
    const auto from = static_cast<unsigned char>(bits[byte]) >> group % 8;
    if (from) return group + static_cast<size_t>(__builtin_ctz(from));
    // Eight bytes at a time where none is wanted.
    for (++byte; byte + sizeof(uint64_t) <= bits.size(); byte += sizeof(uint64_t)) {
        const auto next = little_endian<uint64_t>(bits.data() + byte);
        if (next) return 8 * byte + static_cast<size_t>(__builtin_ctzll(next));
    }
    for (; byte < bits.size(); ++byte) {
        const unsigned next = static_cast<unsigned char>(bits[byte]);
        if (next) return 8 * byte + static_cast<size_t>(__builtin_ctz(next));
    }
    return texts_->group_count();
}

bool Filter::wants_label(DocumentID document) const {
    return wanted_->labels.empty() || holds(wanted_->labels, texts_->label(document));
}

DocumentID Filter::find(DocumentID document) {
    const DocumentID last = texts_->last();
    for (; document <= last; ++document) {
        if (!wanted_->groups.empty() && (document < start_ || document >= end_)) {
            group_ = wanted_group(texts_->group(document, group_));
            // Groups without documents are left out.
            while (group_ < texts_->group_count() &&
                   texts_->group_start(group_ + 1) <= std::max(document, texts_->group_start(group_))) {
                group_ = wanted_group(group_ + 1);
            }
            if (group_ >= texts_->group_count()) {
                group_ = 0;
                return 0;
            }
            start_ = texts_->group_start(group_);
            end_ = texts_->group_start(group_ + 1);
            document = std::max(document, start_);
            if (document > last) return 0;
        }
        if (wants_label(document)) return document;
    }
    return 0;
}

DocumentID Filter::estimate() const {
    if (!wanted_ || wanted_->groups.empty()) return texts_->last();
    const std::string &bits = wanted_->groups;
    uint64_t wanted = 0;
    size_t at = 0;
    for (; at + sizeof(uint64_t) <= bits.size(); at += sizeof(uint64_t)) {
        wanted += static_cast<unsigned>(
            __builtin_popcountll(little_endian<uint64_t>(bits.data() + at)));
    }
    for (; at < bits.size(); ++at) {
        wanted += static_cast<unsigned>(__builtin_popcount(static_cast<unsigned char>(bits[at])));
    }
    const uint64_t groups = std::max<uint64_t>(texts_->group_count(), 1);
    // At most 2^31 documents and as many groups.
    return static_cast<DocumentID>(std::min(wanted, groups) * texts_->last() / groups);
}

}  // namespace cg

#pragma GCC visibility pop
