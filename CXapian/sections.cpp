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

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

template <typename Number> Number little_endian(const unsigned char *at) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    Number value;
    std::memcpy(&value, at, sizeof value);
#else
    Number value = 0;
    for (size_t i = sizeof value; i-- > 0;) value = static_cast<Number>(value << 8 | at[i]);
#endif
    return value;
}

uint64_t number(const unsigned char *at) { return little_endian<uint64_t>(at); }

void put(uint64_t value, unsigned char *at) {
    for (size_t i = 0; i < word; ++i) at[i] = static_cast<unsigned char>(value >> 8 * i);
}

#ifdef __SSE2__
__m128i load(const uint8_t *at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}

// Of sixteen numbers a byte each: 0 unless it lies in the range. A difference that is less than
// none is taken for 0, so that only those within the width leave nothing over.
__m128i between(const uint8_t *at, uint8_t lowest, uint8_t width) {
    const __m128i above = _mm_sub_epi8(load(at), _mm_set1_epi8(static_cast<char>(lowest)));
    return _mm_cmpeq_epi8(_mm_subs_epu8(above, _mm_set1_epi8(static_cast<char>(width))),
                          _mm_setzero_si128());
}

__m128i between(const uint8_t *at, uint16_t lowest, uint16_t width) {
    const auto eight = [&](const uint8_t *from) {
        const __m128i above = _mm_sub_epi16(load(from), _mm_set1_epi16(static_cast<short>(lowest)));
        return _mm_cmpeq_epi16(_mm_subs_epu16(above, _mm_set1_epi16(static_cast<short>(width))),
                               _mm_setzero_si128());
    };
    return _mm_packs_epi16(eight(at), eight(at + 16));
}
#endif

// Sets the bits of the numbers that lie in a range.
template <typename Number>
void find_numbers(const uint8_t *at, size_t count, Number lowest, Number highest, uint8_t *bits) {
    const auto width = static_cast<Number>(highest - lowest);
    size_t i = 0;
#ifdef __SSE2__
    if constexpr (sizeof(Number) <= 2) {
        for (; i + 16 <= count; i += 16) {
            const int found = _mm_movemask_epi8(between(at + i * sizeof(Number), lowest, width));
            bits[i / 8] |= static_cast<uint8_t>(found);
            bits[i / 8 + 1] |= static_cast<uint8_t>(found >> 8);
        }
    }
#endif
    for (; i < count; ++i) {
        const auto number = little_endian<Number>(at + i * sizeof(Number));
        const bool is_between = static_cast<Number>(number - lowest) <= width;
        bits[i / 8] |= static_cast<uint8_t>(is_between << i % 8);
    }
}

[[noreturn]] void corrupt(const char *what) { throw Xapian::DatabaseCorruptError(what); }

}  // namespace

namespace cx {

Sections::Sections(int file) {
    struct stat status;
    const bool is_file = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    length_ = is_file ? static_cast<size_t>(status.st_size) : 0;
    if (length_ < head_length(0)) corrupt("Not a whole section file");
    bytes_ = ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes_ == MAP_FAILED) throw Xapian::DatabaseOpeningError("Cannot map a file", errno);

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
        corrupt("Not a whole section file");
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
    return number(at) & 0xFFFFFFFFFF;
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

size_t Filter::wanted_group(size_t group) const {
    const std::string &bits = wanted_.groups;
    size_t byte = group / 8;
    const auto from = static_cast<unsigned char>(bits[byte]) >> group % 8;
    if (from) return group + static_cast<size_t>(__builtin_ctz(from));
    // Eight bytes at a time where none is wanted.
    for (++byte; byte + word <= bits.size(); byte += word) {
        const uint64_t next = number(reinterpret_cast<const unsigned char *>(bits.data()) + byte);
        if (next) return 8 * byte + static_cast<size_t>(__builtin_ctzll(next));
    }
    for (; byte < bits.size(); ++byte) {
        const unsigned next = static_cast<unsigned char>(bits[byte]);
        if (next) return 8 * byte + static_cast<size_t>(__builtin_ctz(next));
    }
    return texts_->group_count();
}

Xapian::docid Filter::first(Xapian::docid document) const {
    if (is_open()) return document;
    const Xapian::docid last = texts_->last();
    while (document <= last) {
        if (!wanted_.groups.empty() && (document < start_ || document >= end_)) {
            group_ = wanted_group(texts_->group(document, group_));
            if (group_ >= texts_->group_count()) {
                group_ = 0;
                return 0;
            }
            start_ = texts_->group_start(group_);
            end_ = texts_->group_start(group_ + 1);
            document = std::max(document, start_);
            if (document > last) return 0;
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
        const std::string name = cx::text(path, path_length);
        if (name.empty() || name.find('\0') != std::string::npos) {
            throw cx::Refusal(CX_REFUSED, "A path must not be empty or hold a NUL");
        }
        const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (file < 0) throw Xapian::DatabaseOpeningError("Cannot open " + name, errno);
        const auto close = [](const int *descriptor) { ::close(*descriptor); };
        const std::unique_ptr<const int, decltype(close)> closing(&file, close);
        *out = new cx_sections{std::make_shared<const cx::Sections>(file)};
    });
}

cx_status cx_sections_open_descriptor(int descriptor, cx_sections **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        *out = new cx_sections{std::make_shared<const cx::Sections>(descriptor)};
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

void cx_find_numbers(cx_bytes bytes, size_t offset, size_t size, size_t count, uint64_t lowest,
                     uint64_t highest, uint8_t *bits) {
    const uint64_t largest = size < word ? (uint64_t(1) << 8 * size) - 1 : ~uint64_t(0);
    if (lowest > highest || lowest > largest) return;
    highest = std::min(highest, largest);
    const uint8_t *const at = bytes.bytes + offset;
    const auto find = [&](auto number) {
        using Number = decltype(number);
        find_numbers(at, count, static_cast<Number>(lowest), static_cast<Number>(highest), bits);
    };
    switch (size) {
    case 1:
        return find(uint8_t());
    case 2:
        return find(uint16_t());
    case 4:
        return find(uint32_t());
    case 8:
        return find(uint64_t());
    }
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
