#include "guard.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#pragma GCC visibility push(hidden)

namespace {

cg_status report(cg_error *error, cg_status status, int64_t index, const char *message) noexcept {
    error->status = status;
    error->index = index;
    size_t length = std::min<size_t>(std::strlen(message), CG_ERROR_MESSAGE_SIZE);
    // A character of UTF-8 is never cut in two.
    if (length == CG_ERROR_MESSAGE_SIZE) {
        while (length > 0 && (static_cast<uint8_t>(message[length]) & 0xC0) == 0x80) --length;
    }
    std::memcpy(error->message, message, length);
    error->message_length = length;
    return status;
}

}  // namespace

namespace cg {

void damaged(const char *what) { throw Failure(CG_DAMAGED, what); }

void refuse(const char *why, int64_t index) { throw Failure(CG_REFUSED, why, index); }

void fail(cg_status status, const std::string &what, int reason) {
    throw Failure(status, what + " (" + std::strerror(reason) + ")");
}

cg_status translate_current_exception(cg_error *error) noexcept {
    try {
        throw;
    } catch (const Failure &caught) {
        return report(error, caught.status, caught.index, caught.what());
    } catch (const std::bad_alloc &) {
        return report(error, CG_OUT_OF_MEMORY, -1, "Out of memory");
    } catch (const std::length_error &) {
        return report(error, CG_OUT_OF_MEMORY, -1, "More memory is needed than there can be");
    } catch (const std::exception &caught) {
        return report(error, CG_OTHER, -1, caught.what());
    } catch (...) {
        return report(error, CG_OTHER, -1, "An exception of an unknown kind");
    }
}

}  // namespace cg

#pragma GCC visibility pop
