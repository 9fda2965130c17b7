"""What the fault tests share: the program, a working directory, and the answers it gives."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
QUERIES = ["局", "公开", "新收>0", "\"第\"", "年:2022 申请"]


def program():
    """The built program: $GONGKAI, else the release build, else the debug build."""
    for path in [os.environ.get("GONGKAI", "")] + [
        os.path.join(TOP, ".build", kind, "gongkai") for kind in ("release", "debug")
    ]:
        if path and os.access(path, os.X_OK):
            return os.path.abspath(path)
    sys.exit("no gongkai built; run: swift build -c release --product gongkai")


def compiler():
    """A C compiler: the system's, else Swift's own."""
    swift = os.path.dirname(os.path.realpath(shutil.which("swiftc") or "/"))
    return shutil.which("cc") or shutil.which("clang") or os.path.join(swift, "clang")


def preload(folder):
    """Compiles the preload library into a folder that goes."""
    target = os.path.join(folder, "preload.so")
    source = os.path.join(TOP, "Tests", "Faults", "preload.c")
    subprocess.run(
        [compiler(), "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", target, source,
         "-ldl"], check=True)
    return target


class Failure(Exception):
    """What must be true was not."""


class Workplace:
    """A working directory with files in `r` and an index beside them."""

    def __init__(self, folder):
        self.folder = folder
        self.program = program()
        os.makedirs(os.path.join(folder, "r"), exist_ok=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    @property
    def index_folder(self):
        return self.path(".gongkai")

    def write(self, name, text):
        with open(self.path("r", name), "w", encoding="utf-8") as file:
            file.write(text)

    def command(self, *arguments, index=True):
        """A command line that names the index: that of the workplace, another, or none."""
        index = self.index_folder if index is True else index
        return [self.program, *arguments, *(["--index", index] if index else [])]

    def run(self, *arguments, environment=None, timeout=120, index=True, folder=None,
            prepare=None, before=()):
        """Runs the program; a crash or a hang is a failure.

        `prepare` is called in the child before, `before` are words of the command line before.
        """
        try:
            done = subprocess.run(
                [*before, *self.command(*arguments, index=index)], cwd=folder or self.folder,
                capture_output=True, timeout=timeout, preexec_fn=prepare,
                env={**os.environ, "LANG": "C.UTF-8", **(environment or {})})
        except subprocess.TimeoutExpired:
            raise Failure(f"{arguments} did not end in {timeout} s") from None
        if done.returncode < 0 or done.returncode in (132, 133, 134, 136, 139):
            raise Failure(f"{arguments} crashed with {done.returncode}: {done.stderr[-500:]}")
        return done

    def index(self, *arguments, **more):
        return self.run("index", "r", *arguments, **more)

    def update(self):
        """Brings the index up to date, which must succeed."""
        done = self.index()
        if done.returncode != 0:
            raise Failure(f"index gave {done.returncode}: {done.stderr.decode()[-500:]}")

    def answers(self):
        """What searches find, in one comparable value; "none" without an index, "damaged" when
        searches refuse it."""
        queries = "\n".join(QUERIES) + "\n"
        done = subprocess.run(
            self.command(
                "search", "--batch", "-", "--by", "passage", "--limit", "0", "--match", "all"),
            cwd=self.folder, capture_output=True, input=queries.encode(), timeout=120)
        if done.returncode == 3:
            return "none" if b"no index here" in done.stderr else "damaged"
        if done.returncode not in (0, 1):
            raise Failure(f"search gave {done.returncode}: {done.stderr.decode()[-500:]}")
        found = []
        for line in done.stdout.splitlines():
            result = json.loads(line)
            # A damaged index may give hits without a file.
            hits = sorted((hit["report"]["file"] or "", hit["text"]) for hit in result["hits"])
            found.append((result["total"], tuple(hits)))
        return tuple(found)

    def verify(self):
        """Whether `verify` finds the index whole."""
        done = self.run("verify")
        if done.returncode not in (0, 3):
            raise Failure(f"verify gave {done.returncode}: {done.stderr.decode()[-500:]}")
        return done.returncode == 0

    def save(self, name):
        """Keeps a copy of the whole directory."""
        copy(self.folder, self.folder + "." + name)

    def restore(self, name):
        """Goes back to a copy."""
        copy(self.folder + "." + name, self.folder)


def copy(source, target):
    """Makes a folder equal to another, times included."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True, copy_function=shutil.copy2)


