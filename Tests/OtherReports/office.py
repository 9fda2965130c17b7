"""Reports as Word documents: paragraphs, spans of tables, revisions."""

import io
import zipfile
from xml.sax.saxutils import escape

from oddities import NOTE

LAYOUTS = {"docx": 10}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content, properties=""):
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{content}</w:p>"


def pieces(rng, text):
    """A text in several runs, as Word leaves it."""
    if rng.random() < 0.5 or len(text) < 4:
        return run(text)
    at = rng.randint(1, len(text) - 1)
    return run(text[:at], '<w:rFonts w:hint="eastAsia"/>') + run(text[at:])


def styled(rng, style, text):
    mark = 'w:id="7" w:author="校对" w:date="2023-01-05T00:00:00Z"'
    if style == "struck":
        if rng.random() < 0.5:
            return f'<w:del {mark}><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'
        return run(text, rng.choice(["<w:strike/>", "<w:dstrike/>"]))
    if style == "inserted":
        return f'<w:ins {mark}>{run(text)}</w:ins>'
    if style == "raised":
        return run(text, '<w:vertAlign w:val="superscript"/>')
    if style == "break":
        return "<w:r><w:br/></w:r>"
    return run(text)


def cell_content(rng, cell, show):
    if cell.runs:
        return "".join(styled(rng, style, text) for style, text in cell.runs)
    return run(show(cell.text, True)) if cell.text else ""


DELETED_ROW = ('<w:tr><w:trPr><w:del w:id="8" w:author="审核" w:date="2023-01-04T00:00:00Z"/></w:trPr>{}</w:tr>')


def deleted_row(rng, columns):
    """A row that a revision removed, with numbers of its own."""
    cells = ["旧行"] + [str(rng.randint(1, 99)) for _ in range(columns - 1)]
    return DELETED_ROW.format("".join(
        '<w:tc><w:tcPr/><w:p><w:del w:id="8" w:author="审核" w:date="2023-01-04T00:00:00Z"><w:r><w:delText>'
        f"{cell}</w:delText></w:r></w:del></w:p></w:tc>" for cell in cells))


def table_xml(rng, table, show, revised):
    rows = []
    for line in table.places():
        cells, done = [], set()
        for x, cell, begins in line:
            if id(cell) in done:
                continue
            done.add(id(cell))
            span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
            merge = "" if cell.down == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            content = cell_content(rng, cell, show) if begins else ""
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{span}{merge}</w:tcPr>'
                         f"{paragraph(content)}</w:tc>")
        rows.append("<w:tr>" + "".join(cells) + "</w:tr>")
    if revised:
        rows.insert(rng.randint(2, len(rows)), deleted_row(rng, table.columns))
    grid = "<w:gridCol/>" * table.columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


NOTE_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'


def text_runs(rng, text):
    before, mark, after = text.partition(NOTE)
    return pieces(rng, before) + (NOTE_MARK + run(after) if mark else "")


def body_xml(rng, report, show, parts):
    body = []
    for block in report.blocks:
        text = show(block.lead + block.text)
        if block.kind == "table":
            revised = "D deleted row" in report.damages and block.table.number == 3
            body.append(table_xml(rng, block.table, show, revised))
        elif block.kind == "boxed":
            cells = "".join(f"<w:tc>{paragraph(run(show(text)))}</w:tc>" for text in (block.lead, block.text) if text)
            body.append(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
        elif block.kind == "raw":
            body.append(block.text)
        elif block.kind == "note":
            parts["word/footnotes.xml"] = f'<w:footnotes {W}><w:footnote w:id="1">{paragraph(run(text))}</w:footnote></w:footnotes>'
        elif block.kind == "chunk":
            parts["word/afchunk.htm"] = f"<html><head><meta charset='utf-8'></head><body><p>{escape(text)}</p></body></html>"
            body.append('<w:altChunk r:id="rId4"/>')
        else:
            mark = '<w:rPr><w:del w:id="6" w:author="审核" w:date="2023-01-04T00:00:00Z"/></w:rPr>'
            properties = {"title": '<w:jc w:val="center"/>', "heading": '<w:pStyle w:val="2"/>', "joined": mark}.get(
                block.kind, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
            body.append(paragraph(text_runs(rng, text), properties))
        if rng.random() < 0.1 and block.kind != "joined":
            body.append(paragraph(""))
    return "".join(body)


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def write(rng, report, show):
    parts = {}
    body = body_xml(rng, report, show, parts)
    section = "<w:sectPr/>"
    if "D header" in report.damages:
        section = '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>'
        parts["word/header1.xml"] = f"<w:hdr {W}>{paragraph(run('内部文件 请妥善保管 第1页'))}</w:hdr>"
    parts = {name: text if name.endswith("htm") else HEAD + text for name, text in parts.items()}
    parts["word/document.xml"] = f'{HEAD}<w:document {W} xmlns:r="{OFFICE}"><w:body>{body}{section}</w:body></w:document>'
    targets = [("rId2", "header", "header1.xml"), ("rId3", "footnotes", "footnotes.xml"), ("rId4", "aFChunk", "afchunk.htm")]
    links = "".join(f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{name}"/>'
                    for id, kind, name in targets if "word/" + name in parts)
    parts["word/_rels/document.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    parts["_rels/.rels"] = (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>')
    kinds = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}{kind}+xml"/>' for name, kind in
                    [("document", "document.main"), ("header1", "header"), ("footnotes", "footnotes")]
                    if f"word/{name}.xml" in parts)
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="htm" ContentType="text/html"/>{kinds}</Types>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name])
    return file.getvalue()
