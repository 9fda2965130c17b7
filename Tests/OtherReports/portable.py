"""Reports as PDF files, drawn here: letters in a font of the reader's own, ruled tables, pages.

The font is not embedded (UniGB-UCS2-H), as many converters write Chinese: positions are known, since every
Han character is one em wide and every half-width one half an em.
"""

import zlib

LAYOUTS = {"pdf": 8, "pdf ruled": 4}
WIDTH, HEIGHT, MARGIN = 595, 842, 60


def measure(text, size):
    return sum(size / 2 if ord(c) < 0x7f else size for c in text)


def fold(text, width, size):
    """Lines that fit."""
    lines, line, used = [], "", 0
    for c in text:
        step = measure(c, size)
        if used + step > width and line:
            lines.append(line)
            line, used = "", 0
        line += c
        used += step
    return lines + [line]


class Pages:
    def __init__(self, watermark):
        self.pages, self.turned, self.watermark = [], [], watermark
        self.lying = False
        self.turn()

    @property
    def width(self):
        return HEIGHT if self.lying else WIDTH

    @property
    def height(self):
        return WIDTH if self.lying else HEIGHT

    def turn(self, lying=None):
        self.lying = self.lying if lying is None else lying
        self.pages.append([])
        self.turned.append(self.lying)
        self.y = self.height - MARGIN
        if self.watermark:
            for i in range(3):
                self.pages[-1].append(f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 {120 + i * 60} {150 + i * 220} Tm "
                                      f"{hexed(self.watermark)} Tj ET")

    def room(self, height):
        if self.y - height < MARGIN:
            self.turn()

    def draw(self, x, y, text, size):
        self.pages[-1].append(f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td {hexed(text)} Tj ET")

    def paragraph(self, text, size=14, indent=2, centred=False):
        width = self.width - 2 * MARGIN
        lines = self.indented(text, width, size, indent)
        for i, line in enumerate(lines):
            self.room(size * 1.8)
            x = MARGIN + (size * indent if i == 0 else 0)
            if centred:
                x = (self.width - measure(line, size)) / 2
            self.draw(x, self.y - size, line, size)
            self.y -= size * 1.8

    def indented(self, text, width, size, indent):
        first = fold(text, width - size * indent, size)[0]
        rest = text[len(first):]
        return [first] + (fold(rest, width, size) if rest else [])

    def table(self, table, ruled, show, repeated=False):
        size = 8 if table.columns > 5 else 10
        widths = self.widths(table)
        lefts = [MARGIN - 20 + sum(widths[:i]) for i in range(table.columns + 1)]
        heights, places = [], table.places()
        for line in places:
            tall = size + 5
            for x, cell, begins in line:
                if begins and cell.down == 1:
                    room = lefts[x + cell.across] - lefts[x] - 4
                    tall = max(tall, len(fold(show(cell.text, True), room, size)) * (size + 2) + 4)
            heights.append(tall)
        self.stretch(places, heights, lefts, size, show)
        heads = 3 if repeated and table.number == 3 else 0
        for y, line in enumerate(places):
            if self.y - heights[y] < MARGIN:
                self.turn()
                for again in range(heads if y >= heads else 0):
                    self.row(places[again], heights[again:], lefts, size, ruled, show)
            self.row(line, heights[y:], lefts, size, ruled, show)
        self.y -= 10

    def row(self, line, heights, lefts, size, ruled, show):
        for x, cell, begins in line:
            if begins:
                self.cell(cell, lefts[x], lefts[x + cell.across], sum(heights[:cell.down]), size, ruled, show)
        self.y -= heights[0]

    def stretch(self, places, heights, lefts, size, show):
        """Rows grow when a cell that spans them needs more."""
        for y, line in enumerate(places):
            for x, cell, begins in line:
                if begins and cell.down > 1:
                    lines = len(fold(show(cell.text, True), lefts[x + cell.across] - lefts[x] - 4, size))
                    lack = lines * (size + 2) + 4 - sum(heights[y:y + cell.down])
                    if lack > 0:
                        heights[y + cell.down - 1] += lack

    def widths(self, table):
        total = self.width - 2 * MARGIN + 40
        if table.columns >= 9 and table.number == 3:
            return [45, 55, 135] + [(total - 235) / (table.columns - 3)] * (table.columns - 3)
        return [total / table.columns] * table.columns

    def cell(self, cell, left, right, height, size, ruled, show):
        lines = fold(show(cell.text, True), right - left - 4, size)
        height = min(height, self.y - MARGIN + 30)
        top = self.y - (height - len(lines) * (size + 2)) / 2
        for i, line in enumerate(lines):
            x = (left + right - measure(line, size)) / 2 if cell.key or cell.head else left + 2
            self.draw(x, top - size - i * (size + 2), line, size)
        if ruled:
            self.pages[-1].append(f"{left:.1f} {self.y - height:.1f} {right - left:.1f} {height:.1f} re S")


def hexed(text):
    return "<" + text.encode("utf-16-be").hex() + ">"


def write(rng, report, show):
    pages = Pages(report.watermark)
    for block in report.blocks:
        if block.kind == "table":
            lying = "P turned pages" in report.damages and block.table.number == 3
            if lying:
                pages.turn(lying=True)
            pages.table(block.table, report.layout == "pdf ruled", show, "P heads repeated" in report.damages)
            if lying:
                pages.turn(lying=False)
            continue
        text = show(block.lead + block.text)
        if block.kind == "boxed":
            text = show(block.lead) + "  " + show(block.text)
        if block.kind == "title":
            pages.paragraph(text, 18, 0, centred=True)
        else:
            pages.paragraph(text, 14, 2)
    if rng.random() < 0.6:
        for i, page in enumerate(pages.pages):
            page.append(f"BT /F1 10 Tf {WIDTH / 2 - 15} 30 Td {hexed(f'— {i + 1} —')} Tj ET")
    return assemble(pages.pages, pages.turned)


def assemble(pages, turned):
    kids = [f"{6 + 2 * i} 0 R" for i in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    streams = {}
    for i, page in enumerate(pages):
        rotate = " /Rotate 90" if turned[i] else ""
        if turned[i]:
            page = [f"q 0 1 -1 0 {WIDTH} 0 cm", *page, "Q"]
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]{rotate} /Contents {7 + 2 * i} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        streams[len(objects)] = zlib.compress("\n".join(page).encode())
        objects.append("")
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for i, text in enumerate(objects):
        offsets.append(len(out))
        if i in streams:
            data = streams[i]
            body = f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream"
        else:
            body = text.encode()
        out += f"{i + 1} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
