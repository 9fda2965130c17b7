"""The sections of a report: headings in the forms of layouts.md section 5, and their narrative."""

import narrative
from document import FREE

OFFICIAL = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况", "其他需要报告的事项"]
VARIANTS = [
    ["政府信息公开工作总体情况", "总体情况。", "工作总体情况"],
    ["行政机关主动公开政府信息情况", "主动公开政府信息的情况"],
    ["行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"],
    ["因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开被申请行政复议、提起行政诉讼情况",
     "政府信息公开行政复议和行政诉讼情况"],
    ["政府信息公开工作存在的主要问题及改进情况", "存在问题及改进情况", "存在的主要问题及改进措施",
     "存在的主要问题及明年工作计划", "存在的主要问题及整改措施", "政府信息公开工作存在的主要问题及下一步改进措施"],
    ["其他需要说明的事项", "其他需报告的事项", "其他需要报告事项"],
]
NUMBERS = "一二三四五六七八"
CIRCLED_HAN = "㈠㈡㈢㈣㈤㈥"
CIRCLED = "①②③④⑤⑥"
MARKS = {
    "（一）": lambda i: f"（{NUMBERS[i]}）", "(一)": lambda i: f"({NUMBERS[i]}) ",
    "(一)、": lambda i: f"({NUMBERS[i]})、", "1.": lambda i: f"{i + 1}.", "1. ": lambda i: f"{i + 1}. ",
    "1、": lambda i: f"{i + 1}、", "1．": lambda i: f"{i + 1}．", "①": lambda i: CIRCLED[i],
    "㈠": lambda i: CIRCLED_HAN[i], "•": lambda i: "•", "（1）": lambda i: f"（{i + 1}）",
}
ENDS = ["", "", "情况", "方面", "工作"]


