"""Damaged heads, labels and rows of the official tables (layouts.md sections 7 and 8)."""

import form
from grid import Cell, Truth, dispute_tables, request_table


def table_of(tables, number):
    return next(table for table in tables if table.number == number)


def label_cells(tables):
    return [cell for table in tables for cell in table.cells() if not cell.key]


def typos(rng, report, tables, values, truth):
    swaps = {"行政事业性收费": "行政事业型收费", "本年处理决定数量": "本年处理绝对数量", "现行有效件数": "现行有效件",
             "二、上年结转政府信息公开申请数量": "二、上年结转政府信息公开数量",
             "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开", "行政规范性文件": "规范性文件",
             "（七）总计": "（七）合计", "复议后起诉": "复议后诉讼"}
    chosen = rng.sample(sorted(swaps), 4)
    for cell in label_cells(tables):
        if cell.text in chosen:
            cell.text = swaps[cell.text]


def label_notes(rng, report, tables, values, truth):
    for cell in label_cells(tables):
        if cell.text == "现行有效件数":
            cell.text = "现行有效件数（历史累计）"
        elif "单位：万元" in cell.text:
            cell.text = "本年收费金额（单位：万元，保留4位小数）"
        elif cell.text == "本年处理决定数量" and rng.random() < 0.5:
            cell.text = "本年处理决定数量（指2021年事项数，如18）"


def spaced_labels(rng, report, tables, values, truth):
    for cell in label_cells(tables):
        if rng.random() < 0.4 and len(cell.text) > 1:
            at = rng.randint(1, len(cell.text) - 1)
            cell.text = cell.text[:at] + " " + cell.text[at:]
        cell.text = cell.text.replace("第二十条第", rng.choice(["第二十条第", "第二十条 第", "第二十条"]))


def marks_lost(rng, report, tables, values, truth):
    for row in table_of(tables, 3).rows[3:]:
        for cell in row:
            if not cell.key and cell.text[:1] in "一二四" and "、" in cell.text[:3]:
                cell.text = cell.text[2:]


def column_more(rng, report, tables, values, truth):
    """S18: a column that the form has not, first or last."""
    table = table_of(tables, 2)
    first = rng.random() < 0.6
    head, rows = table.rows[1], table.rows[2:4]
    extra = rng.choice(["上年制发件数", "上年有效件数", "本年修订件数"])
    for line, cell in [(head, Cell(extra, head=True))] + [(row, Cell(str(rng.randint(1, 60)))) for row in rows]:
        line.insert(1 if first else len(line), cell)
    for row in table.rows:
        width = sum(cell.across for cell in row)
        if width < 5:
            row[-1].across += 5 - width
    table.columns = 5


def columns_swapped(rng, report, tables, values, truth):
    """Heads in another order, each number still under its own."""
    order = [1, 2, 3]
    while order == [1, 2, 3]:
        rng.shuffle(order)
    rows = table_of(tables, 2).rows
    for row in rows[1:4]:
        row[1:] = [row[i] for i in order]


def total_first(rng, report, tables, values, truth):
    columns = [form.COLUMNS[-1]] + form.COLUMNS[:-1]
    replace(tables, request_table(values, report.form, columns))


def column_less(rng, report, tables, values, truth):
    """A column of table 3 that the body left out (its numbers were zeros)."""
    key = rng.choice(["research", "public_welfare", "legal_service"])
    if any(values[f"requests.{row}.{key}"] for row, _, _ in form.request_rows(report.form)):
        return
    replace(tables, request_table(values, report.form, [c for c in form.COLUMNS if c[0] != key]))
    for row, _, _ in form.request_rows(report.form):
        absent(truth, f"requests.{row}.{key}")


def replace(tables, table):
    tables[next(i for i, t in enumerate(tables) if t.number == table.number)] = table


def absent(truth, key):
    truth[key].status, truth[key].needed, truth[key].allowed = "blank", False, set()


def first_article_last(rng, report, tables, values, truth):
    rows = table_of(tables, 2).rows
    rows[:] = rows[4:] + rows[:4]


def row_more(rng, report, tables, values, truth):
    """S19: a ground of refusal that the form has not, with its numbers in the sums."""
    table = table_of(tables, 3)
    at = next(i for i, row in enumerate(table.rows)
              if any(cell.key == "requests.denied.admin_query.total" for cell in row))
    label = rng.choice(["9.属于工作秘密", "9.属于商业秘密", "9.其他不予公开情形"])
    table.rows.insert(at + 1, [Cell(label)] + [Cell("0") for _ in form.COLUMNS])
    count = rng.randint(0, 6)
    for cell in table.rows[at + 1][1:]:
        cell.text = "0"
    table.rows[at + 1][1].text = table.rows[at + 1][-1].text = str(count)
    for row in table.rows[3:]:
        for cell in row:
            if cell.text in (form.RESULTS, form.DENIED):
                cell.down += 1
    for row in ("new", "results_total"):
        for column in ("natural_person", "total"):
            add(table, truth, values, f"requests.{row}.{column}", count)


def article_row_more(rng, report, tables, values, truth):
    """L10: a row that some provinces add to article 20(1)."""
    table_of(tables, 2).rows.insert(4, [Cell("其他主动公开文件")] + [Cell(str(rng.randint(0, 300))) for _ in range(3)])


def units_in_heads(rng, report, tables, values, truth):
    """The unit of a count in its head, or over the table."""
    for cell in table_of(tables, 2).cells():
        if cell.head and cell.text.endswith(("件数", "数量", "有效件")):
            cell.text += rng.choice(["（件）", "（单位：件）", "(件)"])


