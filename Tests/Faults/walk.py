"""The hostile folder, indexed in bounded memory, with its good files found."""

import os
import subprocess
import sys
import time

from common import Failure, Workplace

LIMIT = 512 << 20


def run(folder, count, seed):
    work = Workplace(os.path.join(folder, "hostile"))
    os.rmdir(work.path("r"))
    # Made by another process: the peak of a child counts what its parent held when it was started.
    maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile.py")
    done = subprocess.run([sys.executable, maker, work.path("r")], check=True, capture_output=True)
    words = done.stdout.decode().split()
    started = time.monotonic()
    process = subprocess.Popen(
        work.command("index", "r", "--diagnostics", work.path("diagnostics")),
        cwd=work.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    # The folders that are too deep could not be read, and that is said.
    if process.returncode != 2:
        raise Failure(f"index gave {process.returncode}: {output}")
    lost = [word for word in words if work.run("search", f'"{word}"').returncode != 0]
    if lost:
        raise Failure(f"{len(lost)} of {len(words)} good files were not found: {lost}")
    if not work.verify():
        raise Failure("not whole")
    peak = usage.ru_maxrss << 10
    if peak > LIMIT:
        raise Failure(f"peak memory {peak >> 20} MiB")
    return (
        f"hostile folder: {len(words)} good files found, peak memory {peak >> 20} MiB, "
        f"{seconds:.1f} s")
