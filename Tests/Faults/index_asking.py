"""How a mutated index is asked: by the harness, or by the program itself."""

import collections
import math
import os
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time

import common
from common import TOP

SECONDS = 2
MINUTE = 60
MEMORY = 256 << 20
SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=0:allow_user_segv_handler=0:handle_abort=1:handle_sigill=1:"
                    "quarantine_size_mb=8:max_allocation_size_mb=256:malloc_context_size=4",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}
ENVIRONMENT = {**os.environ, "LANG": "C.UTF-8", **SANITIZERS}
# What is asked of every mutation in one go, over all of a query's forms.
QUERIES = """山
山川
"湖海江"
"山川湖海江河"
山川 湖海
公开 局
山 NEAR/10 川
年:2023 申请
年>=2022 山
新收>0
新收>=1 公开
予以公开率>0
地区:云岫 公开
机关:局 山
章节:1 山
长度>20 山
山川*
-山 公开
山 OR 公开
级别:县级 公开
缺失(新收)
核对:不符
"""
# Two of these for each mutation; a word in capitals stands for what is named below.
COMMANDS = [
    "search 山川 --count", "search 公开 --facet agency,region,year,section,form --count",
    "search 申请 --sort -year --limit 0", "search 公开 --sort 新收 --limit 5",
    "search 山 --limit 0 --all", "search 山 湖 --limit 30 --offset 3 --context 2",
    "search 山川湖 --explain --limit 3 --format json", "search 政务 --per-report 1 -l",
    "search 山穿湖 --match all", "search 山川云雨 风雪 --match any", "search 公开 --format json",
    "show REPORT", "show REPORT --format json", "show REPORT --tables", "similar REPORT --min 12",
    "info", "info --format json", "agencies", "agencies 局", "years", "years --format json",
    "export -o OUT/a.csv --force", "export -o OUT/a.sqlite --force",
    "export statistics -o OUT/p.csv --force", "duplicates", "stats 新收 公开率 --by year,agency",
    "check --format json", "check", "verify", "verify --format json", "fields",
    "diff", "diff --since 0 --format json", "diff --runs", "diff --format atom", "search 公开 --new",
    "compact", "index ONE", "index ALL",
]
WRITES = ("compact", "index")


class Answer:
    """How one question or command ended."""

    fault = None
    memory = 0
    seconds = 0.0
    code = None
    errors = ""
    output = b""
    # Answers, refusals, and errors of other kinds.
    counts = (0, 0, "")

    def signature(self, what):
        """What faults of one cause have in common, as far as can be told."""
        fatal = re.search(
            r"(Fatal error.*|runtime error:.*|ERROR: \w+Sanitizer: [\w-]+)", self.errors)
        frames = re.findall(r"#\d+ 0x[0-9a-f]+ in (.{1,110}?)(?: /| \(|$)", self.errors, re.M)[:4]
        if frames:
            return f"{fatal and fatal.group(1)} in " + " < ".join(frames)
        return f"{self.fault}: {fatal.group(1)[:200]}" if fatal else f"{self.fault}: {what}"


