"""Bad moments: what fails for a passing reason, folders that are away, children that hang, limits."""

import os
import resource
import shutil
import signal
import subprocess
import time

from common import report
from strangers import Skipped, must, need_root, scenario

# A user who is nobody here.
OTHER = 65_531
# Nobody's text, and no PDF: the program that reads it is a stand-in.
PDF = b"%%PDF-1.4\n%% %d\n"


def stand_in(work, script):
    """Makes the pdftotext that PATH finds first; returns the environment."""
    os.makedirs(work.path("bin"), exist_ok=True)
    path = work.path("bin", "pdftotext")
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\n{script}\n")
    os.chmod(path + ".new", 0o755)
    os.rename(path + ".new", path)
    return {"PATH": work.path("bin") + ":/usr/bin:/bin"}


def printing(word):
    """A program that prints a page with one word, as pdftotext does."""
    box = 'xMin="50" yMin="50" xMax="250" yMax="62"'
    return (
        "cat <<'END'\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><doc>"
        f'<page width="595" height="842"><flow><block {box}><line {box}>'
        f"<word {box}>{word}</word></line></block></flow></page></doc></body></html>\nEND")


def papers(work, count, version):
    for number in range(count):
        with open(work.path("r", f"{number}.pdf"), "wb") as file:
            file.write(PDF % (version * count + number))


def grown_old():
    """A file that was just written is read again for its youth alone; waits until it is not."""
    time.sleep(2.1)


def kept(work, done, words):
    must(done.returncode == 2, f"gave {done.returncode}: {done.stderr}")
    must(words in done.stderr.decode(), f"does not say {words}: {done.stderr}")
    must(b"nothing changed" in done.stdout, f"changed something: {done.stdout}")
    found = work.run("search", "渡口", "-l").stdout
    must(found == b"r/0.pdf\n", f"lost the report: {found}")


@scenario
def passing_reasons(work):
    """What was indexed stays when a child fails, and is read again when it does its work."""
    works = stand_in(work, printing("甲县渡口停航。"))
    papers(work, 1, 0)
    must(work.index(environment=works).returncode == 0, "the first run failed")
    papers(work, 1, 1)
    grown_old()
    for script, words in (
        ("kill -KILL $$", "signal 9"), ("kill -SEGV $$", "signal 11"), ("exit 127", "127"),
        ("echo 'Out of memory' >&2; exit 1", "memory"),
    ):
        kept(work, work.index(environment=stand_in(work, script)), words)
    kept(work, work.index(environment={"PATH": "/nowhere"}), "poppler-utils")
    done = work.index(environment=stand_in(work, printing("乙县渡口通航。")))
    must(done.returncode == 0 and b"~1" in done.stdout, f"not read again: {done}")


