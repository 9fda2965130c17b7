"""Damage to letters: other scripts, widths, spaces, quotes. What is printed changes, the truth does not."""

import re
import unicodedata

from letters_data import SIMPLIFIED, TRADITIONAL

RADICALS = dict(zip("一人大小工工力口土子户手支文方无日月木水火用田目石立糸老而自行见言走足身车里金长门面音页风食首马高鱼黑民网西",
                    "⼀⼈⼤⼩⼯⼯⼒⼝⼟⼦⼾⼿⽀⽂⽅⽆⽇⽉⽊⽔⽕⽤⽥⽬⽯⽴⽷⽼⽽⾃⾏⻅⾔⾛⾜⾝⻋⾥⾦⻓⻔⾯⾳⻚⻛⻝⾸⻢⾼⻥⿊⺠⽹⻄"))
TO_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)
TO_SIMPLE = str.maketrans(TRADITIONAL, SIMPLIFIED)
FROM_RADICALS = {ord(shown): plain for plain, shown in RADICALS.items()}
PINYIN = {"开": "kāi", "务": "wù", "办": "bàn", "众": "zhòng", "政": "zhèng"}
ENGLISH = "The annual report is prepared in accordance with the regulations on open government information."


def radicals(text, rng):
    return "".join(RADICALS.get(c, c) for c in text)


def traditional(text, rng):
    return text.translate(TO_TRADITIONAL)


def pinyin(text, rng):
    return "".join(c + f"({PINYIN[c]})" if c in PINYIN and rng.random() < 0.1 else c for c in text)


def wide(text, rng):
    """Numbers in full width, here and there."""
    def turn(match):
        return "".join(chr(ord(c) + 0xFEE0) for c in match[0]) if rng.random() < 0.4 else match[0]
    return re.sub(r"\d+", turn, text)


def spaced(text, rng):
    text = re.sub(r"(?<=[\u4e00-\u9fff])(\d+)(?=[\u4e00-\u9fff])", r" \1 ", text)
    return "".join(c + " " if "\u4e00" <= c <= "\u9fff" and rng.random() < 0.03 else c for c in text)


def straight(text, rng):
    return text.replace("“", '"').replace("”", '"')


def commas(text, rng):
    return text.replace("，", ",").replace("：", ":").replace("（", "(").replace("）", ")")


# name: (weight, whether table cells take part too, function)
DAMAGES = {
    "E1 radicals": (4, True, radicals), "E2 traditional": (4, True, traditional),
    "E3 pinyin": (2, False, pinyin), "E6 width": (3, False, wide), "E7 spaces": (5, False, spaced),
    "E8 quotes": (3, True, straight), "E6 half punctuation": (3, False, commas),
}


def plain(text):
    """Text for comparison: widths, scripts, radicals, quotes and spaces aside."""
    text = unicodedata.normalize("NFKC", text.translate(FROM_RADICALS)).translate(TO_SIMPLE)
    text = re.sub(r"[\s\u200b\ufeff]+", "", text)
    return re.sub("[“”\"「」『』]", '"', text).lower()
