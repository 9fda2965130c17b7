#include "index.hpp"

#include "handles.hpp"
#include "posting_cursor.hpp"

#pragma GCC visibility push(hidden)

namespace {

// Fills a new list by body(list) and hands it over when that did not throw.
template <typename Body> cg_status make_list(cg_list **out, cg_error *error, Body &&body) {
    *out = nullptr;
    return cg::guard(error, [&] {
        auto list = std::make_unique<cg_list>();
        body(*list);
        *out = list.release();
    });
}

}  // namespace

#pragma GCC visibility pop

cg_list_view cg_list_contents(const cg_list *list) {
    return {reinterpret_cast<const uint8_t *>(list->bytes.data()), list->ends.data(),
            list->ends.size(), list->integers.data(), list->integers.size()};
}

void cg_list_free(cg_list *list) { delete list; }

cg_status cg_index_open(const cg_block_file *file, cg_index **out, cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] {
        *out = new cg_index{std::make_unique<const cg::Index>(file->value)};
    });
}

void cg_index_free(cg_index *index) { delete index; }

uint32_t cg_index_document_count(const cg_index *index) { return index->value->texts().last(); }

cg_status cg_index_frequency(const cg_index *index, const uint8_t *term, size_t term_length,
                             uint32_t *out, cg_error *error) {
    *out = 0;
    return cg::guard(error,
                     [&] { *out = index->value->frequency(cg::text(term, term_length)); });
}

cg_status cg_index_terms(const cg_index *index, const uint8_t *prefix, size_t prefix_length,
                         size_t limit, bool *complete, cg_list **out, cg_error *error) {
    *complete = true;
    return make_list(out, error, [&](cg_list &list) {
        const std::string start = cg::text(prefix, prefix_length);
        index->value->dictionary().for_each(
            start, [&](const std::string &term, const cg::PostingList &postings) {
                *complete = list.ends.size() < limit;
                if (!*complete) return false;
                list.bytes += term;
                list.ends.push_back(list.bytes.size());
                list.integers.push_back(postings.documents);
                return true;
            });
    });
}

cg_status cg_index_documents(const cg_index *index, const uint8_t *term, size_t term_length,
                             cg_list **out, cg_error *error) {
    return make_list(out, error, [&](cg_list &list) {
        const auto found = index->value->dictionary().find(cg::text(term, term_length));
        if (!found) return;
        cg::PostingCursor cursor(*found, index->value->texts().last());
        while (cursor.next()) list.integers.push_back(cursor.document());
    });
}
