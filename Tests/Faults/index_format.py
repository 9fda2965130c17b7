"""The format of an index, as far as a mutation has to know it to put its checksums right."""

import binascii
import ctypes
import os
import re
import struct
import subprocess
import zlib

from common import TOP, compiler


def checksum_function(folder):
    """Compiles the checksum of the index's files into a folder that goes."""
    target = os.path.join(folder, "checksum.so")
    source = os.path.join(TOP, "Tests", "Faults", "checksum.c")
    subprocess.run([compiler(), "-shared", "-fPIC", "-O2", "-o", target, source], check=True)
    function = ctypes.CDLL(target).checksum
    function.restype = ctypes.c_uint64
    function.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return lambda data: function(bytes(data), len(data))


# MARK: Records

def record_check(data):
    """`RecordCheck`: two bytes, the higher one first."""
    return struct.pack(">H", binascii.crc_hqx(bytes(data), 0xFFFF))


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def varints(data):
    """Where each run of bytes that reads as a varint begins and ends."""
    spans, start = [], 0
    for index, byte in enumerate(data):
        if byte < 0x80:
            spans.append((start, index + 1))
            start = index + 1
    return spans


# MARK: The block file

# SegmentColumn in Sources/SegmentStore/SegmentTables.swift, and the two of docs/gram-index-format.md
# that the gram index writes itself: how many bytes an element has.
COLUMNS = [
    ("recordStarts", 5), ("records", 1), ("lengths", 2), ("labels", 1), ("reportStarts", 4),
    ("termBlocks", 16), ("postings", 1),
    ("entryStarts", 5), ("entries", 1), ("detailStarts", 5), ("details", 1), ("reportIDs", 8), ("years", 2), ("forms", 1),
    ("agencies", 4), ("agencyNames", 1), ("agencyNameStarts", 4), ("regions", 4),
    ("regionNames", 1), ("regionNameStarts", 4), ("statisticSizes", 1), ("statistics", 1),
    ("frequentGrams", 8), ("totals", 8), ("traits", 2),
]
NUMBER = {name: index for index, (name, _) in enumerate(COLUMNS)}
# The numbers inside an element.
FIELDS = {"termBlocks": [(0, 8), (8, 5), (13, 3)]}


