"""Random questions to `gongkai stats`, and the same put to DuckDB over `gongkai export`."""

import csv
import json
import os
import random
import subprocess

import indicators
import world

GROUPS = ["agency", "region", "province", "city", "county", "year", "level", "form", "scope"]
OF_AGENCY = {"agency", "region", "province", "city", "county", "level"}
PARTS = ["province", "city", "county"]
ALIKE = 1e-9


class Oracle:
    def __init__(self, gongkai, index, folder):
        import duckdb

        self.gongkai, self.index, self.folder = gongkai, index, folder
        path = os.path.join(folder, "export.csv")
        self.run("export", "reports", "--fields", "all", "-o", path, "--force")
        with open(path, newline="", encoding="utf-8-sig") as file:
            self.heads = next(csv.reader(file))
        self.cells = [head for head in self.heads if "." in head]
        self.base = duckdb.connect()
        casts = ", ".join(f'try_cast("{key}" as double) as "{key}"' for key in self.cells)
        self.base.execute(
            f"create table raw as select report, nullif(agency, '') agency, nullif(province, '') province, "
            f"nullif(city, '') city, nullif(county, '') county, try_cast(year as integer) as year, form, "
            f"nullif(level, '') as level, scope, {casts} from read_csv(?, all_varchar = true, header = true) "
            f"where kind = 'annual_report'", [path])
        self.number_agencies()
        self.facts()

    def run(self, *arguments):
        done = subprocess.run([self.gongkai, *arguments, "--index", self.index],
                              capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{arguments}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def number_agencies(self):
        """Reports of one name are of one agency, unless their places contradict each other."""
        rows = self.base.execute("select report, agency, province, city, county from raw").fetchall()
        by_name, keys = {}, []
        for report, agency, *place in rows:
            if agency is not None:
                by_name.setdefault(agency, set()).add(tuple(place))
        clusters = {}
        for name, places in by_name.items():
            found = []
            for place in sorted(places, key=lambda p: (p.count(None), [part or "" for part in p])):
                for number, other in enumerate(found):
                    if all(a is None or b is None or a == b for a, b in zip(place, other)):
                        clusters[name, place] = f"{name}/{number}"
                        break
                else:
                    clusters[name, place] = f"{name}/{len(found)}"
                    found.append(place)
        for report, agency, *place in rows:
            keys.append((report, clusters.get((agency, tuple(place)))))
        self.base.execute("create table keys (report varchar, akey varchar)")
        self.base.executemany("insert into keys values (?, ?)", keys)
        self.base.execute("create table reports as select raw.*, akey from raw join keys using (report)")

    def facts(self):
        names = lambda field: [row[0] for row in self.base.execute(
            f"select distinct {field} from reports where {field} is not null order by 1").fetchall()]
        self.agencies, self.years = names("agency"), names("year")
        self.places = sorted(set(names("province") + names("city") + names("county")))

    # The question

    def question(self, rng):
        fields = []
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            fields.append(rng.choice(sorted(indicators.FIELDS) if rng.random() < 0.7 else self.cells))
        groups = rng.sample(GROUPS, rng.choice([0, 1, 1, 2, 2, 3]))
        filters = []
        if rng.random() < 0.3:
            low = rng.choice(self.years)
            filters.append(("--year", rng.choice([f"{low}", f"{low}..", f"{low}..{low + 2}"])))
        if rng.random() < 0.25:
            filters.append(("--region", rng.choice(self.places)))
        if rng.random() < 0.1:
            filters.append(("--form", rng.choice(["2021", "2019"])))
        if rng.random() < 0.25:
            key = rng.choice(["requests.new.total", "requests.results_total.total", "disputes.review.total"])
            filters.append(("--where", f"{key}{rng.choice(['>=', '>', '<', '<=', '!='])}{rng.choice([0, 1, 5, 40])}"))
        method = rng.choices(
            ["total", "mean", "median", "quantiles", "distribution", "change", "share", "rank"],
            [8, 2, 2, 2, 2, 2, 2, 2])[0]
        if method in ("change", "share", "rank") and not groups:
            groups = [rng.choice(["agency", "city"])]
        if method == "change" and "year" not in groups:
            groups.append("year")
        ranked = method == "rank" or (
            bool(groups) and method in ("mean", "median", "quantiles", "change") and rng.random() < 0.4)
        clean = rng.random() < 0.2
        having = rng.choice([None, None, None, 1, 10])
        return {"fields": list(dict.fromkeys(fields)), "groups": groups, "filters": filters,
                "method": method, "ranked": ranked, "clean": clean, "having": having}

    def arguments(self, ask):
        words = ["stats", *ask["fields"], "--format", "json"]
        if ask["groups"]:
            words += ["--by", ",".join(ask["groups"])]
        for flag, value in ask["filters"]:
            words += [flag, value]
        if ask["method"] in ("mean", "median", "quantiles", "change"):
            words.append("--" + ask["method"])
        if ask["method"] == "distribution":
            words += ["--distribution", "--bounds", "0,0.25,0.5,1,10,100"]
        if ask["method"] == "share":
            words += ["--share", "total"]
        if ask["ranked"]:
            words += ["--rank", "--min-sample", "5"]
        if ask["clean"]:
            words.append("--clean")
        if ask["having"]:
            words += ["--having", f"used>={ask['having']}"]
        return words

    # DuckDB's answer

    def condition(self, filters, known=False):
        terms = ["true"]
        for flag, value in filters:
            if flag == "--year" and not known:
                low, _, high = value.partition("..")
                high = low if ".." not in value else high
                terms.append(f"year >= {low}" + (f" and year <= {high}" if high else ""))
            if flag == "--region":
                terms.append("(" + " or ".join(f"contains(coalesce({part}, ''), '{value}')" for part in PARTS) + ")")
            if flag == "--form" and not known:
                terms.append(f"form = '{value}'")
            if flag == "--where" and not known:
                sign = next(s for s in (">=", "<=", "!=", ">", "<") if s in value)
                key, number = value.split(sign)
                terms.append(f'"{key}" {sign} {number}')
        return " and ".join(terms)

    @staticmethod
    def key(group):
        """The columns that tell a group."""
        depth = {"province": 1, "city": 2, "county": 3, "region": 3}.get(group)
        if group == "agency":
            return "akey"
        if depth is None:
            return f"cast({group} as varchar)"
        parts = " || '|' || ".join(f"coalesce({part}, '')" for part in PARTS[:depth])
        if group == "region":
            return f"nullif({parts}, '||')"
        return f"case when {group} is null then null else {parts} end"

    def lacking(self, sql):
        """Which forms have not the cells of a field."""
        forms = {}
        for edition in ("2021", "2019"):
            own = self.form_cells(edition)
            forms[edition] = not all(any(all(key in own for key in keys) for keys in choices)
                                     for choices in self.choices(sql))
        return forms

    def form_cells(self, edition):
        from planted import form as official
        keys = {key for _, _, rows in official.articles(edition) for _, row in rows for key in row}
        keys |= {f"requests.{key}.{column}" for key, _, _ in official.request_rows(edition)
                 for column in indicators.COLUMNS}
        return keys | {f"disputes.{block}.{outcome}" for block in indicators.BLOCKS
                       for outcome in indicators.OUTCOMES}

    @staticmethod
    def choices(sql):
        """The cells of an expression: for each coalesce() its alternatives, else the cells alone."""
        import re
        choices = []
        for part in re.findall(r"coalesce\(((?:[^()]|\([^()]*\))*)\)", sql):
            choices.append([re.findall(r'"([^"]+)"', one) for one in re.split(r", (?![^(]*\))", part)])
        rest = re.sub(r"coalesce\((?:[^()]|\([^()]*\))*\)", "", sql)
        return choices + [[[key]] for key in re.findall(r'"([^"]+)"', rest)]

    def keys_of(self, sql):
        return {key for choice in self.choices(sql) for keys in choice for key in keys}

    def sample(self, ask, field):
        """A table `s` of the reports that are asked, each with its group and what became of it."""
        numerator, denominator = self.formula(field)
        sql = numerator + " " + (denominator or "")
        needed = set().union(*(self.keys_of(" ".join(part or "" for part in self.formula(one)))
                               for one in ask["fields"]))
        known = " + ".join(f'(case when "{key}" is null then 0 else 1 end)' for key in sorted(needed)) or "0"
        keys = [f"{self.key(group)} as g{index}" for index, group in enumerate(ask["groups"])]
        fails = []
        for form in ("2021", "2019"):
            for left, right, cells in indicators.identities(form):
                if cells & self.keys_of(sql):
                    fails.append(f"coalesce(form = '{form}' and abs({left} - {right}) >= 1e-6, false)")
        lacks = [form for form, lack in self.lacking(sql).items() if lack]
        lack = f"form in ({', '.join(repr(form) for form in lacks)})" if lacks else "false"
        both = f"n is null{' or d is null' if denominator else ''}"
        same = " and ".join(f"x.g{index} is not distinct from r.g{index}" for index in range(len(keys))) or "true"
        inside = " and ".join(f"(r.{part} is null or x.{part} is not distinct from r.{part})" for part in PARTS)
        equal = " and ".join(f"x.{part} is not distinct from r.{part}" for part in PARTS)
        self.base.execute(f"""
            create or replace temp table s as
            with asked as (
                select report, akey, province, city, county, year, form, scope = 'rolled_up' as rolled,
                    {', '.join(keys) + ',' if keys else ''} {numerator} as n, {denominator or 'null'} as d,
                    {known} as known, {' or '.join(fails) or 'false'} as fails
                from reports where {self.condition(ask['filters'])}),
            numbered as (
                select *, case when akey is null or year is null then 1 else row_number() over (
                    partition by akey, year, rolled order by known desc, report) end as version from asked),
            judged as (
                select *, case when version > 1 then 'duplicate'
                    when {both} then case when {lack} then 'not_in_form' else 'blank' end
                    {"when d <= 0 then 'undefined'" if denominator else ''}
                    when {'fails' if ask['clean'] else 'false'} then 'fails' else 'used' end as fate
                from numbered)
            select *, {'n / d' if denominator else 'n'} as v,
                case when fate = 'used' and rolled and exists (
                    select 1 from judged x where x.fate = 'used' and x.report <> r.report and {same}
                        and x.year is not distinct from r.year and {inside}
                        and (r.province is not null or r.city is not null or r.county is not null)
                        and (not x.rolled or not ({equal}) or x.report < r.report))
                then 'rolled_up' else fate end as outcome
            from judged r""")
        return len(keys)

    @staticmethod
    def formula(field):
        return indicators.FIELDS.get(field, (f'"{field}"', None))

    def answer(self, ask):
        rows = {}
        for field in ask["fields"]:
            for row in self.rows(ask, field):
                rows[(field, row["aggregate"], row["key"], row.get("bin"))] = row
        return rows

    def rows(self, ask, field):
        count = self.sample(ask, field)
        keys = [f"g{index}" for index in range(count)]
        by = f"group by {', '.join(keys)}" if keys else ""
        select = ", ".join(keys) + "," if keys else ""
        rate = self.formula(field)[1] is not None
        fates = ", ".join(f"count(*) filter (where outcome = '{fate}') as {name}" for fate, name in (
            ("used", "used"), ("blank", "blank"), ("not_in_form", "not_in_form"), ("undefined", "undefined"),
            ("duplicate", "duplicate"), ("rolled_up", "rolled_up"), ("fails", "fails")))
        used = "filter (where outcome = 'used')"
        here = "filter (where outcome in ('used', 'undefined', 'rolled_up'))"
        nameless = here.replace("(where", "(where akey is null and")
        figures = self.base.execute(f"""
            select {select} {fates}, count(*) {used.replace("'used'", "'used' and fails")} as failing,
                count(distinct akey) {here} + count(*) {nameless} as agencies,
                sum(n) {used} as n, sum(d) {used} as d, avg(v) {used} as mean, median(v) {used} as median,
                {', '.join(f"quantile_cont(v, {part}) {used} as p{int(part * 100)}"
                           for part in (0.1, 0.25, 0.5, 0.75, 0.9))},
                list(v) {used} as vs
            from s {by}""").fetchall()
        names = keys + ["used", "blank", "not_in_form", "undefined", "duplicate", "rolled_up", "fails", "failing",
                        "agencies", "n", "d", "mean", "median", "p10", "p25", "p50", "p75", "p90", "vs"]
        known = self.known(ask)
        made = []
        for figure in figures:
            row = dict(zip(names, figure))
            if not keys and sum(row[name] for name in names[:7]) == 0:
                continue
            key = tuple(row[name] for name in keys)
            agency = tuple(value for group, value in zip(ask["groups"], key) if group in OF_AGENCY)
            row.update(key=key, known=max(known.get(agency, 0), row["agencies"]))
            made += self.figures(ask, row, rate)
        return self.arranged(ask, made, rate)

    def known(self, ask):
        groups = [group for group in ask["groups"] if group in OF_AGENCY]
        keys = ", ".join(self.key(group) + f" as k{index}" for index, group in enumerate(groups))
        by = "group by all" if groups else ""
        rows = self.base.execute(
            f"select {keys + ',' if groups else ''} count(distinct akey) from reports "
            f"where {self.condition(ask['filters'], known=True)} {by}").fetchall()
        return {tuple(row[:-1]): row[-1] for row in rows}

    @staticmethod
    def figures(ask, row, rate):
        def one(aggregate, value, **more):
            return {**row, "aggregate": aggregate, "value": value, **more}
        method = ask["method"]
        if method in ("total", "change", "share", "rank"):
            if not rate:
                return [one(None, row["n"])]
            empty = row["used"] == 0
            return [one("ratio_of_sums", None if empty else row["n"] / row["d"],
                        numerator=row["n"], denominator=row["d"])]
        if method == "mean":
            return [one("mean_of_rates" if rate else "mean", row["mean"])]
        if method == "median":
            return [one("median_of_rates" if rate else "median", row["median"])]
        if method == "quantiles":
            some = row["used"] > 0
            return ([one(name, row[name]) for name in ("p10", "p25", "p50", "p75", "p90")]
                    + [one("p90_p10", row["p90"] - row["p10"] if some else None),
                       one("iqr", row["p75"] - row["p25"] if some else None)])
        bounds = [0, 0.25, 0.5, 1, 10, 100, None]
        values = row["vs"] or []
        if values and min(values) < 0:
            bounds.insert(0, None)
        return [one("distribution", None if not values else float(sum(
            (low is None or v >= low) and (high is None or v < high) for v in values)), bin=(low, high))
            for low, high in zip(bounds, bounds[1:])]

    @staticmethod
    def arranged(ask, rows, rate):
        if ask["method"] == "change":
            place = ask["groups"].index("year")
            by_key = {row["key"]: row for row in rows}
            for row in rows:
                year = row["key"][place]
                before = by_key.get(row["key"][:place] + (str(int(year) - 1),) + row["key"][place + 1:]) \
                    if year is not None else None
                if before and row["value"] is not None and before["value"] is not None:
                    row["change"] = row["value"] - before["value"]
                else:
                    row["change"] = None
        if ask["method"] == "share":
            total = sum(row["value"] or 0 for row in rows)
            for row in rows:
                row["share"] = row["value"] / total if not rate and total > 0 and row["value"] is not None else None
        if ask["having"]:
            rows = [row for row in rows if row["used"] >= ask["having"]]
        if ask["ranked"]:
            place = ask["groups"].index("year") if "year" in ask["groups"] and len(ask["groups"]) > 1 else None
            parts = {}
            for row in rows:
                cases = row["denominator"] if row.get("denominator") is not None else row["used"]
                value = row["value"]
                if ask["method"] == "change":
                    value = row["change"] and row["change"] * 100 if rate else row["change"]
                row["ranked"] = value if row["value"] is not None and cases >= 5 else None
                part = row["aggregate"], row["key"][place] if place is not None else None
                parts.setdefault(part, []).append(row)
            for part in parts.values():
                for row in part:
                    row["rank"] = None if row["ranked"] is None else 1 + sum(
                        other["ranked"] is not None and other["ranked"] > row["ranked"] for other in part)
        return rows

    # What the program says

    def label(self, group, key):
        """How the program names a group: (short, whole)."""
        if key is None:
            return None, None
        if group == "agency":
            name = key.rsplit("/", 1)[0]
            places = self.base.execute(
                "select province, city, county from reports where akey = ? limit 1", [key]).fetchone()
            return name, " ".join([name] + [part for part in places if part])
        if group in PARTS or group == "region":
            parts = [part for part in key.split("|") if part]
            return (" ".join(parts) if group == "region" else parts[-1]), " ".join(parts)
        return key, key

    def labels(self, ask, rows):
        """For each group field what each key is called."""
        names = []
        for place, group in enumerate(ask["groups"]):
            keys = {row["key"][place] for row in rows.values()}
            short = {key: self.label(group, key) for key in keys}
            counts = {}
            for one, _ in short.values():
                counts[one] = counts.get(one, 0) + 1
            names.append({key: (whole if counts[one] > 1 and one is not None else one)
                          for key, (one, whole) in short.items()})
        return names

    def differences(self, ask):
        """What differs between the two answers, as texts."""
        expected = self.answer(ask)
        names = self.labels(ask, expected)
        wanted = {}
        for (field, aggregate, key, part), row in expected.items():
            label = tuple(names[place][value] for place, value in enumerate(key))
            wanted[(field, aggregate, label, part)] = row
        given = json.loads(self.run(*self.arguments(ask)))
        found, seen = [], set()
        for row in given["rows"]:
            aggregate = row["aggregate"]
            if aggregate in ("mean_growth", "mean_points", "mean_of_3_years"):
                continue
            rate = self.formula(row["field"])[1] is not None
            if not rate and aggregate in ("sum", "formula_of_sums"):
                aggregate = None
            label = tuple(None if row["group"][group] is None else str(row["group"][group])
                          for group in ask["groups"])
            part = (row["bin"]["from"], row["bin"]["below"]) if "bin" in row else None
            key = (row["field"], aggregate, label, part)
            right = wanted.get(key)
            if right is None or key in seen:
                found.append(f"{key}: {'twice' if key in seen else 'not in DuckDB'}")
                continue
            seen.add(key)
            found += [f"{key}: {text}" for text in self.compared(ask, row, right)]
        found += [f"{key}: not in gongkai" for key in wanted if key not in seen]
        return found

    @staticmethod
    def compared(ask, row, right):
        reports = row["reports"]
        pairs = [("value", row["value"], right["value"])]
        for name in ("numerator", "denominator"):
            if name in right:
                pairs.append((name, row[name], right[name] if right["used"] else None))
        if ask["method"] != "distribution":
            for name in ("used", "blank", "not_in_form", "undefined", "failing", "agencies", "known"):
                pairs.append((name, reports[name], right[name]))
            for name in ("duplicate", "rolled_up", "fails"):
                pairs.append((name, reports["left_out"][name], right[name]))
        if ask["ranked"]:
            pairs.append(("rank", row["rank"], right["rank"]))
        if ask["method"] == "share":
            pairs.append(("share", row["share"], right["share"]))
        if ask["method"] == "change":
            pairs.append(("change", row["change"] and row["change"]["absolute"], right["change"]))
        for name, one, other in pairs:
            if one is None or other is None:
                if one is not other and not (one is None and other is None):
                    yield f"{name} {one}, DuckDB {other}"
            elif abs(one - other) > ALIKE * max(1, abs(one), abs(other)):
                yield f"{name} {one}, DuckDB {other}"


def made(gongkai, folder, seed, reports, samples):
    """An oracle over a world of its own and the sample reports."""
    files, index = os.path.join(folder, "files"), os.path.join(folder, "index")
    os.makedirs(files)
    world.write(files, seed, reports)
    subprocess.run([gongkai, "index", "--index", index, files, *samples, "--quiet"], check=True)
    return Oracle(gongkai, index, folder)
