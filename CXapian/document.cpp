// Building documents and writing them.
#include "handles.hpp"

#include <cmath>
#include <cstring>
#include <memory>

#include <unistd.h>

namespace {

[[noreturn]] void refuse(const char *why, size_t index) {
    throw cx::Refusal(CX_REFUSED, why, static_cast<int64_t>(index));
}

// Throws for the first document that libxapian would choke on.
void check(const cx_batch &batch) {
    const cx_term *term = batch.terms;
    const cx_value *value = batch.values;
    size_t terms_left = batch.term_count;
    size_t values_left = batch.value_count;
    for (size_t i = 0; i < batch.document_count; ++i) {
        const cx_document &document = batch.documents[i];
        if (document.term_count > terms_left || document.value_count > values_left) {
            refuse("The batch holds fewer terms or values than its documents claim", i);
        }
        if (!cx::fits(document.data, batch.pool_length)) refuse("Data outside the pool", i);
        if (document.data.length > CX_MAX_DATA_LENGTH) {
            refuse("The data is longer than 1 MiB", i);
        }
        for (size_t n = document.term_count; n > 0; --n, ++term) {
            if (!cx::fits(term->text, batch.pool_length)) refuse("A term outside the pool", i);
            if (term->text.length == 0) refuse("A term is empty", i);
            if (term->text.length > CX_MAX_TERM_LENGTH) {
                refuse("A term is longer than 245 bytes", i);
            }
            if (std::memchr(batch.pool + term->text.offset, 0, term->text.length)) {
                refuse("A term holds a NUL", i);
            }
        }
        for (size_t n = document.value_count; n > 0; --n, ++value) {
            if (value->slot == Xapian::BAD_VALUENO) refuse("Slot 4294967295 does not exist", i);
            if (value->is_number) {
                if (!std::isfinite(value->number)) refuse("A number is not finite", i);
            } else {
                if (!cx::fits(value->text, batch.pool_length)) {
                    refuse("A value outside the pool", i);
                }
                if (value->text.length > CX_MAX_VALUE_LENGTH) {
                    refuse("A value is longer than 64 KiB", i);
                }
            }
        }
        terms_left -= document.term_count;
        values_left -= document.value_count;
    }
}

// Runs a write. When libxapian throws, what was not committed is gone, and the next commit would
// return normally without it: so the writer is done for.
template <typename Body> cx_status write(cx_writer *writer, cx_error *error, Body &&body) {
    return cx::guard(error, [&] {
        if (writer->failed) {
            throw cx::Refusal(CX_WRITER_UNUSABLE,
                              "An earlier write failed, and what was not committed is lost");
        }
        writer->failed = true;
        body();
        writer->failed = false;
    });
}

}  // namespace

cx_status cx_writer_create(const uint8_t *path, size_t path_length, bool stores_term_lists,
                           cx_writer **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        const std::string name = cx::text(path, path_length);
        // The folder first: of two processes only one can make it.
        cx::make_folder(name);
        int flags = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS;
        if (!stores_term_lists) flags |= Xapian::DB_NO_TERMLIST;
        auto writer = std::make_unique<cx_writer>();
        writer->value = Xapian::WritableDatabase(name, flags);
        *out = writer.release();
    });
}

cx_status cx_writer_open(const uint8_t *path, size_t path_length, cx_writer **out,
                         cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        const std::string name = cx::text(path, path_length);
        cx::require_glass_folder(name);
        int flags = Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS;
        if (::access((name + "/termlist.glass").c_str(), F_OK) != 0) {
            flags |= Xapian::DB_NO_TERMLIST;
        }
        auto writer = std::make_unique<cx_writer>();
        writer->value = Xapian::WritableDatabase(name, flags);
        *out = writer.release();
    });
}

void cx_writer_free(cx_writer *writer) {
    cx_error ignored;
    (void)cx::guard(&ignored, [&] { delete writer; });
}

cx_status cx_writer_add(cx_writer *writer, const cx_batch *batch, uint32_t *first,
                        cx_error *error) {
    *first = 0;
    const cx_status checked = cx::guard(error, [&] { check(*batch); });
    if (checked != CX_OK) return checked;
    return write(writer, error, [&] {
        const cx_term *term = batch->terms;
        const cx_value *value = batch->values;
        std::string name;
        for (size_t i = 0; i < batch->document_count; ++i) {
            const cx_document &source = batch->documents[i];
            Xapian::Document document;
            for (size_t n = source.term_count; n > 0; --n, ++term) {
                name.assign(reinterpret_cast<const char *>(batch->pool + term->text.offset),
                            term->text.length);
                if (term->frequency == 0) {
                    document.add_boolean_term(name);
                } else {
                    document.add_term(name, term->frequency);
                }
            }
            for (size_t n = source.value_count; n > 0; --n, ++value) {
                document.add_value(value->slot,
                                   value->is_number
                                       ? Xapian::sortable_serialise(value->number)
                                       : cx::text(batch->pool + value->text.offset,
                                                  value->text.length));
            }
            if (source.data.length > 0) {
                document.set_data(
                    cx::text(batch->pool + source.data.offset, source.data.length));
            }
            const Xapian::docid added = writer->value.add_document(document);
            if (i == 0) *first = added;
        }
    });
}

cx_status cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_length,
                                 const uint8_t *value, size_t value_length, cx_error *error) {
    const cx_status checked = cx::guard(error, [&] {
        if (key_length == 0 || key_length > CX_MAX_KEY_LENGTH ||
            std::memchr(key, 0, key_length)) {
            throw cx::Refusal(CX_REFUSED, "A key must have 1 to 200 bytes and no NUL");
        }
    });
    if (checked != CX_OK) return checked;
    return write(writer, error, [&] {
        writer->value.set_metadata(cx::text(key, key_length), cx::text(value, value_length));
    });
}

cx_status cx_writer_commit(cx_writer *writer, cx_error *error) {
    return write(writer, error, [&] { writer->value.commit(); });
}

cx_status cx_writer_finish(cx_writer *writer, int descriptor, cx_error *error) {
    bool is_handed_over = false;
    const cx_status status = write(writer, error, [&] {
        writer->value.commit();
        is_handed_over = true;
        writer->value.compact(descriptor, Xapian::DB_BACKEND_GLASS);
    });
    if (!is_handed_over) ::close(descriptor);
    return status;
}
