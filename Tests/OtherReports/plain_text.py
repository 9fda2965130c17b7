"""Reports as plain text: the serialisations of layouts.md section 7 and the wraps of section 5."""

LAYOUTS = {
    "txt S1 spaces": 14, "txt S2 tabs": 10, "txt S2 tabs lost": 5, "txt S3 pipes": 7, "txt S4 leading pipes": 5,
    "txt S5 cell and pipe a line": 4, "txt S6 pipe alone": 4, "txt S7 cell a line": 6,
    "txt S8 newline in cell": 3, "txt S9 rows of pipes": 2, "txt one line, spaces": 4, "txt one line, glued": 3,
    "csv": 4,
}
BLANKS_LOST = {"txt S1 spaces", "txt S7 cell a line", "txt one line, spaces", "txt one line, glued"}
DIGITS_GLUED = {"txt one line, glued"}
NO_LINES = {"txt one line, spaces", "txt one line, glued"}


def own(table):
    """Rows of the cells that begin in them."""
    return [[cell for cell in line if cell] for line in table.expanded()]


def spaces(rng, table):
    lines = []
    split_labels = rng.random() < 0.5
    for row in own(table):
        labels = [cell.text for cell in row if not cell.key]
        values = " ".join(cell.text for cell in row if cell.key and cell.text.strip())
        groups, last = labels[:-1], labels[-1:] or [""]
        if not values:
            lines.append(" ".join(labels))
            continue
        if split_labels:
            for group in groups:
                lines += [group[:6], group[6:]] if len(group) > 7 else [group]
        else:
            last = [" ".join(groups + last)] if groups else last
        if len(last[0]) > 30 and split_labels:
            lines += [last[0][:28], last[0][28:], values]
        else:
            lines.append((last[0] + " " + values).strip())
    return [line for line in lines if line]


def tabs(rng, table, lost=False):
    lines = []
    rows = table.expanded()
    shifted = set(rng.sample(range(len(rows)), min(len(rows), 5))) if lost else set()
    for y, row in enumerate(rows):
        line = [cell.text if cell else "" for cell in row]
        if y in shifted:
            while line and not line[0]:
                line.pop(0)
        lines.append("\t".join(line) + "\t")
    return lines


def pipes(rng, table, leading=False):
    lines = []
    for row in table.expanded():
        line = " | ".join(cell.text if cell else "" for cell in row)
        lines.append("| " + line + " |" if leading else line + " |")
    return lines


def cell_lines(rng, table, way):
    lines = []
    for row in own(table):
        for i, cell in enumerate(row):
            text = cell.text
            if way == "S5":
                lines.append(text + " |")
            elif way == "S6":
                lines += [text, "|"] if text else ["|"]
            elif text.strip():
                if not cell.key and len(text) > 7 and rng.random() < 0.25:
                    lines += [text[:5], text[5:], ""]
                else:
                    lines += [text, ""]
    return lines


def newline_in_cells(rng, table):
    return ["| " + " | ".join("\n" + (cell.text if cell else "") for cell in row) + " |"
            for row in table.expanded()]


def table_lines(rng, layout, table):
    if layout in ("txt S1 spaces", "txt one line, spaces", "txt one line, glued"):
        return spaces(rng, table)
    if layout == "txt S2 tabs":
        return tabs(rng, table)
    if layout == "txt S2 tabs lost":
        return tabs(rng, table, lost=True)
    if layout == "txt S3 pipes":
        return pipes(rng, table)
    if layout == "txt S4 leading pipes":
        return pipes(rng, table, leading=True)
    if layout == "txt S8 newline in cell":
        return newline_in_cells(rng, table)
    if layout == "txt S9 rows of pipes":
        return ["|" * rng.randint(200, 900)] + pipes(rng, table) + ["|" * rng.randint(200, 900)]
    return cell_lines(rng, table, layout[4:6])


def wrapped(text, width):
    return [text[i:i + width] for i in range(0, len(text), width)] or [""]


def csv_lines(report, show):
    """S21: a sheet saved as CSV, paragraphs in its first column."""
    def quoted(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text
    lines = []
    for block in report.blocks:
        if block.kind == "table":
            for row in block.table.expanded():
                lines.append(",".join(quoted(show(cell.text, True)) if cell else "" for cell in row))
        else:
            lines.append(quoted(show(block.lead + block.text)) + "," * 9)
    return lines


def turned_to_spaces(line, report):
    """Wrap 2: the ends of lines became spaces, inside words too, though not inside numbers."""
    if "Wrap 2 spaces" not in report.damages:
        return line
    parts = wrapped(line, 40)
    joined = parts[0]
    for part in parts[1:]:
        inside = joined[-1:].isascii() and part[:1].isascii()
        joined += ("" if inside else " ") + part
    return joined


def write(rng, report, show):
    """The text of a file; `show` is the damage of letters."""
    if report.layout == "csv":
        return "\n".join(csv_lines(report, show)) + "\n"
    wraps = {"Wrap 1 blank between": 60, "Wrap lines": rng.choice([38, 46, 62])}
    width = next((n for name, n in wraps.items() if name in report.damages), 0)
    gap = rng.choice(["", "", "\n"]) if not width else "\n"
    indent = "\u3000\u3000" if rng.random() < 0.5 or width else rng.choice(["", "    ", "\u00a0\u00a0"])
    out = []
    for block in report.blocks:
        if block.kind == "table":
            out += [show(line, True) for line in table_lines(rng, report.layout, block.table)]
        elif block.kind == "boxed":
            out.append("|" + "".join(show(text) + "|" for text in (block.lead, block.text) if text))
        elif block.kind in ("para", "sub") and report.layout not in NO_LINES:
            text = indent + show(block.lead + block.text)
            lines = wrapped(text, width) if width and block.kind == "para" else [text]
            lines = [turned_to_spaces(line, report) for line in lines]
            out.append(("\n\n" if "Wrap 1 blank between" in report.damages else "\n").join(lines))
        else:
            out.append(turned_to_spaces(show(block.lead + block.text), report))
        if "Wrap 3 page numbers" in report.damages and rng.random() < 0.15 and block.kind == "para":
            out.append(rng.choice(["— 3 —", "- 4 -", "—5—", "6"]))
        if gap and block.kind != "table":
            out.append("")
    if report.layout == "txt one line, spaces":
        return " ".join(line.strip() for line in out if line.strip())
    if report.layout == "txt one line, glued":
        return "".join(line.strip().replace(" ", "") for line in out)
    return "\n".join(out) + "\n"


ENCODINGS = {
    "utf-8": 55, "utf-8 BOM": 6, "utf-8 CRLF": 8, "gb18030": 14, "utf-16 LE": 6, "utf-16 BE": 4,
}


def encode(text, encoding):
    if encoding == "utf-8 BOM":
        return b"\xef\xbb\xbf" + text.encode()
    if encoding == "utf-8 CRLF":
        return text.replace("\n", "\r\n").encode()
    if encoding == "utf-16 LE":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if encoding == "utf-16 BE":
        return b"\xfe\xff" + text.encode("utf-16-be")
    if encoding == "big5":
        return text.encode("big5", errors="strict")
    return text.encode(encoding)
