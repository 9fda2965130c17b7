#include "guard.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include <xapian.h>

#pragma GCC visibility push(hidden)

namespace {

// Every exception class of libxapian 1.4. A newer one is CX_OTHER, with its own name.
constexpr struct {
    const char *type;
    cx_status status;
} statuses[] = {
    {"AssertionError", CX_ASSERTION},
    {"InvalidArgumentError", CX_INVALID_ARGUMENT},
    {"InvalidOperationError", CX_INVALID_OPERATION},
    {"UnimplementedError", CX_UNIMPLEMENTED},
    {"DatabaseError", CX_DATABASE},
    {"DatabaseCorruptError", CX_DATABASE_CORRUPT},
    {"DatabaseCreateError", CX_DATABASE_CREATE},
    {"DatabaseLockError", CX_DATABASE_LOCKED},
    {"DatabaseModifiedError", CX_DATABASE_MODIFIED},
    {"DatabaseOpeningError", CX_DATABASE_OPENING},
    {"DatabaseVersionError", CX_DATABASE_VERSION},
    {"DatabaseNotFoundError", CX_DATABASE_NOT_FOUND},
    {"DatabaseClosedError", CX_DATABASE_CLOSED},
    {"DocNotFoundError", CX_DOCUMENT_NOT_FOUND},
    {"FeatureUnavailableError", CX_FEATURE_UNAVAILABLE},
    {"InternalError", CX_INTERNAL},
    {"NetworkError", CX_NETWORK},
    {"NetworkTimeoutError", CX_NETWORK_TIMEOUT},
    {"QueryParserError", CX_QUERY_PARSER},
    {"SerialisationError", CX_SERIALISATION},
    {"RangeError", CX_RANGE},
    {"WildcardError", CX_WILDCARD},
};

cx_status status_of(const char *type) noexcept {
    for (const auto &entry : statuses) {
        if (std::strcmp(entry.type, type) == 0) return entry.status;
    }
    return CX_OTHER;
}

// Appends as much as fits, never cutting a UTF-8 character in two.
void append(uint8_t *buffer, size_t size, size_t &length, const char *bytes,
            size_t count) noexcept {
    size_t kept = std::min(count, size - length);
    if (kept < count) {
        while (kept > 0 && (static_cast<uint8_t>(bytes[kept]) & 0xC0) == 0x80) --kept;
    }
    std::memcpy(buffer + length, bytes, kept);
    length += kept;
}

cx_status report(cx_error *error, cx_status status, int64_t index, const char *type,
                 const char *message, size_t message_length,
                 const char *detail = nullptr) noexcept {
    error->status = status;
    error->index = index;
    error->type_length = 0;
    error->message_length = 0;
    append(error->type, sizeof error->type, error->type_length, type, std::strlen(type));
    append(error->message, sizeof error->message, error->message_length, message,
           message_length);
    if (detail && *detail) {
        append(error->message, sizeof error->message, error->message_length, " (", 2);
        append(error->message, sizeof error->message, error->message_length, detail,
               std::strlen(detail));
        append(error->message, sizeof error->message, error->message_length, ")", 1);
    }
    return status;
}

cx_status report(cx_error *error, cx_status status, int64_t index, const char *type,
                 const char *message) noexcept {
    return report(error, status, index, type, message, std::strlen(message));
}

// These classes quote the term, the pattern or the query in their messages.
const char *discreet_message(cx_status status, const std::string &message) noexcept {
    if (message.compare(0, 13, "Term too long") == 0) return "Term too long";
    if (status == CX_WILDCARD) return "A wildcard matches too many terms";
    if (status == CX_QUERY_PARSER) return "The query text cannot be parsed";
    return nullptr;
}

}  // namespace

namespace cx {

cx_status translate_current_exception(cx_error *error) noexcept {
    try {
        throw;
    } catch (const Xapian::Error &caught) {
        const char *type = caught.get_type();
        const cx_status status = status_of(type);
        if (const char *message = discreet_message(status, caught.get_msg())) {
            return report(error, status, -1, type, message);
        }
        const char *detail = nullptr;
        try {
            detail = caught.get_error_string();  // NULL when no errno belongs to the error.
        } catch (...) {
            // It allocates; the message does without.
        }
        // Of several databases only the context tells which server it was.
        const std::string &context = caught.get_context();
        if (!detail && context.compare(0, 7, "remote:") == 0) detail = context.c_str();
        return report(error, status, -1, type, caught.get_msg().data(), caught.get_msg().size(),
                      detail);
    } catch (const Refusal &caught) {
        return report(error, caught.status, caught.index, "Refusal", caught.what());
    } catch (const std::bad_alloc &) {
        return report(error, CX_OUT_OF_MEMORY, -1, "bad_alloc", "Out of memory");
    } catch (const std::exception &caught) {
        return report(error, CX_STANDARD, -1, "exception", caught.what());
    } catch (...) {
        return report(error, CX_OTHER, -1, "unknown", "An exception of an unknown kind");
    }
}

}  // namespace cx

#pragma GCC visibility pop
