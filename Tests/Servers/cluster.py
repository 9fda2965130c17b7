"""Stock servers of Xapian over plain databases of gongkai, for scripts and tests."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def program():
    """The program: $GONGKAI, else the release build, else the debug build."""
    candidates = [os.environ.get("GONGKAI"), ROOT / ".build/release/gongkai", ROOT / ".build/debug/gongkai"]
    found = next((str(Path(path).resolve()) for path in candidates if path and Path(path).is_file()), None)
    if not found:
        sys.exit("no program: run `swift build`, or set GONGKAI")
    return found


def require_server():
    """Says that it is skipped, and ends, where there is no xapian-tcpsrv."""
    if not shutil.which("xapian-tcpsrv"):
        print("skipped: xapian-tcpsrv is not installed (Debian: xapian-tools)", flush=True)
        sys.exit(0)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """An xapian-tcpsrv in a session of its own: at SIGTERM it ends its process group."""

    def __init__(self, paths, port=None):
        self.paths = [str(path) for path in paths]
        self.port = port or free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.start()

    def start(self):
        # It looks up names for what it logs, unless it is quiet.
        self.process = subprocess.Popen(
            ["xapian-tcpsrv", "--quiet", "--interface", "127.0.0.1", "--port", str(self.port), *self.paths],
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"xapian-tcpsrv on {self.paths} ended with {self.process.returncode}")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("xapian-tcpsrv does not listen")

    def signal(self, number):
        """Sends a signal to the server and to its children, one for each connection."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def stop(self):
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGKILL)
        self.process.wait()


def started(shards, servers):
    """Servers with the shards spread over them."""
    return [Server(shards[first::servers]) for first in range(servers)]


def gongkai(*arguments, folder=None, timeout=60):
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    environment.pop("GONGKAI_INDEX", None)
    return subprocess.run(
        [program(), *arguments], cwd=folder, capture_output=True, text=True, timeout=timeout, env=environment)


def answer(run):
    """The JSON that a run printed; its errors where it printed none."""
    return json.loads(run.stdout) if run.stdout.startswith("{") else {"error": run.stderr.strip()}


def exported(index, folder, count):
    """Exports an index over so many shards; the paths of their stubs."""
    run = gongkai("export", "--to", "xapian", "--index", str(index), "--shards", str(count), "-o", str(folder))
    if run.returncode:
        sys.exit(f"export gave {run.returncode}: {run.stderr}")
    return [Path(folder) / f"shard-{number + 1}" for number in range(count)]
