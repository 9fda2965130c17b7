#include "include/CXapianTesting.h"

#include "../../CXapian/guard.hpp"

#include <new>
#include <stdexcept>

#include <xapian.h>

#ifdef __linux__
#include <sys/fsuid.h>
#endif

namespace {

// A class that no table can know.
class NovelError : public Xapian::DatabaseError {
  public:
    NovelError() : Xapian::DatabaseError("made up", std::string(), "1NovelError", 0) {}
};

[[noreturn]] void throw_for(cx_status wanted) {
    const std::string message = "made up";
    switch (wanted) {
    case CX_ASSERTION:
        throw Xapian::AssertionError(message);
    case CX_INVALID_ARGUMENT:
        throw Xapian::InvalidArgumentError(message);
    case CX_INVALID_OPERATION:
        throw Xapian::InvalidOperationError(message);
    case CX_UNIMPLEMENTED:
        throw Xapian::UnimplementedError(message);
    case CX_DATABASE:
        throw Xapian::DatabaseError(message);
    case CX_DATABASE_CORRUPT:
        throw Xapian::DatabaseCorruptError(message);
    case CX_DATABASE_CREATE:
        throw Xapian::DatabaseCreateError(message);
    case CX_DATABASE_LOCKED:
        throw Xapian::DatabaseLockError(message);
    case CX_DATABASE_MODIFIED:
        throw Xapian::DatabaseModifiedError(message);
    case CX_DATABASE_OPENING:
        throw Xapian::DatabaseOpeningError(message, EACCES);
    case CX_DATABASE_VERSION:
        throw Xapian::DatabaseVersionError(message);
    case CX_DATABASE_NOT_FOUND:
        throw Xapian::DatabaseNotFoundError(message);
    case CX_DATABASE_CLOSED:
        throw Xapian::DatabaseClosedError(message);
    case CX_DOCUMENT_NOT_FOUND:
        throw Xapian::DocNotFoundError(message);
    case CX_FEATURE_UNAVAILABLE:
        throw Xapian::FeatureUnavailableError(message);
    case CX_INTERNAL:
        throw Xapian::InternalError(message);
    case CX_NETWORK:
        throw Xapian::NetworkError(message);
    case CX_NETWORK_TIMEOUT:
        throw Xapian::NetworkTimeoutError(message);
    case CX_QUERY_PARSER:
        throw Xapian::QueryParserError(message);
    case CX_SERIALISATION:
        throw Xapian::SerialisationError(message);
    case CX_RANGE:
        throw Xapian::RangeError(message);
    case CX_WILDCARD:
        throw Xapian::WildcardError(message);
    case CX_OUT_OF_MEMORY:
        throw std::bad_alloc();
    case CX_STANDARD:
        throw std::length_error(message);
    case CX_OTHER:
    case CX_OK:
        throw NovelError();
    case CX_REFUSED:
    case CX_TOO_COMPLEX:
    case CX_WRITER_UNUSABLE:
        throw cx::Refusal(wanted, message, 7);
    }
    throw NovelError();
}

}  // namespace

cx_status cxt_throw(cx_status wanted, cx_error *error) {
    return cx::guard(error, [&] { throw_for(wanted); });
}

cx_status cxt_throw_number(cx_error *error) {
    return cx::guard(error, [] { throw 42; });
}

cx_status cxt_throw_long_term(cx_error *error) {
    return cx::guard(error, [] {
        throw Xapian::InvalidArgumentError("Term too long (> 245): " + std::string(300, 's'));
    });
}

uint32_t cxt_set_file_user(uint32_t user) {
#ifdef __linux__
    return static_cast<uint32_t>(::setfsuid(user));
#else
    return user;
#endif
}
