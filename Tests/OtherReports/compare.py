"""A reading beside the truth, counted."""

import re
from dataclasses import dataclass, field

from document import FREE
from letters import plain

MEASURES = ["precise", "recalled", "agency", "year", "region", "section", "subsection", "text", "noise",
            "whole", "kind", "form", "scope"]
GOALS = {"precise": 99.9, "recalled": 99.5, "agency": 99.5, "year": 99.5, "section": 99.5, "subsection": 99.5,
         "text": 99.5}
NOISE_GOAL = 0.2
SEED = 8
MARK = re.compile(r"^(\((?:[一二三四五六七八九十]+|\d+)\)、?|[一二三四五六七八九十]+、|\d+[.、]?|[•·])")


@dataclass
class Tally:
    """Right ones and all of them, for each measure; and wrong values that look right."""
    right: dict = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    all: dict = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    files: int = 0
    wrong_printed: int = 0
    unmarked: int = 0

    def count(self, measure, right, of=1):
        self.right[measure] += right
        self.all[measure] += of

    def add(self, other):
        self.files += other.files
        self.wrong_printed += other.wrong_printed
        self.unmarked += other.unmarked
        for measure in MEASURES:
            self.count(measure, other.right[measure], other.all[measure])

    def percent(self, measure):
        return 100 * self.right[measure] / self.all[measure] if self.all[measure] else None


class Comparison:
    """One file."""

    def __init__(self, report, reading):
        self.report, self.reading, self.tally, self.faults = report, reading, Tally(files=1), []
        if reading is None:
            self.reading = {"statistics": {}, "cells": {}, "passages": [], "region": {}}
            self.fault("kind", "a reading", "no reading of this file")
        self.head()
        self.cells()
        self.texts()

    def fault(self, measure, truth, read):
        self.faults.append((measure, truth, read))

    def judge(self, measure, right, truth, read):
        self.tally.count(measure, 1 if right else 0)
        if not right:
            self.fault(measure, truth, read)

    def head(self):
        report, reading = self.report, self.reading
        self.judge("kind", reading.get("kind") == report.kind, report.kind, reading.get("kind"))
        if report.form != FREE:
            self.judge("form", reading.get("form") == report.form, report.form, reading.get("form"))
        scope = reading.get("scope")
        self.judge("scope", scope in report.scopes or report.kind == "other", report.scopes, scope)
        if report.agencies != FREE:
            agency = reading.get("agency")
            right = {plain(name) if name else None for name in report.agencies}
            self.judge("agency", (plain(agency) if agency else None) in right, report.agencies, agency)
        if report.year != FREE:
            self.judge("year", reading.get("year") == report.year, report.year, reading.get("year"))
        if report.region != FREE:
            self.judge("region", self.region_is_right(), report.region, reading.get("region"))

    def region_is_right(self):
        truth = self.report.region
        read = {level: plain(name) if name else None for level, name in (self.reading.get("region") or {}).items()}
        def same(level):
            name = truth.get(level)
            return read.get(level) == (plain(name) if name else None)
        if truth.get("free"):
            return all(not read.get(level) or not truth.get(level) or same(level) for level in ("province", "city"))
        if truth.get("ambiguous"):
            return ((not read.get("province") or same("province")) and not read.get("city")
                    and (same("county") or not read.get("county")))
        city = same("city") or (truth["city"] is None and read.get("city") == read.get("province"))
        return same("province") and city and same("county")

    def cells(self):
        truths, read = self.report.cells, self.reading.get("statistics") or {}
        marks = self.reading.get("cells") or {}
        merged = "S20 other handling merged" in self.report.damages
        for key, value in read.items():
            if merged and re.fullmatch(r"requests\.other_handling\.[a-z_]+", key):
                continue
            truth = truths.get(key)
            status = (marks.get(key) or {}).get("status")
            right = truth is not None and self.value_is_right(truth, value, status)
            self.tally.count("precise", 1 if right else 0)
            if not right:
                if status == "printed":
                    self.tally.wrong_printed += 1
                self.fault("precise", truth and (key, truth.status, sorted(truth.allowed) or truth.value) or (key, "absent"),
                           (value, status, (marks.get(key) or {}).get("raw")))
            elif status == "printed" and truth.status == "annotated":
                self.tally.unmarked += 1
        for key, truth in truths.items():
            if truth.needed:
                right = key in read and self.value_is_right(truth, read[key], None)
                self.tally.count("recalled", 1 if right else 0)
                if key not in read:
                    self.fault("recalled", (key, truth.value), marks.get(key))

    @staticmethod
    def value_is_right(truth, value, status):
        def same(other):
            return other is not None and abs(value - other) < 1e-6
        if truth.status in ("printed", "annotated"):
            return any(same(other) for other in truth.allowed)
        if truth.status == "free" or status == "inferred":
            return same(truth.value)
        return any(same(other) for other in truth.allowed)

    def texts(self):
        passages = self.reading.get("passages") or []
        read = [plain(passage.get("text") or "") for passage in passages]
        whole, starts = "\0".join(read), []
        at = 0
        for text in read:
            starts.append(at)
            at += len(text) + 1
        covered = bytearray(len(whole))
        for truth in self.report.passages:
            text = plain(truth.text)
            found, first = cover(text, whole, covered)
            self.tally.count("text", found, len(text))
            if found < len(text) - 1:
                self.fault("text", f"{len(text) - found} of {len(text)} letters lost", truth.text[:60])
            if first is not None:
                index = max(i for i, start in enumerate(starts) if start <= first)
                self.place(truth, passages[index])
                if len(text) > SEED:
                    unmarked = re.sub(r"\[\^?1\]", "", read[index])
                    self.judge("whole", text in unmarked, truth.text[:50], read[index][:50])
        lengths = sum(len(plain(truth.text)) for truth in self.report.passages)
        for text in self.report.neutral:
            while cover(plain(text), whole, covered, shortest=2)[0] > 30:
                pass        # a long one may stand many times
        aside = "\0|" if self.report.form == "none" else "\0"      # rows of an old table of indicators
        lost = [i for i, c in enumerate(whole) if c not in aside and not covered[i]]
        self.tally.count("noise", 0 if self.report.kind == "other" else len(lost), lengths)
        if len(lost) > 2 and self.report.kind != "other":
            self.fault("noise", f"{len(lost)} letters", "".join(whole[i] for i in lost)[:80])

    def place(self, truth, passage):
        if truth.sections != FREE:
            section = passage.get("section")
            self.judge("section", section in truth.sections, (sorted(truth.sections), truth.text[:24]), section)
        if truth.subsection != FREE:
            read = passage.get("subsection")
            right = {core(sub) for sub in truth.subsection}
            self.judge("subsection", core(read) in right, (truth.subsection, truth.text[:24]), read)


