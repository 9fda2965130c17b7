#!/usr/bin/env python3
"""Runs the sessions of README.md and README.zh.md again and writes what they print now.

    Scripts/try && Scripts/refresh-readme.py

A session is a `console` block: each line that begins with `$ ` is run by bash, all in one copy of
the sample reports, and what it prints, errors included, replaces the lines below it.
"""

import os
import re
import shutil
import subprocess
import tempfile

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
LANGUAGES = {"README.md": "C.UTF-8", "README.zh.md": "zh_CN.UTF-8"}

for name, language in LANGUAGES.items():
    path = os.path.join(PACKAGE, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(PACKAGE, "corpus"), os.path.join(folder, "corpus"))
        environment = {
            "HOME": folder, "LANG": language,
            "PATH": os.path.abspath(os.path.join(PACKAGE, ".build/release")) + ":/usr/bin:/bin"}

        def refreshed(block):
            lines = []
            for command in re.findall(r"^\$ (.*)", block[1], re.MULTILINE):
                if lines:
                    lines.append("")
                printed = subprocess.run(
                    ["bash", "-c", command], cwd=folder, env=environment, text=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                lines += ["$ " + command] + printed.stdout.rstrip("\n").split("\n")
            return "```console\n" + "\n".join(line.rstrip() for line in lines) + "\n```\n"

        text = re.sub(r"```console\n(.*?)```\n", refreshed, text, flags=re.DOTALL)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