@scenario
def full_folder_for_temporary_files(work):
    """A full /tmp is of the moment."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        raise Skipped("needs root and a mount")
    works = stand_in(work, printing("甲县渡口停航。"))
    papers(work, 1, 0)
    must(work.index(environment=works).returncode == 0, "the first run failed")
    papers(work, 1, 1)
    with open(work.path("r", "0.pdf"), "ab") as file:
        file.write(b"%" * 100_000)
    grown_old()
    # What lies below /tmp is bound elsewhere before /tmp is covered.
    script = (
        'mkdir -p /mnt/gongkai-faults && mount --bind "$1" /mnt/gongkai-faults && '
        'program=$(dirname "$2") && mkdir -p /mnt/gongkai-program && '
        'mount --bind "$program" /mnt/gongkai-program && '
        "mount -t tmpfs -o size=16k none /tmp && cd /mnt/gongkai-faults && "
        'PATH=$PWD/bin:/usr/bin:/bin exec "/mnt/gongkai-program/$(basename "$2")" index r')
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", work.folder, work.program],
        capture_output=True, timeout=120, env={**os.environ, "LANG": "C.UTF-8"})
    for folder in ("/mnt/gongkai-faults", "/mnt/gongkai-program"):
        shutil.rmtree(folder, ignore_errors=True)
    if b"mount" in done.stderr:
        raise Skipped("needs a mount")
    must(done.returncode == 2 and b"No space" in done.stderr, f"{done}")
    must(b"damaged" not in done.stdout, f"{done}")


@scenario
def few_descriptors(work):
    """Files that cannot be opened for want of descriptors are not gone, and there are some files."""
    folder = work.path("r")
    for depth in range(60):
        folder = os.path.join(folder, "d")
        os.mkdir(folder)
    with open(os.path.join(folder, "a.txt"), "w", encoding="utf-8") as file:
        file.write(report(1))
    work.update()

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))

    done = subprocess.run(
        work.command("index", "r"), cwd=work.folder, capture_output=True, timeout=120,
        preexec_fn=limit, env={**os.environ, "LANG": "C.UTF-8"})
    must(done.returncode == 2, f"gave {done.returncode}: {done.stderr}")
    must(b"ulimit -n" in done.stderr and b"no files found" not in done.stderr, f"{done.stderr}")
    must(b"1 reports" in done.stdout, f"lost the report: {done.stdout}")


@scenario
def few_threads(work):
    """Where too few threads may be started, a command says so; it does not wait for ever."""
    need_root()
    if not shutil.which("prlimit"):
        raise Skipped("needs prlimit")
    work.write("a.txt", report(1))
    work.update()
    for path, folders, names in os.walk(work.folder):
        for name in [""] + names:
            os.chown(os.path.join(path, name), OTHER, OTHER)
    for path in (work.folder, os.path.dirname(work.folder)):
        os.chmod(path, 0o755)
    as_other = ["setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups"]
    probe = subprocess.run([*as_other, "test", "-x", work.program, "-a", "-w", work.folder])
    if probe.returncode != 0:
        raise Skipped("another user cannot reach the program or the folder")
    for command in (["index", "r"], ["compact"], ["search", "公开"], ["verify"]):
        said = False
        for most in range(1, 2 * os.cpu_count() + 6):
            done = work.run(
                *command, before=[*as_other, "prlimit", f"--nproc={most}"], timeout=30)
            must(done.returncode in (0, 2), f"{command} with {most} threads: {done}")
            must(done.returncode == 0 or b"ulimit -u" in done.stderr, f"{command}: {done.stderr}")
            said = said or done.returncode == 2
        must(done.returncode == 0, f"{command} with {most} threads: {done}")
        must(said or command[0] in ("search", "verify"), f"{command} with one thread: {done}")


def processes(word):
    """The processes whose arguments hold a word."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    if word.encode() in file.read():
                        found.append(int(name))
            except OSError:
                pass
    return found


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def with_ordinary_signals():
    """In a child: what is started in the background ignores some signals, and so do its children."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)


@scenario
def hanging_children(work):
    """A signal ends the program and all that its children started, at once."""
    # A number of its own, by which the sleepers are known.
    seconds = str(7_000_000 + os.getpid())
    environment = stand_in(work, f"sleep {seconds}; echo x")
    papers(work, 6, 0)
    for command in (["index", "r"], ["parse", "r"], ["check", "r"]):
        for number in ENDING:
            arguments = work.command(*command) if command[0] == "index" else [
                work.program, *command]
            process = subprocess.Popen(
                arguments, cwd=work.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, **environment}, preexec_fn=with_ordinary_signals)
            started = time.monotonic()
            while not processes(seconds) and time.monotonic() - started < 20:
                time.sleep(0.05)
            must(processes(seconds), f"{command} started no child")
            process.send_signal(number)
            started = time.monotonic()
            code = process.wait(timeout=60)
            took = time.monotonic() - started
            what = f"{command[0]} and signal {number.value}"
            must(took < 5, f"{what}: ended after {took:.1f} s")
            must(code in (128 + number, -number), f"{what}: gave {code}")
            time.sleep(0.2)
            left = processes(seconds)
            for child in left:
                os.kill(child, signal.SIGKILL)
            must(not left, f"{what}: {len(left)} children left")
    must(not os.path.exists(work.path(".gongkai", "manifest")), "an index was written")


@scenario
def folders_away(work):
    """A folder that is missing or empty as a whole, or cannot be read, keeps its reports."""
    for number in range(3):
        work.write(f"{number}.txt", report(number))
    work.update()
    before = work.answers()
    os.rename(work.path("r"), work.path("elsewhere"))
    for state in ("missing", "empty"):
        if state == "empty":
            os.mkdir(work.path("r"))
        for arguments in ([], ["--rebuild"]):
            done = work.index(*arguments)
            must(done.returncode == 2, f"{state}: gave {done.returncode}")
            must(b"--remove-missing" in done.stderr, f"{state}: {done.stderr}")
        must(work.answers() == before, f"{state}: other answers")
    done = work.index("--remove-missing")
    must(done.returncode == 0 and b"-3" in done.stdout, f"did not insist: {done}")


@scenario
def mounts_below(work):
    """The empty mount point below a folder keeps the reports of its disk; what is removed goes."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        raise Skipped("needs root and a mount")
    for number in range(3):
        work.write(f"{number}.txt", report(number))
    script = """
        mkdir r/disk && mount -t tmpfs none r/disk && mkdir r/disk/deep || exit 99
        mv r/1.txt r/disk && mv r/2.txt r/disk/deep && "$@" && cp -a r/disk/. kept && umount r/disk || exit 98
        "$@"; echo "away $?"
        mount -t tmpfs none r/disk && cp -a kept/. r/disk && "$@"; echo "back $?"
        rm r/disk/deep/2.txt; "$@"; echo "removed $?"
        umount r/disk && "$@" --remove-missing; echo "insists $?"
    """
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", *work.command("index", "r")],
        cwd=work.folder, capture_output=True, timeout=120, env={**os.environ, "LANG": "C.UTF-8"})
    if done.returncode == 99:
        raise Skipped("needs a mount")
    out, errors = done.stdout.decode(), done.stderr.decode()
    must("r/disk is empty; its 2 reports stay" in errors, f"away: {out}{errors}")
    found = [line for line in out.splitlines() if "+" in line or "nothing" in line or " " in line]
    for part in ("away 2", "back 0", "removed 0", "insists 0"):
        must(part in found, f"not {part}: {out}{errors}")
    must("+0 ~0 -1" in out and out.count("-1") == 2, f"removed others: {out}{errors}")