def report(number, version=0):
    """A short text of its own for a number."""
    year = 2019 + number % 5
    return (
        f"第{number}县水务局{year}年政府信息公开工作年度报告\n\n一、总体情况\n"
        f"全年主动公开信息{number * 7 % 300}条，第{version}次修订。"
        f"受理依申请公开{number % 40}件，均按期答复。\n\n"
        f"五、存在的主要问题及改进情况\n第{number}县的水库名录更新不及时，改由河长逐月核对。\n")


def scenarios(folder, count):
    """Directories that each wait for one command: (name, work, arguments of that command).

    Beside each lies a copy named `before`.
    """

    def work(name):
        made = Workplace(os.path.join(folder, name))
        for number in range(count):
            made.write(f"{number}.txt", report(number))
        return made

    first = work("first")
    yield "first run", first, ["index", "r"]

    later = work("later")
    later.update()
    later.write("0.txt", report(0, 1))
    later.write(f"{count}.txt", report(count))
    os.remove(later.path("r", "1.txt"))
    yield "later run", later, ["index", "r"]

    # Seven small segments beside the first: one more, and they are merged.
    merging = work("merging")
    merging.update()
    for number in range(1, 7):
        merging.write(f"{number}.txt", report(number, 1))
        merging.update()
    merging.write("0.txt", report(0, 1))
    yield "run that merges", merging, ["index", "r"]

    compact = work("compact")
    compact.update()
    for number in range(3):
        compact.write(f"{number}.txt", report(number, 1))
        compact.update()
    yield "compact", compact, ["compact"]


class Case:
    """A scenario with its answers before and after."""

    def __init__(self, name, work, arguments):
        self.name = name
        self.work = work
        self.arguments = arguments
        work.save("before")
        self.before = work.answers()
        started = time.monotonic()
        done = work.run(*arguments)
        self.seconds = time.monotonic() - started
        if done.returncode != 0:
            raise Failure(f"{name} gave {done.returncode}: {done.stderr.decode()[-500:]}")
        self.after = work.answers()
        if not work.verify():
            raise Failure(f"{name}: not whole after a plain run")
        work.restore("before")

    def run(self, **more):
        return self.work.run(*self.arguments, **more)

    def check(self, what, allowed=None):
        """The answers must be those before or after; then the next run must complete."""
        answers = self.work.answers()
        allowed = allowed or (self.before, self.after)
        if answers not in allowed:
            shown = answers if isinstance(answers, str) else "other answers"
            raise Failure(f"{self.name}, {what}: {shown}")
        if answers != "none" and not self.work.verify():
            raise Failure(f"{self.name}, {what}: verify finds damage")
        done = self.run()
        if done.returncode != 0:
            raise Failure(
                f"{self.name}, {what}: the next run gave {done.returncode}: "
                f"{done.stderr.decode()[-500:]}")
        if self.work.answers() != self.after or not self.work.verify():
            raise Failure(f"{self.name}, {what}: the next run did not put it right")
        # Nothing is there that the manifest does not name: `verify` counts what is left over.
        left = [name for name in os.listdir(self.work.index_folder) if name.startswith("building-")]
        if left or b"leftovers" in self.work.run("verify").stderr:
            raise Failure(f"{self.name}, {what}: {left} left behind")
        return answers == self.after


def cases(folder, count=12):
    return [Case(*scenario) for scenario in scenarios(folder, count)]
