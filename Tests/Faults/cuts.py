"""Power cuts: what a run did is recorded, and played back up to a random instant, with a random
share of what was not yet made to last."""

import os
import random
import shutil

from common import Failure, cases, preload


class Node:
    """A file or folder, with what is certain to last and what is not."""

    def __init__(self, is_folder, data=b"", entries=None):
        self.is_folder = is_folder
        self.data = data
        self.entries = dict(entries or {})
        # Changes since the last fsync, as functions on the data or the entries.
        self.pending = []

    def current(self):
        value = dict(self.entries) if self.is_folder else self.data
        for change in self.pending:
            value = change(value)
        return value

    def last(self):
        value = self.current()
        if self.is_folder:
            self.entries = value
        else:
            self.data = value
        self.pending = []


def read(folder):
    """The tree of a folder as it is on disk, all of it lasting."""
    node = Node(True)
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            node.entries[name] = read(path)
        else:
            with open(path, "rb") as file:
                node.entries[name] = Node(False, file.read())
    return node


def write(node, folder, value=None):
    os.makedirs(folder)
    for name, child in node.entries.items():
        path = os.path.join(folder, name)
        if child.is_folder:
            write(child, path)
        else:
            with open(path, "wb") as file:
                file.write(child.data)


def contents(node):
    """A tree as nested dictionaries of bytes."""
    value = node.current()
    return {name: contents(child) for name, child in value.items()} if node.is_folder else value


def operations(path):
    """The operations of a log: kind, path, other path, number, bytes."""
    found = []
    with open(path, "rb") as file:
        while line := file.readline():
            kind, one, other, number, size = line.rstrip(b"\n").split(b"\t")
            data = file.read(int(size)) if kind == b"write" else b""
            found.append((kind.decode(), one.decode(), other.decode(), int(number), data))
    return found


def written(offset, data):
    def change(old):
        old = old.ljust(offset, b"\0")
        return old[:offset] + data + old[offset + len(data):]

    return change


def cut_to(size):
    return lambda old: old[:size].ljust(size, b"\0")


def added(name, node):
    return lambda old: {**old, name: node}


def removed(name):
    return lambda old: {key: value for key, value in old.items() if key != name}


class Disk:
    """A folder as a file system keeps it."""

    def __init__(self, root, tree):
        self.root = root
        self.tree = tree
        # Names changed in the order in which they were, over all folders.
        self.journal = []

    def find(self, path):
        node = self.tree
        for name in os.path.relpath(path, self.root).split(os.sep):
            if name != ".":
                node = node.current().get(name)
            if node is None:
                return None
        return node

    def name(self, path, change):
        folder = self.find(os.path.dirname(path))
        folder.pending.append(change)
        self.journal.append((folder, change))

    def apply(self, operation):
        kind, path, other, number, data = operation
        name = os.path.basename(path)
        node = self.find(path)
        if kind in ("create", "mkdir"):
            if node is None:
                self.name(path, added(name, Node(kind == "mkdir")))
        elif kind == "write":
            node.pending.append(written(number, data))
        elif kind == "truncate":
            node.pending.append(cut_to(number))
        elif kind == "unlink":
            self.name(path, removed(name))
        elif kind == "rename":
            self.name(path, removed(name))
            self.name(other, added(os.path.basename(other), node))
        elif kind == "sync":
            node.last()
            self.journal = [step for step in self.journal if step[1] in step[0].pending]

    def lose(self, chance, is_ordered):
        """Loses a random share of what was not made to last.

        Ordered, as journals of file systems do it: of the names changed, the first ones last.
        Otherwise any of them may.
        """
        kept = set()
        if is_ordered:
            kept = {id(change) for _, change in
                    self.journal[:chance.randint(0, len(self.journal))]}
        seen = set()
        open_nodes = [self.tree]
        while open_nodes:
            node = open_nodes.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            every = list(node.entries.values()) if node.is_folder else []
            if node.is_folder:
                every += list(node.current().values())
                node.pending = [
                    change for change in node.pending
                    if (id(change) in kept if is_ordered else chance.random() < 0.5)]
            else:
                share = chance.choice([0, 0.5, 0.9, 1])
                node.pending = [c for c in node.pending if chance.random() < share]
                if node.pending and chance.random() < 0.3:
                    whole = node.current()
                    node.pending.append(cut_to(chance.randint(0, len(whole))))
            node.last()
            open_nodes += every


def run(folder, count, seed):
    library = preload(folder)
    chance = random.Random(seed)
    recorded = []
    for case in cases(folder):
        log = os.path.join(folder, "log")
        if os.path.exists(log):
            os.remove(log)
        done = case.run(
            environment={"LD_PRELOAD": library, "FAULT_ROOT": case.work.folder, "FAULT_LOG": log})
        if done.returncode != 0:
            raise Failure(f"{case.name} gave {done.returncode} under the library")
        steps = operations(log)
        real = contents(read(case.work.folder))
        case.work.restore("before")
        disk = Disk(case.work.folder, read(case.work.folder))
        for step in steps:
            disk.apply(step)
        if contents(disk.tree) != real:
            raise Failure(f"{case.name}: the record does not give what was written")
        recorded.append((case, steps))
    outcomes = {True: 0, False: 0}
    for number in range(count):
        case, steps = recorded[number % len(recorded)]
        case.work.restore("before")
        disk = Disk(case.work.folder, read(case.work.folder))
        # The last instant is the one after the run has said that it is done.
        end = chance.randint(0, len(steps))
        for step in steps[:end]:
            disk.apply(step)
        disk.lose(chance, chance.random() < 0.5)
        shutil.rmtree(case.work.folder)
        write(disk.tree, case.work.folder)
        allowed = (case.after,) if end == len(steps) else (case.before, case.after)
        outcomes[case.check(f"cut {number} after {end} of {len(steps)}", allowed)] += 1
    total = sum(len(steps) for _, steps in recorded)
    return (
        f"{count} power cuts in {total} recorded operations: {outcomes[False]} gave the state "
        f"before, {outcomes[True]} after")
