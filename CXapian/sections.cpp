// Section files: writing, mapping, and looking into the texts of documents.
#include "handles.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// A file: the head, then the sections in their order, each at a multiple of 8 bytes.
//
//     8 bytes   "cxsect01"
//     8 bytes   the length of the file
//     8 bytes   the number of sections
//     for each  8 bytes where it begins, 8 bytes of length
//
// Numbers have their lowest byte first.

#pragma GCC visibility push(hidden)

namespace {

constexpr char magic[] = "cxsect01";
constexpr size_t word = 8;
constexpr size_t most_sections = 256;
constexpr size_t head_length(size_t sections) { return (3 + 2 * sections) * word; }

uint64_t number(const unsigned char *at) {
    uint64_t value = 0;
    for (size_t i = word; i-- > 0;) value = value << 8 | at[i];
    return value;
}

void put(uint64_t value, unsigned char *at) {
    for (size_t i = 0; i < word; ++i) at[i] = static_cast<unsigned char>(value >> 8 * i);
}

[[noreturn]] void corrupt(const char *what) { throw Xapian::DatabaseCorruptError(what); }

}  // namespace

namespace cx {

Sections::Sections(const std::string &path) {
    if (path.empty() || path.find('\0') != std::string::npos) {
        throw Refusal(CX_REFUSED, "A path must not be empty or hold a NUL");
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw Xapian::DatabaseOpeningError("Cannot open " + path, errno);
    struct stat status;
    const bool is_file = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    length_ = is_file ? static_cast<size_t>(status.st_size) : 0;
    bytes_ = length_ >= head_length(0)
                 ? ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, file, 0)
                 : MAP_FAILED;
    const int reason = errno;
    ::close(file);
    if (length_ < head_length(0)) {
        throw Xapian::DatabaseCorruptError("Not a whole section file: " + path);
    }
    if (bytes_ == MAP_FAILED) throw Xapian::DatabaseOpeningError("Cannot map " + path, reason);

    const auto *const bytes = static_cast<const unsigned char *>(bytes_);
    const uint64_t count = number(bytes + 2 * word);
    bool is_whole = std::memcmp(bytes, magic, word) == 0 && number(bytes + word) == length_ &&
                    count <= most_sections && head_length(count) <= length_;
    for (size_t i = 0; is_whole && i < count; ++i) {
        const uint64_t start = number(bytes + head_length(i));
        const uint64_t length = number(bytes + head_length(i) + word);
        is_whole = start >= head_length(count) && start <= length_ && length <= length_ - start;
        if (is_whole) sections_.emplace_back(static_cast<const char *>(bytes_) + start, length);
    }
    if (!is_whole) {
        ::munmap(bytes_, length_);
        throw Xapian::DatabaseCorruptError("Not a whole section file: " + path);
    }
}

void Sections::forget() const { ::madvise(bytes_, length_, MADV_DONTNEED); }

Sections::~Sections() { ::munmap(bytes_, length_); }

DocumentTexts::DocumentTexts(std::shared_ptr<const Sections> sections, Xapian::docid last)
    : sections_(std::move(sections)), last_(last), lists_(*sections_, last) {
    const auto bytes = [&](size_t section) {
        return reinterpret_cast<const unsigned char *>(sections_->section(section).data());
    };
    starts_ = bytes(CX_RECORD_STARTS);
    records_ = sections_->section(CX_RECORDS);
    lengths_ = bytes(CX_LENGTHS);
    labels_ = bytes(CX_LABELS);
    groups_ = bytes(CX_GROUP_STARTS);
    group_count_ = sections_->section(CX_GROUP_STARTS).size() / 4;
    const size_t count = last_;
    if (sections_->section(CX_RECORD_STARTS).size() != 5 * (count + 1) + 3 ||
        sections_->section(CX_LENGTHS).size() != 2 * count ||
        sections_->section(CX_LABELS).size() != count) {
        corrupt("The texts are not those of the database");
    }
    // An order that is not ascending gives wrong groups, no look outside; the first one must be 1
    // for every document to have a group.
    if (group_count_ == 0 ? count > 0 : group_start(0) != 1) corrupt("The groups are damaged");
}

uint64_t DocumentTexts::record_start(Xapian::docid document) const {
    const unsigned char *const at = starts_ + 5 * size_t(document - 1);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t start;
    std::memcpy(&start, at, word);
#else
    const uint64_t start = number(at);
#endif
    return start & 0xFFFFFFFFFF;
}

void DocumentTexts::prefetch_text(Xapian::docid document) const {
    constexpr size_t cache_line = 64;
    const uint64_t start = record_start(document);
    const size_t length = std::min<size_t>(4 * cache_line, records_.size());
    if (start > records_.size() - length) return;
    for (size_t i = 0; i < length; i += cache_line) __builtin_prefetch(records_.data() + start + i);
}

std::string_view DocumentTexts::text(Xapian::docid document) const {
    const uint64_t start = record_start(document);
    const uint64_t end = record_start(document + 1);
    if (start > end || end > records_.size()) corrupt("A record lies outside its section");
    const char *const record = records_.data() + start;
    const size_t size = end - start;
    size_t length = 0;
    size_t head = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (head == size || shift > 28) corrupt("A text has no length");
        const auto byte = static_cast<unsigned char>(record[head++]);
        length |= size_t(byte & 0x7F) << shift;
        if (byte < 0x80) break;
    }
    if (length > size - head) corrupt("A text is longer than its record");
    return std::string_view(record + head, length);
}