def core(heading):
    """A heading without its mark and its end."""
    if not heading:
        return None
    return MARK.sub("", plain(heading)).strip("#*:。.,、") or None


def cover(text, whole, covered, shortest=SEED):
    """How many letters of `text` stand in `whole`, marked there; and where the first long run begins."""
    step = min(shortest, len(text))
    if not step:
        return 0, None
    found, first, p, near = 0, None, 0, 0
    while p + step <= len(text):
        at = free_place(text[p:p + step], whole, covered, near)
        if at < 0:
            p += 1
            continue
        n = step
        gap = 0         # ends of passages inside the text
        while p + n < len(text) and at + n + gap < len(whole):
            if whole[at + n + gap] == "\0" and whole[at + n + gap + 1:at + n + gap + 2] == text[p + n]:
                gap += 1
            if whole[at + n + gap] != text[p + n]:
                break
            n += 1
        covered[at:at + n + gap] = b"\1" * (n + gap)
        first = at if first is None else first
        found, p, near = found + n, p + n, at + n + gap
    if 0 < len(text) - p < step and whole.startswith(text[p:], near):
        covered[near:near + len(text) - p] = b"\1" * (len(text) - p)
        found += len(text) - p
    return found, first


def free_place(seed, whole, covered, near):
    """Where `seed` stands and no other text was found, behind `near` when it can be."""
    for begin in (near, 0):
        at = whole.find(seed, begin)
        while at >= 0 and covered[at]:
            at = whole.find(seed, at + 1)
        if at >= 0:
            return at
    return -1