def add(table, truth, values, key, count):
    for cell in table.cells():
        if cell.key == key:
            values[key] += count
            cell.text = str(values[key])
            truth[key].value, truth[key].allowed = values[key], {values[key]}


def merged_other(rng, report, tables, values, truth):
    """S20: one row （六）其他处理 in the form of 2021."""
    table = table_of(tables, 3)
    sums = {c: sum(values[f"requests.{row}.{c}"] for row, _, _ in form.ROWS if row.startswith("other_"))
            for c, _ in form.COLUMNS}
    keep, done = [], False
    for row in table.rows:
        keys = [cell.key for cell in row if cell.key]
        if keys and keys[0].startswith("requests.other_handling"):
            if not done:
                keep.append([Cell("（六）其他处理", across=2)] + [Cell(str(sums[c])) for c, _ in form.COLUMNS])
                done = True
            continue
        keep.append(row)
    table.rows[:] = keep
    for cell in table.cells():
        if cell.text == form.RESULTS:
            cell.down -= 2
    for row, _, _ in form.ROWS:
        if row.startswith("other_"):
            for c, _ in form.COLUMNS:
                absent(truth, f"requests.{row}.{c}")


def unlabelled_rows(rng, report, tables, values, truth):
    """S16: the label of a row is gone; another's is not given to it."""
    rows = [row for row in table_of(tables, 3).rows[3:] if row[-1].key and "results_total" not in row[-1].key]
    for row in rng.sample(rows, rng.randint(1, 3)):
        labels = [cell for cell in row if not cell.key]
        labels[-1].text = ""
        for cell in row:
            if cell.key:
                truth[cell.key].status, truth[cell.key].needed = "free", False


def one_number(rng, report, tables, values, truth):
    """S14: one number in the row of table 4, which cannot say its column."""
    if any(cell.text != "0" for table in tables if table.number == 4 for cell in table.cells() if cell.key):
        return
    table = next(table for table in tables if table.number == 4)
    for cell in table.rows[-1][1:]:
        cell.text = ""
    for cell in table.rows[-1]:
        absent(truth, cell.key)
        truth[cell.key].status = "free"


def heads_lost(rng, report, tables, values, truth):
    """S13: the heads of table 4 are glued."""
    table = next(table for table in tables if table.number == 4)
    if table.columns == 15:
        table.rows[0] = [Cell("行政复议行政诉讼", across=15, head=True)]


def old_heads(rng, report, tables, values, truth):
    """L2: heads of the form of 2019 over article 20(1), the form of 2021 below."""
    table = table_of(tables, 2)
    for cell, text in zip(table.rows[1][1:], ["本年新制作数量", "本年新公开数量", "对外公开总数量"]):
        cell.text = text
    olds = {"issued": "made", "repealed": "disclosed", "in_force": "total_disclosed"}
    for key in list(truth):
        if key.startswith(("proactive.regulations", "proactive.normative")):
            group, last = key.removeprefix("proactive.").rsplit(".", 1)
            truth[f"proactive19.{group}.{olds[last]}"] = Truth(truth[key].value, "free", needed=False)
            absent(truth, key)
            truth[key].value = None
            if last == "issued":        # made this year: nearly the same
                truth[key].status, truth[key].value = "free", values[key]


def all_blank(rng, report, tables, values, truth):
    """S15: a form that nobody filled."""
    for table in tables:
        for cell in table.cells():
            if cell.key:
                cell.text = ""
                absent(truth, cell.key)


def three_disputes(rng, report, tables, values, truth):
    tables[2:] = dispute_tables(values)


def page_number(rng, report, tables, values, truth):
    """V14: a stray page number inside a label."""
    cell = rng.choice([c for row in table_of(tables, 3).rows[5:] for c in row if not c.key and len(c.text) > 9])
    at = rng.randint(3, len(cell.text) - 2)
    cell.text = cell.text[:at] + rng.choice(["— 5 —", " — 6 — ", "-7-"]) + cell.text[at:]


GRID = ("html", "docx", "md", "csv")
# name: (weight, layouts it can be printed in, forms, function)
DAMAGES = {
    "L7 typos": (4, None, ("2021",), typos), "L8 notes in labels": (4, None, ("2021",), label_notes),
    "L11 spaces in labels": (4, None, None, spaced_labels), "L12 marks lost": (2, None, None, marks_lost),
    "S18 a column more": (4, GRID, ("2021",), column_more),
    "S18 columns swapped": (3, GRID, None, columns_swapped), "S18 total first": (2, GRID, None, total_first),
    "S18 a column less": (3, GRID, None, column_less),
    "S17 article 20(1) last": (2, None, ("2021",), first_article_last),
    "S19 a row more": (4, None, None, row_more), "L10 a row more in 20(1)": (2, None, None, article_row_more),
    "V19 units of counts": (2, None, None, units_in_heads), "S20 other handling merged": (3, None, ("2021",), merged_other),
    "S16 rows without label": (4, ("html", "docx", "md"), None, unlabelled_rows),
    "S14 one number": (2, ("html", "docx", "md", "txt"), None, one_number), "S13 heads glued": (2, None, None, heads_lost),
    "L2 heads of 2019": (2, GRID, ("2021",), old_heads), "S15 all blank": (1, None, None, all_blank),
    "S13 three tables": (4, None, None, three_disputes), "V14 page number in label": (2, None, None, page_number),
}
