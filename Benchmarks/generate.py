#!/usr/bin/env python3
"""Makes reports, the same passages ready-made, and questions, all from one seed.

    Benchmarks/generate.py --passages 100000 --into Benchmarks/.work/100k

writes `reports/` (files as gongkai reads them, ten passages of about 150 characters each with the
official tables), `passages.txt` (one passage a line, in the same order) and `questions.tsv` (kind,
text). The text is Zipf-like: words of the sample reports and made-up ones, drawn by rank, with
sentences that recur, as they do in real reports. Nothing of it is copied from a published report.
"""

import argparse
import itertools
import os
import random
import re
import sys
from collections import Counter
from multiprocessing import Pool

HERE = os.path.dirname(os.path.abspath(__file__))
PASSAGES_PER_REPORT = 10
YEARS = range(2019, 2025)
OFFICES = (
    "财政局 教育局 民政局 审计局 统计局 林业局 水利局 公安局 司法局 体育局 商务局 医疗保障局 农业农村局 自然资源局 "
    "交通运输局 应急管理局 市场监管局 生态环境局 住房城乡建设局 文化旅游局"
).split()


def sample_text():
    folder = os.path.join(HERE, "..", "corpus", "reports")
    texts = []
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".txt"):
                with open(os.path.join(path, name), "rb") as file:
                    texts.append(file.read().decode("utf-8", "ignore"))
    return "\n".join(texts)


# Those of GB 2312's characters that fold to others of them.
FOLDED = set("乾吒夥後徵捱摺於榘甯菸薹醣麴麽")