@scenario
def forged_lines(work):
    """A name cannot forge a line of what is told."""
    forged = b"a\ngongkai: all is well\n\x1b[2J\xe2\x80\xae.txt"
    with open(os.path.join(os.fsencode(work.path("r")), forged), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
    work.write("a.txt", report(1))
    for arguments in (["index", "r"], ["index", "r", "--diagnostics", work.path("d")], ["info"]):
        done = work.run(*arguments)
        for line in (done.stdout + done.stderr).split(b"\n"):
            must(not line.startswith(b"gongkai: all is well"), f"forged: {line}")
            must(b"\x1b" not in line and b"\xe2\x80\xae" not in line, f"raw: {line}")
    with open(work.path("d"), "rb") as file:
        must(file.read().count(b"\n") == 2, "the diagnostics have another line")


@scenario
def limits(work):
    """Numbers and limits beyond sense give a message and an exit code, never a signal."""
    work.write("a.txt", report(1))
    work.update()
    for jobs in ("9223372036854775807", "0", "-3", "99999999999999999999"):
        for command in (["index", "r"], ["parse", work.path("r")]):
            done = subprocess.run(
                [work.program, *command, "--jobs", jobs], cwd=work.folder,
                capture_output=True, timeout=60)
            must(done.returncode == 2 and done.stderr, f"--jobs {jobs}: {done}")

    def run(arguments, kind, most):
        def limit():
            resource.setrlimit(kind, (most, most))

        started = time.monotonic()
        done = subprocess.run(
            arguments, cwd=work.folder, capture_output=True, timeout=60, preexec_fn=limit)
        must(
            done.returncode >= 0 and done.returncode < 128,
            f"{arguments[1]} within {most}: {done.returncode} {done.stderr}")
        must(done.returncode == 0 or done.stderr, f"{arguments[1]} within {most}: no message")
        must(time.monotonic() - started < 30, f"{arguments[1]} within {most}: hangs")

    commands = [["index", "r", "--rebuild"], ["search", "公开"], ["info"], ["verify"], ["compact"]]
    for command in commands:
        for most in (4, 8, 16, 24, 32, 40):
            run(work.command(*command), resource.RLIMIT_NOFILE, most)
        for most in (100, 200, 400, 600, 800):
            run(work.command(*command), resource.RLIMIT_AS, most << 20)
