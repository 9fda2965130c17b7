#!/usr/bin/env python3
"""Runs the commands of the READMEs and of docs again and writes what they print now.

    Scripts/try && Scripts/refresh-readme.py
    Scripts/refresh-readme.py --check    # writes nothing; says what differs, exit status 1 when anything does

A session is a `console` block: each line that begins with `$ ` is run by bash, all of a page in one copy of
the sample reports, and what it prints, errors included, replaces the lines below it. Indented commands
of gongkai, the queries in the table of the language and the flags in that of statistics have no output
on the page: they must run. Uses .build/release/gongkai, or the one in the folder that --programs names;
builds nothing. Needs jq and unzip.
"""

import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LANGUAGES = {"": "C.UTF-8", ".zh": "zh_CN.UTF-8"}
PAGES = ["README{}.md", "docs/session{}.md", "docs/query-language{}.md", "docs/statistics{}.md"]


class Session:
    """A copy of the sample reports, and the program."""

    def __init__(self, folder, programs, language):
        self.folder = folder
        shutil.copytree(os.path.join(PACKAGE, "corpus"), os.path.join(folder, "corpus"))
        # What the indented commands call the reader's own folder.
        os.symlink("corpus/reports", os.path.join(folder, "reports"))
        # The pages show what a terminal would: in a pipe no line is wrapped.
        self.environment = {
            "HOME": folder, "LANG": language, "PATH": programs + ":/usr/bin:/bin", "COLUMNS": "80"}

    def run(self, command):
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def refreshed(self, block):
        lines = []
        for command in re.findall(r"^\$ (.*)", block[1], re.MULTILINE):
            if lines:
                lines.append("")
            lines += ["$ " + command] + self.run(command).stdout.rstrip("\n").split("\n")
        return "```console\n" + "\n".join(line.rstrip() for line in lines) + "\n```\n"


def first_column(text):
    """The code in the first column of the tables of a page."""
    for row in re.findall(r"^\| (`.*?) \| ", text, re.MULTILINE):
        yield from (code.replace("\\|", "|") for code in re.findall(r"`([^`]+)`", row))


def silent(page, text):
    """The commands of a page whose output it does not show."""
    for command in re.findall(r"^    (gongkai .*)", text, re.MULTILINE):
        yield command
    if "query-language" in page:
        for query in first_column(text):
            yield "gongkai search --count -- " + shlex.quote(query)
    if "statistics" in page:
        for code in first_column(text):
            if code.startswith("stats "):
                yield "gongkai " + code
            elif not re.search("FILE|文件", code):
                # Of several values that the page sets apart by a bar, the first.
                yield "gongkai stats 公开率 --by province,county " + re.sub(r"\[?=(\w+)(\|\w+)+\]?", r"=\1", code)


def refreshed(page, programs, language):
    """What a page should be, and what of it did not run."""
    with open(os.path.join(PACKAGE, page), encoding="utf-8") as file:
        text = file.read()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        session = Session(folder, programs, language)
        if "gongkai index" not in text:
            session.run("gongkai index corpus/reports --include '*.txt'")
        new = re.sub(r"```console\n(.*?)```\n", session.refreshed, text, flags=re.DOTALL)
        for command in silent(page, text):
            done = session.run(command)
            if done.returncode not in (0, 1):
                problems.append(f"{page}: {command} gave {done.returncode}: {done.stdout[-400:]}")
    return page, text, new, problems


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--check", action="store_true", help="write nothing; fail where a page differs")
    options.add_argument("--programs", default=os.path.join(PACKAGE, ".build/release"), help="the folder of gongkai")
    given = options.parse_args()
    for tool in ("jq", "unzip"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing; apt-get install {tool}")
    programs = os.path.abspath(given.programs)
    if not os.access(os.path.join(programs, "gongkai"), os.X_OK):
        sys.exit(f"no gongkai in {programs}: run Scripts/try")
    wrong = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(refreshed, page.format(suffix), programs, language)
                   for page in PAGES for suffix, language in LANGUAGES.items()]
        for one in running:
            page, text, new, problems = one.result()
            print("".join(f"{problem}\n" for problem in problems), end="")
            wrong |= bool(problems) or given.check and new != text
            if given.check:
                print("".join(difflib.unified_diff(
                    text.splitlines(True), new.splitlines(True), page, page + " as it is printed now")), end="")
            elif new != text:
                with open(os.path.join(PACKAGE, page), "w", encoding="utf-8") as file:
                    file.write(new)
    if given.check and not wrong:
        print(f"{len(running)} pages print what they say")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