size_t DocumentTexts::group(Xapian::docid document, size_t from) const {
    // Steps that double, then halves.
    size_t low = group_start(from) <= document ? from : 0;
    size_t step = 1;
    while (low + step < group_count_ && group_start(low + step) <= document) {
        low += step;
        step *= 2;
    }
    size_t high = std::min(low + step, group_count_);
    while (low + 1 < high) {
        const size_t middle = low + (high - low) / 2;
        (group_start(middle) <= document ? low : high) = middle;
    }
    return low;
}

void Wanted::narrow(const Wanted &other) {
    const auto both = [](std::string &bits, const std::string &more) {
        if (bits.empty()) {
            bits = more;
        } else if (!more.empty()) {
            if (bits.size() != more.size()) {
                throw Refusal(CX_REFUSED, "There must be a bit for each group");
            }
            for (size_t i = 0; i < bits.size(); ++i) bits[i] &= more[i];
        }
    };
    both(groups, other.groups);
    both(labels, other.labels);
}

Filter::Filter(const Wanted &wanted, const DocumentTexts *texts)
    : wanted_(wanted), texts_(texts) {
    if (is_open()) return;
    if (!texts_) throw Xapian::InvalidOperationError("The database was opened without texts");
    if (!wanted_.groups.empty() && wanted_.groups.size() != (texts_->group_count() + 7) / 8) {
        throw Refusal(CX_REFUSED, "There must be a bit for each group");
    }
}

Xapian::docid Filter::first(Xapian::docid document) const {
    if (is_open()) return document;
    const Xapian::docid last = texts_->last();
    const std::string &groups = wanted_.groups;
    while (document <= last) {
        if (!groups.empty()) {
            size_t group = group_ = texts_->group(document, group_);
            if (!holds(groups, group)) {
                const size_t count = texts_->group_count();
                do {
                    // Eight groups at a time where none is wanted.
                    const bool may_leap =
                        group % 8 == 7 && group + 8 < count && groups[group / 8 + 1] == 0;
                    group += may_leap ? 8 : 1;
                } while (group < count && !holds(groups, group));
                if (group >= count) return 0;
                group_ = group;
                document = std::max(document, texts_->group_start(group));
                if (document > last) return 0;
            }
        }
        if (wanted_.labels.empty() || holds(wanted_.labels, texts_->label(document))) {
            return document;
        }
        ++document;
    }
    return 0;
}

Xapian::doccount Filter::most() const {
    if (!texts_ || wanted_.groups.empty()) return texts_ ? texts_->last() : 0;
    Xapian::doccount sum = 0;
    for (size_t group = 0; group < texts_->group_count(); ++group) {
        if (holds(wanted_.groups, group)) {
            const Xapian::docid start = texts_->group_start(group);
            sum += std::max(start, texts_->group_start(group + 1)) - start;
        }
    }
    return std::min<Xapian::doccount>(sum, texts_->last());
}

}  // namespace cx

