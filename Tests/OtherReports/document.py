"""A report before it is written down: blocks in order, and the truth about them."""

from dataclasses import dataclass, field

FREE = "*"      # the file does not decide: any answer is right


@dataclass
class Block:
    kind: str                   # title, heading, sub, para, table, neutral, chrome
    text: str = ""
    lead: str = ""              # a heading printed on the line of this paragraph
    table: object = None


@dataclass
class Passage:
    sections: object            # the right numbers, or FREE
    subsection: object          # the right headings ({None} is none), or FREE
    text: str


@dataclass
class Report:
    kind: str = "annual_report"
    form: object = "2021"
    layout: str = ""
    damages: set = field(default_factory=set)
    blocks: list = field(default_factory=list)
    passages: list = field(default_factory=list)
    neutral: list = field(default_factory=list)     # may be a passage or not
    agencies: object = None                         # right names; None: unknown; FREE
    year: object = None
    region: object = None
    scopes: set = field(default_factory=lambda: {"own", "unknown"})
    cells: dict = field(default_factory=dict)
    page_title: str = ""
    publisher: str = ""
    watermark: str = ""
    name: str = ""
    data: bytes = b""

    def title(self, *lines):
        for line in lines:
            self.blocks.append(Block("title", line))

    def text(self, text, section, subsection=frozenset([None]), lead=""):
        self.blocks.append(Block("para", text, lead))
        sections = section if section == FREE else set(section) if isinstance(section, set) else {section}
        subs = subsection if subsection == FREE else set(subsection)
        self.passages.append(Passage(sections, subs, text))

    def aside(self, text, kind="neutral"):
        self.blocks.append(Block(kind, text))
        if kind == "neutral":
            self.neutral.append(text)

    def heading(self, text):
        self.blocks.append(Block("heading", text))

    def sub(self, text):
        self.blocks.append(Block("sub", text))

    def table(self, table):
        self.blocks.append(Block("table", table=table))
        for cell in table.cells():
            if not cell.key:
                self.neutral.append(cell.text)
