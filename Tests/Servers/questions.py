"""Random questions that servers answer, over the texts and heads of an index."""

import json

import cluster

FIELDS = ["新收", "予以公开", "上年结转", "不予公开", "结转下年", "办理总计", "行政复议.总计", "许可量", "公开率", "规范性文件.制发"]
LEVELS = ["county", "city", "province", "town", "unknown"]
SORTS = ["relevance", "relevance", "relevance", "year", "-year", "新收", "-新收", "-予以公开", "-不予公开", "公开率"]
KEYS = {"新收": "requests.new.total", "予以公开": "requests.granted.total",
        "不予公开": "requests.denied.sum.total", "公开率": "rate.disclosed"}
FACETS = ["agency", "region", "province", "city", "county", "year", "section", "form"]


class World:
    """What questions are made of."""

    def __init__(self, index, folder):
        file = folder / "reports.jsonl"
        run = cluster.gongkai("export", "reports", "--index", str(index), "-o", str(file))
        if run.returncode:
            raise SystemExit(run.stderr)
        self.texts, self.agencies, self.regions = [], set(), set()
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                self.texts += [one["text"] for one in report["passages"] if len(one["text"]) > 1]
                if report["agency"]:
                    self.agencies.add(report["agency"])
                self.regions.update(name for name in report["region"].values() if name)
        self.agencies, self.regions = sorted(self.agencies), sorted(self.regions)

    def part(self, rng, shortest, longest):
        """A part of some passage that can stand between quotes."""
        while True:
            text = rng.choice(self.texts)
            start = rng.randrange(len(text))
            part = text[start:start + rng.randint(shortest, longest)].strip()
            if len(part) >= shortest and not set(part) & set("\"“”„‟＂\\*()（）|｜\n"):
                return part

    def text(self, rng):
        kind = rng.random()
        if kind < 0.55:
            return f'"{self.part(rng, 2, 9)}"'
        if kind < 0.65:
            return f'"{self.part(rng, 1, 3)}" "{self.part(rng, 2, 4)}"'
        if kind < 0.72:
            return f'("{self.part(rng, 2, 3)}" OR "{self.part(rng, 2, 3)}")'
        if kind < 0.80:
            return f'"{self.part(rng, 2, 3)}" -"{self.part(rng, 2, 3)}"'
        words = "".join(one for one in self.part(rng, 4, 8) if "\u4e00" <= one <= "\u9fff")
        return words if len(words) > 1 else f'"{self.part(rng, 2, 3)}"'

    def filter(self, rng):
        kind = rng.randrange(11)
        field = rng.choice(FIELDS)
        if kind == 0:
            return f"年:{rng.randint(2018, 2025)}"
        if kind == 1:
            first = rng.randint(2018, 2024)
            return f"年:{first}..{first + rng.randint(0, 3)}"
        if kind == 2 and self.agencies:
            name = rng.choice(self.agencies)
            start = rng.randrange(len(name) - 1)
            return f'机关:"{name[start:start + rng.randint(2, 4)]}"'
        if kind == 3 and self.regions:
            return f"地区:{rng.choice(self.regions)}"
        if kind == 4:
            return f"节:{rng.randint(0, 7)}"
        if kind == 5:
            return rng.choice(["格式:2021", "格式:2019", "格式:none", "类型:annual_report", "范围:unknown"])
        if kind == 6:
            return f"级别:{rng.choice(LEVELS)}"
        if kind == 7:
            return f"missing({field})"
        if kind == 8:
            return f"字数<={rng.randint(5, 200)}"
        number = rng.choice([0, 0, 1, 2, 5, 20, 100])
        if field == "公开率":
            return f"{field}{rng.choice(['>', '>=', '<', '<='])}{rng.choice([0, 20, 50, 100])}%"
        return rng.choice([
            f"{field}{rng.choice(['=', '!=', '>', '>=', '<', '<='])}{number}",
            f"{field}={number}..{number + rng.randint(0, 50)}"])

    def question(self, rng):
        parts = [self.text(rng)] if rng.random() < 0.85 else []
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            parts.append(("-" if rng.random() < 0.15 else "") + self.filter(rng))
        return " ".join(parts) or self.text(rng)

    def command(self, rng):
        """A command that counts reports, or reckons with their numbers."""
        command = rng.choice([["agencies"], ["years"], ["stats", rng.choice(FIELDS)]])
        for _ in range(rng.choice([0, 1, 1, 2])):
            command += rng.choice([
                ["--year", rng.choice(["2021", "2022", "2019..2021", "2023.."])],
                ["--agency", self.part_of(rng, self.agencies)], ["--region", rng.choice(self.regions)],
                ["--form", rng.choice(["2021", "2019"])], ["--level", rng.choice(LEVELS[:4])],
                ["--where", f"{rng.choice(FIELDS[:6])}{rng.choice(['>', '<=', '='])}{rng.choice([0, 1, 5, 20])}"]])
        if command[0] == "stats":
            command += rng.choice([[], ["--by", rng.choice(["year", "agency", "province", "level,year", "form"])]])
            command += rng.choice([[], [], ["--mean"], ["--quantiles"], ["--rank"], ["--outliers"]])
        return command + ["--format", rng.choice(["json", "csv"])]

    def part_of(self, rng, names):
        name = rng.choice(names)
        start = rng.randrange(max(1, len(name) - 2))
        return name[start:start + rng.randint(2, 4)]


