"""Reports as Word documents: paragraphs, spans of tables, revisions."""

import io
import zipfile
from xml.sax.saxutils import escape

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


def table_xml(rng, table, show):
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
    grid = "<w:gridCol/>" * table.columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def write(rng, report, show):
    body = []
    for block in report.blocks:
        if block.kind == "table":
            body.append(table_xml(rng, block.table, show))
            continue
        content = pieces(rng, show(block.lead + block.text))
        properties = {"title": '<w:jc w:val="center"/>', "heading": '<w:pStyle w:val="2"/>'}.get(
            block.kind, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
        body.append(paragraph(content, properties))
        if rng.random() < 0.1:
            body.append(paragraph(""))
    document = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>'
                + "".join(body) + "<w:sectPr/></w:body></w:document>")
    parts = {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/'
        'document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"'
        "/></Types>",
        "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/'
        'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()
