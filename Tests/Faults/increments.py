"""What a run costs when little has changed."""

import os
import subprocess
import time

from common import Failure, Workplace, report


def cost(work):
    """Brings the index up to date: seconds of processor time, bytes read and written."""
    process = subprocess.Popen(
        work.command("index", "r"), cwd=work.folder, stdout=subprocess.DEVNULL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    with open(f"/proc/{process.pid}/io", encoding="ascii") as file:
        moved = dict(line.strip().split(": ") for line in file)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failure(f"index gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, int(moved["rchar"]), int(moved["wchar"])


def run(folder, count, seed):
    """`count` files."""
    work = Workplace(os.path.join(folder, "increments"))
    for number in range(count):
        work.write(f"{number}.txt", report(number))

    def measured(what):
        seconds, read, written = cost(work)
        return f"{what} {seconds:.2f} s, {read / 1e6:.1f} MB read, {written / 1e6:.1f} MB written"

    results = [measured("all new")]
    # Files that were written just before they were read are looked at once more.
    time.sleep(2.1)
    work.update()
    version = 0
    for changed in (0, 1, 10, 100, 1_000):
        version += 1
        for number in range(min(changed, count)):
            work.write(f"{number}.txt", report(number, version))
        time.sleep(2.1)
        results.append(measured(f"{changed:,} changed"))
        work.update()
    if not work.verify():
        raise Failure("not whole at the end")
    return f"{count:,} files, processor time: " + "; ".join(results)
