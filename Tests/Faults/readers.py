"""Searches while runs of `index` change the folder."""

import os
import threading
import time

from common import QUERIES, Failure, Workplace, report

READERS = 8
# A reader asks this many questions a second, those of a process at once.
RATE = 20
PERIOD = len(QUERIES) / RATE


def run(folder, count, seed):
    work = Workplace(os.path.join(folder, "readers"))
    for number in range(40):
        work.write(f"{number}.txt", report(number))
    work.update()
    states = [work.answers()]
    seen = [[] for _ in range(READERS)]
    failures = []
    is_done = threading.Event()

    def reader(answers):
        while not is_done.is_set():
            started = time.monotonic()
            try:
                answers.append(work.answers())
            except Exception as failure:
                failures.append(failure)
                return
            time.sleep(max(0, PERIOD - (time.monotonic() - started)))

    threads = [threading.Thread(target=reader, args=(answers,)) for answers in seen]
    for thread in threads:
        thread.start()
    started = time.monotonic()
    try:
        for number in range(count):
            work.write(f"{number % 40}.txt", report(number % 40, number + 1))
            if number % 7 == 3:
                os.remove(work.path("r", f"{(number + 20) % 40}.txt"))
            work.update()
            if number % 10 == 9 and work.run("compact").returncode != 0:
                raise Failure("compact failed")
            states.append(work.answers())
    finally:
        is_done.set()
        for thread in threads:
            thread.join()
    seconds = time.monotonic() - started
    if failures:
        raise Failure(f"a reader failed: {failures[0]}")
    order = {state: number for number, state in enumerate(states)}
    if len(order) != len(states):
        raise Failure("the states are not all different: the test proves nothing")
    for answers in seen:
        last = 0
        for answer in answers:
            if answer not in order:
                shown = answer if isinstance(answer, str) else "a state that never was"
                raise Failure(f"a reader saw {shown}")
            if order[answer] < last:
                raise Failure("a reader saw an older state after a newer one")
            last = order[answer]
    if not work.verify():
        raise Failure("not whole at the end")
    searches = len(QUERIES) * sum(map(len, seen))
    return (
        f"{READERS} readers, {searches / READERS / seconds:.1f} searches a second each, {searches} "
        f"in all, beside {count} runs in {seconds:.0f} s: no error, each answer the state before "
        "or after a run")
