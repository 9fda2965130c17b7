"""Draws one report: body, year, head, outline, tables, damages, layout; and writes its file."""

import random

import cell_damage
import form
import grid
import head
import letters
import oddities
import office
import others
import outline
import page
import plain_text
import portable
import table_damage
from document import FREE, Block, Report
from narrative import Voice

LAYOUTS = {**plain_text.LAYOUTS, **page.LAYOUTS, **page.MARKDOWN, **office.LAYOUTS, **portable.LAYOUTS}
WRAPS = {"Wrap lines": 10, "Wrap 1 blank between": 5, "Wrap 2 spaces": 3, "Wrap 3 page numbers": 4}
PAGE = {"E12 span a character": 3, "E12 entities": 3}
GRIDLESS = "S11"


def families():
    """Every damage by the choice that it belongs to."""
    return {
        "head": {name: weight for name, (weight, _) in head.FORMS.items()},
        "outline": dict(outline.FORMS),
        "table": {name: d[0] for name, d in table_damage.DAMAGES.items()},
        "cell": {name: d[0] for name, d in cell_damage.DAMAGES.items()},
        "letters": {name: d[0] for name, d in letters.DAMAGES.items()},
        "markup": {name: d[0] for name, d in oddities.DAMAGES.items()}, "lines": dict(WRAPS), "page": dict(PAGE),
        "other": {name: 1 for name in others.OTHERS},
        "more": {"H25 before 2019": 1, "Scope roll-up": 1, "S22 watermark": 1, "Noise around": 1, "E5 gb18030": 1,
                 "E5 utf-16": 1, "E5 big5": 1, "S23 second report": 1, "E10 English between": 1},
    }


def draw(rng, weights, wanted=None, among=None):
    names = [name for name in weights if among is None or name in among]
    if wanted in names:
        return wanted
    return rng.choices(names, [weights[name] for name in names])[0]