class Tables:
    """The columns of a file, to be changed and written again."""

    def __init__(self, data):
        count = struct.unpack_from("<Q", data, 16)[0]
        extents = [struct.unpack_from("<QQ", data, 24 + 16 * n) for n in range(count)]
        self.columns = [bytearray(data[start:start + length]) for start, length in extents]

    def __getitem__(self, name):
        return self.columns[NUMBER[name]]

    def __setitem__(self, name, data):
        self.columns[NUMBER[name]] = bytearray(data)

    def strings(self, starts, content):
        """Byte strings that stand end to end, as a list."""
        ends = [int.from_bytes(self[starts][5 * n:5 * n + 5], "little")
                for n in range(len(self[starts]) // 5)]
        return [bytes(self[content][one:other]) for one, other in zip(ends, ends[1:])]

    def set_strings(self, starts, content, strings):
        offsets, offset = bytearray(), 0
        for string in strings:
            offsets += offset.to_bytes(5, "little")
            offset += len(string)
        offsets += offset.to_bytes(5, "little")
        self[starts] = offsets + (b"\0\0\0" if starts == "recordStarts" else b"")
        self[content] = b"".join(strings)

    def encoded(self):
        head = bytearray(24 + 16 * len(self.columns))
        body, extents = bytearray(), []
        for column in self.columns:
            body += bytes(-len(body) % 8)
            extents.append((len(head) + len(body), len(column)))
            body += column
        head[:8] = b"gramidx1"
        struct.pack_into("<QQ", head, 8, len(head) + len(body), len(extents))
        for number, extent in enumerate(extents):
            struct.pack_into("<QQ", head, 24 + 16 * number, *extent)
        return bytes(head + body)


class Entry:
    """A term in its block: the offsets of its numbers, by what they are."""

    def __init__(self, block, at):
        self.start = at
        self.spans = {}
        for name in ("common", "rest"):
            at = self.varint(block, at, name)
        at += self.value(block, "rest")
        at = self.varint(block, at, "documents")
        at = self.varint(block, at, "count")
        self.is_long = self.value(block, "documents") & 1
        if self.is_long:
            self.spans["offset"] = (at, at + 5)
            self.end = at + 5
        else:
            self.end = at + self.value(block, "count")
            self.spans["postings"] = (at, self.end)

    def varint(self, block, at, name):
        end = at
        while block[end] > 0x7F:
            end += 1
        self.spans[name] = (at, end + 1)
        return end + 1

    def value(self, block, name):
        start, end = self.spans[name]
        return sum((byte & 0x7F) << 7 * digit for digit, byte in enumerate(block[start:end]))


class Dictionary:
    """The two columns of terms and postings, to be changed and laid out again."""

    def __init__(self, tables):
        self.pieces = []
        reached = 0
        blocks, postings = tables["termBlocks"], tables["postings"]
        for at in range(0, len(blocks), 16):
            start = int.from_bytes(blocks[at + 8:at + 13], "little")
            length = int.from_bytes(blocks[at + 13:at + 16], "little")
            # The prefix of the block's first term, the long lists before it, the block.
            self.pieces.append([bytes(blocks[at:at + 8]), bytes(postings[reached:start]),
                                bytes(postings[start:start + length]), reached])
            reached = start + length

    @staticmethod
    def entries(block):
        entries, at = [], 0
        while at < len(block):
            entries.append(Entry(block, at))
            at = entries[-1].end
        return entries

    def write(self, tables):
        """Lays the pieces out one after the other, wherever they stood."""
        blocks, postings = bytearray(), bytearray()
        for prefix, lists, block, reached in self.pieces:
            moved = len(postings) - reached
            postings += lists
            block = bytearray(block)
            try:
                for entry in self.entries(block) if moved else []:
                    if entry.is_long:
                        start, end = entry.spans["offset"]
                        offset = int.from_bytes(block[start:end], "little") + moved
                        block[start:end] = (offset & (1 << 40) - 1).to_bytes(5, "little")
            except IndexError:
                pass  # It was changed, and can no longer be read.
            blocks += prefix + len(postings).to_bytes(5, "little")
            blocks += (len(block) & (1 << 24) - 1).to_bytes(3, "little")
            postings += block
        tables["termBlocks"], tables["postings"] = blocks, postings


# MARK: libxapian's blocks

BLOCK = 8192
# The first bytes of a file, which have a checksum of their own: ContentDigest.
HEAD = 1024
DIRECTORY = 11


def blocks(data):
    """Where the blocks of a table begin."""
    return range(0, len(data) - BLOCK + 1, BLOCK)


class Leaf:
    """A block's items: their flags, keys and tags, to be changed and laid out again."""

    def __init__(self, block):
        self.head = bytes(block[:5])
        self.items = []
        end = struct.unpack_from(">H", block, 9)[0]
        for at in range(DIRECTORY, end, 2):
            offset = struct.unpack_from(">H", block, at)[0]
            head = struct.unpack_from(">H", block, offset)[0]
            size, flags = (head & 0x1FFF) + 3, head >> 13
            key_end = offset + 3 + block[offset + 2]
            if not flags & 1:
                key_end += 2
            self.items.append((flags, bytes(block[offset + 2:key_end]),
                               bytes(block[key_end:offset + size])))

    @staticmethod
    def tag(item):
        flags, _, tag = item
        return zlib.decompress(tag, wbits=-15) if flags & 4 else tag

    def encoded(self, length=BLOCK):
        """The block; nothing when the items do not fit."""
        block = bytearray(length)
        block[:5] = self.head
        directory, offset = DIRECTORY + 2 * len(self.items), length
        for number, (flags, key, tag) in enumerate(self.items):
            size = 2 + len(key) + len(tag)
            offset -= size
            if offset < directory:
                return None
            struct.pack_into(">H", block, DIRECTORY + 2 * number, offset)
            struct.pack_into(">H", block, offset, (size - 3) & 0x1FFF | flags << 13)
            block[offset + 2:offset + size] = key + tag
        struct.pack_into(">HHH", block, 5, offset - directory, offset - directory, directory)
        return bytes(block)


# MARK: The folder

class Index:
    """The files of an index, in memory."""

    def __init__(self, folder, checksum):
        self.checksum = checksum
        self.files = {}
        for path, _, names in os.walk(folder):
            for name in names:
                full = os.path.join(path, name)
                with open(full, "rb") as file:
                    self.files[os.path.relpath(full, folder)] = file.read()

    def manifest_lines(self):
        return self.files["manifest"].decode().splitlines()[:-1]

    def manifest(self, lines):
        """A manifest's bytes with its last line."""
        text = ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")
        return text + b"end %016x\n" % self.checksum(text)

    def stored(self, lines=None):
        """Of each file that the manifest names: its path, its line's number from 0, its time."""
        for row, line in enumerate(lines or self.manifest_lines()):
            words = line.split(" ")
            if words[0] in ("file", "files", "changes") and len(words) == 6:
                yield words[1], row, int(words[3])

    def with_checksums(self, changed):
        """Changed files, and the manifest that tells their sizes and checksums."""
        lines = self.manifest_lines()
        for path, row, _ in self.stored():
            if path in changed:
                words = lines[row].split(" ")
                words[2] = str(len(changed[path]))
                words[4] = "%016x" % self.checksum(changed[path][:HEAD])
                words[5] = "%016x" % self.checksum(changed[path])
                lines[row] = " ".join(words)
        return {"manifest": self.manifest(lines), **changed}

    def write(self, folder, files):
        """Writes files with the times that the manifest has."""
        times = {path: time for path, _, time in self.stored()}
        for path, data in files.items():
            full = os.path.join(folder, path)
            with open(full, "wb") as file:
                file.write(data)
            if path in times:
                os.utime(full, ns=(times[path], times[path]))


def file_list_line(fields):
    """A line of the list of files, from all its fields but the check."""
    line = b"\t".join(fields) + b"\t"
    return line + b"%04X\n" % binascii.crc_hqx(line, 0xFFFF)


NUMBERS = re.compile(r"(?<![0-9a-z])[0-9]+(?![0-9a-z])")