def flags(rng):
    """Flags that hold for some questions: the order and the page, and what is counted."""
    flags = ["--by", rng.choice(["passage", "passage", "report"]), "--sort", rng.choice(SORTS), "--match", rng.choice(["all", "all", "phrase"])]
    flags += ["--limit", str(rng.choice([1, 5, 10, 30])), "--offset", str(rng.choice([0, 0, 0, 3, 20]))]
    if rng.random() < 0.3:
        flags += ["--facet", ",".join(rng.sample(FACETS, rng.randint(1, 3)))]
    return flags


def name(hit):
    """What tells a hit from all others."""
    if "passages" in hit:
        return hit["report"]["id"], hit["passages"]
    return hit["report"]["id"], tuple(hit["lines"]), hit["text"]


def differences(given, truth, flags):
    """How an answer differs from the index's, of which all hits are known."""
    found = [member for member in ("total", "total_reports", "exact", "facets") if given[member] != truth[member]]
    found = [f"{member}: {given[member]} instead of {truth[member]}" for member in found]
    sort = flags[flags.index("--sort") + 1]
    limit, offset = int(flags[flags.index("--limit") + 1]), int(flags[flags.index("--offset") + 1])
    wanted = truth["hits"][offset:offset + limit]
    if len(given["hits"]) != len(wanted):
        return found + [f"{len(given['hits'])} hits instead of {len(wanted)}"]

    def order(hit):
        if sort.endswith("year"):
            return hit["score"], hit["report"]["year"]
        return hit["score"], hit["values"].get(KEYS.get(sort.lstrip("-")))

    known = {name(hit): hit for hit in truth["hits"]}
    for rank, (hit, right) in enumerate(zip(given["hits"], wanted)):
        if name(hit) not in known:
            found.append(f"hit {rank + 1} is none: {name(hit)}")
        elif order(hit) != order(right):
            found.append(f"hit {rank + 1}: {order(hit)} {name(hit)} instead of {order(right)} {name(right)}")
        else:
            same = known[name(hit)]
            for member in ("report", "section", "section_title", "subsection", "matches", "values"):
                if hit.get(member) != same.get(member):
                    found.append(f"hit {rank + 1}: {member} {hit[member]} instead of {same[member]}")
    if len({name(hit) for hit in given["hits"]}) < len({name(hit) for hit in wanted}):
        found.append("a hit comes twice")
    return found
