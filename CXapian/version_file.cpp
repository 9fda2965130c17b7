// The head of a database, looked at before libxapian believes it.
#include "handles.hpp"

#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#pragma GCC visibility push(hidden)

namespace {

// What libxapian calls the version file: what it is and the version (16 bytes), a UUID (16), then
// varints of 7 bits a byte, the lowest first: the revision; and for each table its root block, its
// level times four and two flags, the number of its entries, the size of a block over 2048, the
// shortest entry that is compressed, and where its free blocks are, as a string after its length.
constexpr char file_name[] = "/iamglass";
constexpr size_t head_length = 32;
constexpr const char *tables[] = {"/postlist.glass", "/docdata.glass",  "/termlist.glass",
                                  "/position.glass", "/spelling.glass", "/synonym.glass"};
// libxapian keeps a slot for each level, and does not ask whether there are as many.
constexpr uint64_t most_levels = 10;

[[noreturn]] void damaged() {
    throw Xapian::DatabaseCorruptError("The head of the database is damaged");
}

class Reader {
  public:
    Reader(const unsigned char *at, size_t count) : at_(at), end_(at + count) {}

    uint64_t number() {
        uint64_t number = 0;
        for (unsigned shift = 0; at_ < end_ && shift < 63; shift += 7) {
            number |= uint64_t(*at_ & 0x7F) << shift;
            if (*at_++ < 0x80) return number;
        }
        damaged();
    }

    void skip_string() {
        const uint64_t length = number();
        if (length > static_cast<size_t>(end_ - at_)) damaged();
        at_ += length;
    }

  private:
    const unsigned char *at_, *end_;
};

std::string head_of(int file) {
    std::string head(1024, '\0');
    const ssize_t count = ::pread(file, head.data(), head.size(), 0);
    if (count < 0) throw Xapian::DatabaseOpeningError("Cannot read a database", errno);
    head.resize(static_cast<size_t>(count));
    return head;
}

// `size_of` gives the size of a table's file.
template <typename SizeOf> void require_sound(const std::string &head, SizeOf &&size_of) {
    // Of anything else libxapian says what it is.
    if (head.size() <= head_length || std::memcmp(head.data(), "\x0f\x0dXapian Glass", 14) != 0) {
        return;
    }
    Reader reader(reinterpret_cast<const unsigned char *>(head.data()) + head_length,
                  head.size() - head_length);
    (void)reader.number();
    for (const char *const table : tables) {
        const uint64_t root = reader.number();
        const uint64_t level = reader.number();
        (void)reader.number();
        const uint64_t block = reader.number() << 11;
        (void)reader.number();
        reader.skip_string();
        const bool is_power = block != 0 && (block & (block - 1)) == 0;
        if (level >> 2 >= most_levels || !is_power || block > 1 << 16) damaged();
        // Without a root the table is empty. Of a file that is missing libxapian tells.
        if (level & 1) continue;
        if (root >= size_of(table) / block) damaged();
    }
}

}  // namespace

namespace cx {

void require_sound_head(const std::string &folder) {
    const int file = ::open((folder + file_name).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw Xapian::DatabaseOpeningError("Cannot look into " + folder, errno);
    const auto close = [](const int *descriptor) { ::close(*descriptor); };
    const std::unique_ptr<const int, decltype(close)> closing(&file, close);
    require_sound(head_of(file), [&](const char *table) {
        struct stat status;
        const bool is_there = ::stat((folder + table).c_str(), &status) == 0;
        return is_there ? static_cast<uint64_t>(status.st_size)
                        : std::numeric_limits<uint64_t>::max();
    });
}

void require_sound_head(int descriptor) {
    struct stat status;
    if (::fstat(descriptor, &status) != 0) {
        throw Xapian::DatabaseOpeningError("Cannot look at a database", errno);
    }
    // The tables share the file, and count their blocks from its beginning.
    require_sound(head_of(descriptor),
                  [&](const char *) { return static_cast<uint64_t>(status.st_size); });
}

}  // namespace cx

#pragma GCC visibility pop
