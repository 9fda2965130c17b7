"""Changed bytes, and files that are cut, swapped, removed or added."""

import json
import os
import random

from common import Failure, Workplace, report


def files_of(folder):
    found = []
    for path, _, names in os.walk(folder):
        found += [os.path.join(path, name) for name in names]
    return sorted(path for path in found if os.path.getsize(path) > 0)


def made(folder):
    work = Workplace(os.path.join(folder, "damage"))
    for number in range(40):
        work.write(f"{number}.txt", report(number))
    work.update()
    for number in range(3):
        work.write(f"{number}.txt", report(number, 1))
        work.update()
    work.save("whole")
    return work, work.answers()


def flip(path, chance, keeps_time):
    times = os.stat(path)
    with open(path, "r+b") as file:
        offset = chance.randrange(times.st_size)
        file.seek(offset)
        old = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([old ^ chance.randint(1, 255)]))
    if keeps_time:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def searches(work, expected, counts):
    try:
        answers = work.answers()
    except Failure as failure:
        counts["crashes"] += 1
        counts["first"] = counts.get("first") or str(failure)
        return
    kind = "right" if answers == expected else answers if isinstance(answers, str) else "wrong"
    counts[kind] = counts.get(kind, 0) + 1


def mend(work, expected, what, added=None):
    """What `verify` advises must make the index whole again, with the answers it had."""
    done = work.run("verify", "--format", "json")
    if done.returncode != 3:
        raise Failure(f"{what}: verify missed it")
    found = json.loads(done.stdout) if done.stdout else None
    advice = found["mend"] if found else "gongkai index PATH..."
    if found and not found["faults"] or not found and b"index PATH..." not in done.stderr:
        raise Failure(f"{what}: verify says nothing of use: {done.stdout} {done.stderr}")
    if advice is None:
        os.remove(added)
    else:
        arguments = {"gongkai index PATH...": [], "gongkai index --rebuild PATH...": ["--rebuild"]}
        done = work.index(*arguments[advice])
        if done.returncode != 0:
            raise Failure(f"{what}: '{advice}' gave {done.returncode}: {done.stderr[-500:]}")
    if work.answers() != expected or not work.verify():
        raise Failure(f"{what}: '{advice}' did not mend it")
    return advice or "removing the file"


def flips(folder, count, seed):
    """Single bytes, half of them behind the back of the file's time, as a disk would do it."""
    chance = random.Random(seed)
    work, expected = made(folder)
    results = {}
    for keeps_time in (False, True):
        counts = results[keeps_time] = {"crashes": 0}
        for number in range(count):
            work.restore("whole")
            path = chance.choice(files_of(work.index_folder))
            flip(path, chance, keeps_time)
            searches(work, expected, counts)
            mend(work, expected, f"byte {number} of {path}")
    if results[False]["crashes"] or results[False].get("wrong"):
        raise Failure(f"searches after changed bytes: {results[False]}")

    def words(counts):
        return ", ".join(f"{n} {kind}" for kind, n in counts.items() if isinstance(n, int))

    return (
        f"{count} changed bytes: verify found all, what it advises mended all; searches: "
        f"{words(results[False])}. {count} more with the file's time put back: likewise; searches "
        f"that did not ask verify: {words(results[True])}")


def files(folder, count, seed):
    """Files that are cut, swapped, removed or added."""
    chance = random.Random(seed)
    work, expected = made(folder)
    counts = {"crashes": 0}
    advised = {}
    for number in range(count):
        work.restore("whole")
        every = files_of(work.index_folder)
        path = chance.choice(every)
        kind = ("cut", "swapped", "removed", "added", "grown")[number % 5]
        if kind == "cut":
            os.truncate(path, chance.randrange(os.path.getsize(path)))
        elif kind == "swapped":
            # The manifest and the log each know what the other has lost; not both can be.
            both = {work.path(".gongkai", name) for name in ("manifest", "log")}
            other = chance.choice([name for name in every if {name, path} != both
                                   and open(name, "rb").read() != open(path, "rb").read()])
            os.rename(path, path + "~")
            os.rename(other, path)
            os.rename(path + "~", other)
        elif kind == "removed":
            os.remove(path)
        elif kind == "added":
            with open(path + ".more", "wb") as file:
                file.write(b"x")
        else:
            with open(path, "ab") as file:
                file.write(b"x")
        searches(work, expected, counts)
        advice = mend(work, expected, f"file {number}, {path} {kind}", path + ".more")
        advised[advice] = advised.get(advice, 0) + 1
    if counts["crashes"] or counts.get("wrong"):
        raise Failure(f"searches after damaged files: {counts}")
    words = ", ".join(f"{n} {kind}" for kind, n in counts.items() if isinstance(n, int))
    cures = ", ".join(f"{n} by {advice}" for advice, n in sorted(advised.items()))
    return (
        f"{count} cut, swapped, removed, added or grown files: verify found all; mended: {cures}; "
        f"searches: {words}")
