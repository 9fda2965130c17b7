"""How a report says what it is: the forms of title, body and year in layouts.md, sections 1, 2 and 4."""

from document import FREE, Block

TAILS = ["政府信息公开工作年度报告", "政府信息公开年报", "信息公开年度报告", "政府信息公开年度工作报告", "政府信息公开工作报告",
         "政务信息公开年度报告", "政府信息公开年度报告", "政务公开工作年度报告"]
STREETS = ["人民路", "建设东路", "文化路", "滨河大道", "府前街"]
NUMERALS = "〇一二三四五六七八九"


class Head:
    """Writes the head of one report and its truth."""

    def __init__(self, rng, gazetteer, body, year, report):
        self.rng, self.gazetteer, self.body, self.year, self.report = rng, gazetteer, body, year, report
        self.name = body.name
        self.after_heading = []     # title lines printed after the first heading
        self.first = []             # paragraphs that open section 1
        self.last = []              # lines at the end of the file
        self.preamble = None
        self.no_year = False        # nothing in the file may tell the year
        report.agencies, report.year, report.region = set(body.accepted), year, dict(body.region)

    def one(self, *choices):
        return self.rng.choice(choices)

    def full_title(self, tail=TAILS[0], year=None):
        return f"{self.name}{year or str(self.year) + '年'}{tail}"

    def period(self):
        y = self.year
        return self.one(f"本报告所列数据的统计期限自{y}年1月1日起，至{y}年12月31日止。",
                        f"统计期限为{y}年1月1日至{y}年12月31日。", f"本报告中所列数据统计期限从{y}-1-1起至{y}-12-31止。")

    def contact(self, who):
        return (f"如对本报告有疑问，请与{who}联系（地址：{self.one(*STREETS)}{self.rng.randint(2, 300)}号，"
                f"邮编：{self.rng.randint(100000, 859999)}，电话：0{self.rng.randint(310, 999)}-"
                f"{self.rng.randint(2000000, 8999999)}）。")

    def law(self):
        return self.one("根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条规定，",
                        "按照《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号的要求，",
                        "根据《中华人民共和国政府信息公开条例》及上级有关文件精神，")

    LIST = ("全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
            "存在的主要问题及改进情况、其他需要报告的事项六个部分。")

    def usual_preamble(self):
        """The preamble after a title; its contact may name an inner office."""
        who = self.name + (self.one("办公室", "综合科", "") if "办公" not in self.name else "")
        text = self.law() + self.one(f"编制{self.year}年政府信息公开工作年度报告。", "编制本报告。")
        if self.rng.random() < 0.6:
            text += self.LIST
        text += self.period()
        return text + (self.contact(who) if self.rng.random() < 0.6 else "")


def t1(h):
    h.report.title(h.full_title())
    h.preamble = h.one(None, h.usual_preamble())


def t3(h):
    h.after_heading = [h.full_title()]


def t4(h):
    tail = h.one(*TAILS)
    if h.body.kind in ("government", "township") and h.name.endswith("人民政府"):
        tail = "政府信息公开工作年度报告"
    h.report.title(f"{h.year}年{h.name}{tail}")
    h.preamble = h.one(None, h.usual_preamble())


def t5(h):
    h.report.title(f"{h.name}政府信息公开工作{h.year}年{h.one('度', '')}报告")


def t6(h):
    title = h.full_title(h.one(*TAILS[:4]))
    at = h.one(title.index(str(h.year)), title.index("信息公开"), title.index("年", len(h.name)) + 1)
    h.report.title(title[:at], title[at:])


def t7(h):
    kind = h.rng.random()
    if kind < 0.6:
        h.report.title(h.full_title(h.one(*TAILS[1:]), h.one(None, f"{h.year}年度")))
    else:
        h.report.title(f"{h.name}关于{h.year}年度政府信息公开工作的年度报告")
    h.preamble = h.one(None, h.usual_preamble())


def t8(h):
    h.report.title(h.full_title(h.one("政府信息公开工作度报告", "政府信息公开工作年报告", "政府信息公工作年度报告")))


def t9(h):
    for _ in range(h.rng.randint(2, 4)):
        h.report.title(h.full_title())
    h.preamble = f"《{h.full_title()}》已经审定，现予公布。"


def t10(h):
    h.preamble = (h.law() + f"现发布《{h.full_title()}》。" + h.period())


def t11(h):
    title = h.full_title(year=f" {h.year} 年")
    h.report.title(h.one(title + "（图解）", title + ".docx", "# " + title, "【公开】" + title, title))


def t12(h):
    h.report.title(h.name, f"{h.year}年{h.one(*TAILS[:3])}")


def t13(h):
    h.report.title("工作年度报告")
    h.first = [f"{h.year}年，{h.name}认真落实公开条例各项规定，统筹推进公开工作，成效较为明显。"]


def t14(h):
    h.report.title(" ".join(h.full_title()))
    h.report.page_title = h.full_title()


def t15(h):
    h.report.title(h.one("标　题：", "标题:", "标 题 ") + h.full_title())
    h.report.aside(f"发布日期：{h.year + 1}-01-{h.rng.randint(10, 30)}", "chrome")


