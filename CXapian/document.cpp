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
    size_t positions_left = batch.position_count;
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
            if (term->position_count > positions_left) {
                refuse("The batch holds fewer positions than its terms claim", i);
            }
            positions_left -= term->position_count;
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

// A batch being turned into documents, one after the other.
class Documents {
  public:
    explicit Documents(const cx_batch &batch)
        : batch_(batch), term_(batch.terms), value_(batch.values), position_(batch.positions) {}

    Xapian::Document next() {
        const cx_document &source = batch_.documents[made_++];
        Xapian::Document document;
        for (size_t n = source.term_count; n > 0; --n, ++term_) add_term(document);
        for (size_t n = source.value_count; n > 0; --n, ++value_) {
            document.add_value(value_->slot, value_->is_number
                                                 ? Xapian::sortable_serialise(value_->number)
                                                 : text(value_->text));
        }
        if (source.data.length > 0) document.set_data(text(source.data));
        return document;
    }

  private:
    std::string text(const cx_slice &slice) const {
        return cx::text(batch_.pool + slice.offset, slice.length);
    }

    void add_term(Xapian::Document &document) {
        name_.assign(reinterpret_cast<const char *>(batch_.pool + term_->text.offset),
                     term_->text.length);
        for (size_t n = term_->position_count; n > 0; --n, ++position_) {
            document.add_posting(name_, *position_, 0);
        }
        if (term_->frequency > 0) {
            document.add_term(name_, term_->frequency);
        } else if (term_->position_count == 0) {
            document.add_boolean_term(name_);
        }
    }

    const cx_batch &batch_;
    size_t made_ = 0;
    const cx_term *term_;
    const cx_value *value_;
    const uint32_t *position_;
    // Kept between terms, so that it need not grow again.
    std::string name_;
};

// Runs a write, after a check that throws what must not cost the batch. When libxapian throws, what
// was not committed is gone, and the next commit would return normally without it: so the writer is
// done for.
template <typename Check, typename Body>
cx_status write(cx_writer *writer, cx_error *error, Check &&check, Body &&body) {
    return cx::guard(error, [&] {
        if (writer->failed) {
            throw cx::Refusal(CX_WRITER_UNUSABLE,
                              "An earlier write failed, and what was not committed is lost");
        }
        check();
        writer->failed = true;
        body();
        writer->failed = false;
    });
}

void require_one_document(const cx_batch &batch) {
    if (batch.document_count != 1) {
        throw cx::Refusal(CX_REFUSED, "There must be one document");
    }
    check(batch);
}

// Whether there is such a document. Throws what replacing or deleting it would throw after it had
// dropped what was not committed.
bool has_replaceable(const cx_writer &writer, Xapian::docid document) {
    try {
        (void)writer.value.termlist_begin(document);
        return true;
    } catch (const Xapian::DocNotFoundError &) {
        return false;
    }
}

// Throws unless the documents with the term can be replaced and deleted.
void require_term(const cx_writer &writer, const uint8_t *term, size_t length) {
    if (length == 0 || length > CX_MAX_TERM_LENGTH || std::memchr(term, 0, length)) {
        throw cx::Refusal(CX_REFUSED, "A term must have 1 to 245 bytes and no NUL");
    }
    const auto first = writer.value.postlist_begin(cx::text(term, length));
    if (first != Xapian::PostingIterator()) (void)has_replaceable(writer, *first);
}

// Throws what libxapian would after it had dropped what was not committed.
void require_transaction(const cx_writer &writer, bool is_wanted) {
    if (writer.is_in_transaction == is_wanted) return;
    throw Xapian::InvalidOperationError(is_wanted ? "There is no transaction"
                                                  : "There is a transaction already");
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
    return write(
        writer, error, [&] { check(*batch); },
        [&] {
            Documents documents(*batch);
            for (size_t i = 0; i < batch->document_count; ++i) {
                const Xapian::docid added = writer->value.add_document(documents.next());
                if (i == 0) *first = added;
            }
        });
}