class Harness:
    """Asks all that commands ask, by the library's calls, in one process for many indexes."""

    # A process that asks for long is begun anew, so that what it keeps does not hide much.
    MOST = 5_000

    def __init__(self, path, folder, index, reports):
        self.path = path
        self.folder = folder
        self.reports = reports
        self.queries = os.path.join(folder, "queries")
        with open(self.queries, "w", encoding="utf-8") as file:
            file.write(QUERIES)
        self.process = None
        self.usual = (0, MINUTE)
        first = self.question(index, 0, None)
        if first.fault or first.counts[1]:
            sys.exit(f"of the whole index: {first.fault} {first.counts} {first.errors[-2000:]}")
        self.usual = (first.memory, math.ceil(first.seconds) + SECONDS)

    def begin(self):
        self.errors = tempfile.TemporaryFile(dir=self.folder)
        self.process = subprocess.Popen(
            [self.path, self.queries], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, cwd=self.folder, env=ENVIRONMENT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
        self.asked = 0

    def end(self):
        self.process.kill()
        self.process.wait()
        self.errors.seek(0)
        text = self.errors.read(100_000).decode("utf-8", "replace")
        self.errors.close()
        code, self.process = self.process.returncode, None
        return code, text

    def ask(self, index, chance, number, _):
        """Asks everything of an index: (what was asked, how it ended), and whether it was written."""
        writes = chance.choices([None, "compact", self.reports], [30, 2, 1])[0]
        answer = self.question(index, number, writes)
        return [("all" + (f" and {writes}" if writes else ""), answer)], writes is not None

    def question(self, index, number, writes):
        if self.process and self.asked >= self.MOST:
            self.end()
        if not self.process:
            self.begin()
        self.asked += 1
        done = Answer()
        before = self.resident("VmRSS")
        started = self.processor_time()
        self.forget_peak()
        line = "\t".join([index, str(number), *([writes] if writes else [])]) + "\n"
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        begun = time.monotonic()
        reply, pipe = b"", self.process.stdout
        while not reply:
            if select.select([pipe], [], [], 0.5)[0]:
                reply = pipe.readline()
                break
            done.seconds = self.processor_time() - started
            if done.seconds > self.usual[1] or time.monotonic() - begun > MINUTE:
                done.fault = f"no end after {done.seconds:.0f} s of processor time"
                break
        if not reply:
            done.code, done.errors = self.end()
            done.fault = done.fault or f"ended with {done.code}"
            return done
        done.seconds = self.processor_time() - started
        done.memory = max(0, self.resident("VmHWM") - before)
        answers, refusals, others = reply.decode().rstrip("\n").split("\t", 2)
        done.counts = (int(answers), int(refusals), others)
        if others:
            done.fault = "an error of no kind: " + others
        elif done.memory > self.usual[0] + MEMORY:
            done.fault = f"{done.memory >> 20} MiB more"
        return done

    def resident(self, name):
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
                return int(re.search(rf"{name}:\s+(\d+)", file.read()).group(1)) << 10
        except (OSError, AttributeError):
            return 0

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    def processor_time(self):
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
                words = file.read().rpartition(")")[2].split()
            return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            return 0.0


class Program:
    """Runs the program, a process for each command."""

    def __init__(self, path, folder, index, reports, sanitized):
        self.path = path
        self.folder = folder
        self.reports = reports
        self.sanitized = sanitized
        # The memory and the processor time of each command, and whether it ends with exit code 2.
        self.usual = collections.defaultdict(lambda: (0, MINUTE, False))
        first = self.run(index, ["search", "山", "--by", "passage", "--format", "json"])
        self.report = re.search(rb'"id": ?"([0-9a-f]{16})"', first.output).group(1).decode()
        for command in ["batch", *COMMANDS]:
            copy = os.path.join(folder, "usual")
            common.copy(index, copy)
            done = self.command(copy, command)
            if done.code not in (0, 1, 2) or done.fault:
                sys.exit(f"{command} of the whole index: {done.code} {done.fault} {done.errors}")
            self.usual[command] = (done.memory, math.ceil(done.seconds) + SECONDS, done.code == 2)

    def ask(self, index, chance, _, what):
        """Runs some commands on an index: (command, how it ended), and whether it was written."""
        # Only `verify` reads libxapian's file, only `diff` what runs changed.
        others = [command for command in COMMANDS if command not in ("verify", "diff")]
        sure = {"glass": "verify", "changes": "diff"}.get(what.split(":")[0])
        commands = ["batch", *([sure, chance.choice(others)] if sure else chance.sample(COMMANDS, 2))]
        commands.sort(key=lambda command: command.startswith(WRITES))
        answers = [(command, self.command(index, command)) for command in commands]
        for command, done in answers:
            more = done.memory - self.usual[command][0]
            # Nothing is wrong with the question.
            if not done.fault and done.code == 2 and not self.usual[command][2]:
                done.fault = "exit code 2"
            if not done.fault and not self.sanitized and more > MEMORY:
                done.fault = f"{more >> 20} MiB more"
        return answers, commands[-1].startswith(WRITES)

    def command(self, index, command):
        if command == "batch":
            words = ["search", "--batch", "-", "--limit", "20"]
            return self.run(index, words, QUERIES, self.usual[command][1])
        names = {"REPORT": self.report, "ALL": self.reports, "ONE": f"{self.reports}/7.txt"}
        words = [names.get(word, word.replace("OUT", self.folder)) for word in command.split()]
        return self.run(index, words, "", self.usual[command][1])

    def run(self, index, arguments, given="", seconds=MINUTE):
        def limits():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))

        done = Answer()
        with tempfile.TemporaryFile(dir=self.folder) as errors, tempfile.TemporaryFile(
                dir=self.folder) as output, tempfile.TemporaryFile(dir=self.folder) as asked:
            asked.write(given.encode())
            asked.seek(0)
            process = subprocess.Popen(
                [self.path, *arguments, "--index", index], stdin=asked, stdout=output,
                stderr=errors, cwd=self.folder, preexec_fn=limits, env=ENVIRONMENT)
            timer = threading.Timer(MINUTE, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = done.code = os.waitstatus_to_exitcode(status)
            done.seconds = usage.ru_utime + usage.ru_stime
            done.memory = usage.ru_maxrss * 1024
            errors.seek(0)
            done.errors = errors.read(100_000).decode("utf-8", "replace")
            output.seek(0)
            done.output = output.read(1 << 20)
        if done.code in (-signal.SIGKILL, -signal.SIGXCPU):
            done.fault = f"no end after {done.seconds:.0f} s of processor time"
        elif "Sanitizer" in done.errors or "runtime error:" in done.errors:
            done.fault = "sanitizer"
        elif done.code not in (0, 1, 2, 3):
            done.fault = f"exit code {done.code}"
        done.counts = (int(done.code != 3), int(done.code == 3), "")
        return done


def harness():
    """The built harness: $GONGKAI_HARNESS, else the release build, else the debug build."""
    for path in [os.environ.get("GONGKAI_HARNESS", "")] + [
        os.path.join(TOP, ".build", kind, "indexharness") for kind in ("release", "debug")
    ]:
        if path and os.access(path, os.X_OK):
            return os.path.abspath(path)
    sys.exit("no harness built; run: swift build -c release --product indexharness")
