"""What a run costs when little has changed."""

import os
import time

from common import Failure, Place, report


def run(folder, count, seed):
    """`count` files."""
    place = Place(os.path.join(folder, "increments"))
    for number in range(count):
        place.write(f"{number}.txt", report(number))

    def timed(changed):
        started = time.monotonic()
        place.update()
        return f"{changed} changed {time.monotonic() - started:.2f} s"

    results = [timed(f"{count:,} new, all")]
    time.sleep(2.1)
    place.update()
    version = 0
    for changed in (0, 1, 10, 100, 1_000):
        version += 1
        for number in range(min(changed, count)):
            place.write(f"{number}.txt", report(number, version))
        time.sleep(2.1)
        results.append(timed(changed))
        place.update()
    if not place.verify():
        raise Failure("not whole at the end")
    return f"{count:,} files: " + ", ".join(results)