class Outline:
    """Writes headings, narrative and tables of one report, section by section."""

    def __init__(self, rng, report, head, voice, tables):
        self.rng, self.report, self.head, self.voice = rng, report, head, voice
        self.tables = tables
        self.form = "H1 official"
        self.mark = "（一）"
        self.style = "alone"
        self.missing = set()

    def write(self):
        self.choose_marks()
        self.preamble()
        for number in range(1, 7):
            self.section(number)
            if self.form == "H5 extra section" and number == self.extra_after:
                self.extra()
        for line in self.head.last:
            self.report.aside(line)

    def choose_marks(self):
        rng = self.rng
        if self.form == "H22 other marks":
            self.mark = rng.choice([m for m in MARKS if m not in ("（一）", "(一)")])
        elif self.form == "H10 marks":
            self.mark = rng.choice(["(一)", "(一)、", "㈠"])
        if self.form == "H11 run-in":
            self.style = rng.choice(["colon", "aspect", "stop", "bare"])
        if self.form == "H6 missing headings":
            self.missing = set(rng.choice([[1], [5], [6], [1, 5], [5, 6]]))
        if self.form == "H24 numbered line after table 4":
            self.missing = {5}
        self.extra_after = rng.choice([1, 4, 6])

    def preamble(self):
        if self.head.preamble and self.form != "H13 preamble inside one":
            self.report.text(self.head.preamble, 0 if 1 not in self.missing else {0, 1})
        if self.form == "H15 contents":
            for i, words in enumerate(OFFICIAL):
                self.report.aside(f"{NUMBERS[i]}、{words}{'.' * 12}{i + 1}", "chrome")

    def heading_text(self, number):
        words = OFFICIAL[number - 1]
        place = NUMBERS[number - 1]
        if self.form == "H2 prefixes":
            words = self.rng.choice(VARIANTS[number - 1])
        if self.form == "H3 wrong numbers" and number > 1:
            place = NUMBERS[number - 2]
        if self.form == "H17 old names" and number in (1, 5):
            words = {1: "概述", 5: "存在的主要问题及改进措施"}[number]
        if self.form == "H5 extra section" and number > self.extra_after:
            place = NUMBERS[number]
        if self.form == "H4 same marks":
            return f"（{place}）{words}"
        return f"{place}、{words}"

    def section(self, number):
        shown = number not in self.missing
        glued = self.form == "H9 heading and sentence" and number in (1, 5, 6)
        if shown and not glued:
            self.report.heading(self.heading_text(number))
        if number == 1:
            for line in self.head.after_heading:
                self.report.title(line)
        lead = self.heading_text(number) + " " if shown and glued else ""
        if number == 1:
            self.general(lead)
        elif number in (2, 3, 4):
            self.tabled(number)
        elif number == 5:
            self.problems(lead)
        else:
            section = 6 if shown else {5, 6}
            self.report.text(self.voice.paragraph(narrative.ENDING, 1), section,
                             [None] if shown else FREE, lead)

    def general(self, lead):
        report, voice = self.report, self.voice
        sections = 1 if 1 not in self.missing else {0, 1}
        if self.head.preamble and self.form == "H13 preamble inside one":
            report.text(self.head.preamble, {0, 1}, lead=lead)
            lead = ""
        opening = self.head.first or [voice.paragraph(
            narrative.OPENING if voice.tells_year else narrative.UNDATED, 1)]
        for text in opening:
            report.text(text, sections, lead=lead)
            lead = ""
        if self.form == "H7 second run of numbers":
            for i in range(self.rng.randint(2, 4)):
                title, pool = narrative.FIVE[i]
                line = f"{NUMBERS[i]}、{self.rng.choice(['加强组织领导，', '夯实工作基础，', ''])}推进{title}工作"
                report.sub(line)
                report.neutral.append(line)
                report.text(voice.paragraph(pool), 1, FREE)
            return
        self.five()

    def five(self):
        chosen = narrative.FIVE
        if self.form == "H12 skipped numbers":
            chosen = chosen[:1] + chosen[2:]
        elif self.rng.random() < 0.25:
            chosen = chosen[:self.rng.randint(2, 4)]
        end = self.rng.choice(ENDS)
        for i, (words, pool) in enumerate(chosen):
            place = i + 1 if self.form == "H12 skipped numbers" and i else i
            self.subsection(1, place, words + end, words, [self.voice.paragraph(pool)], end)
            if self.rng.random() < 0.12 and not self.mark[0].isdigit():
                for item in self.voice.items():
                    self.report.text(item, 1, self.last_subs)

    def subsection(self, section, place, title, words, texts, end=""):
        """A heading of the second level, alone on its line or run into its text."""
        mark = MARKS[self.mark](place)
        text, rest = texts[0], texts[1:]
        style = "colon" if self.style in ("aspect", "bare") and section == 5 else self.style
        self.last_subs = {mark + title}
        if style == "alone":
            self.report.sub(mark + title)
            self.report.text(text, section, self.last_subs)
        elif style == "colon":
            self.report.text(text, section, self.last_subs, f"{mark}{title}：")
        elif style == "aspect":
            self.last_subs = {mark + words + "方面"}
            self.report.text(text, section, self.last_subs, f"{mark}{words}方面 ")
        elif style == "stop":
            end = "" if section == 5 else "情况"
            self.last_subs = {mark + words + end}
            self.report.text(text, section, self.last_subs, f"{mark}{words}{end}。")
        else:
            self.last_subs = {None, words + "方面", words}
            self.report.text(text, section, self.last_subs, f"{words}方面，")
            self.report.neutral.append(f"{words}方面，")
        for more in rest:
            self.report.text(more, section, self.last_subs)

    def tabled(self, number):
        rng, report = self.rng, self.report
        if rng.random() < 0.15 or self.form == "H19 narrative beside tables":
            pool = {2: narrative.PUBLISHED, 3: narrative.REQUESTED, 4: narrative.SUPERVISED[2:3]}[number]
            if pool := self.voice.usable(pool):
                report.text(self.voice.paragraph(pool, 1), number)
        if self.form == "H20 attachment only":
            report.aside(f"相关附件：{OFFICIAL[number - 1]}.xlsx")
            return
        for table in self.tables:
            if table.number == number:
                report.table(table)
        if self.form == "H19 narrative beside tables":
            report.text("注：上表数据含上年度结转数量。", number)

    def problems(self, lead):
        report, voice = self.report, self.voice
        if self.form == "H24 numbered line after table 4":
            for i, text in enumerate(["解读形式较为单一，图文并茂的产品不多。", "业务培训频次不高，个别人员不熟悉公开要求。"]):
                report.text(f"{i + 1}、{text}", 5, FREE)
            return
        way = self.rng.random()
        if way < 0.4 and not lead and 5 not in self.missing:
            self.subsection(5, 0, "存在的主要问题", "存在的主要问题", [voice.paragraph(narrative.PROBLEMS[:1])])
            remedies = narrative.REMEDIES[:2]
            self.subsection(5, 1, "改进措施", "改进措施", [voice.paragraph(remedies, 1)])
            return
        subs = [None] if 5 not in self.missing else FREE
        report.text(voice.paragraph(narrative.PROBLEMS, 1), 5, subs, lead)
        report.text(voice.paragraph(narrative.REMEDIES, 1), 5, subs)

    def extra(self):
        title, text = self.rng.choice(narrative.EXTRA_SECTIONS if self.voice.tells_year
                                      else narrative.EXTRA_SECTIONS[::2])
        self.report.heading(f"{NUMBERS[self.extra_after]}、{self.voice.fill(title)}")
        self.report.text(self.voice.fill(text), 7)


FORMS = {
    "H1 official": 40, "H2 prefixes": 8, "H3 wrong numbers": 2, "H4 same marks": 2, "H5 extra section": 3,
    "H6 missing headings": 4, "H7 second run of numbers": 2, "H9 heading and sentence": 4, "H10 marks": 4,
    "H11 run-in": 10, "H12 skipped numbers": 2, "H13 preamble inside one": 2, "H15 contents": 2,
    "H17 old names": 2, "H19 narrative beside tables": 4, "H20 attachment only": 1, "H22 other marks": 8,
    "H24 numbered line after table 4": 2, "H26 ends after section 1": 2,
}


def opening_only(outline):
    """A page cut after section 1."""
    outline.choose_marks()
    outline.preamble()
    outline.section(1)