cx_status cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_length,
                                 const uint8_t *value, size_t value_length, cx_error *error) {
    return write(
        writer, error,
        [&] {
            if (key_length == 0 || key_length > CX_MAX_KEY_LENGTH ||
                std::memchr(key, 0, key_length)) {
                throw cx::Refusal(CX_REFUSED, "A key must have 1 to 200 bytes and no NUL");
            }
        },
        [&] {
            writer->value.set_metadata(cx::text(key, key_length), cx::text(value, value_length));
        });
}

cx_status cx_writer_commit(cx_writer *writer, cx_error *error) {
    return write(
        writer, error, [&] { require_transaction(*writer, false); },
        [&] { writer->value.commit(); });
}

// MARK: - In memory

cx_status cx_writer_create_in_memory(cx_writer **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto writer = std::make_unique<cx_writer>();
        writer->value = Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY);
        writer->is_in_memory = true;
        *out = writer.release();
    });
}

cx_status cx_writer_reader(const cx_writer *writer, cx_database **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] { *out = new cx_database{writer->value}; });
}

// MARK: - Replacing and deleting

cx_status cx_writer_replace(cx_writer *writer, uint32_t document, const cx_batch *batch,
                            cx_error *error) {
    return write(
        writer, error,
        [&] {
            require_one_document(*batch);
            if (document == 0) throw cx::Refusal(CX_REFUSED, "Document ids start at 1");
            (void)has_replaceable(*writer, document);
        },
        [&] {
            writer->value.replace_document(document, Documents(*batch).next());
        });
}

cx_status cx_writer_replace_all(cx_writer *writer, const uint8_t *term, size_t term_length,
                                const cx_batch *batch, uint32_t *document, cx_error *error) {
    *document = 0;
    return write(
        writer, error,
        [&] {
            require_one_document(*batch);
            require_term(*writer, term, term_length);
        },
        [&] {
            *document = writer->value.replace_document(cx::text(term, term_length),
                                                       Documents(*batch).next());
        });
}

cx_status cx_writer_delete(cx_writer *writer, uint32_t document, cx_error *error) {
    return write(
        writer, error,
        [&] {
            if (document == 0 || !has_replaceable(*writer, document)) {
                throw cx::Refusal(CX_DOCUMENT_NOT_FOUND,
                                  "Document " + std::to_string(document) + " not found");
            }
        },
        [&] { writer->value.delete_document(document); });
}

cx_status cx_writer_delete_all(cx_writer *writer, const uint8_t *term, size_t term_length,
                               cx_error *error) {
    return write(
        writer, error, [&] { require_term(*writer, term, term_length); },
        [&] { writer->value.delete_document(cx::text(term, term_length)); });
}

// MARK: - Transactions

cx_status cx_writer_begin_transaction(cx_writer *writer, bool is_flushed, cx_error *error) {
    return write(
        writer, error,
        [&] {
            require_transaction(*writer, false);
            if (writer->is_in_memory) {
                throw Xapian::UnimplementedError("A database in memory has no transactions");
            }
        },
        [&] {
            writer->value.begin_transaction(is_flushed);
            writer->is_in_transaction = true;
        });
}

cx_status cx_writer_commit_transaction(cx_writer *writer, cx_error *error) {
    return write(
        writer, error, [&] { require_transaction(*writer, true); },
        [&] {
            writer->value.commit_transaction();
            writer->is_in_transaction = false;
        });
}

cx_status cx_writer_cancel_transaction(cx_writer *writer, cx_error *error) {
    return write(
        writer, error, [&] { require_transaction(*writer, true); },
        [&] {
            writer->value.cancel_transaction();
            writer->is_in_transaction = false;
        });
}

cx_status cx_writer_finish(cx_writer *writer, int descriptor, cx_error *error) {
    bool is_handed_over = false;
    const cx_status status = write(
        writer, error, [&] { require_transaction(*writer, false); },
        [&] {
            writer->value.commit();
            is_handed_over = true;
            writer->value.compact(descriptor, Xapian::DB_BACKEND_GLASS);
        });
    if (!is_handed_over) ::close(descriptor);
    return status;
}
