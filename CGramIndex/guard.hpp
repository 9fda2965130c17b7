// How exceptions stop at the border.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "include/CGramIndex.h"

#pragma GCC visibility push(hidden)

namespace cg {

// Every failure that this library reports by itself.
class Failure : public std::runtime_error {
  public:
    Failure(cg_status status, const std::string &message, int64_t index = -1)
        : std::runtime_error(message), status(status), index(index) {}

    const cg_status status;
    const int64_t index;
};

// A file holds what no writer wrote.
[[noreturn]] void damaged(const char *what);

// An argument cannot be used.
[[noreturn]] void refuse(const char *why, int64_t index = -1);

// A call of the system failed for the reason in errno.
[[noreturn]] void fail(cg_status status, const std::string &what, int reason);

// The only function in which an exception becomes a status. Call it inside a catch block.
cg_status translate_current_exception(cg_error *error) noexcept;

// Every function of the header that can fail is a call of this one.
template <typename Body> cg_status guard(cg_error *error, Body &&body) noexcept {
    try {
        body();
        return CG_OK;
    } catch (...) {
        return translate_current_exception(error);
    }
}

inline std::string text(const uint8_t *bytes, size_t length) {
    return length == 0 ? std::string()
                       : std::string(reinterpret_cast<const char *>(bytes), length);
}

// The text that a slice names.
inline std::string text(const uint8_t *pool, size_t pool_length, const cg_slice &slice) {
    if (slice.offset > pool_length || slice.length > pool_length - slice.offset) {
        refuse("A slice lies outside its pool");
    }
    return slice.length == 0 ? std::string() : text(pool + slice.offset, slice.length);
}

}  // namespace cg

#pragma GCC visibility pop
