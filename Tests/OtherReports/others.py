"""Files that are no report, and old reports: layouts.md section 11, H25, K2."""

import form
import narrative
from document import FREE
from grid import Cell, Table, official
from outline import OFFICIAL

SUBJECTS = ["《{place}城市供水管理办法》", "《{place}公共停车场建设实施方案》", "《{place}优化营商环境若干措施》"]


def paragraphs(report, voice, count):
    for _ in range(count):
        pool = voice.rng.choice([narrative.PUBLISHED, narrative.MANAGED, narrative.PLATFORM, narrative.SUPERVISED])
        report.text(voice.paragraph(pool), FREE, FREE)


def explanation(rng, report, body, voice):
    subject = rng.choice(SUBJECTS).format(place=body.name[:3])
    report.title(f"{subject}政策解读")
    for mark, words in zip("一二三", ["制定背景", "主要内容", "组织实施"]):
        report.aside(f"{mark}、{words}")
        paragraphs(report, voice, 1)


def news(rng, report, body, voice):
    report.title(f"{body.name}召开{voice.year}年政府信息公开工作推进会")
    report.text(f"近日，{body.name}召开政府信息公开工作推进会，总结前期工作，部署下一步任务。"
                f"会议要求各单位于1月31日前完成年度报告的编制和发布。", FREE, FREE)
    paragraphs(report, voice, 2)


def plan(rng, report, body, voice):
    report.title(f"{body.name}{voice.year}年政务公开工作实施方案")
    for mark, words in zip("一二三四", ["总体要求", "重点任务", "保障措施", "工作要求"]):
        report.aside(f"{mark}、{words}")
        paragraphs(report, voice, 1)


def summary(rng, report, body, voice):
    report.title(f"{body.name}{voice.year}年工作总结和{voice.year + 1}年工作计划")
    paragraphs(report, voice, 5)


def notice(rng, report, body, voice):
    report.title(f"关于做好{voice.year}年度政府信息公开工作年度报告编制发布工作的通知")
    report.text("各科室、各下属单位：", FREE, FREE)
    report.text(f"为做好年度报告编制工作，现将有关事项通知如下，请于{voice.year + 1}年1月15日前报送{body.name}。", FREE, FREE)
    paragraphs(report, voice, 2)


def university(rng, report, body, voice):
    year = voice.year
    place = "".join(rng.sample("江海华东西南北山河湖", 2))
    report.title(f"{place}{rng.choice(['大学', '学院', '职业技术学院'])}{year}-{year + 1}学年信息公开工作报告")
    report.text(f"根据《高等学校信息公开办法》要求，编制{year}—{year + 1}学年信息公开年度报告，"
                f"时间为{year}年9月1日至{year + 1}年8月31日。", FREE, FREE)
    for mark, words in zip("一二三", ["概述", "主动公开情况", "依申请公开和不予公开情况"]):
        report.aside(f"{mark}、{words}")
        paragraphs(report, voice, 1)


def menu(rng, report, body, voice):
    report.title("政府信息公开年报")
    for year in range(2023, 2015, -1):
        report.aside(f"{body.name}{year}年政府信息公开工作年度报告 {year + 1}-01-2{year % 10}")


def comparison(rng, report, body, voice):
    report.title(f"{body.name}{voice.year - 1}年与{voice.year}年依申请公开数据对比分析")
    paragraphs(report, voice, 3)


def form_itself(rng, report, body, voice):
    """The empty form that a notice brings."""
    report.title("中华人民共和国政府信息公开工作年度报告格式")
    values = form.fill(rng, "2021")
    tables, _ = official(values, "2021")
    for mark, words in zip("一二三四五六", OFFICIAL):
        report.aside(f"{mark}、{words}")
        for table in tables:
            if table.number == "一二三四五六".index(mark) + 1:
                for cell in table.cells():
                    if cell.key:
                        cell.text, cell.key = "", None
                report.table(table)


OTHERS = {"K other: explanation": explanation, "K other: news": news, "K other: plan": plan,
          "K other: summary": summary, "K other: notice": notice, "K other: university": university,
          "K other: menu": menu, "K other: comparison": comparison,
          "K other: the form itself": form_itself}


def old_report(rng, report, head, voice):
    """H25: the sections before the form of 2019, with a table of indicators at the end."""
    report.form = "none"
    parts = [("概述", 1, narrative.OPENING[1:2] if voice.tells_year else narrative.UNDATED),
             ("主动公开政府信息情况", 2, narrative.PUBLISHED), ("依申请公开政府信息情况", 3, narrative.REQUESTED),
             ("收费及减免情况", FREE, ["依申请提供政府信息未收取任何费用，也没有减免情况。"]),
             ("因政府信息公开申请行政复议、提起行政诉讼情况", 4, ["没有发生因政府信息公开引起的行政复议和行政诉讼。"]),
             ("存在的主要问题及改进措施", 5, narrative.PROBLEMS)]
    if head.preamble:
        report.text(head.preamble, 0)
    for mark, (words, section, pool) in zip("一二三四五六", parts):
        report.heading(f"{mark}、{words}")
        if section == 1:
            for line in head.after_heading:
                report.title(line)
            for text in head.first:
                report.text(text, 1)
        report.text(voice.paragraph(pool), section)
    rows = [[Cell("指标名称", head=True), Cell("计量单位", head=True), Cell("统计数", head=True)]]
    for label, unit in [("主动公开政府信息数", "条"), ("其中：主动公开规范性文件数", "条"), ("收到申请数", "件"),
                        ("1.当面申请数", "件"), ("申请办结数", "件"), ("行政复议数量", "件"), ("举报投诉数量", "件")]:
        rows.append([Cell(label), Cell(unit), Cell(str(rng.choice([0, 0, rng.randint(1, 900)])))])
    report.aside("附表：政府信息公开情况统计表")
    report.table(Table(0, rows, 3))
    for line in head.last:
        report.aside(line)
