// Opening and reading databases, and merging them.
#include "handles.hpp"

#include <cerrno>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace cx {

#pragma GCC visibility push(hidden)

void require_glass_folder(const std::string &path) {
    if (path.empty() || path.find('\0') != std::string::npos) {
        throw Refusal(CX_REFUSED, "A path must not be empty or hold a NUL");
    }
    struct stat folder, marker;
    if (::stat(path.c_str(), &folder) != 0) {
        const int reason = errno;
        if (reason == ENOENT || reason == ENOTDIR) {
            throw Xapian::DatabaseNotFoundError("No folder at " + path, reason);
        }
        throw Xapian::DatabaseOpeningError("Cannot look at " + path, reason);
    }
    if (!S_ISDIR(folder.st_mode)) {
        throw Xapian::DatabaseNotFoundError("Not a folder: " + path);
    }
    if (::stat((path + "/iamglass").c_str(), &marker) != 0) {
        const int reason = errno;
        if (reason == ENOENT) {
            throw Xapian::DatabaseNotFoundError("No glass database in " + path, reason);
        }
        throw Xapian::DatabaseOpeningError("Cannot look into " + path, reason);
    }
    if (!S_ISREG(marker.st_mode)) {
        throw Xapian::DatabaseNotFoundError("No glass database in " + path);
    }
    require_sound_head(path);
}

void make_folder(const std::string &path) {
    if (path.empty() || path.find('\0') != std::string::npos) {
        throw Refusal(CX_REFUSED, "A path must not be empty or hold a NUL");
    }
    if (::mkdir(path.c_str(), 0777) != 0) {
        throw Xapian::DatabaseCreateError("Cannot make the folder " + path, errno);
    }
}

#pragma GCC visibility pop

}  // namespace cx

namespace {

// Calls body(document) for each id, so that a missing one is reported with its index.
template <typename Body>
void for_each_document(const cx_database &database, const uint32_t *ids, size_t count,
                       Body &&body) {
    for (size_t i = 0; i < count; ++i) {
        if (ids[i] == 0) {
            throw cx::Refusal(CX_DOCUMENT_NOT_FOUND, "Document ids start at 1", i);
        }
        try {
            body(database.value.get_document(ids[i]));
        } catch (const Xapian::DocNotFoundError &) {
            throw cx::Refusal(CX_DOCUMENT_NOT_FOUND,
                              "Document " + std::to_string(ids[i]) + " not found", i);
        }
    }
}

// Fills a new list by body(list) and hands it over when that did not throw.
template <typename Body> cx_status make_list(cx_list **out, cx_error *error, Body &&body) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto list = std::make_unique<cx_list>();
        body(*list);
        *out = list.release();
    });
}

// A frequency; no more documents hold a term than there are.
Xapian::doccount checked(const cx_database &database, Xapian::doccount frequency) {
    if (frequency > database.value.get_doccount()) {
        throw Xapian::DatabaseCorruptError("The frequency of a term is damaged");
    }
    return frequency;
}

bool is_possible_term(size_t length) { return length > 0 && length <= CX_MAX_TERM_LENGTH; }

}  // namespace

cx_list_view cx_list_contents(const cx_list *list) {
    return {reinterpret_cast<const uint8_t *>(list->bytes.data()),
            list->ends.data(),
            list->ends.size(),
            list->integers.data(),
            list->integers.size(),
            list->numbers.data(),
            list->numbers.size()};
}

void cx_list_free(cx_list *list) { delete list; }

cx_status cx_database_open(const uint8_t *path, size_t path_length, cx_database **out,
                           cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        const std::string name = cx::text(path, path_length);
        cx::require_glass_folder(name);
        *out = new cx_database{Xapian::Database(name, Xapian::DB_BACKEND_GLASS)};
    });
}

cx_status cx_database_open_descriptor(int descriptor, cx_database **out, cx_error *error) {
    *out = nullptr;
    bool is_handed_over = false;
    const cx_status status = cx::guard(error, [&] {
        cx::require_sound_head(descriptor);
        is_handed_over = true;
        *out = new cx_database{Xapian::Database(descriptor, Xapian::DB_BACKEND_GLASS)};
    });
    if (!is_handed_over) ::close(descriptor);
    return status;
}

void cx_database_free(cx_database *database) {
    cx_error ignored;
    (void)cx::guard(&ignored, [&] { delete database; });
}

cx_status cx_database_counts(const cx_database *database, cx_counts *out, cx_error *error) {
    return cx::guard(error, [&] {
        *out = {database->value.get_doccount(), database->value.get_lastdocid(),
                database->value.get_total_length()};
    });
}

