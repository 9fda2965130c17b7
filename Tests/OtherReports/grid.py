"""Tables as grids of cells that may span, and the three tables of the official form."""

from dataclasses import dataclass, field

import form


@dataclass
class Cell:
    text: str
    key: str | None = None          # the statistic that this cell prints
    down: int = 1                   # rows that it spans
    across: int = 1                 # columns that it spans
    runs: list | None = None        # [(style, text)]; styles: "", "struck", "inserted", "raised", "break"
    head: bool = False


@dataclass
class Truth:
    """What a careful reader may say of one statistic."""
    value: float | int | None       # the number that the body meant
    status: str = "printed"         # printed, blank, annotated, unsure, free, absent
    allowed: set = field(default_factory=set)
    needed: bool = True             # a careful reader would have it


class Table:
    def __init__(self, number, rows, columns):
        self.number, self.rows, self.columns = number, rows, columns
        self.labels_lost = False

    def cells(self):
        return [cell for row in self.rows for cell in row]

    def places(self):
        """Every cell with its row, its first column, and the rows it is continued in."""
        taken, out = {}, []
        for y, row in enumerate(self.rows):
            x, line = 0, []
            for cell in row:
                while (y, x) in taken:
                    line.append((x, taken[y, x], False))
                    x += 1
                line.append((x, cell, True))
                for dy in range(cell.down):
                    for dx in range(cell.across):
                        if dy:
                            taken[y + dy, x + dx] = cell
                x += cell.across
            while (y, x) in taken:
                line.append((x, taken[y, x], False))
                x += 1
            out.append(line)
        return out

    def expanded(self):
        """Rows of one text a column; a span's text stands once, its rest is None."""
        out = []
        for line in self.places():
            texts = [None] * self.columns
            for x, cell, own in line:
                if own and x < self.columns:
                    texts[x] = cell
            out.append(texts)
        return out


def show(value):
    return str(value)


def article_table(values, chosen, heads_from=None):
    """Table 2: articles one below the other, four columns."""
    rows = []
    for name, heads, lines in form.articles(chosen):
        rows.append([Cell(name, across=4, head=True)])
        rows.append([Cell("信息内容", head=True)] + spread(
            [Cell((heads_from or {}).get(head, head), head=True) for head in heads]))
        for label, keys in lines:
            rows.append([Cell(label)] + spread([Cell(show(values[key]), key) for key in keys]))
    return Table(2, rows, 4)


def spread(cells):
    """One, two or three cells over three columns."""
    if len(cells) == 1:
        cells[0].across = 3
    if len(cells) == 2:
        cells[1].across = 2
    return cells


NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def request_table(values, chosen, columns=None):
    """Table 3: three columns of labels, seven of numbers."""
    columns = columns or form.COLUMNS
    organisations = [c for c in columns if c[0] not in ("natural_person", "total")]
    rows = [[Cell(NOTE, down=3, across=3, head=True), Cell("申请人情况", across=len(columns), head=True)]]
    second, third = [], []
    for key, label in columns:
        if key in ("natural_person", "total"):
            second.append(Cell(label, down=2, head=True))
        elif (key, label) == organisations[0]:
            second.append(Cell("法人或其他组织", across=len(organisations), head=True))
    third = [Cell(label, head=True) for _, label in organisations]
    rows += [second, third]
    all_rows = form.request_rows(chosen)
    groups = {}
    for _, group, _ in all_rows:
        groups[group] = groups.get(group, 0) + 1
    results = sum(1 for _, group, _ in all_rows if group)
    seen = set()
    for key, group, label in all_rows:
        line = []
        if group and form.RESULTS not in seen:
            line.append(Cell(form.RESULTS, down=results))
            seen.add(form.RESULTS)
        if group in (None,):
            line.append(Cell(label, across=3))
        elif group == form.RESULTS:
            line.append(Cell(label, across=2))
        else:
            if group not in seen:
                line.append(Cell(group, down=groups[group]))
                seen.add(group)
            line.append(Cell(label))
        line += [Cell(show(values[f"requests.{key}.{column}"]), f"requests.{key}.{column}")
                 for column, _ in columns]
        rows.append(line)
    return Table(3, rows, 3 + len(columns))


def dispute_table(values):
    """Table 4: fifteen numbers in one row."""
    outcomes = [label for _, label in form.OUTCOMES]
    rows = [
        [Cell("行政复议", across=5, head=True), Cell("行政诉讼", across=10, head=True)],
        [Cell(label, down=2, head=True) for label in outcomes]
        + [Cell("未经复议直接起诉", across=5, head=True), Cell("复议后起诉", across=5, head=True)],
        [Cell(label, head=True) for label in outcomes * 2],
        [Cell(show(values[f"disputes.{block}.{outcome}"]), f"disputes.{block}.{outcome}")
         for block, _ in form.BLOCKS for outcome, _ in form.OUTCOMES],
    ]
    return Table(4, rows, 15)


def dispute_tables(values):
    """Table 4 as three tables of five numbers."""
    tables = []
    for block, label in form.BLOCKS:
        name = label if block == "review" else "行政诉讼（" + label + "）"
        tables.append(Table(4, [
            [Cell(name, across=5, head=True)],
            [Cell(outcome, head=True) for _, outcome in form.OUTCOMES],
            [Cell(show(values[f"disputes.{block}.{key}"]), f"disputes.{block}.{key}")
             for key, _ in form.OUTCOMES]], 5))
    return tables


def official(values, chosen, three_disputes=False):
    disputes = dispute_tables(values) if three_disputes else [dispute_table(values)]
    truth = {cell.key: Truth(values[cell.key], allowed={values[cell.key]})
             for table in [article_table(values, chosen), request_table(values, chosen), *disputes]
             for cell in table.cells() if cell.key}
    return [article_table(values, chosen), request_table(values, chosen), *disputes], truth
