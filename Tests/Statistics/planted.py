"""Reports with figures that somebody chose, as web pages.

    page(agency="平遥县古城停车局", year=2023, values={"requests.new.total": 5, ...})

prints every cell of the official form: the values given, 0 elsewhere, and whatever `texts` says instead of
a number ("" is a blank).
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "OtherReports"))

import form  # noqa: E402

OWN = "本报告依据本机关工作实际编制。"
ROLLED_UP = "本报告综合{place}各部门和各乡镇的政府信息公开工作年度报告编制而成。"


def row(cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def table(rows):
    return "<table border=1>" + "".join(rows) + "</table>"


def show(value):
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def article_table(edition, cell):
    rows = []
    for name, heads, lines in form.articles(edition):
        rows.append(f"<tr><td colspan={len(heads) + 1}>{name}</td></tr>")
        rows.append(row(["信息内容"] + heads))
        rows += [row([label] + [cell(key) for key in keys]) for label, keys in lines]
    return table(rows)


def request_table(edition, cell):
    columns = [key for key, _ in form.COLUMNS]
    head = ("<tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
            "<td colspan=7>申请人情况</td></tr>"
            "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
            + row(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]))
    rows, last, results = [head], None, False
    lines = form.request_rows(edition)
    inside = [line for line in lines if line[1] is not None]
    for key, group, label in lines:
        values = "".join(f"<td>{cell(f'requests.{key}.{column}')}</td>" for column in columns)
        start = "<tr>"
        if group is None:
            rows.append(f"{start}<td colspan=3>{label}</td>{values}</tr>")
            continue
        if not results:
            start += f"<td rowspan={len(inside)}>{form.RESULTS}</td>"
            results = True
        if group == form.RESULTS:
            rows.append(f"{start}<td colspan=2>{label}</td>{values}</tr>")
        else:
            if group != last:
                start += f"<td rowspan={sum(1 for line in inside if line[1] == group)}>{group}</td>"
            rows.append(f"{start}<td>{label}</td>{values}</tr>")
        last = group
    return table(rows)


def dispute_table(cell):
    outcomes = [name for _, name in form.OUTCOMES]
    head = ("<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
            f"<tr>{''.join(f'<td rowspan=2>{name}</td>' for name in outcomes)}"
            "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
            + row(outcomes + outcomes))
    keys = [f"disputes.{block}.{key}" for block, _ in form.BLOCKS for key, _ in form.OUTCOMES]
    return table([head, row([cell(key) for key in keys])])


def page(agency, year, values, edition="2021", texts=None, scope=None, place="", note=""):
    """A report as a page; `scope` is None, "own" or "rolled_up", of which `place` is compiled."""
    texts = texts or {}

    def cell(key):
        return texts[key] if key in texts else show(values.get(key, 0))

    opening = {None: "", "own": OWN, "rolled_up": ROLLED_UP.format(place=place)}[scope]
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body>
<h1>{title}</h1>
<p>根据《中华人民共和国政府信息公开条例》，编制本报告。{opening}本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。{note}</p>
<h2>一、总体情况</h2><p>{year}年，{agency}按时公开各类信息，没有发生泄密。</p>
<h2>二、主动公开政府信息情况</h2>{article_table(edition, cell)}
<h2>三、收到和处理政府信息公开申请情况</h2>{request_table(edition, cell)}
<h2>四、政府信息公开行政复议、行政诉讼情况</h2>{dispute_table(cell)}
<h2>五、存在的主要问题及改进情况</h2><p>公开的内容还不够丰富，下一步将逐项改进。</p>
<h2>六、其他需要报告的事项</h2><p>无。</p>
</body></html>
"""
