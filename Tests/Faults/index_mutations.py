"""Mutations of an index by its structure; the checksums are right afterwards."""

import struct
import zlib

from index_format import (BLOCK, COLUMNS, DIRECTORY, FIELDS, NUMBERS, Dictionary, Leaf, Tables,
                          blocks, file_list_line, record_check, varint, varints)


def number(chance, bits, near=()):
    """A number that is likely to break something, of at most so many bits."""
    edges = [0, 1, 2, 3, 7, 8, 255, 256, 65_534, 65_535, 65_536, 1 << 31, (1 << 31) - 1,
             (1 << 32) - 1, (1 << 40) - 1, 1 << 53, (1 << 62), (1 << 63) - 1, 1 << 63,
             (1 << 64) - 1, (1 << bits) - 1, (1 << bits) - 2, 1 << (bits - 1)]
    kind = chance.random()
    if near and kind < 0.5:
        value = chance.choice(near) + chance.choice([-2, -1, 0, 1, 2])
    elif kind < 0.85:
        value = chance.choice(edges)
    else:
        value = chance.getrandbits(chance.randint(1, bits))
    return max(0, value) & ((1 << bits) - 1)


def spoil(chance, data):
    """Some bytes changed, put in, or left out."""
    data = bytearray(data)
    kind = chance.randrange(5)
    offset = chance.randrange(len(data) + 1)
    if kind == 0 and data:
        for _ in range(chance.choice([1, 1, 2, 8])):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF,
                                                               chance.randrange(256)])
    elif kind == 1 and varints(data):
        start, end = chance.choice(varints(data))
        data[start:end] = varint(number(chance, 63))
    elif kind == 2:
        data[offset:offset] = bytes([chance.choice([0, 0x7F, 0x80, 0xFF])]) * chance.choice([1, 4, 40])
    elif kind == 3 and data:
        del data[offset:offset + chance.choice([1, 2, 16, 1 << 20])]
    elif data:
        start = chance.randrange(len(data))
        data[offset:offset] = data[start:start + chance.choice([1, 8, 100])]
    return bytes(data)


# MARK: The block file