class Composer:
    def __init__(self, gazetteer, layout=None, damage=None):
        self.gazetteer, self.layout, self.damage = gazetteer, layout, damage
        self.families = families()

    def wants(self, family):
        return self.damage in self.families[family]

    def chosen(self, rng, family, chance):
        """Whether a damage of this family is drawn."""
        return self.wants(family) or rng.random() < chance

    def report(self, seed, number):
        rng = random.Random(f"{seed}/{number}")
        report = Report()
        report.layout = self.draw_layout(rng)
        body = self.gazetteer.body(rng)
        if self.chosen(rng, "other", 0.04):
            self.other(rng, report, body)
        elif self.damage == "H25 before 2019" or rng.random() < 0.03:
            self.old(rng, report, body)
        else:
            self.official(rng, report, body)
        report.damages.discard("")
        self.write(rng, report, number)
        return report

    def draw_layout(self, rng):
        among = None
        for family, table in (("cell", cell_damage.DAMAGES), ("table", table_damage.DAMAGES)):
            if self.wants(family):
                among = self.allowed(table[self.damage][1])
        if self.wants("markup"):
            among = {name for name in LAYOUTS if name.split()[0] == oddities.DAMAGES[self.damage][1]}
        if self.wants("page"):
            among = set(page.LAYOUTS)
        if self.wants("lines"):
            among = {name for name in plain_text.LAYOUTS if "one line" not in name and name != "csv"}
        if self.damage == "S22 watermark":
            among = set(portable.LAYOUTS)
        if self.damage in ("E5 gb18030", "E5 utf-16", "E5 big5"):
            among = set(plain_text.LAYOUTS)
        return draw(rng, LAYOUTS, self.layout, among)

    def allowed(self, kinds):
        return None if kinds is None else {name for name in LAYOUTS if name.split()[0] in kinds
                                           and GRIDLESS not in name and "one line" not in name}

    # What the file is

    def other(self, rng, report, body):
        report.kind, report.form, report.scopes = "other", "none", {"unknown", "own", None}
        report.agencies, report.year, report.region = FREE, FREE, FREE
        name = draw(rng, self.families["other"], self.damage)
        report.damages.add(name)
        others.OTHERS[name](rng, report, body, Voice(rng, body.own, rng.randint(2019, 2024)))
        if "university" in name:
            report.year = None

    def begin(self, rng, report, body, year):
        report.damages.add("body: " + body.kind)
        opening = head.Head(rng, self.gazetteer, body, year, report)
        name = draw(rng, self.families["head"], self.damage)
        report.damages.add(name)
        head.FORMS[name][1](opening)
        if opening.body is not body:
            report.damages.discard("body: " + body.kind)
            report.damages.add("body: " + opening.body.kind)
        if opening.body.free_region and report.region != FREE:
            report.region["free"] = True
        named = report.agencies != {None} and not opening.no_year
        report.publisher = opening.name if named and rng.random() < 0.4 else ""
        return opening

    def old(self, rng, report, body):
        opening = self.begin(rng, report, body, rng.randint(2012, 2018))
        report.damages.add("H25 before 2019")
        others.old_report(rng, report, opening, Voice(rng, opening.body.own, opening.year, not opening.no_year))

    def official(self, rng, report, body):
        year = rng.choice([2019, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2025])
        report.form = "2019" if year < 2021 or (year < 2023 and rng.random() < 0.05) else "2021"
        if self.wants("table") and table_damage.DAMAGES[self.damage][2] == ("2021",):
            year, report.form = max(year, 2021), "2021"
        opening = self.begin(rng, report, body, year)
        if self.damage == "Scope roll-up" or rng.random() < 0.05:
            self.roll_up(rng, report, opening)
        values = form.fill(rng, report.form)
        tables, truth = grid.official(values, report.form)
        self.damage_tables(rng, report, tables, values, truth)
        report.cells = truth
        lines = outline.Outline(rng, report, opening,
                                Voice(rng, opening.body.own, year, not opening.no_year), tables)
        lines.form = draw(rng, self.families["outline"], self.damage)
        if "one line" in report.layout and lines.form in ("H15 contents", "H7 second run of numbers"):
            lines.form = "H1 official"
        if lines.form == "H26 ends after section 1" and not any(b.kind in ("title", "boxed") for b in report.blocks):
            lines.form = "H1 official"
        report.damages.add(lines.form)
        if lines.form == "H26 ends after section 1":
            outline.opening_only(lines)
            report.cells, report.form = {}, FREE
        else:
            lines.write()
        if lines.form == "H20 attachment only":
            report.cells, report.form = {}, FREE
        self.lost_in_layout(report, tables)
        if self.damage == "E10 English between" or rng.random() < 0.01:
            self.english(rng, report)
        if (self.damage == "S23 second report" or rng.random() < 0.015) and report.cells:
            self.second(rng, report)

    def roll_up(self, rng, report, opening):
        report.damages.add("Scope roll-up")
        report.scopes = {"rolled_up"}
        sentence = rng.choice(["本报告综合各县区和政府各部门、各直属单位的年度报告编制而成。", "本报告由各乡镇、各部门的信息公开年度报告汇总编制而成。",
                               "本报告数据为全市各级各部门汇总数据。"])
        opening.preamble = (opening.preamble or opening.law() + "编制本年度报告。") + sentence

    def second(self, rng, report):
        """S23: another body's report behind the first."""
        report.damages.add("S23 second report")
        body = self.gazetteer.body(rng, "bureau")
        voice = Voice(rng, body.own, 2022)
        report.aside(f"{body.name}2022年政府信息公开工作年度报告", "chrome")
        for mark, words in zip("一二", outline.OFFICIAL):
            report.aside(f"{mark}、{words}", "chrome")
            report.aside(voice.paragraph(outline.narrative.PUBLISHED), "chrome")
        if rng.random() < 0.5:      # with tables of its own, which are not the first's
            for table in grid.official(form.fill(rng, "2021"), "2021")[0]:
                report.table(table)

    def english(self, rng, report):
        """E10: a machine's translation under every paragraph."""
        report.damages.add("E10 English between")
        for at in reversed([i for i, block in enumerate(report.blocks) if block.kind == "para"]):
            report.blocks.insert(at + 1, Block("neutral", letters.ENGLISH))
        report.neutral.append(letters.ENGLISH)

    def damage_tables(self, rng, report, tables, values, truth):
        if self.chosen(rng, "table", 0.4):
            fit = [n for n, d in table_damage.DAMAGES.items() if report.layout in (self.allowed(d[1]) or {report.layout})
                   and (d[2] is None or report.form in d[2])]
            name = draw(rng, self.families["table"], self.damage, fit)
            table_damage.DAMAGES[name][3](rng, report, tables, values, truth)
            report.damages.add(name)
            if name == "L2 heads of 2019":
                report.form = FREE
        if self.chosen(rng, "cell", 0.4) and "S15 all blank" not in report.damages:
            fit = [n for n, d in cell_damage.DAMAGES.items() if report.layout in (self.allowed(d[1]) or {report.layout})]
            name = draw(rng, self.families["cell"], self.damage, fit)
            cell_damage.DAMAGES[name][2](rng, tables, truth)
            report.damages.add(name)

    def lost_in_layout(self, report, tables):
        """Where a layout drops empty cells or spaces, the file no longer decides."""
        if report.layout in plain_text.DIGITS_GLUED:
            for truth in report.cells.values():
                truth.status = truth.status if truth.status in ("annotated", "unsure") else "free"
                truth.needed = False
            for passage in report.passages:
                if passage.subsection != FREE and not all(
                        (sub or "").endswith(("情况", "方面", "工作", "问题", "措施")) for sub in passage.subsection):
                    passage.subsection = FREE
        if report.layout in plain_text.BLANKS_LOST:
            for table in tables:
                for row in table.rows:
                    keys = [cell.key for cell in row if cell.key in report.cells]
                    if keys and any(not cell.text.strip() for cell in row if cell.key):
                        for key in keys:
                            report.cells[key].status, report.cells[key].needed = "free", False

    # How it is written

    def write(self, rng, report, number):
        kind = report.layout.split()[0]
        names = []
        if self.chosen(rng, "letters", 0.3):
            names.append(draw(rng, self.families["letters"], self.damage))
        if self.wants("lines") or (kind == "txt" and "one line" not in report.layout and rng.random() < 0.35):
            names.append(draw(rng, WRAPS, self.damage))
        if kind == "html" and self.chosen(rng, "page", 0.15) and not self.wants("markup"):
            names.append(draw(rng, PAGE, self.damage))
        elif kind in ("html", "md", "docx", "pdf") and report.kind != "other" and self.chosen(rng, "markup", 0.25):
            fit = [name for name, d in oddities.DAMAGES.items() if d[1] == kind]
            name = draw(rng, self.families["markup"], self.damage, fit)
            report.damages.add(name)
            oddities.DAMAGES[name][2](rng, report)
        if kind == "pdf" and (self.damage == "S22 watermark" or rng.random() < 0.2):
            names.append("S22 watermark")
            report.watermark = rng.choice(["仅供查阅", "内部资料", "政务公开"])
        encoding = self.encoding(rng, kind, names)
        report.damages.update(names)
        if kind == "txt" and (self.damage == "Noise around" or rng.random() < 0.12) and "one line" not in report.layout:
            self.noise(rng, report)

        def show(text, cell=False):
            for name in names:
                if name in letters.DAMAGES and (not cell or letters.DAMAGES[name][1]):
                    text = letters.DAMAGES[name][2](text, rng)
            return text

        self.bytes(rng, report, kind, encoding, show, number)

    def encoding(self, rng, kind, names):
        if kind == "html":
            if self.damage == "E5 gb18030" or rng.random() < 0.25:
                names.append("E5 gb18030")
                return "gb18030"
            return "utf-8"
        if self.damage == "E5 big5" or (kind == "txt" and rng.random() < 0.03):
            names[:] = [name for name in names if name not in letters.DAMAGES] + ["E2 traditional", "E5 big5"]
            return "big5"
        if self.damage in ("E5 gb18030", "E5 utf-16"):
            encoding = {"E5 gb18030": "gb18030", "E5 utf-16": "utf-16 LE"}[self.damage]
        else:
            encoding = draw(rng, plain_text.ENCODINGS) if kind in ("txt", "csv") else "utf-8"
        if encoding == "gb18030":
            names.append("E5 gb18030")
        elif encoding.startswith("utf-16"):
            names.append("E5 utf-16")
        return encoding

    def noise(self, rng, report):
        report.damages.add("Noise around")
        before = ["首页 > 政务公开 > 政府信息公开年报", f"索引号：0{rng.randint(1000, 9999)}/2024-00{rng.randint(100, 999)}",
                  f"字体：[大 中 小]  浏览次数：{rng.randint(5, 900)}  打印  关闭"]
        after = ["扫一扫在手机打开当前页", "主办：某门户网站  网站标识码：4100000001", "版权所有 未经许可不得转载"]
        blocks = report.blocks
        report.blocks = []
        for line in before:
            report.aside(line, "chrome")
        report.blocks += blocks
        for line in after:
            report.aside(line, "chrome")

    def bytes(self, rng, report, kind, encoding, show, number):
        if kind in ("txt", "csv"):
            text = plain_text.write(rng, report, show)
            try:
                report.data = plain_text.encode(text, encoding)
            except UnicodeEncodeError:
                report.damages.discard("E5 big5")
                report.data = text.encode()
        elif kind == "html":
            report.data = page.write(rng, report, show).encode(encoding, errors="xmlcharrefreplace")
        elif kind == "md":
            report.data = page.markdown(rng, report, show).encode()
        elif kind == "docx":
            report.data = office.write(rng, report, show)
        else:
            report.data = portable.write(rng, report, show)
        report.name = f"r{number:05d}.{kind}"
