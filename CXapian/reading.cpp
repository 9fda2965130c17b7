// Opening databases of every kind, and reading their statistics, documents and postings.
#include <cmath>
#include <memory>
#include <utility>

#include "handles.hpp"

#pragma GCC visibility push(hidden)

namespace {

// Fills a new list by body(list) and hands it over when that did not throw.
template <typename Body> cx_status list_of(cx_list **out, cx_error *error, Body &&body) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto list = std::make_unique<cx_list>();
        body(*list);
        *out = list.release();
    });
}

template <typename Open> cx_status open(cx_database **out, cx_error *error, Open &&open) {
    *out = nullptr;
    return cx::guard(error, [&] { *out = new cx_database{open()}; });
}

bool is_possible(size_t term_length) {
    return term_length > 0 && term_length <= CX_MAX_TERM_LENGTH;
}

void require_document_id(uint32_t document) {
    if (document == 0) {
        throw cx::Refusal(CX_DOCUMENT_NOT_FOUND, "Document ids start at 1");
    }
}

void add_positions(cx_list &list, Xapian::PositionIterator position,
                   const Xapian::PositionIterator &end) {
    for (; position != end; ++position) list.integers.push_back(*position);
}

void add_values(cx_list &list, const Xapian::Document &document) {
    std::vector<uint32_t> slots;
    const auto end = document.values_end();
    for (auto value = document.values_begin(); value != end; ++value) {
        slots.push_back(value.get_valueno());
        list.add_text(*value);
    }
    list.integers.push_back(static_cast<uint32_t>(slots.size()));
    list.integers.insert(list.integers.end(), slots.begin(), slots.end());
}

void add_terms(cx_list &list, const Xapian::Database &database, uint32_t document,
               bool wants_positions) {
    const auto end = database.termlist_end(document);
    for (auto term = database.termlist_begin(document); term != end; ++term) {
        const std::string name = *term;
        list.add_text(name);
        list.integers.push_back(term.get_wdf());
        const size_t count = list.integers.size();
        list.integers.push_back(0);
        if (!wants_positions) continue;
        add_positions(list, database.positionlist_begin(document, name),
                      database.positionlist_end(document, name));
        list.integers[count] = static_cast<uint32_t>(list.integers.size() - count - 1);
    }
}

}  // namespace

#pragma GCC visibility pop

// MARK: - Opening

cx_status cx_database_open_empty(cx_database **out, cx_error *error) {
    return open(out, error, [] { return Xapian::Database(); });
}

cx_status cx_database_add(cx_database *database, const cx_database *other, cx_error *error) {
    return cx::guard(error, [&] { database->value.add_database(other->value); });
}

cx_status cx_database_open_remote(const uint8_t *host, size_t host_length, uint16_t port,
                                  uint32_t timeout, uint32_t connect_timeout, cx_database **out,
                                  cx_error *error) {
    return open(out, error, [&] {
        const std::string name = cx::text(host, host_length);
        if (name.empty() || name.find('\0') != std::string::npos || port == 0) {
            throw cx::Refusal(CX_REFUSED, "A server has a host and a port");
        }
        return Xapian::Remote::open(name, port, timeout, connect_timeout);
    });
}

cx_status cx_database_reopen(cx_database *database, bool *changed, cx_error *error) {
    *changed = false;
    return cx::guard(error, [&] { *changed = database->value.reopen(); });
}

// MARK: - Statistics

cx_status cx_database_statistics(const cx_database *database, cx_statistics *out,
                                 cx_error *error) {
    *out = {};
    return cx::guard(error, [&] {
        const Xapian::Database &value = database->value;
        const Xapian::doccount count = value.get_doccount();
        // A group of no databases throws when it is asked for more.
        if (value.size() == 0) return;
        *out = {count,
                value.get_lastdocid(),
                value.get_total_length(),
                value.get_avlength(),
                count ? value.get_doclength_lower_bound() : 0,
                count ? value.get_doclength_upper_bound() : 0,
                value.has_positions()};
    });
}

