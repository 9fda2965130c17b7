#!/usr/bin/env python3
"""Writes the tables of the folding and of the text code, Sources/ChineseText/*Data.swift.

    Scripts/generate-tables.py            # writes the files
    Scripts/generate-tables.py --check    # exit status 1 when a file is not what would be written

Needs Debian's packages unicode-data, opencc and libopencc-data. The same packages give the same
files. When one changes, so do folded or stored texts: raise TextFolding.version or TextCode.version.
"""

import os
import re
import subprocess
import sys
import tempfile

UNICODE = "/usr/share/unicode"
OPENCC = "/usr/share/opencc/TSCharacters.ocd2"
OUTPUT = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "../Sources/ChineseText/FoldingData.swift")
LAST = 0x10FFFF
BLOCK = 64  # the scalars that share all UTF-8 bytes but the last

# The order of FoldingRole.
SEPARATOR, SPACED, IDEOGRAPHIC, SPACE, MARK, VANISHING = range(6)

# Where Unicode's Equivalent_Unified_Ideograph names the rare component and documents mean the
# ordinary character, and the Kangxi radical whose NFKC form is the traditional character.
RADICALS = {
    "⼾": "户", "⺇": "几", "⺎": "尢", "⺑": "尢", "⺕": "彐", "⺞": "歹", "⺪": "疋", "⺮": "竹",
    "⺱": "罒", "⺳": "网", "⺴": "网", "⺵": "网", "⺷": "羊", "⺸": "羊", "⺽": "臼", "⻃": "西",
    "⻇": "角", "⻊": "足", "⻏": "阝", "⻐": "金", "⻕": "阜", "⻞": "飠", "⻡": "首",
}

# Our own foldings: quotes, dashes, the zero of 二○二二.
OWN = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"',
       "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
       "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-",
       "\u2212": "-", "\u25cb": "\u3007", "\u25ef": "\u3007"}


def fields(name):
    """The lines of a file of the Unicode Character Database, cut at semicolons."""
    with open(os.path.join(UNICODE, name), encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]


