"""What markup can do to text: hidden words, phonetic guides, notes, revisions, embedded pages.

Signs from the private area stand for markup until a page is written: see `as_html`.
"""

from document import FREE, Block, Passage

RUBY, RUBY_MIDDLE, RUBY_END, DASH, NOTE = "\ue001", "\ue003", "\ue002", "\ue004", "\ue005"
GUIDES = {"开": "kāi", "务": "wù", "办": "bàn", "众": "zhòng", "政": "zhèng", "息": "xī", "度": "dù"}
SECRET = ["本行仅供编辑核对使用，发布时请删除。", "模板内容请勿修改，数据由系统自动汇总生成。", "友情链接：彩票资讯 博彩论坛 网上投注"]
SOURCE = "数据由业务系统导出，统计口径与上年一致。"


def paragraphs(report):
    return [block for block in report.blocks if block.kind == "para" and len(block.text) > 20]


def passage_of(report, block):
    return next((p for p in report.passages if p.text == block.text), None)


def hidden(rng, report):
    """Words that no visitor of the page sees."""
    for form in rng.sample([
            '<div style="display:none">{}</div>', '<p style="position:absolute;left:-9999px">{}</p>',
            '<span style="font-size:0">{}</span>', "<style>.x9k{{display:none}}</style><p class='x9k'>{}</p>",
            '<p hidden>{}</p>', '<p style="visibility:hidden">{}</p>'], 2):
        at = rng.randrange(len(report.blocks) + 1)
        report.blocks.insert(at, Block("raw", form.format(rng.choice(SECRET))))


def ruby(rng, report):
    for block in paragraphs(report):
        for c, guide in GUIDES.items():
            if c in block.text and rng.random() < 0.4:
                block.text = block.text.replace(c, RUBY + c + RUBY_MIDDLE + guide + RUBY_END, 1)


def old_dash(rng, report):
    """&#150; is a dash where browsers read it."""
    for block in rng.sample(paragraphs(report), min(2, len(paragraphs(report)))):
        passage = passage_of(report, block)
        if passage:
            block.text += f"现场受理时间为9:00{DASH}17:00。"
            passage.text += "现场受理时间为9:00–17:00。"


def note(rng, report):
    """A foot-note: its mark in the text, its words at the end of the file."""
    blocks = paragraphs(report)
    if blocks:
        block = rng.choice(blocks)
        block.text = block.text[:-1] + NOTE + block.text[-1]
        report.neutral += ["[1]。", "[^1]。", "[^1]:", "[1]", "[^1]"]
        report.passages.append(Passage(FREE, FREE, SOURCE))
        report.blocks.append(Block("note", SOURCE))


def comment(rng, report):
    at = rng.randrange(len(report.blocks) + 1)
    report.blocks.insert(at, Block("raw", rng.choice(["<!-- {} -->", "<!--\n{}\n-->"]).format(rng.choice(SECRET))))


def deleted_paragraph(rng, report):
    mark = '<w:del w:id="9" w:author="审核" w:date="2023-01-04T00:00:00Z"'
    at = rng.randrange(len(report.blocks) + 1)
    report.blocks.insert(at, Block("raw", f"<w:p><w:pPr><w:rPr>{mark}/></w:rPr></w:pPr>{mark}><w:r><w:delText>"
                                          f"{rng.choice(SECRET)}</w:delText></w:r></w:del></w:p>"))


def joined(rng, report):
    """The mark between two paragraphs was deleted: they are one."""
    pairs = [(a, b) for a, b in zip(report.blocks, report.blocks[1:])
             if a.kind == b.kind == "para" and not b.lead and passage_of(report, a) and passage_of(report, b)]
    if pairs:
        first, second = rng.choice(pairs)
        one, two = passage_of(report, first), passage_of(report, second)
        if one is not two and one.sections == two.sections:
            first.kind = "joined"
            one.text += two.text
            report.passages.remove(two)


def embedded(rng, report):
    """The last paragraph stands in a page inside the document (altChunk)."""
    last = next((b for b in reversed(report.blocks) if b.kind == "para" and not b.lead), None)
    if last:
        last.kind = "chunk"


def nothing(rng, report):
    """The writer of the format does it."""


# name: (weight, kind of file, function)
DAMAGES = {
    "M hidden text": (3, "html", hidden), "M ruby": (2, "html", ruby), "M old dash": (2, "html", old_dash),
    "M foot-note": (3, "html", note), "M comment": (3, "md", comment), "M foot-note md": (2, "md", note),
    "D deleted paragraph": (3, "docx", deleted_paragraph), "D joined paragraphs": (3, "docx", joined),
    "D deleted row": (3, "docx", nothing), "D foot-note": (3, "docx", note), "D header": (3, "docx", nothing),
    "D embedded page": (2, "docx", embedded), "P heads repeated": (3, "pdf", nothing), "P turned pages": (3, "pdf", nothing),
}


def as_html(text):
    """Signs as markup, in text that is escaped."""
    return (text.replace(RUBY, "<ruby>").replace(RUBY_MIDDLE, "<rp>(</rp><rt>").replace(RUBY_END, "</rt><rp>)</rp></ruby>")
            .replace(DASH, "&#150;").replace(NOTE, "<sup>[1]</sup>"))
