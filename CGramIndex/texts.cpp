#include "texts.hpp"

#include <algorithm>

#pragma GCC visibility push(hidden)

namespace cg {

Texts::Texts(const BlockFile &file)
    : starts_(file.column(CG_RECORD_STARTS).data()), records_(file.column(CG_RECORDS)),
      lengths_(file.column(CG_LENGTHS).data()), labels_(file.column(CG_LABELS).data()),
      groups_(file.column(CG_GROUP_STARTS).data()),
      group_count_(file.column(CG_GROUP_STARTS).size() / 4) {
    const size_t count = file.column(CG_LABELS).size();
    if (count > most_documents || file.column(CG_LENGTHS).size() != 2 * count ||
        file.column(CG_RECORD_STARTS).size() != 5 * (count + 1) + 3 ||
        file.column(CG_GROUP_STARTS).size() % 4 != 0) {
        damaged("The columns are not those of one index");
    }
    last_ = static_cast<DocumentID>(count);
    // The first group begins with the first document, so that every document has a group. Another
    // order than the ascending one gives wrong groups, and no look outside.
    if (group_count_ == 0 ? count > 0 : group_start(0) != 1) damaged("The groups are damaged");
}

void Texts::prefetch_text(DocumentID document) const {
    constexpr size_t cache_line = 64;
    const uint64_t start = record_start(document);
    const size_t length = std::min<size_t>(4 * cache_line, records_.size());
    if (start > records_.size() - length) return;
    for (size_t i = 0; i < length; i += cache_line) {
        __builtin_prefetch(records_.data() + start + i);
    }
}

std::string_view Texts::text(DocumentID document) const {
    const uint64_t start = record_start(document);
    const uint64_t end = record_start(document + 1);
    if (start > end || end > records_.size()) damaged("A record lies outside its column");
    ByteReader record(records_.substr(start, end - start));
    const uint32_t length = record.varint();
    return record.bytes(length);
}

size_t Texts::group(DocumentID document, size_t from) const {
    if (group_start(from) > document) from = 0;
    // The last one that begins no later; of groups without documents the one that has some.
    const size_t after = gallop(from, group_count_,
                                [&](size_t group) { return group_start(group) <= document; });
    return after > 0 ? after - 1 : 0;
}

}  // namespace cg

#pragma GCC visibility pop