def element(chance, data, size, near):
    if len(data) < size:
        return
    offset = chance.randrange(len(data) // size) * size
    data[offset:offset + size] = number(chance, 8 * size, near).to_bytes(size, "little")


def column(chance, tables):
    """One number of a column, or all of them."""
    name, size = chance.choice([column for column in COLUMNS if column[0] not in FIELDS])
    data = tables[name]
    size = min(size, 8)
    count = len(data) // size
    near = [count, len(tables["labels"]), len(tables["reportStarts"]) // 4, len(data)]
    contents = {"recordStarts": "records", "entryStarts": "entries", "detailStarts": "details"}
    if name in contents:
        near.append(len(tables[contents[name]]))
    if chance.random() < 0.7:
        for _ in range(chance.choice([1, 1, 1, 4])):
            element(chance, data, size, near)
    else:
        fixed = number(chance, 8 * size, near)
        for offset in range(0, count * size, size):
            value = fixed if chance.random() < 0.9 else number(chance, 8 * size)
            data[offset:offset + size] = value.to_bytes(size, "little")
    return name


def head(chance, tables):
    """A number that says where a block of terms is."""
    name = chance.choice(sorted(FIELDS))
    data = tables[name]
    size = dict(COLUMNS)[name]
    if len(data) < size:
        return name
    near = [len(tables["labels"]), len(tables["postings"]), len(data) // size]
    for _ in range(chance.choice([1, 1, 3, 30])):
        item = chance.randrange(len(data) // size) * size
        offset, width = chance.choice(FIELDS[name])
        data[item + offset:item + offset + width] = number(
            chance, 8 * width, near).to_bytes(width, "little")
    return name


def term(chance, tables):
    """A number of a term's entry, its postings, or a head or posting of its blocks, laid out anew."""
    try:
        dictionary = Dictionary(tables)
        for _ in range(chance.choice([1, 1, 4])):
            entry_of(chance, dictionary, tables)
        dictionary.write(tables)
        return "term"
    except IndexError:
        return postings(chance, tables)  # It was spoilt before.


def entry_of(chance, dictionary, tables):
    piece = chance.choice(dictionary.pieces)
    block = bytearray(piece[2])
    try:
        entry = chance.choice(dictionary.entries(block))
    except IndexError:
        return  # It was changed, and can no longer be read.
    near = [len(tables["labels"]), len(tables["postings"]),
            entry.value(block, "documents"), entry.value(block, "count")]
    kind = chance.choice(sorted(entry.spans) + ["lists", "swap"])
    if kind == "lists":
        lists = bytearray(piece[1])
        if lists and chance.random() < 0.5:
            element(chance, lists, 4, near)
        else:
            lists = spoil(chance, lists)
        piece[1] = bytes(lists)
        return
    if kind == "swap":
        other = chance.choice(dictionary.pieces)
        which = chance.randrange(3)
        piece[which], other[which] = other[which], piece[which]
        return
    start, end = entry.spans[kind]
    if kind == "postings":
        changed = spoil(chance, block[start:end])
        block[start:end] = changed
        if chance.random() < 0.7:
            # Their length is right.
            first, last = entry.spans["count"]
            block[first:last] = varint(len(changed))
    elif kind == "offset":
        block[start:end] = number(chance, 40, near).to_bytes(5, "little")
    else:
        block[start:end] = varint(number(chance, 35, near))
    piece[2] = bytes(block)


def length(chance, tables):
    """A column longer or shorter than it was, or in place of another."""
    name, size = chance.choice(COLUMNS)
    kind = chance.randrange(4)
    if kind == 0:
        del tables[name][chance.randrange(len(tables[name]) + 1):]
    elif kind == 1:
        tables[name] += chance.randbytes(size * chance.choice([1, 2, 100]))
    elif kind == 2:
        del tables[name][:size]
    else:
        other = chance.choice(COLUMNS)[0]
        tables[name], tables[other] = bytes(tables[other]), bytes(tables[name])
    return name


def string(chance, tables):
    """A record of a passage, the entry or the details of a report, with its check."""
    starts, content = chance.choice([
        ("recordStarts", "records"), ("entryStarts", "entries"), ("detailStarts", "details")])
    strings = tables.strings(starts, content)
    if not strings:
        return content  # It was emptied before.
    for _ in range(chance.choice([1, 1, 5])):
        which = chance.randrange(len(strings))
        body = spoil(chance, strings[which][:-2])
        strings[which] = body + record_check(body)
    tables.set_strings(starts, content, strings)
    return content


def postings(chance, tables):
    """Bytes of posting lists and terms, or of names."""
    name = chance.choice(["postings", "postings", "agencyNames", "regionNames"])
    data = tables[name]
    for _ in range(chance.choice([1, 4, 200])):
        if data:
            data[chance.randrange(len(data))] = chance.choice(
                [0, 1, 2, 3, 0x7F, 0x80, 0xFF, chance.randrange(256)])
    return name


def tables(chance, index):
    path = chance.choice(sorted(path for path in index.files if path.endswith(".tables")))
    parsed = Tables(index.files[path])
    kinds = [column, column, head, length, string, string, postings, term, term, term]
    what = [chance.choice(kinds)(chance, parsed) for _ in range(chance.choice([1, 1, 1, 2]))]
    data = bytearray(parsed.encoded())
    if chance.random() < 0.08:
        # The head of the file itself.
        offset = 8 * chance.randrange(3 + 2 * len(parsed.columns))
        data[offset:offset + 8] = number(chance, 64, [len(data), 25]).to_bytes(8, "little")
        what.append("head of the file")
    return "tables: " + ", ".join(what), {path: bytes(data)}


# MARK: The list of files and the manifest

def files(chance, index):
    path = next(path for path, _, _ in index.stored() if path.startswith("files"))
    lines = [line.split(b"\t")[:-1] for line in index.files[path].splitlines()]
    which = chance.randrange(len(lines))
    kind = chance.randrange(5)
    if kind == 0:
        lines[which][chance.randrange(9)] = b"%d" % number(chance, 64)
    elif kind == 1:
        field = chance.randrange(9)
        lines[which][field] = spoil(chance, lines[which][field]).replace(b"\n", b"")
    elif kind == 2:
        lines[which] = lines[which][:chance.randrange(9)]
    elif kind == 3:
        del lines[which]
    else:
        chance.shuffle(lines)
    data = b"".join(file_list_line(line) for line in lines)
    if chance.random() < 0.1:
        data = spoil(chance, data)
    return "list of files", {path: data}


def manifest(chance, index):
    lines = index.manifest_lines()
    which = chance.randrange(1, len(lines))
    kind = chance.randrange(6)
    if kind < 3:
        spans = [found.span() for found in NUMBERS.finditer(lines[which])]
        if spans:
            start, end = chance.choice(spans)
            value = number(chance, 64, [int(lines[which][start:end])])
            lines[which] = lines[which][:start] + str(value) + lines[which][end:]
    elif kind == 3:
        # Hidden reports: more of a segment's than there are, or very many.
        segments = [n for n, line in enumerate(lines) if line.startswith("segment ")]
        segment = chance.choice(segments)
        most = number(chance, 34, [100])
        words = lines[segment].split(" ")
        words[2] = str(chance.choice([int(words[2]), most + 1]))
        lines[segment] = " ".join(words)
        end = segment + 1
        while end < len(lines) and lines[end].startswith("file "):
            end += 1
        if end < len(lines) and lines[end].startswith("hidden"):
            del lines[end]
        lines.insert(end, f"hidden {number(chance, 33, [0])}-{most}")
    elif kind == 4:
        chance.choice([lines.pop, lambda at: lines.insert(at, lines[at])])(which)
    else:
        words = lines[which].split(" ")
        word = chance.randrange(len(words))
        words[word] = spoil(chance, words[word].encode()).decode("utf-8", "surrogateescape")
        lines[which] = " ".join(words)
    return "manifest", {"manifest": index.manifest(lines)}


def changes(chance, index):
    """Numbers and texts of what a run changed."""
    path = chance.choice([path for path, _, _ in index.stored() if path.startswith("changes")])
    head, _, data = index.files[path].partition(b"\n")
    for _ in range(chance.choice([1, 1, 2, 5])):
        data = spoil(chance, data)
    return "changes", {path: head + b"\n" + data}


# MARK: libxapian's files

def block(chance, data):
    """The head of a block, its directory, or an item's head."""
    at = chance.choice(blocks(data))
    end = min(struct.unpack_from(">H", data, at + 9)[0], BLOCK)
    kind = chance.randrange(4)
    if kind == 0:
        struct.pack_into(">I", data, at, number(chance, 32, [1, 2]))
    elif kind == 1:
        data[at + 4] = number(chance, 8, [0, 1, 10, 254])
    elif kind == 2:
        struct.pack_into(">H", data, at + chance.choice([5, 7, 9]),
                         number(chance, 16, [BLOCK, DIRECTORY, end]))
    elif end > DIRECTORY:
        entry = at + chance.randrange(DIRECTORY, end) // 2 * 2 + 1
        item = at + min(struct.unpack_from(">H", data, min(entry, len(data) - 2))[0], BLOCK - 8)
        offset, bits = chance.choice([(entry, 16), (item, 16), (item + 2, 8), (item, 32)])
        if offset + bits // 8 <= len(data):
            data[offset:offset + bits // 8] = number(
                chance, bits, [BLOCK, end]).to_bytes(bits // 8, "big")
    return "block"


def item(chance, data):
    """The key or the tag of an item of a leaf, laid out anew."""
    leaves = [at for at in blocks(data) if data[at + 4] == 0]
    if not leaves:
        return block(chance, data)
    at = chance.choice(leaves)
    try:
        leaf = Leaf(data[at:at + BLOCK])
        which = chance.randrange(len(leaf.items))
        flags, key, tag = leaf.items[which]
        if chance.random() < 0.2:
            key = key[:1] + spoil(chance, key[1:])[:250]
            key = bytes([len(key) - 1]) + key[1:]
        else:
            tag = spoil(chance, Leaf.tag(leaf.items[which]))
            flags &= 3
            if len(tag) > 200:
                packer = zlib.compressobj(9, zlib.DEFLATED, -15)
                tag, flags = packer.compress(tag) + packer.flush(), flags | 4
        leaf.items[which] = (flags, key, tag)
        laid_out = leaf.encoded()
    except (IndexError, struct.error, zlib.error):
        laid_out = None
    if laid_out is None:
        return block(chance, data)
    data[at:at + BLOCK] = laid_out
    return "item"


def version(chance, data):
    """A number of the version file: a root, a level, a size, the statistics of the database."""
    spans = varints(data[32:])
    for _ in range(chance.choice([1, 1, 2])):
        start, end = chance.choice(spans)
        data[32 + start:32 + end] = varint(number(chance, chance.choice([3, 16, 32, 64]), [1]))
        spans = varints(data[32:])
    return "version"


def scattered(chance, data):
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])
    return "bytes"


def glass(chance, index):
    path = chance.choice(sorted(path for path in index.files if path.endswith(".glass")))
    data = bytearray(index.files[path])
    if chance.random() < 0.25:
        # The version, in the first block of the one file.
        head = data[:BLOCK].rstrip(b"\0")
        what = chance.choice([version, version, version, scattered])(chance, head)
        data[:BLOCK] = head[:BLOCK].ljust(BLOCK, b"\0")
    else:
        what = chance.choice([block, block, item, item, scattered])(chance, data)
        if chance.random() < 0.05:
            data = data[:chance.randrange(len(data))]
    return f"glass: {what}", {path: bytes(data)}


KINDS = [(tables, 12), (glass, 4), (manifest, 2), (files, 2), (changes, 2)]


def mutation(chance, index):
    """What was changed, and the files that are to be written."""
    kind = chance.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    what, changed = kind(chance, index)
    if kind is not manifest:
        changed = index.with_checksums(changed)
    return what, changed
