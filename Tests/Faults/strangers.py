"""What strangers, mistakes and bad moments may do to a run, one function a scenario.

Each scenario gets a place of its own (a working directory with files in `r`), plays, and raises
`Failure` when something did not hold. It raises `Skipped` when it needs what is not there, such as
root or a mount; that is printed, and is no failure.
"""

import os
import shutil

from common import Failure, Place, report


class Skipped(Exception):
    """What a scenario needs is not there."""


SCENARIOS = []


def scenario(play):
    """Marks a function as a scenario; its docstring says what must hold."""
    SCENARIOS.append(play)
    return play


def need_root():
    if os.geteuid() != 0:
        raise Skipped("needs root")
    if not shutil.which("setpriv"):
        raise Skipped("needs setpriv")


def must(condition, words):
    if not condition:
        raise Failure(words)


def tree(folder):
    """Everything below a folder: kind, target or bytes by path; what nothing may touch."""
    found = {}
    for path, folders, names in os.walk(os.fsencode(folder)):
        for name in folders + names:
            whole = os.path.join(path, name)
            if os.path.islink(whole):
                found[whole] = os.readlink(whole)
            elif os.path.isfile(whole):
                with open(whole, "rb") as file:
                    found[whole] = file.read()
            else:
                found[whole] = None
    return found


def indexed(place, count=3):
    """Puts some reports into an index."""
    for number in range(count):
        place.write(f"{number}.txt", report(number))
    place.update()


def run(folder, count, seed):
    """Plays every scenario; `count` is how often."""
    skipped = []
    failed = []
    for turn in range(count):
        for play in SCENARIOS:
            place = Place(os.path.join(folder, f"{play.__name__}-{turn}"))
            try:
                play(place)
            except Skipped as reason:
                skipped.append(f"{play.__name__} ({reason})")
            except Failure as failure:
                failed.append(f"{play.__name__}: {failure}")
    if failed:
        raise Failure("; ".join(failed))
    for words in skipped:
        print(f"strangers: skipped {words}")
    return f"{count * len(SCENARIOS) - len(skipped)} scenarios held, {len(skipped)} skipped"


@scenario
def folder_of_the_users_own(place):
    """`--index DIR` with a DIR that holds something else is refused, and nothing is touched."""
    place.write("a.txt", report(1))
    for name in ("tmp-notes", "segments/thesis.txt", "files-1"):
        path = place.path("own", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("mine\n")
    before = tree(place.path("own"))
    for command in ("index r", "compact", "verify", "search x", "index --rebuild r"):
        done = place.run(*command.split(), index=place.path("own"))
        must(done.returncode == 3, f"{command} gave {done.returncode}: {done.stderr}")
        must(tree(place.path("own")) == before, f"{command} touched the folder")
