"""Reports as pages of the content systems that Chinese authorities use, and as Markdown."""

from html import escape

from oddities import NOTE, as_html

LAYOUTS = {"html TRS": 10, "html Word": 6, "html br": 4, "html old": 4, "html bare": 5}
MARKDOWN = {"md pipes": 6, "md S11 small tables": 4}


def cell_html(rng, cell, show, word):
    if cell.runs:
        parts = {"": "{}", "struck": rng.choice(["<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>",
                                                 '<span style="text-decoration: line-through">{}</span>']),
                 "inserted": "<ins>{}</ins>", "raised": "<sup>{}</sup>", "break": "<br/>{}",
                 "hidden": '<span style="display:none">{}</span>'}
        inner = "".join(parts[style].format(escape(text)) for style, text in cell.runs)
    else:
        inner = escape(show(cell.text, True)) or ("<o:p>&nbsp;</o:p>" if word else rng.choice(["", "&nbsp;"]))
    if word:
        return f'<p class="MsoNormal" align="center"><span style="font-family:宋体;font-size:9pt">{inner}</span></p>'
    return inner


def table_html(rng, table, show, word):
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            spans = (f' rowspan="{cell.down}"' if cell.down > 1 else "") + (
                f' colspan="{cell.across}"' if cell.across > 1 else "")
            cells.append(f"<td{spans}>{cell_html(rng, cell, show, word)}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return '<table border="1" cellspacing="0" width="100%">\n<tbody>\n' + "\n".join(rows) + "\n</tbody>\n</table>"


def per_character(text):
    return "".join(f"<span>{escape(c)}</span>" for c in text)


def entities(rng, text):
    return "".join(f"&#{ord(c)};" if rng.random() < 0.3 else escape(c) for c in text)


def paragraphs(rng, report, show):
    """The blocks as elements of the page's content."""
    word = report.layout == "html Word"
    letters = escape
    if "E12 span a character" in report.damages:
        letters = per_character
    elif "E12 entities" in report.damages:
        letters = lambda text: entities(rng, text)
    out = []
    for block in report.blocks:
        text = letters(show(block.lead + block.text)) if block.kind not in ("table", "boxed") else ""
        text = as_html(text)
        if block.kind == "raw":
            out.append(block.text)
        elif block.kind == "note":
            out.append(f'<p><a name="_ftn1">[1]</a> {text}</p>')
        elif block.kind == "table":
            out.append(table_html(rng, block.table, show, word))
        elif block.kind == "boxed":
            cells = "".join(f"<td>{letters(show(text))}</td>" for text in (block.lead, block.text) if text)
            out.append(f"<table><tr>{cells}</tr></table>")
        elif block.kind == "title":
            out.append(rng.choice(['<h1 class="title">{}</h1>', '<p align="center"><strong>{}</strong></p>',
                                   '<div class="tit" style="text-align:center">{}</div>']).format(text))
        elif report.layout == "html br":
            out.append("&nbsp;&nbsp;&nbsp;&nbsp;" + text + "<br />")
        elif block.kind in ("heading", "sub"):
            strong = f"<strong>{text}</strong>" if rng.random() < 0.7 else text
            out.append(f'<p style="text-indent:2em">{strong}</p>')
        elif word:
            out.append(f'<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋_GB2312">'
                       f'{text}</span><o:p></o:p></p>')
        else:
            out.append(f"<p>\u3000\u3000{text}</p>")
    return "\n".join(out)


def furniture(rng, report):
    """What stands around the content: menus, metadata, buttons, the foot of the page."""
    crumbs = "当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 政府信息公开年报"
    meta = (f"<table class='xxgk'><tr><td>索 引 号：</td><td>0{rng.randint(10000, 99999)}/2024-{rng.randint(10, 99999):05d}"
            f"</td><td>发布机构：</td><td>{report.publisher}</td></tr></table>") if report.publisher else ""
    tools = ("<div class='tools'>字体：[<a>大</a> <a>中</a> <a>小</a>] <a>打印</a> 浏览次数："
             f"<span id='hits'>{rng.randint(10, 9000)}</span></div>")
    foot = ("<div class='footer'><p>版权所有：某门户网站 网站标识码：4100000001</p>"
            f"<p>豫ICP备{rng.randint(10000000, 19999999)}号 <a>网站地图</a> | <a>联系我们</a></p></div>")
    script = "<script type='text/javascript'>var d=new Date();document.write(d.getFullYear()+'年');</script>"
    return crumbs, meta, tools, foot, script


def write(rng, report, show):
    body = paragraphs(rng, report, show)
    title = escape(show(report.page_title or next(
        (block.text for block in report.blocks if block.kind == "title"), "政府信息公开")))
    charset = "gb2312" if "E5 gb18030" in report.damages else "utf-8"
    crumbs, meta, tools, foot, script = furniture(rng, report)
    if report.layout == "html bare":
        return f"<html><head><meta charset='{charset}'><title>{title}</title></head><body>\n{body}\n</body></html>"
    if report.layout == "html old":
        return (f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'>"
                f"<title>{title}</title></head><body><table width='980' align='center'><tr><td>{crumbs}</td></tr>"
                f"<tr><td>{meta}{tools}</td></tr><tr><td valign='top'><div id='zoom'>\n{body}\n</div></td></tr>"
                f"<tr><td>{foot}</td></tr></table></body></html>")
    return (f"<!DOCTYPE html>\n<html lang='zh-CN'>\n<head>\n<meta charset='{charset}'>\n<title>{title}</title>\n"
            f"<meta name='SiteName' content='某门户网站'>\n<meta name='ColumnName' content='政府信息公开年报'>\n"
            "<style>.tools{color:#666} .TRS_Editor p{line-height:2em}</style>\n" + script +
            f"\n</head>\n<body>\n<div class='nav'><ul><li>首页</li><li>要闻动态</li><li>政务公开</li><li>办事服务</li></ul></div>"
            f"\n<div class='crumb'>{crumbs}</div>\n{meta}\n{tools}\n<div class='TRS_Editor'>\n{body}\n</div>\n"
            f"<div class='share'>分享到：<a>微信</a> <a>微博</a> 扫一扫在手机打开当前页</div>\n{foot}\n</body>\n</html>")


# Markdown

def md_table(table, show):
    lines = []
    for y, row in enumerate(table.expanded()):
        lines.append("| " + " | ".join(md_cell(cell, show) for cell in row) + " |")
        if y == 0:
            lines.append("|" + " --- |" * table.columns)
    return "\n".join(lines)


def md_cell(cell, show):
    return show(cell.text, True).replace("|", "\\|") if cell else ""


def md_small_tables(rng, table, show):
    """S11: a page that was photographed and read: one table a group, invented heads."""
    if table.number != 3:
        return md_table(table, show)
    out, group, count = [], [], 0
    for row in table.rows[3:]:
        labels = [show(cell.text, True) for cell in row if not cell.key]
        values = [show(cell.text, True) for cell in row if cell.key]
        if len(labels) > 1 and group:
            out.append(group)
            group = []
        group.append("| " + " ".join(labels) + " | " + " | ".join(values) + " |")
        count = max(count, len(values))
    out.append(group)
    head = "| 项目 | " + " | ".join(f"数据{i + 1}" for i in range(count)) + " |\n|" + " --- |" * (count + 1)
    return "\n\n".join(head + "\n" + "\n".join(lines) for lines in out)


def markdown(rng, report, show):
    out = []
    for block in report.blocks:
        text = show(block.lead + block.text).replace(NOTE, "[^1]")
        if block.kind == "raw":
            out.append(block.text)
        elif block.kind == "note":
            out.append("[^1]: " + text)
        elif block.kind == "table":
            out.append(md_small_tables(rng, block.table, show) if "S11" in report.layout
                       else md_table(block.table, show))
        elif block.kind == "boxed":
            cells = [show(text) for text in (block.lead, block.text) if text]
            out.append("| " + " | ".join(cells) + " |\n|" + " --- |" * len(cells))
        elif block.kind == "title":
            out.append("# " + text if not text.startswith("#") else text)
        elif block.kind == "heading":
            out.append(rng.choice(["## ", "## ", "**"]) + text)
            out[-1] += "**" if out[-1].startswith("**") else ""
        elif block.kind == "sub":
            out.append(rng.choice(["### ", "", "**"]) + text)
            out[-1] += "**" if out[-1].startswith("**") else ""
        else:
            out.append(text)
    return "\n\n".join(out) + "\n"
