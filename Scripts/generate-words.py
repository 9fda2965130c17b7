#!/usr/bin/env python3
"""Writes the readings of ideographs and the words whose simple form depends on the word.

    Scripts/generate-words.py            # writes Sources/ChineseText/{Pinyin,WordVariant}Data.swift
    Scripts/generate-words.py --check    # exit status 1 when a file is not what would be written

Needs PyPI's pypinyin 0.55.0 (MIT) and opencc-python-reimplemented 0.1.7 (the dictionaries of OpenCC,
Apache 2.0). The tables serve questions alone: no index holds anything of them.
"""

import os
import sys

import opencc
import pypinyin

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(HERE, "../Sources/ChineseText")
DICTIONARIES = os.path.join(os.path.dirname(opencc.__file__), "dictionary")
FIRST, LAST = 0x4E00, 0x9FFF
# Everyday words that OpenCC's phrases leave out.
OWN = [("隨著", "随着"), ("台帳", "台账"), ("臺帳", "台账"), ("帳目", "账目"), ("帳戶", "账户"), ("甚麼", "什么"),
       ("祇有", "只有"), ("祇要", "只要"), ("沈澱", "沉淀"), ("計畫", "计划"), ("規畫", "规划"), ("答覆", "答复"),
       ("回覆", "回复"), ("批覆", "批复"), ("瞭解", "了解"), ("藉助", "借助"), ("沿著", "沿着"), ("圍繞著", "围绕着")]


def literal(name, doc, text):
    """A text as a string literal of lines that are no longer than 100 columns."""
    lines, line, columns = [], "", 0
    for character in text:
        width = 2 if ord(character) > 0x2E7F else 1
        if columns + width > 90:
            lines.append(line)
            line, columns = "", 0
        line, columns = line + character, columns + width
    lines.append(line)
    body = "\n".join(f"    {line}\\" for line in lines[:-1]) + f"\n    {lines[-1]}"
    return f'/// {doc}\nlet {name} = """\n{body}\n    """\n'


def pinyin_file():
    readings = []
    for value in range(FIRST, LAST + 1):
        found = pypinyin.pinyin(chr(value), heteronym=True, style=pypinyin.Style.NORMAL, errors="ignore")
        plain = [reading.replace("ü", "v") for reading in (found[0] if found else [])]
        readings.append([r for r in dict.fromkeys(plain) if r.isascii() and r.isalpha()])
    syllables = sorted({reading for row in readings for reading in row})
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    code = {s: digits[i // len(digits)] + digits[i % len(digits)] for i, s in enumerate(syllables)}
    packed = ",".join("".join(code[reading] for reading in row) for row in readings)
    return ("// Written by Scripts/generate-words.py from pypinyin 0.55.0 (MIT); do not edit.\n\n"
            + literal("pinyinSyllables", "The syllables of Mandarin, without tones.", " ".join(syllables))
            + "\n"
            + literal("pinyinReadings",
                      "The readings of each ideograph from U+4E00 to U+9FFF, two digits of base 62 each.",
                      packed))


def pairs(name):
    with open(os.path.join(DICTIONARIES, name), encoding="utf-8") as file:
        for line in file:
            key, _, values = line.rstrip("\n").partition("\t")
            for value in values.split(" "):
                yield key, value


def variant_file():
    simple = {key: value for key, value in reversed(list(pairs("TSCharacters.txt"))) if len(key) == 1}

    def folded(text):
        return "".join(simple.get(character, character) for character in text)

    known = {}
    sources = [(traditional, simplified) for traditional, simplified in pairs("TSPhrases.txt")]
    sources += [(traditional, simplified) for simplified, traditional in pairs("STPhrases.txt")]
    for traditional, simplified in sources + OWN:
        one, other = folded(simplified), folded(traditional)
        if one != other and len(one) == len(other) and 2 <= len(one) <= 4:
            known.setdefault((one, other), None)
    words = set(known)
    # A word that holds a shorter one with the same difference adds nothing.
    kept = [
        (one, other) for one, other in known
        if not any((one[i:j], other[i:j]) in words
                   for i in range(len(one)) for j in range(i + 2, len(one) + 1)
                   if (i, j) != (0, len(one)) and one[i:j] != other[i:j]
                   and one[:i] == other[:i] and one[j:] == other[j:])]
    kept.sort()
    telling = sorted({c for one, other in kept for a, b in zip(one, other) if a != b for c in (a, b)})
    values = ", ".join(f"0x{ord(c):X}" for c in telling)
    lines, line = [], "   "
    for value in values.split(", "):
        item = f" {value},"
        if len(line) + len(item) > 99:
            lines.append(line)
            line = "   "
        line += item
    lines.append(line)
    return ("// Written by Scripts/generate-words.py from OpenCC's phrases (Apache 2.0); do not edit.\n\n"
            + "/// The characters in which the two forms of a word differ, ascending.\n"
            + "let wordVariantCharacters: [UInt32] = [\n" + "\n".join(lines) + "\n]\n\n"
            + literal("wordVariants",
                      "Words in two folded forms, 计划=计画, that were one word before they were folded.",
                      " ".join(f"{one}={other}" for one, other in kept)))


def main():
    wrong = 0
    for name, text in [("PinyinData.swift", pinyin_file()), ("WordVariantData.swift", variant_file())]:
        path = os.path.join(OUTPUT, name)
        if "--check" in sys.argv[1:]:
            with open(path, encoding="utf-8") as file:
                wrong |= file.read() != text
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
