"""An error at every n-th call that touches the index."""

import errno
import os
import random

from common import Failure, cases, preload

EIO = ("EIO once", {"FAULT_ERRNO": str(errno.EIO)})
FULL = ("no space from then on", {"FAULT_ERRNO": str(errno.ENOSPC), "FAULT_STICKY": "1"})
SYNC = ("EIO at a call that makes something last", {"FAULT_ERRNO": str(errno.EIO), "FAULT_KIND": "sync"})
SHORT = ("half a write or read", {"FAULT_ERRNO": "short"})


def run(kind, folder, count, seed):
    """`count` limits the calls tried, chosen at random; all of them when it is 0."""
    kind, fault = kind
    library = preload(folder)
    chance = random.Random(seed)
    trials = []
    total = 0
    made = cases(folder)
    for case in made:
        counter = os.path.join(folder, "count")
        environment = {
            "LD_PRELOAD": library, "FAULT_ROOT": case.work.index_folder, "FAULT_COUNT": counter,
            **{name: value for name, value in fault.items() if name == "FAULT_KIND"}}
        done = case.run(environment=environment)
        if done.returncode != 0:
            raise Failure(f"{case.name} gave {done.returncode} under the library")
        calls = int(open(counter).read())
        total += calls
        trials += [(case, nth) for nth in range(1, calls + 1)]
    if count and count < len(trials):
        trials = chance.sample(trials, count)
    ended = {}
    for case, nth in trials:
        case.work.restore("before")
        done = case.run(
            environment={
                "LD_PRELOAD": library, "FAULT_ROOT": case.work.index_folder,
                "FAULT_NTH": str(nth), **fault})
        what = f"{kind} at call {nth} gave {done.returncode}"
        if done.returncode not in (0, 2, 3):
            raise Failure(f"{case.name}, {what}: {done.stderr.decode()[-500:]}")
        if done.returncode != 0 and case.work.index_folder.encode() not in done.stderr:
            raise Failure(f"{case.name}, {what} without a path: {done.stderr.decode()[-500:]}")
        allowed = (case.after,) if done.returncode == 0 else (case.before, case.after)
        case.check(what, allowed)
        ended[done.returncode] = ended.get(done.returncode, 0) + 1
    codes = ", ".join(f"{n} with exit code {code}" for code, n in sorted(ended.items()))
    return (
        f"{kind} at {len(trials)} of {total} calls: {codes}; the state before or after each time, "
        "the next run completed")