def is_common(text):
    """Whether all characters are simplified ones, so that a plain scan finds what folding finds."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return not FOLDED.intersection(text)


class Vocabulary:
    """Words by rank: those of the samples, cut at function words, and made-up ones."""

    def __init__(self, seed):
        pick = random.Random(seed)
        text = "".join(character for character in sample_text() if is_common(character))
        counts = {}
        for run in re.findall("[\u4e00-\u9fff]+", text):
            for piece in re.split("[的了和在是由将与及对为有等把被从向到其该各也都就不个]", run):
                for start in range(0, len(piece) - 1, 2):
                    word = piece[start : start + 2]
                    counts[word] = counts.get(word, 0) + 1
        real = sorted(counts, key=lambda word: (-counts[word], word))
        characters = sorted(set("".join(re.findall("[\u4e00-\u9fff]", text))))
        total = Counter(text)
        frequency = [total[character] for character in characters]
        made, seen = [], set(real)
        while len(made) < 12000:
            word = "".join(pick.choices(characters, frequency, k=pick.choice((2, 2, 2, 3, 4))))
            if word not in seen:
                seen.add(word)
                made.append(word)
        # The commonest are real; rarer ones are mixed.
        common, rest = real[:600], real[600:] + made
        pick.shuffle(rest)
        self.words = ["的", "和", "在", "了", "对"] + common + rest
        self.cumulative = list(
            itertools.accumulate(1 / (rank + 2.7) ** 1.02 for rank in range(len(self.words)))
        )
        self.sentences = []
        for _ in range(80):
            self.sentences.append(self.sentence(pick, pick.randint(10, 22)))
        self.sentence_cumulative = list(
            itertools.accumulate(1 / (rank + 2) for rank in range(len(self.sentences)))
        )
        # Rows of five characters of which each neighbouring pair is common: in 2 to 8 of a
        # hundred passages, which most often hold the other pairs of the row too, somewhere else. The
        # whole row is in one of 5,000.
        self.chains = []
        for _ in range(16):
            self.chains.append("".join(pick.sample(characters, 5)))
        self.chain_cumulative = list(itertools.accumulate(1 / (rank + 6) for rank in range(16)))
        ideographs = [chr(value) for value in range(0x4E00, 0x9FA6)]
        unused = [c for c in ideographs if is_common(c) and c not in characters]
        rare = pick.sample(unused, 200)
        # Six phrases each in one of 100, 1,000, 10,000 and 100,000 passages.
        lengths = (2, 3, 4, 5, 6, 8) * 4
        self.planted = [
            "".join(rare[8 * index : 8 * index + length]) for index, length in enumerate(lengths)
        ]
        rates = [10.0 ** -(2 + index // 6) for index in range(len(lengths))]
        self.planted_cumulative = list(itertools.accumulate(rates))
        self.planted_rate = sum(rates)

    def sentence(self, pick, length):
        text = ""
        while len(text) < length:
            text += pick.choices(self.words, cum_weights=self.cumulative)[0]
        return text[:length]


VOCABULARY = None


def setup(seed):
    global VOCABULARY
    VOCABULARY = Vocabulary(seed)


def passage(pick):
    vocabulary = VOCABULARY
    chance = pick.random
    length = max(40, int(pick.gauss(150, 40)))
    words = pick.choices(vocabulary.words, cum_weights=vocabulary.cumulative, k=length // 2)
    parts, size, word = [], 0, 0
    chain = pick.choices(vocabulary.chains, cum_weights=vocabulary.chain_cumulative)[0]
    pairs = pick.sample([chain[start : start + 2] for start in range(4)], 4)
    while size < length:
        kind = chance()
        if kind < 0.16:
            part = pick.choices(vocabulary.sentences, cum_weights=vocabulary.sentence_cumulative)[0]
        elif kind < 0.19:
            part = f"{YEARS[int(chance() * 6)]}年共办理{int(chance() * 999) + 1}件"
        else:
            end = word + 4 + int(chance() * 6)
            part = "".join(words[word:end])
            word = end
            if kind > 0.72 and pairs:
                # Each pair of a row is common, and their sequence is not.
                part = pairs.pop() + part
            if not part:
                break
        parts.append(part)
        size += len(part) + 1
    if chance() < 0.0002 * len(vocabulary.chains):
        parts.append("其中" + pick.choice(vocabulary.chains) + "项目")
    if chance() < 0.01:
        parts.append("使用“" + vocabulary.words[pick.randrange(600)] + "”平台（ＬＥＤ屏）")
    if chance() < vocabulary.planted_rate:
        planted = pick.choices(vocabulary.planted, cum_weights=vocabulary.planted_cumulative)[0]
        parts.append("涉及" + planted + "工作")
    text = parts[0]
    for part in parts[1:]:
        text += "，，，，。；"[int(chance() * 6)] + part
    return text + "。"


def row(pick, total):
    """A row of the table of requests: six kinds of applicants and their sum."""
    values = [0] * 6
    for kind in pick.choices(range(6), cum_weights=(80, 88, 89, 93, 99, 100), k=total):
        values[kind] += 1
    return values


def numbers(values):
    return " ".join(map(str, values + [sum(values)]))


def plus(*rows):
    return [sum(column) for column in zip(*rows)]


OUTCOMES = [
    "三、本年度办理结果\n（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开\n1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供\n1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理\n1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理\n1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
]


def report(pick, agency, year, passages):
    new = row(pick, pick.choice((0, 1, 2, 5, 9, 17, 40)))
    old = row(pick, pick.choice((0, 0, 1, 3)))
    kept = [value if pick.random() < 0.05 else 0 for value in old]
    left = [a + b - c for a, b, c in zip(new, old, kept)]
    outcomes = []
    for index in range(len(OUTCOMES)):
        taken = [int(pick.random() * (n + 1)) if n and pick.random() < 0.3 else 0 for n in left]
        if index == len(OUTCOMES) - 1:
            taken = left[:]
        left = [a - b for a, b in zip(left, taken)]
        outcomes.append(taken)
    reviews = [pick.choice((0, 0, 0, 1, 2)) for _ in range(4)]
    lines = [f"{agency}{year}年政府信息公开工作年度报告", "", "一、总体情况"]
    lines += ["（一）主动公开情况", passages[0], passages[1]]
    lines += ["（二）依申请公开情况", passages[2], passages[3]]
    lines += ["（三）监督保障情况", passages[4]]
    lines += [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        f"规章 0 0 {pick.randint(0, 3)}",
        f"行政规范性文件 {pick.randint(0, 9)} {pick.randint(0, 3)} {pick.randint(3, 60)}",
        "第二十条第（五）项",
        "信息内容 本年处理决定数量",
        f"行政许可 {pick.randint(0, 4000)}",
        "第二十条第（六）项",
        "信息内容 本年处理决定数量",
        f"行政处罚 {pick.randint(0, 500)}",
        f"行政强制 {pick.randint(0, 20)}",
        "第二十条第（八）项",
        "信息内容 本年收费金额（单位：万元）",
        f"行政事业性收费 {pick.randint(0, 90)}.{pick.randint(1, 9)}",
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "申请人情况",
        "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "一、本年新收政府信息公开申请数量 " + numbers(new),
        "二、上年结转政府信息公开申请数量 " + numbers(old),
    ]
    lines += [label + " " + numbers(values) for label, values in zip(OUTCOMES, outcomes)]
    lines += [
        "（七）总计 " + numbers(plus(*outcomes)),
        "四、结转下年度继续办理 " + numbers(kept),
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议 行政诉讼",
        "结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉",
        "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
        numbers(reviews) + " 0 0 0 0 0 0 0 0 0 0",
        "五、存在的主要问题及改进情况",
        "（一）存在问题",
        passages[5],
        passages[6],
        "（二）改进措施",
        passages[7],
        passages[8],
        "六、其他需要报告的事项",
        passages[9],
    ]
    return "\n".join(lines) + "\n"


def county(number):
    heads = "云岫青岚沧溪霁川鹤坪松陵枫渡芦汀桐岭"
    tails = "原浦岗湾塘峪堰洲屏麓汊垣泽渚崖坞"
    return heads[number % len(heads)] + tails[number // len(heads) % len(tails)] + (
        "县" if number // 320 == 0 else "甲乙丙丁戊己庚辛"[number // 320 % 8] + "县"
    )


def block(job):
    """Writes one folder of reports and returns its passages."""
    seed, number, first, count, agencies, folder = job
    pick = random.Random(f"{seed}/{number}")
    parent = os.path.join(folder, "reports", f"{number:04d}")
    os.makedirs(parent, exist_ok=True)
    lines = []
    for index in range(first, first + count):
        region, office, year = head(index, agencies)
        agency = region + office
        passages = [passage(pick) for _ in range(PASSAGES_PER_REPORT)]
        with open(os.path.join(parent, f"{index:06d}.txt"), "w", encoding="utf-8") as file:
            file.write(report(pick, agency, year, passages))
        lines += passages
    return "\n".join(lines) + "\n"


def head(report, agencies):
    """The county, the office and the year of a report."""
    which = report % agencies
    return county(which // len(OFFICES)), OFFICES[which % len(OFFICES)], YEARS[report // agencies % len(YEARS)]


def questions(pick, lines, reports, agencies):
    """Phrases cut from passages, planted and hard ones, filtered ones, free text, and words with names.

    `reports` has the number of the report of each line.
    """
    def piece(length, of=None):
        while True:
            line = of or pick.choice(lines)
            start = pick.randrange(max(1, len(line) - length))
            text = line[start : start + length]
            if len(text) == length and re.fullmatch("[\u4e00-\u9fff]+", text):
                return text

    vocabulary = VOCABULARY
    asked = [("phrase", piece(2 + turn % 7)) for turn in range(250)]
    asked += [("phrase", text) for text in vocabulary.planted]
    asked += [("hard", text) for text in vocabulary.chains]
    for turn in range(60):
        which = pick.randrange(agencies)
        name = county(which // len(OFFICES)) + OFFICES[which % len(OFFICES)]
        filters = (
            f"year:{pick.choice(YEARS)}",
            f"agency:{name[:2] if turn % 2 else OFFICES[which % len(OFFICES)]}",
            f"新收>={pick.choice((1, 5, 10))}",
        )
        asked.append(("filtered", f'"{piece(2 + turn % 5)}" {" ".join(filters)}'))
    for turn in range(100):
        words = [piece(2) for _ in range(2 + turn % 3)]
        asked.append(("free", " ".join(words)))
    for turn in range(120):
        # Words of a passage, and the agency, the year, or both of its report; run together or not.
        number = pick.randrange(len(lines))
        region, office, year = head(reports[number], agencies)
        name = (region + office, f"{year}年", f"{region}{office}{year}年")[turn % 3]
        words = [name] + [piece(2 + turn % 3, lines[number]) for _ in range(1 + turn // 6 % 3)]
        asked.append(("named", (" " * (turn // 3 % 2)).join(words)))
    return asked


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--passages", type=int, required=True)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--into", required=True)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    given = options.parse_args()
    reports = given.passages // PASSAGES_PER_REPORT
    agencies = max(1, reports // 5)
    os.makedirs(given.into, exist_ok=True)
    jobs = [
        (given.seed, number, first, min(500, reports - first), agencies, given.into)
        for number, first in enumerate(range(0, reports, 500))
    ]
    setup(given.seed)
    lines, numbers = [], []
    step = max(1, given.passages // 20000)
    with Pool(given.jobs, setup, (given.seed,)) as pool, open(
        os.path.join(given.into, "passages.txt"), "w", encoding="utf-8"
    ) as file:
        for (_, _, first, *_), text in zip(jobs, pool.imap(block, jobs)):
            file.write(text)
            kept = text.splitlines()[::step]
            lines += kept
            numbers += [first + index * step // PASSAGES_PER_REPORT for index in range(len(kept))]
    with open(os.path.join(given.into, "questions.tsv"), "w", encoding="utf-8") as file:
        for kind, text in questions(random.Random(given.seed), lines, numbers, agencies):
            file.write(f"{kind}\t{text}\n")
    print(f"{reports} reports, {given.passages} passages in {given.into}", file=sys.stderr)


if __name__ == "__main__":
    main()
