"""What strangers, mistakes and bad moments may do to a run, one function a scenario.

Each scenario gets a workplace of its own (a working directory with files in `r`), plays, and raises
`Failure` when something did not hold. It raises `Skipped` when it needs what is not there, such as
root or a mount; that is printed, and is no failure.
"""

import base64
import json
import os
import resource
import shutil
import socket
import stat
import subprocess
import zipfile

from common import Failure, Workplace, report


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


def indexed(work, count=3):
    """Puts some reports into an index."""
    for number in range(count):
        work.write(f"{number}.txt", report(number))
    work.update()


def run(folder, count, seed):
    """Plays every scenario; `count` is how often."""
    skipped = []
    failed = []
    for turn in range(count):
        for play in SCENARIOS:
            work = Workplace(os.path.join(folder, f"{play.__name__}-{turn}"))
            try:
                play(work)
            except Skipped as reason:
                skipped.append(f"{play.__name__} ({reason})")
            except Failure as failure:
                failed.append(f"{play.__name__}: {failure}"[:600])
    if failed:
        raise Failure("; ".join(failed))
    for words in skipped:
        print(f"strangers: skipped {words}")
    return f"{count * len(SCENARIOS) - len(skipped)} scenarios held, {len(skipped)} skipped"


@scenario
def folder_of_the_users_own(work):
    """`--index DIR` with a DIR that holds something else is refused, and nothing is touched."""
    work.write("a.txt", report(1))
    for name in ("tmp-notes", "segments/thesis.txt", "files-1"):
        path = work.path("own", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("mine\n")
    before = tree(work.path("own"))
    for command in ("index r", "compact", "verify", "search x", "index --rebuild r"):
        done = work.run(*command.split(), index=work.path("own"))
        must(done.returncode == 3, f"{command} gave {done.returncode}: {done.stderr}")
        must(tree(work.path("own")) == before, f"{command} touched the folder")


COMMANDS = ("search 公开", "info", "diff", "verify", "compact", "index r", "show r/0.txt --tables")


def reads(command, name):
    """Whether a command looks at a file of the index folder."""
    if name.startswith("changes-"):
        return command in ("verify", "diff")
    return name != "log" or command not in ("search 公开", "info", "diff")


@scenario
def links_in_an_index(work):
    """No link below an index folder is followed, for reading, writing or removing."""
    indexed(work)
    os.rename(work.index_folder, work.path("whole"))
    for name in sorted(os.listdir(work.path("whole"))):
        shutil.rmtree(work.index_folder, ignore_errors=True)
        shutil.copytree(work.path("whole"), work.index_folder, copy_function=shutil.copy2)
        os.rename(os.path.join(work.index_folder, name), work.path("victim"))
        os.symlink(work.path("victim"), os.path.join(work.index_folder, name))
        with open(work.path("victim"), "rb") as file:
            before = file.read()
        for command in COMMANDS:
            if command.startswith("show") or not reads(command, name):
                continue
            done = work.run(*command.split())
            must(done.returncode == 3, f"{name} a link: {command} gave {done.returncode}")
        with open(work.path("victim"), "rb") as file:
            must(file.read() == before, f"{name} a link: its target was written to")
        os.remove(work.path("victim"))


@scenario
def folders_that_are_links(work):
    """What a folder of an index is a link to is not emptied, whatever the log says."""
    indexed(work)
    os.makedirs(work.path("victim"))
    for name in ("thesis.txt", "000099.glass", "iamglass"):
        with open(work.path("victim", name), "w", encoding="utf-8") as file:
            file.write("mine\n")
    before = tree(work.path("victim"))
    for name in ("segments", "building-000099", "building-000098"):
        os.symlink(work.path("victim"), os.path.join(work.index_folder, name))
    with open(os.path.join(work.index_folder, "log"), "a", encoding="utf-8") as file:
        file.write("building-000099\nsegments\n../victim/thesis.txt\n../victim\n.\n..\n/\n")
    work.write("0.txt", report(0, 1))
    for command in ("index r", "compact", "index --rebuild r"):
        done = work.run(*command.split())
        must(done.returncode == 0, f"{command} gave {done.returncode}: {done.stderr}")
        must(tree(work.path("victim")) == before, f"{command} touched what a link names")
    left = os.listdir(work.index_folder)
    must("building-000099" not in left, "a link that the log names is left")
    must("segments" in left and "building-000098" in left, "what nothing tells of was removed")


def bounded(work, *arguments, **more):
    """Runs the program in an address space that no index of strangers may fill, and in time."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    return work.run(*arguments, timeout=20, prepare=limit, **more)


@scenario
def pipes_devices_and_sparse_files(work):
    """What is no regular file of a right size ends in 3, is not waited for, and takes no memory."""
    indexed(work)
    os.rename(work.index_folder, work.path("whole"))

    def pipe(path):
        os.mkfifo(path)

    def endless(path):
        os.symlink("/dev/zero", path)

    def device(path):
        if os.geteuid() != 0:
            raise Skipped("a device needs root")
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))

    def socket_file(path):
        server = socket.socket(socket.AF_UNIX)
        here = os.getcwd()
        os.chdir(os.path.dirname(path))
        server.bind(os.path.basename(path))
        os.chdir(here)
        server.close()

    def sparse(path):
        with open(path, "wb") as file:
            file.write(b"gongkai index 7\n")
            file.truncate(12 << 30)

    for name in sorted(os.listdir(work.path("whole"))):
        for put in (pipe, endless, device, socket_file, sparse, os.mkdir):
            if put is sparse and name == "gongkai-index":
                continue
            shutil.rmtree(work.index_folder, ignore_errors=True)
            shutil.copytree(work.path("whole"), work.index_folder, copy_function=shutil.copy2)
            path = os.path.join(work.index_folder, name)
            os.remove(path)
            try:
                put(path)
            except Skipped:
                continue
            for command in COMMANDS[:-1]:
                if not reads(command, name):
                    continue
                done = bounded(work, *command.split())
                # A segment or a log of the wrong size is damage, which `index` mends.
                mends = put is sparse and name != "manifest" and command == "index r"
                wanted = (0, 3) if mends or name == "log" and put is sparse else (3,)
                must(
                    done.returncode in wanted,
                    f"{name} a {put.__name__}: {command} gave {done.returncode}: {done.stderr}")
                if done.returncode == 0:
                    break


@scenario
def links_found_by_looking_upward(work):
    """An index found by looking upward is no link; `index` makes none behind one."""
    indexed(work)
    os.makedirs(work.path("below", "deep", "r"))
    shutil.copy(work.path("r", "0.txt"), work.path("below", "deep", "r"))
    os.rename(work.index_folder, work.path("elsewhere"))
    os.symlink(work.path("elsewhere"), work.path("below", ".gongkai"))
    before = tree(work.path("elsewhere"))
    deep = work.path("below", "deep")
    done = work.run("search", "公开", index=None, folder=deep)
    must(done.returncode == 3 and b"passed over" in done.stderr, f"search: {done}")
    done = work.run("index", "deep/r", index=None, folder=work.path("below"))
    must(done.returncode == 3 and b"not used" in done.stderr, f"index: {done}")
    done = work.run("index", "r", index=None, folder=deep)
    must(done.returncode == 0 and b"passed over" in done.stderr, f"index below: {done}")
    must(os.path.isdir(os.path.join(deep, ".gongkai")), "no index of its own was made")
    must(tree(work.path("elsewhere")) == before, "what the link names was touched")
    # Who names a link means what it leads to.
    done = work.run("search", "公开", index=work.path("below", ".gongkai"))
    must(done.returncode == 0 and b"gongkai" not in done.stderr, f"named: {done}")


@scenario
def indexes_of_others(work):
    """Another owner's index is passed over, taken when named, and none is made in its place."""
    need_root()
    indexed(work)
    other = 65_534
    os.makedirs(work.path("below", "r"))
    shutil.copy(work.path("r", "0.txt"), work.path("below", "r"))
    for path, folders, names in os.walk(work.index_folder):
        for name in [""] + names:
            os.chown(os.path.join(path, name), other, other)
    before = tree(work.index_folder)
    done = work.run("search", "公开", index=None, folder=work.path("below"))
    must(done.returncode == 3 and b"passed over" in done.stderr, f"search: {done}")
    done = work.run("index", "r", index=None)
    must(done.returncode == 3 and b"another user" in done.stderr, f"index: {done}")
    done = work.run("index", "r", index=None, folder=work.path("below"))
    must(done.returncode == 0 and b"passed over" in done.stderr, f"index below: {done}")
    must(os.path.isdir(work.path("below", ".gongkai")), "no index of its own was made")
    must(tree(work.index_folder) == before, "another's index was written to")
    shutil.rmtree(work.path("below", ".gongkai"))
    sudo = {"SUDO_UID": str(other)}
    done = work.run("search", "公开", index=None, folder=work.path("below"), environment=sudo)
    must(done.returncode == 0 and b"gongkai" not in done.stderr, f"behind sudo: {done}")
    for more in ({}, {"environment": {"GONGKAI_INDEX": work.index_folder}, "index": None}):
        done = work.run("search", "公开", folder=work.path("below"), **more)
        must(done.returncode == 0 and b"another user" in done.stderr, f"named: {done}")
    # The same seen from the other side: a user whom root's index does not belong to.
    for path, folders, names in os.walk(work.index_folder):
        for name in [""] + names:
            os.chown(os.path.join(path, name), 0, 0)
    for path in (work.folder, os.path.dirname(work.folder)):
        os.chmod(path, 0o755)
    as_other = ["setpriv", f"--reuid={other}", f"--regid={other}", "--clear-groups"]
    probe = subprocess.run([*as_other, "test", "-x", work.program, "-a", "-x", work.folder])
    if probe.returncode != 0:
        raise Skipped("another user cannot reach the program or the folder")
    done = work.run("search", "公开", index=None, before=as_other)
    must(done.returncode == 3 and b"passed over" in done.stderr, f"as another: {done}")


@scenario
def no_working_folder(work):
    """Without a working folder relative paths mean nothing, and never the root of all."""
    indexed(work)
    os.makedirs(work.path("gone"))

    def removed():
        os.chdir(work.path("gone"))
        os.rmdir(work.path("gone"))

    def too_long():
        os.chdir(work.path())
        for _ in range(30):
            os.makedirs("d" * 200, exist_ok=True)
            os.chdir("d" * 200)

    for prepare in (removed, too_long):
        for command in ("index .", "index r", "search 公开", "check .", "info", "parse x"):
            os.makedirs(work.path("gone"), exist_ok=True)
            done = work.run(*command.split(), index=None, prepare=prepare, timeout=20)
            must(
                done.returncode == 2 and b"no working folder" in done.stderr,
                f"{prepare.__name__}: {command} gave {done.returncode}: {done.stderr[-300:]}")
        os.makedirs(work.path("gone"), exist_ok=True)
        done = work.run("index", "r", index=work.path("new"), prepare=prepare, timeout=20)
        must(
            done.returncode == 2 and b"no working folder" in done.stderr,
            f"{prepare.__name__}: a relative path, an index that is named: {done}")
        must(not os.path.exists(work.path("new")), "an index was made for nothing")
        os.makedirs(work.path("gone"), exist_ok=True)
        done = work.run("index", work.path("r"), prepare=prepare, timeout=20)
        must(done.returncode == 0, f"{prepare.__name__}: absolute paths: {done}")
        os.makedirs(work.path("gone"), exist_ok=True)
        done = work.run("search", "公开", prepare=prepare, timeout=20)
        must(done.returncode == 0, f"{prepare.__name__}: an index that is named: {done}")
    must(not os.path.exists("/.gongkai"), "/.gongkai was made")


@scenario
def names_of_any_bytes(work):
    """Names and working folders that are no UTF-8 are found, indexed, and opened again."""
    top = os.fsencode(work.folder)
    folder = os.path.join(top, "公开目录".encode("gbk"))
    os.makedirs(os.path.join(folder, b"r"))
    names = ["年报.txt".encode("gbk"), b"\xff\xfe\xf4\x8f\xbf\xbf.txt", "e\u0301.txt".encode(),
             "\u00e9.txt".encode(), "年报2.txt".encode()]
    for number, name in enumerate(names):
        with open(os.path.join(folder, b"r", name), "wb") as file:
            file.write(report(number).encode())

    def files(done):
        must(done.returncode == 0, f"search: {done}")
        found = set()
        for line in done.stdout.splitlines():
            about = json.loads(line)["report"]
            raw = about.get("file_base64")
            found.add(base64.b64decode(raw) if raw else about["file"].encode())
        return found

    every = {b"r/" + name for name in names}
    done = work.run("index", "r", index=None, folder=folder)
    must(done.returncode == 0 and b"+5" in done.stdout, f"index: {done}")
    must(os.path.isdir(os.path.join(folder, b".gongkai")), "the index is not in its folder")
    must(sorted(os.listdir(top)) == sorted([b"r", os.path.basename(folder)]), os.listdir(top))
    query = ("search", "水库名录", "--limit", "0", "--format", "jsonl")
    must(files(work.run(*query, index=None, folder=folder)) == every, "other files were found")
    listed = work.run("search", "水库名录", "-l", index=None, folder=folder).stdout
    must(listed.count(b"\n") == 5, f"-l lists names that look alike once: {listed}")
    done = work.run("index", "r", index=None, folder=folder)
    must(b"nothing changed" in done.stdout, f"second run: {done}")
    # By name: from here, from elsewhere, and as the folder of the index.
    for name in names:
        for path, here in ((b"r/" + name, folder), (os.path.join(folder, b"r", name), top)):
            done = work.run(
                b"show", path, index=os.path.join(folder, b".gongkai"), folder=here)
            must(done.returncode == 0, f"show {path}: {done}")
            one = os.path.join(top, b"one")
            shutil.rmtree(one, ignore_errors=True)
            done = work.run(b"index", path, index=one, folder=here)
            must(done.returncode == 0 and b"+1" in done.stdout, f"index {path}: {done}")
    variable = {b"GONGKAI_INDEX": os.path.join(folder, b".gongkai")}
    found = files(work.run(*query, index=None, environment=variable))
    must(found == {os.path.join(os.path.basename(folder), name) for name in every}, found)
    # What goes, goes by its bytes.
    os.remove(os.path.join(folder, b"r", names[0]))
    os.remove(os.path.join(folder, b"r", names[2]))
    done = work.run("index", "r", index=None, folder=folder)
    must(b"-2" in done.stdout, f"removed: {done}")
    left = {b"r/" + name for name in (names[1], names[3], names[4])}
    must(files(work.run(*query, index=None, folder=folder)) == left, "the wrong ones went")


@scenario
def archives_that_look_alike(work):
    """Of two archives whose names only look alike, each keeps its own files."""
    names = ["e\u0301.zip", "\u00e9.zip"]
    for number, name in enumerate(names):
        with zipfile.ZipFile(work.path("r", name), "w") as archive:
            archive.writestr(f"{number}.txt", report(number))
    work.update()
    query = ("search", "水库名录", "-l")
    must(work.run(*query).stdout.count(b"\n") == 2, "not both were found")
    # Only one is looked into anew; what the other one holds is not gone.
    with zipfile.ZipFile(work.path("r", names[0]), "w") as archive:
        archive.writestr("2.txt", report(2))
    done = work.index()
    must(done.returncode == 0 and b"+1 ~0 -1" in done.stdout, f"{done}")
    done = work.index()
    must(b"nothing changed" in done.stdout, f"the second run: {done}")
    found = work.run(*query).stdout.decode().split("\n")[:-1]
    must(sorted(found) == sorted([f"r/{names[0]}!/2.txt", f"r/{names[1]}!/1.txt"]), found)


@scenario
def moved_roots(work):
    """A folder that is moved with its index stays whole; what is gone goes."""
    top = work.path("before")
    os.makedirs(os.path.join(top, "r"))
    os.makedirs(work.path("outside"))
    for number in range(4):
        with open(os.path.join(top, "r", f"{number}.txt"), "w", encoding="utf-8") as file:
            file.write(report(number))
    with open(work.path("outside", "9.txt"), "w", encoding="utf-8") as file:
        file.write(report(9))
    done = work.run("index", "r", "../outside", index=None, folder=top)
    must(done.returncode == 0, f"index: {done}")
    moved = work.path("deep", "after")
    os.makedirs(work.path("deep"))
    os.rename(top, moved)

    def files():
        done = work.run(
            "search", "水库名录", "-l", "--limit", "0", index=None, folder=moved)
        return set(done.stdout.decode().split("\n")[:-1])

    here = {f"r/{number}.txt" for number in range(4)}
    must(files() == here | {"../../outside/9.txt"}, f"after the move: {files()}")
    must(all(os.path.exists(os.path.join(moved, name)) for name in files()), "hits point nowhere")
    done = work.run("show", "r/0.txt", "--tables", index=None, folder=moved)
    must(done.returncode == 0, f"show: {done}")
    done = work.run("index", "r", index=None, folder=moved)
    must(b"nothing changed" in done.stdout, f"index after the move: {done}")
    os.remove(os.path.join(moved, "r", "1.txt"))
    # A file whose path is a folder now is gone, too.
    os.remove(os.path.join(moved, "r", "2.txt"))
    os.makedirs(os.path.join(moved, "r", "2.txt"))
    done = work.run("index", "r", index=None, folder=moved)
    must(b"-2" in done.stdout, f"index after removals: {done}")
    must(files() == {"r/0.txt", "r/3.txt", "../../outside/9.txt"}, f"left: {files()}")