#pragma GCC visibility pop

void cx_sections_writer::write(const void *bytes, size_t count) {
    if (count > 0 && std::fwrite(bytes, 1, count, file) != count) fail();
    length += count;
}

void cx_sections_writer::append(size_t section, const void *bytes, size_t count) {
    if (section >= sections.size()) {
        throw cx::Refusal(CX_REFUSED, "The file has no such section");
    }
    auto &place = sections[section];
    if (place.first == 0) {
        static constexpr char zeros[word] = {};
        write(zeros, (word - length % word) % word);
        place.first = length;
    } else if (section != current) {
        throw cx::Refusal(CX_REFUSED, "A section is written in one go");
    }
    current = section;
    write(bytes, count);
    place.second += count;
}

void cx_sections_writer::fail() const {
    throw Xapian::DatabaseError("Error writing " + path, errno);
}

cx_status cx_sections_open(const uint8_t *path, size_t path_length, cx_sections **out,
                           cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        *out = new cx_sections{
            std::make_shared<const cx::Sections>(cx::text(path, path_length))};
    });
}

void cx_sections_free(cx_sections *sections) { delete sections; }

cx_bytes cx_sections_section(const cx_sections *sections, size_t section) {
    const std::string_view bytes = sections->value->section(section);
    return {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()};
}

void cx_sections_forget(const cx_sections *sections) { sections->value->forget(); }

void cx_prefetch(cx_bytes bytes, size_t offset, size_t length) {
    constexpr size_t cache_line = 64;
    if (offset >= bytes.length) return;
    const uint8_t *const end = bytes.bytes + offset + std::min(length, bytes.length - offset);
    for (const uint8_t *at = bytes.bytes + offset; at < end; at += cache_line) {
        __builtin_prefetch(at);
    }
}

int64_t cx_find(cx_bytes bytes, size_t from, const uint8_t *wanted, size_t wanted_length) {
    if (wanted_length == 0 || from > bytes.length) return -1;
    const void *found =
        ::memmem(bytes.bytes + from, bytes.length - from, wanted, wanted_length);
    return found ? static_cast<const uint8_t *>(found) - bytes.bytes : -1;
}

cx_status cx_sections_create(const uint8_t *path, size_t path_length, size_t section_count,
                             cx_sections_writer **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        if (section_count > most_sections) {
            throw cx::Refusal(CX_REFUSED, "A file has at most 256 sections");
        }
        auto writer = std::make_unique<cx_sections_writer>();
        writer->path = cx::text(path, path_length);
        const int file =
            ::open(writer->path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0) throw Xapian::DatabaseCreateError("Cannot make " + writer->path, errno);
        writer->file = ::fdopen(file, "wb");
        if (!writer->file) {
            ::close(file);
            writer->fail();
        }
        writer->sections.resize(section_count);
        const std::string head(head_length(section_count), '\0');
        writer->write(head.data(), head.size());
        *out = writer.release();
    });
}

cx_status cx_sections_append(cx_sections_writer *writer, size_t section, const uint8_t *bytes,
                             size_t length, cx_error *error) {
    return cx::guard(error, [&] { writer->append(section, bytes, length); });
}

cx_status cx_sections_finish(cx_sections_writer *writer, cx_error *error) {
    return cx::guard(error, [&] {
        std::string head(head_length(writer->sections.size()), '\0');
        auto *const at = reinterpret_cast<unsigned char *>(head.data());
        std::memcpy(at, magic, word);
        put(writer->length, at + word);
        put(writer->sections.size(), at + 2 * word);
        for (size_t i = 0; i < writer->sections.size(); ++i) {
            const auto &section = writer->sections[i];
            put(section.first ? section.first : head.size(), at + head_length(i));
            put(section.second, at + head_length(i) + word);
        }
        if (std::fseek(writer->file, 0, SEEK_SET) != 0) writer->fail();
        if (std::fwrite(head.data(), 1, head.size(), writer->file) != head.size()) {
            writer->fail();
        }
        std::FILE *const file = writer->file;
        writer->file = nullptr;
        if (std::fclose(file) != 0) writer->fail();
    });
}

void cx_sections_writer_free(cx_sections_writer *writer) { delete writer; }