def t18(h):
    """The title in a cell of a table, as pages laid out by tables and their copies have it."""
    if h.rng.random() < 0.5:
        h.report.blocks.append(Block("boxed", h.full_title()))
    else:
        h.report.blocks.append(Block("boxed", h.full_title(), "标　　题"))


def t16(h):
    h.preamble = h.one(
        f"现公布{h.name}{h.year}年政府信息公开工作年度报告。", f"{h.name}编制并公布{h.year}年度报告。",
        f"{h.law()}由{h.name}编制的{h.year}年度政府信息公开年度报告，现予公布。",
        f"{h.law()}现将{h.name}{h.year}年政府信息公开工作年度报告如下：",
        f"{h.law()}{h.name}编制并公布{h.year}年度政府信息公开工作年度报告。") + h.one("", h.period())


def t17(h):
    h.report.title(h.full_title())
    h.report.page_title = h.full_title() + h.one("_政府信息公开年报_", "_年度报告_", "-") + h.one(
        "某某市人民政府门户网站", "政务公开网", "信息公开")


def a1(h):
    """Run-on of 政府 and 信息公开."""
    h.body = h.gazetteer.body(h.rng, h.one("government", "township"))
    while not h.body.name.endswith("人民政府"):
        h.body = h.gazetteer.body(h.rng, "township")
    retake(h)
    h.report.title(f"{h.year}年{h.name}信息公开{h.one('工作年度报告', '年度报告', '年报')}")


def a2(h):
    """A place alone stands for its government."""
    h.body = h.gazetteer.body(h.rng, "government")
    retake(h)
    place = h.name.removesuffix("人民政府")
    h.report.agencies |= {place + "政府"}
    h.report.title(f"{place}{h.year}年政府信息公开工作年度报告")


def a3(h):
    """A short form in the title, the full one in the text."""
    while not h.body.short or h.body.kind not in ("bureau",) or h.body.short[0] not in "市县区":
        h.body = h.gazetteer.body(h.rng, "bureau")
    retake(h)
    h.report.title(f"{h.body.short}{h.year}年政府信息公开工作年度报告")
    h.report.agencies |= {h.body.short}
    h.first = [f"{h.year}年，{h.name}（以下简称{h.body.short}）认真执行公开条例，各项工作取得新进展。"]


def a4(h):
    """Nobody is named: unknown is right."""
    h.report.agencies, h.report.region = {None}, FREE
    h.preamble = h.law() + f"{h.body.own}编制本报告。" + h.period()
    h.report.publisher = ""


def a5(h):
    """Named only in the contact clause."""
    office = h.one("", "办公室", "法规处", "综合股") if "办公" not in h.name else ""
    h.preamble = h.law() + "现公布本机关年度报告。" + h.period() + h.contact(h.name + office)


def a6(h):
    h.preamble = f"本报告由{h.name}根据《中华人民共和国政府信息公开条例》编制。{h.period()}"


def a14(h):
    other = h.body
    h.report.title(h.full_title())
    h.first = [f"{h.year}年，以{other.name}及其办公室的名义公开文件{h.rng.randint(11, 90)}件。"]


def a17(h):
    h.report.title("XX镇201*年政府信息公开工作年度报告")
    h.report.agencies, h.report.year, h.report.region = {None}, None, FREE
    h.no_year = True


def a18(h):
    """The signature names the body; its date is no year of the report."""
    lines = [h.name, f"{h.year + 1}年1月{h.rng.randint(5, 30)}日"]
    h.first = [f"{h.year}年，{h.body.own}严格落实公开条例规定，公开工作总体平稳有序。"]
    if h.rng.random() < 0.4:
        for line in lines:
            h.report.aside(line)
    else:
        h.last = lines


def a20(h):
    """Spam in front of the name, or in its place."""
    spam = h.one("365bet体育在线", "澳门新葡京官网", "亚博app下载")
    if h.rng.random() < 0.5:
        h.report.title(spam + h.full_title())
        h.report.agencies |= {None}
    else:
        h.report.title(f"{spam}{h.year}年政府信息公开工作年度报告")
        h.report.agencies, h.report.region = {None}, FREE


def a22(h):
    """A short form first, the full name in the announcement or the contact."""
    while not h.body.short or len(h.body.short) < 3:
        h.body = h.gazetteer.body(h.rng, "bureau")
    retake(h)
    h.preamble = h.one(f"现公布{h.name}{h.year}年政府信息公开工作年度报告。",
                       h.law() + "编制本报告。" + h.contact(h.name))
    h.first = [f"{h.year}年，{h.body.short}紧紧围绕中心工作，持续深化公开内容，公开实效稳步提升。"]


def a24(h):
    h.body = h.gazetteer.body(h.rng, "government")
    retake(h)
    place = h.name.removesuffix("人民政府")
    h.report.agencies |= {place + "政府"}
    h.preamble = f"{h.law()}现公布{place}{h.year}年政府信息公开工作年度报告。"