cx_status cx_database_term_frequency(const cx_database *database, const uint8_t *term,
                                     size_t term_length, uint32_t *out, cx_error *error) {
    *out = 0;
    return cx::guard(error, [&] {
        // libxapian takes the empty term for every document.
        if (!is_possible_term(term_length)) return;
        *out = checked(*database, database->value.get_termfreq(cx::text(term, term_length)));
    });
}

cx_status cx_database_metadata(const cx_database *database, const uint8_t *key, size_t key_length,
                               cx_list **out, cx_error *error) {
    return make_list(out, error, [&](cx_list &list) {
        list.add_text(database->value.get_metadata(cx::text(key, key_length)));
    });
}

cx_status cx_database_data(const cx_database *database, const uint32_t *ids, size_t id_count,
                           cx_list **out, cx_error *error) {
    return make_list(out, error, [&](cx_list &list) {
        for_each_document(*database, ids, id_count, [&](const Xapian::Document &document) {
            list.add_text(document.get_data());
        });
    });
}

cx_status cx_database_values(const cx_database *database, uint32_t slot, const uint32_t *ids,
                             size_t id_count, cx_list **out, cx_error *error) {
    return make_list(out, error, [&](cx_list &list) {
        for_each_document(*database, ids, id_count, [&](const Xapian::Document &document) {
            list.add_text(document.get_value(slot));
        });
    });
}

cx_status cx_database_value_column(const cx_database *database, uint32_t slot, cx_list **out,
                                   cx_error *error) {
    return make_list(out, error, [&](cx_list &list) {
        const auto end = database->value.valuestream_end(slot);
        for (auto value = database->value.valuestream_begin(slot); value != end; ++value) {
            list.integers.push_back(value.get_docid());
            list.numbers.push_back(Xapian::sortable_unserialise(*value));
        }
    });
}

cx_status cx_database_terms(const cx_database *database, const uint8_t *prefix,
                            size_t prefix_length, size_t limit, bool *complete, cx_list **out,
                            cx_error *error) {
    *complete = true;
    return make_list(out, error, [&](cx_list &list) {
        const std::string start = cx::text(prefix, prefix_length);
        const auto end = database->value.allterms_end(start);
        std::string previous;
        for (auto term = database->value.allterms_begin(start); term != end; ++term) {
            *complete = list.ends.size() < limit;
            if (!*complete) return;
            std::string name = *term;
            // A tree that leads back into itself would never end.
            if (name <= previous) {
                throw Xapian::DatabaseCorruptError("The terms are out of order");
            }
            list.add_text(name);
            list.integers.push_back(checked(*database, term.get_termfreq()));
            previous = std::move(name);
        }
    });
}

cx_status cx_database_postings(const cx_database *database, const uint8_t *term,
                               size_t term_length, cx_list **out, cx_error *error) {
    return make_list(out, error, [&](cx_list &list) {
        if (!is_possible_term(term_length)) return;
        const std::string name = cx::text(term, term_length);
        list.integers.reserve(checked(*database, database->value.get_termfreq(name)));
        const Xapian::docid last = database->value.get_lastdocid();
        const auto end = database->value.postlist_end(name);
        Xapian::docid previous = 0;
        for (auto posting = database->value.postlist_begin(name); posting != end; ++posting) {
            if (*posting <= previous || *posting > last) {
                throw Xapian::DatabaseCorruptError("The postings of a term are damaged");
            }
            previous = *posting;
            list.integers.push_back(previous);
        }
    });
}

cx_status cx_compact(const int *sources, size_t source_count, int target, cx_error *error) {
    size_t opened = 0;
    bool is_handed_over = false;
    const cx_status status = cx::guard(error, [&] {
        if (source_count == 0) throw cx::Refusal(CX_REFUSED, "There is nothing to merge");
        Xapian::Database merged;
        while (opened < source_count) {
            cx::require_sound_head(sources[opened]);
            merged.add_database(
                Xapian::Database(sources[opened++], Xapian::DB_BACKEND_GLASS));
        }
        is_handed_over = true;
        merged.compact(target, Xapian::DB_BACKEND_GLASS);
    });
    while (opened < source_count) ::close(sources[opened++]);
    if (!is_handed_over) ::close(target);
    return status;
}

cx_status cx_compact_folder(const uint8_t *path, size_t path_length, const uint8_t *target,
                            size_t target_length, cx_error *error) {
    return cx::guard(error, [&] {
        const std::string name = cx::text(path, path_length);
        cx::require_glass_folder(name);
        Xapian::Database(name, Xapian::DB_BACKEND_GLASS)
            .compact(cx::text(target, target_length),
                     Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    });
}
