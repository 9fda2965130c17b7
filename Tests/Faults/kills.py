"""kill -9 at random instants of runs."""

import random
import signal
import subprocess
import time

from common import cases


def run(folder, count, seed):
    chance = random.Random(seed)
    made = cases(folder)
    outcomes = {"before": 0, "after": 0}
    for number in range(count):
        case = made[number % len(made)]
        case.work.restore("before")
        process = subprocess.Popen(
            case.work.command(*case.arguments), cwd=case.work.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, 1.1 * case.seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        allowed = (case.before, case.after)
        if process.returncode == 0:
            # It was done, and had said so.
            allowed = (case.after,)
        is_after = case.check(f"kill {number}", allowed)
        outcomes["after" if is_after else "before"] += 1
    return f"{count} kills: {outcomes['before']} gave the state before, {outcomes['after']} after"
