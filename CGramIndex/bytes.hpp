// Numbers as bytes: little-endian, varints, and searching among sorted ones.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "guard.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

// A document's number, from 1 to most_documents; 0 is none.
using DocumentID = uint32_t;
// So that twice a distance between documents is a number of 32 bits.
constexpr DocumentID most_documents = 0x7FFFFFFF;

// The little-endian number at an address.
template <typename Number> inline Number little_endian(const void *at) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    Number number;
    std::memcpy(&number, at, sizeof number);
#else
    const auto *const bytes = static_cast<const unsigned char *>(at);
    Number number = 0;
    for (size_t i = sizeof number; i-- > 0;) number = static_cast<Number>(number << 8 | bytes[i]);
#endif
    return number;
}

// The little-endian number at an offset, which is checked.
template <typename Number> inline Number number_at(std::string_view bytes, size_t offset) {
    if (offset > bytes.size() || sizeof(Number) > bytes.size() - offset) {
        damaged("A number lies outside its column");
    }
    return little_endian<Number>(bytes.data() + offset);
}

// Appends the lowest `size` bytes of a number, little-endian.
inline void put(std::string &bytes, uint64_t number, size_t size) {
    for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(number >> 8 * i));
}

// Appends a number as a varint: 7 bits a byte, the lowest first, the high bit set in all but the
// last byte.
inline void put_varint(std::string &bytes, uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>(number | 0x80));
    bytes.push_back(static_cast<char>(number));
}

// Reads bytes one after the other and never beyond their end.
class ByteReader {
  public:
    ByteReader() = default;
    explicit ByteReader(std::string_view bytes)
        : at_(reinterpret_cast<const unsigned char *>(bytes.data())), end_(at_ + bytes.size()) {}

    bool at_end() const { return at_ == end_; }
    size_t left() const { return static_cast<size_t>(end_ - at_); }

    // A varint of at most 32 bits.
    uint32_t varint() {
        if (at_ < end_ && *at_ < 0x80) return *at_++;
        return long_varint();
    }

    // The next `count` bytes.
    std::string_view bytes(size_t count) {
        if (count > left()) damaged("Bytes are missing");
        const auto *const start = reinterpret_cast<const char *>(at_);
        at_ += count;
        return {start, count};
    }

    // For tight loops, which check by themselves.
    const unsigned char *position() const { return at_; }
    const unsigned char *end() const { return end_; }
    void move(const unsigned char *at) { at_ = at; }

  private:
    uint32_t long_varint() {
        uint64_t number = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            if (at_ == end_) damaged("A number is cut short");
            const unsigned char byte = *at_++;
            number |= uint64_t(byte & 0x7F) << shift;
            if (byte >= 0x80) continue;
            if (number > UINT32_MAX) break;
            return static_cast<uint32_t>(number);
        }
        damaged("A number is too large");
    }

    const unsigned char *at_ = nullptr;
    const unsigned char *end_ = nullptr;
};

// Binary search: the first index from `low` on, below `high`, for which is_before(index) is false;
// `high` when there is none. Ends whatever is_before() answers.
template <typename IsBefore> size_t bisect(size_t low, size_t high, IsBefore &&is_before) {
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (is_before(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// Galloping search (Bentley and Yao 1976): the same, in time that grows with the logarithm of the
// distance from `low` and not of the whole.
template <typename IsBefore> size_t gallop(size_t low, size_t high, IsBefore &&is_before) {
    size_t step = 1;
    size_t from = low;
    while (from < high && is_before(from)) {
        low = from + 1;
        from = high - from > step ? from + step : high;
        step *= 2;
    }
    return bisect(low, from, is_before);
}

}  // namespace cg

#pragma GCC visibility pop
