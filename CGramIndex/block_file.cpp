#include "block_file.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bytes.hpp"
#include "handles.hpp"

#pragma GCC visibility push(hidden)

namespace {

constexpr char magic[] = "gramidx1";
constexpr size_t word = 8;
constexpr size_t most_columns = 256;
constexpr size_t head_length(size_t columns) { return (3 + 2 * columns) * word; }

// A file descriptor that is closed when it goes.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int value() const { return value_; }
    int release() { return std::exchange(value_, -1); }

  private:
    int value_;
};

std::string checked_path(const uint8_t *bytes, size_t length) {
    std::string path = cg::text(bytes, length);
    if (path.empty() || path.find('\0') != std::string::npos) {
        cg::refuse("A path must not be empty or hold a NUL");
    }
    return path;
}

std::shared_ptr<const cg::BlockFile> mapped(int descriptor) {
    struct stat status;
    if (::fstat(descriptor, &status) != 0) {
        cg::fail(CG_NOT_OPENED, "Cannot look at a file", errno);
    }
    if (!S_ISREG(status.st_mode)) cg::damaged("Not a regular file");
    return std::make_shared<const cg::BlockFile>(descriptor,
                                                 static_cast<size_t>(status.st_size));
}

}  // namespace

namespace cg {

BlockFile::BlockFile(int descriptor, size_t length) : bytes_(MAP_FAILED), length_(length) {
    if (length_ < head_length(0)) damaged("Not a whole block file");
    bytes_ = ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes_ == MAP_FAILED) cg::fail(CG_NOT_OPENED, "Cannot map a file", errno);
    bool is_whole = false;
    try {
        is_whole = read_head();
    } catch (...) {
        ::munmap(bytes_, length_);
        throw;
    }
    if (is_whole) return;
    ::munmap(bytes_, length_);
    damaged("Not a whole block file");
}

bool BlockFile::read_head() {
    const auto *const bytes = static_cast<const char *>(bytes_);
    const auto number = [&](size_t offset) { return little_endian<uint64_t>(bytes + offset); };
    const uint64_t count = number(2 * word);
    if (std::memcmp(bytes, magic, word) != 0 || number(word) != length_ ||
        count > most_columns || head_length(count) > length_) {
        return false;
    }
    for (size_t i = 0; i < count; ++i) {
        const uint64_t start = number(head_length(i));
        const uint64_t length = number(head_length(i) + word);
        if (start < head_length(count) || start > length_ || length > length_ - start) return false;
        columns_.emplace_back(bytes + start, length);
    }
    return true;
}

void BlockFile::forget() const { ::madvise(bytes_, length_, MADV_DONTNEED); }

BlockFile::~BlockFile() { ::munmap(bytes_, length_); }

BlockWriter::BlockWriter(int descriptor, std::string name, size_t column_count)
    : name_(std::move(name)), columns_(column_count) {
    Descriptor owned(descriptor);
    if (column_count > most_columns) refuse("A file has at most 256 columns");
    file_ = ::fdopen(descriptor, "wb");
    if (!file_) fail();
    owned.release();
    const std::string head(head_length(column_count), '\0');
    write(head.data(), head.size());
}

BlockWriter::~BlockWriter() {
    if (file_) std::fclose(file_);
}

void BlockWriter::write(const void *bytes, size_t count) {
    if (!file_) refuse("The file was finished");
    if (count > 0 && std::fwrite(bytes, 1, count, file_) != count) fail();
    length_ += count;
}

void BlockWriter::append(size_t column, std::string_view bytes) {
    if (column >= columns_.size()) refuse("The file has no such column");
    auto &[start, length] = columns_[column];
    if (start == 0) {
        static constexpr char zeros[word] = {};
        write(zeros, (word - length_ % word) % word);
        start = length_;
    } else if (column != current_) {
        refuse("A column is written in one go");
    }
    current_ = column;
    write(bytes.data(), bytes.size());
    length += bytes.size();
}

void BlockWriter::finish() {
    std::string head(magic, word);
    put(head, length_, word);
    put(head, columns_.size(), word);
    for (const auto &[start, length] : columns_) {
        put(head, start ? start : head_length(columns_.size()), word);
        put(head, length, word);
    }
    if (!file_) refuse("The file was finished");
    if (std::fseek(file_, 0, SEEK_SET) != 0) fail();
    if (std::fwrite(head.data(), 1, head.size(), file_) != head.size()) fail();
    if (std::fclose(std::exchange(file_, nullptr)) != 0) fail();
}

void BlockWriter::fail() const { cg::fail(CG_NOT_WRITTEN, "Error writing " + name_, errno); }

}  // namespace cg

#pragma GCC visibility pop

cg_status cg_block_file_open(const uint8_t *path, size_t path_length, cg_block_file **out,
                             cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] {
        const std::string name = checked_path(path, path_length);
        // O_NONBLOCK: a pipe that stands in the file's stead is refused below, not waited for.
        const Descriptor file(
            ::open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (file.value() < 0) cg::fail(CG_NOT_OPENED, "Cannot open " + name, errno);
        *out = new cg_block_file{mapped(file.value())};
    });
}

cg_status cg_block_file_map(int descriptor, cg_block_file **out, cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] { *out = new cg_block_file{mapped(descriptor)}; });
}

void cg_block_file_free(cg_block_file *file) { delete file; }

cg_bytes cg_block_file_column(const cg_block_file *file, size_t column) {
    const std::string_view bytes = file->value->column(column);
    return {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()};
}

void cg_block_file_forget(const cg_block_file *file) { file->value->forget(); }

cg_status cg_block_writer_create(const uint8_t *path, size_t path_length, size_t column_count,
                                 cg_block_writer **out, cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] {
        const std::string name = checked_path(path, path_length);
        const int file =
            ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (file < 0) cg::fail(CG_NOT_CREATED, "Cannot make " + name, errno);
        *out = new cg_block_writer{std::make_unique<cg::BlockWriter>(file, name, column_count)};
    });
}

cg_status cg_block_writer_attach(int descriptor, size_t column_count, cg_block_writer **out,
                                 cg_error *error) {
    *out = nullptr;
    return cg::guard(error, [&] {
        const int file = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (file < 0) cg::fail(CG_NOT_CREATED, "Cannot write into a file", errno);
        *out = new cg_block_writer{
            std::make_unique<cg::BlockWriter>(file, "a file", column_count)};
    });
}

cg_status cg_block_writer_append(cg_block_writer *writer, size_t column, const uint8_t *bytes,
                                 size_t length, cg_error *error) {
    return cg::guard(error, [&] {
        writer->value->append(column, {reinterpret_cast<const char *>(bytes), length});
    });
}

cg_status cg_block_writer_finish(cg_block_writer *writer, cg_error *error) {
    return cg::guard(error, [&] { writer->value->finish(); });
}

void cg_block_writer_free(cg_block_writer *writer) { delete writer; }
