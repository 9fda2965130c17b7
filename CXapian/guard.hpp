// How exceptions stop at the border.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "include/CXapian.h"

#pragma GCC visibility push(hidden)

namespace cx {

// Something this layer refuses before libxapian sees it.
class Refusal : public std::runtime_error {
  public:
    Refusal(cx_status status, const std::string &message, int64_t index = -1)
        : std::runtime_error(message), status(status), index(index) {}

    const cx_status status;
    const int64_t index;
};

// The only function in which an exception becomes a status. Call it inside a catch block.
cx_status translate_current_exception(cx_error *error) noexcept;

// Every function of the header that can fail is a call of this one.
template <typename Body> cx_status guard(cx_error *error, Body &&body) noexcept {
    try {
        body();
        return CX_OK;
    } catch (...) {
        return translate_current_exception(error);
    }
}

inline std::string text(const uint8_t *bytes, size_t length) {
    return length == 0 ? std::string()
                       : std::string(reinterpret_cast<const char *>(bytes), length);
}

// Whether a slice lies inside a pool of that length.
inline bool fits(const cx_slice &slice, size_t pool_length) {
    return slice.offset <= pool_length && slice.length <= pool_length - slice.offset;
}

}  // namespace cx

#pragma GCC visibility pop