def span(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def property_set(name, *values):
    return {value for row in fields(name) if row[1] in values for value in span(row[0])}


def unicode_data():
    """Category and decomposition of every assigned scalar."""
    category, decomposition = {}, {}
    first = None
    for row in fields("UnicodeData.txt"):
        value = int(row[0], 16)
        if row[1].endswith(", First>"):
            first = value
            continue
        if row[1].endswith(", Last>"):
            for between in range(first, value):
                category[between] = row[2]
        category[value] = row[2]
        if row[5]:
            decomposition[value] = row[5]
    return category, decomposition


def simplified():
    """OpenCC's first simplified form of each traditional character."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ts.txt")
        subprocess.run(["opencc_dict", "-i", OPENCC, "-o", path, "-f", "ocd2", "-t", "text"],
                       check=True, stdout=subprocess.DEVNULL)
        with open(path, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
    forms = {key: values.split(" ")[0] for key, values in rows}
    assert all(len(key) == len(form) == 1 for key, form in forms.items())
    return {ord(key): ord(form) for key, form in forms.items()}


def package_version(name):
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], check=True,
                          capture_output=True, text=True).stdout


category, decomposition = unicode_data()

unified = {}  # radicals and compatibility ideographs
for row in fields("EquivalentUnifiedIdeograph.txt"):
    for value in span(row[0]):
        if 0x2E80 <= value <= 0x2FD5:
            unified[value] = int(row[1], 16)
unified.update((ord(key), ord(form)) for key, form in RADICALS.items())
for value, mapping in decomposition.items():
    if 0xF900 <= value <= 0xFAFF or 0x2F800 <= value <= 0x2FA1F:
        assert not mapping.startswith("<") and " " not in mapping
        unified[value] = int(mapping, 16)
for value in (0x2E9F, 0x2EF3):
    assert value in unified
while any(form in unified for form in unified.values()):
    unified = {value: unified.get(form, form) for value, form in unified.items()}

width = {}
for value, mapping in decomposition.items():
    match = re.fullmatch(r"<(?:wide|narrow|small)> ([0-9A-F]+)", mapping)
    if match:
        width[value] = int(match[1], 16)
width[0xFFE3] = 0xAF

case = {int(row[0], 16): int(row[2], 16) for row in fields("CaseFolding.txt") if row[1] in "CS"}
case[0x130] = ord("i")  # İ has no simple folding but this simple lower case
steps = [{ord(key): ord(form) for key, form in OWN.items()}, width, unified, case, simplified()]

white_space = property_set("PropList.txt", "White_Space")
invisible = {value for value in property_set("DerivedCoreProperties.txt",
                                             "Default_Ignorable_Code_Point") if value in category}
east_asian = {value for row in fields("Scripts.txt")
              if row[1] in ("Han", "Hiragana", "Katakana", "Bopomofo") for value in span(row[0])}
for row in fields("ScriptExtensions.txt"):
    if {"Hani", "Hira", "Kana", "Bopo"} & set(row[1].split()):
        east_asian.update(span(row[0]))


def folded(value):
    """(role, folded scalar)."""
    seen = [value]
    while True:
        value = seen[-1]
        if value in white_space:
            return SPACE, 0x20
        if category.get(value) == "Cc":
            return SEPARATOR, 0xFFFD
        form = next((step[value] for step in steps if value in step), value)
        if form == value:
            break
        assert form not in seen, f"a cycle: {seen}"
        seen.append(form)
    kind = category.get(value, "Cn")
    if kind == "Cf" or value in invisible:
        return VANISHING, seen[0]
    if kind[0] == "M":
        return MARK, value
    if kind[0] in "LN":
        return (IDEOGRAPHIC if value in east_asian else SPACED), value
    return SEPARATOR, value


# An action is a role (0 to 5, the scalar stays itself) or the number of an entry of `targets`.
targets = {}
blocks = {}
block_numbers = []
actions = []
for first in range(0, LAST + 1, BLOCK):
    block = []
    for value in range(first, first + BLOCK):
        role, form = folded(value)
        if form == value:
            block.append(role)
        else:
            block.append(targets.setdefault(role << 24 | form, VANISHING + 1 + len(targets)))
    block = tuple(block)
    if block not in blocks:
        blocks[block] = len(blocks)
        actions.extend(block)
    block_numbers.append(blocks[block])
assert len(targets) + 6 <= 0x10000 and len(blocks) <= 0x10000
assert all(folded(key & 0xFFFFFF) == (key >> 24, key & 0xFFFFFF) for key in targets)


def array(name, element, values, doc):
    lines, line = [], "   "
    for value in values:
        item = f" {value},"
        if len(line) + len(item) > 99:
            lines.append(line)
            line = "   "
        line += item
    lines.append(line)
    text = "\n".join(lines)
    return f"/// {doc}\nlet {name}: [{element}] = [\n{text}\n]\n"


def unified_array(name, first, last):
    values = [unified.get(value, 0) for value in range(first, last + 1)]
    return array(name, "UInt16" if max(values) < 0x10000 else "UInt32", values,
                 f"The unified ideographs of U+{first:04X} to U+{last:04X}; 0 where there is none.")


header = f"""\
// Written by Scripts/generate-tables.py; do not edit.
//
// Made from Debian's packages unicode-data {package_version("unicode-data")} and \
libopencc-data {package_version("libopencc-data")}:
//
// - Unicode Character Database: UnicodeData, CaseFolding, DerivedCoreProperties, PropList,
//   Scripts, ScriptExtensions, EquivalentUnifiedIdeograph. Copyright Unicode, Inc., under the
//   Unicode License, https://www.unicode.org/license.txt
// - OpenCC's TSCharacters, the first simplified form of each character. Copyright BYVoid and
//   contributors, under the Apache License 2.0, https://github.com/BYVoid/OpenCC
//
// swift-format-ignore-file

"""
output = header + "\n".join([
    array("foldingBlocks", "UInt16", block_numbers,
          "For each 64 scalars the number of their block in `foldingActions`."),
    array("foldingActions", "UInt16", actions,
          "For each scalar of a block a `FoldingRole`, or 6 and an index in `foldingTargets`."),
    array("foldingTargets", "UInt32", targets,
          "The folded scalar, and its role from bit 24 on."),
    unified_array("unifiedRadicals", 0x2E80, 0x2FD5),
    unified_array("unifiedCompatibility", 0xF900, 0xFAFF),
    unified_array("unifiedSupplement", 0x2F800, 0x2FA1F),
])


def common_ideographs():
    """For each 64 ideographs from U+4E00 on, which of them GB/T 2312 has."""
    words = [0] * (0x5200 // 64)
    for value in range(0x4E00, 0xA000):
        try:
            chr(value).encode("gb2312")
        except UnicodeEncodeError:
            continue
        words[(value - 0x4E00) // 64] |= 1 << value % 64
    return [f"0x{word:X}" for word in words]


code_output = """\
// Written by Scripts/generate-tables.py; do not edit.
//
// swift-format-ignore-file

""" + array("commonIdeographs", "UInt64", common_ideographs(),
            "For each 64 scalars from U+4E00 on, which of them are common (GB/T 2312).")

outputs = [(OUTPUT, output), (OUTPUT.replace("FoldingData", "TextCodeData"), code_output)]
if "--check" in sys.argv:
    sys.exit(any(open(path, encoding="utf-8").read() != text for path, text in outputs))
for path, text in outputs:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
print(f"{len(blocks)} blocks, {len(targets)} targets, {len(output)} characters", file=sys.stderr)