def a25(h):
    h.first = [h.one(
        f"{h.year}年，按照上级工作部署，{h.name}加强组织领导，健全公开机制，圆满完成年度任务。",
        f"为认真做好{h.name}政府信息公开工作，{h.year}年以来，{h.body.own}多措并举，取得较好成效。",
        f"{h.year}年，在上级业务部门指导下，{h.name}全面推进公开工作，群众满意度不断提升。",
        f"{h.year}年，{h.name}深入贯彻公开条例，以公开促落实、以公开强监管，工作再上新台阶。")]


def a27(h):
    h.report.title(f"{h.name}（本级机关）{h.year}年政府信息公开工作年度报告")


def a30(h):
    """An inner office in the clause of a body that is named."""
    office = h.one("党政办公室", "督考办公室", "电子政务办公室", "信息公开办公室", "政务公开领导小组办公室")
    if "办公" in h.name[-3:]:
        office = ""
    h.preamble = h.law() + h.one(f"由{h.name}{office}编制本报告。", "编制本报告。" + h.contact(h.name + office)) + h.period()


def a33(h):
    """The contact clause stands inside section 1."""
    h.first = [f"{h.year}年，{h.body.own}扎实推进公开工作。{h.contact(h.name)}"]


def a35(h):
    """Fuller in the text than in the title: the region is known from there."""
    province = h.body.region.get("province")
    if h.body.region.get("ambiguous") or not province or h.name.startswith(province):
        return t1(h)
    h.report.title(h.full_title())
    h.first = [f"{h.year}年，{province}{h.name}坚持公开为常态、不公开为例外，稳步推进各项工作。"]
    h.report.agencies |= {province + h.name}


def y2(h):
    h.report.title(f"{h.name}政府信息公开工作年度报告")
    h.preamble = h.law() + "编制本报告。" + h.period()


def y5(h):
    h.report.title(h.full_title())
    h.preamble = h.law() + h.period()
    h.first = [f"{h.year + h.one(1, -1)}年，{h.body.own}认真抓好公开工作，各项指标圆满完成。"]


def y6(h):
    y = str(h.year)
    h.report.title(f"{h.name}政府信息公开工作年度报告")
    h.preamble = h.law() + "统计期限自" + h.one(f"{y}1月1日起，至{y}12月31日止", f"{y} 11日到1231日",
                                             f"{y}11日起至{y}1231日止") + "。"


def y7(h):
    digits = "".join(NUMERALS[int(d)] for d in str(h.year)).replace("〇", h.one("〇", "○", "零", "O"))
    h.report.title(f"{h.name}{digits}年政府信息公开工作年度报告")


def y8(h):
    h.report.title(f"{h.year}{h.one('年度', '')}{h.name}政府信息公开工作年度报告")


def y11(h):
    h.report.title(f"{h.name}政府信息公开工作年度报告")
    h.first = [f"1.{h.year}年，{h.body.own}按要求公开各类信息{h.rng.randint(20, 900)}条。"]


def y12(h):
    h.report.title(f"{h.name}政府信息公开工作年度报告")
    h.report.year, h.no_year = None, True


def y13(h):
    h.report.title(f"{h.name}政府信息公开工作年度报告")
    h.first = [f"{h.body.own}高度重视公开工作，各项部署全面落实。{h.year}年，共公开信息{h.rng.randint(20, 900)}条。"]


def retake(h):
    """The head after another body was drawn."""
    h.name = h.body.name
    h.report.agencies, h.report.region = set(h.body.accepted), dict(h.body.region)


FORMS = {
    "T1 canonical": (24, t1), "T3 title after heading": (3, t3), "T4 year first": (5, t4),
    "T5 year in the middle": (2, t5), "T6 split title": (5, t6), "T7 tail variants": (6, t7),
    "T8 tail with a typo": (2, t8), "T9 title repeated": (3, t9), "T10 title in a sentence": (3, t10),
    "T11 decorated title": (4, t11), "T12 agency line, title line": (4, t12),
    "T13 end of a broken title": (1, t13), "T14 spaced out": (3, t14), "T15 metadata label": (3, t15),
    "T16 announcement": (6, t16), "T18 title in a cell": (3, t18), "T17 site name behind": (3, t17), "A1 run-on": (4, a1),
    "A2 place alone": (3, a2), "A3 short form in title": (3, a3), "A4 nobody named": (4, a4),
    "A5 contact clause": (4, a5), "A6 compiled by": (3, a6), "A14 two bodies": (1, a14),
    "A17 placeholder": (1, a17), "A18 signature": (3, a18), "A20 spam": (2, a20),
    "A22 short first, full elsewhere": (4, a22), "A24 place announced": (2, a24),
    "A25 subject of a clause": (5, a25), "A27 remark in brackets": (1, a27), "A30 inner office": (4, a30),
    "A33 contact in section 1": (2, a33), "A35 fuller in the text": (2, a35), "Y2 period": (3, y2),
    "Y5 conflict": (2, y5), "Y6 digits lost": (2, y6), "Y7 Chinese numerals": (3, y7), "Y8 forms": (3, y8),
    "Y11 mark then year": (1, y11), "Y12 no year": (2, y12), "Y13 year inside section 1": (2, y13),
}
