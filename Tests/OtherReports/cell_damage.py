"""What stands in cells besides one plain number (layouts.md section 9), with what may be read of it."""

from grid import Cell


def numbers(tables, needed=lambda cell: True):
    return [cell for table in tables for cell in table.cells() if cell.key and needed(cell)]


def take(rng, tables, few=4, needed=lambda cell: True):
    """A few cells to damage; article cells and busy cells more often than zeros."""
    cells = numbers(tables, needed)
    busy = [cell for cell in cells if cell.text not in ("0", "0.0")]
    chosen = []
    for _ in range(rng.randint(1, few)):
        pool = busy if busy and rng.random() < 0.8 else cells
        cell = rng.choice(pool)
        if cell not in chosen:
            chosen.append(cell)
    return chosen


def whole(cell):
    return cell.text.isdigit()


def missing(truth, cell, text):
    """Nothing to read here: a value may follow from the sums, and is marked so."""
    cell.text = text
    if truth[cell.key].status != "free":
        truth[cell.key].status, truth[cell.key].needed, truth[cell.key].allowed = "blank", False, set()


def marked(truth, cell, status="annotated", allowed=None):
    t = truth[cell.key]
    t.status, t.needed = status, False
    t.allowed = {t.value} if allowed is None else set(allowed)


def blank(rng, tables, truth):
    for cell in take(rng, tables, 12):
        missing(truth, cell, rng.choice(["", "", "\u00a0", "\u3000"]))


def blank_totals(rng, tables, truth):
    for cell in numbers(tables, lambda c: c.key.startswith("requests") and c.key.endswith("total")):
        missing(truth, cell, "")


def dash(rng, tables, truth):
    mark = rng.choice(["-", "—", "/", "无", "\\", "——", "－"])
    for cell in take(rng, tables, 8):
        missing(truth, cell, mark)


def word(rng, tables, truth):
    for cell in take(rng, tables, 3):
        missing(truth, cell, rng.choice(["详见附件", "未统计", "不涉及", "见说明", "暂无"]))


def annotation(rng, tables, truth):
    for cell in take(rng, tables, 3, whole):
        n = int(cell.text)
        part = rng.randint(1, max(1, n))
        cell.text += rng.choice([f"（其中修订{part}件）", f"（含自然失效{part}件)", f"(含上年结转{part}件)"])
        marked(truth, cell)


def note_mark(rng, tables, truth):
    for cell in take(rng, tables, 3, whole):
        mark = rng.choice(["*", "①", "[2]", "^1", "¹", "※", "raised", "raised", "注1"])
        if mark == "raised":
            cell.runs = [("", cell.text), ("raised", rng.choice(["1", "2", "①", "[1]", "注"]))]
            cell.text += "[1]"          # where nothing can be raised
        else:
            cell.text += mark
        marked(truth, cell)


def struck(rng, tables, truth):
    for cell in take(rng, tables, 3, whole):
        old = str(max(0, int(cell.text) + rng.choice([-7, -3, 2, 5, 10])))
        pair = [("struck", old), (rng.choice(["", "inserted"]), cell.text)]
        cell.runs = pair if rng.random() < 0.7 else pair[::-1]
        cell.text = old + "→" + cell.text
        marked(truth, cell)


def arrow(rng, tables, truth):
    for cell in take(rng, tables, 3, whole):
        cell.text = f"{int(cell.text) + rng.randint(1, 9)}{rng.choice(['→', '->', ' → '])}{cell.text}"
        marked(truth, cell)


def two_numbers(rng, tables, truth):
    for cell in take(rng, tables, 3, whole):
        second = str(rng.randint(1, 400))
        cell.runs = [("", cell.text), ("break", ""), ("", second)]
        cell.text = f"{cell.text} / {second}"
        marked(truth, cell, "unsure", [])


def unit(rng, tables, truth):
    for cell in take(rng, tables, 8, whole):
        if cell.key.endswith(("amount",)):
            continue
        cell.text += rng.choice(["件", "件", " 件", "起"])


def money(rng, tables, truth):
    """Amounts with their unit, or without, or in 元; purchases in 笔."""
    for cell in numbers(tables, lambda c: c.key.endswith("procurement.projects") and rng.random() < 0.5):
        cell.text += "笔"
    for cell in numbers(tables, lambda c: c.key.endswith("amount")):
        value = truth[cell.key].value
        in_2021 = cell.key.startswith("proactive.")
        way = rng.choice(["万元", "元", "zeros"])
        if way == "万元":
            cell.text = f"{cell.text}万元"
            truth[cell.key].allowed = {value} if in_2021 else {value, value * 10000}
            truth[cell.key].needed = in_2021
        elif way == "元":
            cell.text = f"{round(value * 10000)}元"
            right = round(value * 10000) / 10000
            truth[cell.key].allowed = {right} if in_2021 else {right, round(value * 10000)}
            truth[cell.key].needed = in_2021
        else:
            cell.text = f"{float(value):.4f}"


def unit_in_head(rng, tables, truth):
    for table in tables:
        for cell in table.cells():
            if "单位：万元" in cell.text.replace(" ", ""):
                cell.text = "本年收费金额（单位：元）"
        for cell in table.cells():
            if cell.key == "proactive.fees.amount":
                yuan = round(truth[cell.key].value * 10000)
                cell.text, truth[cell.key].allowed = str(yuan), {yuan / 10000}


def separators(rng, tables, truth):
    for cell in numbers(tables, lambda c: c.text.isdigit() and len(c.text) > 3):
        mark = rng.choice([",", ",", "，"])
        cell.text = f"{int(cell.text):,}".replace(",", mark)
    for cell in take(rng, tables, 12, whole):
        cell.text = cell.text.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})


def row_fails(rng, tables, truth):
    """A total that does not add up is what it is."""
    for cell in take(rng, tables, 2, lambda c: c.key.endswith(".total") and c.text.isdigit()):
        wrong = int(cell.text) + rng.choice([1, 2, 10])
        cell.text = str(wrong)
        truth[cell.key].value, truth[cell.key].allowed = wrong, {wrong}


def hidden(rng, tables, truth):
    """A number that a page's style hides, or that is a template's rest, beside the shown one."""
    for cell in take(rng, tables, 3, whole):
        cell.runs = [("hidden", str(rng.randint(1, 900))), ("", cell.text)]


def filled_signs(rng, tables, truth):
    """Signed changes of the form of 2019: +3, -2."""
    for cell in numbers(tables, lambda c: c.key.endswith("items_change")):
        value = truth[cell.key].value
        if value > 0:
            cell.text = rng.choice([f"+{value}", str(value)])


GRID = ("html", "docx")
# name: (weight, where it can be printed, function)
DAMAGES = {
    "V2 blank": (5, None, blank), "V2 blank totals": (2, None, blank_totals), "V3 dash": (3, None, dash),
    "V4 word": (2, None, word), "V8 annotated": (4, None, annotation), "V15 note mark": (4, None, note_mark),
    "V16 struck": (4, GRID, struck), "V17 arrow": (2, None, arrow), "V18 two numbers": (3, GRID, two_numbers),
    "V5 unit inside": (2, None, unit), "V6 amounts": (3, None, money), "V19 unit in head": (2, None, unit_in_head),
    "V9 separators": (3, None, separators), "V20 sum fails": (3, None, row_fails), "V21 hidden number": (1, ("html",), hidden),
    "V7 signs": (2, None, filled_signs),
}