cx_status cx_database_term_statistics(const cx_database *database, const uint8_t *term,
                                      size_t term_length, cx_term_statistics *out,
                                      cx_error *error) {
    *out = {};
    return cx::guard(error, [&] {
        if (!is_possible(term_length)) return;
        const std::string name = cx::text(term, term_length);
        out->document_frequency = database->value.get_termfreq(name);
        if (out->document_frequency == 0) return;
        out->collection_frequency = database->value.get_collection_freq(name);
        out->frequency_upper_bound = database->value.get_wdf_upper_bound(name);
    });
}

cx_status cx_database_value_statistics(const cx_database *database, uint32_t slot, cx_list **out,
                                       cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        const Xapian::doccount count =
            slot == Xapian::BAD_VALUENO ? 0 : database->value.get_value_freq(slot);
        list.integers.push_back(count);
        list.add_text(count ? database->value.get_value_lower_bound(slot) : std::string());
        list.add_text(count ? database->value.get_value_upper_bound(slot) : std::string());
    });
}

cx_status cx_database_identifier(const cx_database *database, cx_list **out, cx_error *error) {
    return list_of(out, error,
                   [&](cx_list &list) { list.add_text(database->value.get_uuid()); });
}

// MARK: - Documents, postings, metadata

cx_status cx_database_document(const cx_database *database, uint32_t document, uint32_t parts,
                               cx_list **out, cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        require_document_id(document);
        const Xapian::Document found = database->value.get_document(document);
        list.add_text(parts & CX_PART_DATA ? found.get_data() : std::string());
        if (parts & CX_PART_VALUES) {
            add_values(list, found);
        } else {
            list.integers.push_back(0);
        }
        if (parts & (CX_PART_TERMS | CX_PART_POSITIONS)) {
            add_terms(list, database->value, document, (parts & CX_PART_POSITIONS) != 0);
        }
    });
}

cx_status cx_database_document_length(const cx_database *database, uint32_t document,
                                      cx_list **out, cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        require_document_id(document);
        list.integers.push_back(database->value.get_doclength(document));
        list.integers.push_back(database->value.get_unique_terms(document));
    });
}

cx_status cx_database_posting_counts(const cx_database *database, const uint8_t *term,
                                     size_t term_length, cx_list **out, cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        if (!is_possible(term_length)) return;
        const std::string name = cx::text(term, term_length);
        const auto end = database->value.postlist_end(name);
        for (auto posting = database->value.postlist_begin(name); posting != end; ++posting) {
            list.integers.push_back(*posting);
            list.integers.push_back(posting.get_wdf());
        }
    });
}

cx_status cx_database_positions(const cx_database *database, uint32_t document,
                                const uint8_t *term, size_t term_length, cx_list **out,
                                cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        require_document_id(document);
        if (!is_possible(term_length)) return;
        const std::string name = cx::text(term, term_length);
        add_positions(list, database->value.positionlist_begin(document, name),
                      database->value.positionlist_end(document, name));
    });
}

cx_status cx_database_metadata_keys(const cx_database *database, const uint8_t *prefix,
                                    size_t prefix_length, cx_list **out, cx_error *error) {
    return list_of(out, error, [&](cx_list &list) {
        const std::string start = cx::text(prefix, prefix_length);
        const auto end = database->value.metadata_keys_end(start);
        for (auto key = database->value.metadata_keys_begin(start); key != end; ++key) {
            list.add_text(*key);
        }
    });
}

// MARK: - Numbers as values

cx_status cx_number_bytes(double number, uint8_t *out, size_t *length, cx_error *error) {
    *length = 0;
    return cx::guard(error, [&] {
        if (std::isnan(number)) throw cx::Refusal(CX_REFUSED, "NaN is not a number");
        const std::string bytes = Xapian::sortable_serialise(number);
        *length = bytes.copy(reinterpret_cast<char *>(out), CX_NUMBER_SIZE);
    });
}

double cx_number(const uint8_t *bytes, size_t length) {
    double number = 0;
    cx_error ignored;
    (void)cx::guard(&ignored,
                    [&] { number = Xapian::sortable_unserialise(cx::text(bytes, length)); });
    return number;
}
