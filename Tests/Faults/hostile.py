"""The hostile folder: everything that UNTRUSTED input may do to a walk, and good files between.

    python3 Tests/Faults/hostile.py FOLDER

prints the words that a search must find, one a line. Nothing in it is copied from a report.
"""

import os
import socket
import sys
import zipfile

SPARSE = 3 << 30
LINE = 30 << 20


def text(word):
    return f"甲县{word}局写下这一句，供人查找。\n".encode()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def make(folder):
    """Makes the folder, which must not exist. Returns the words of its good files."""
    root = os.fsencode(os.path.abspath(folder))
    os.makedirs(root)
    words = []

    def good(name, data=None):
        word = "好" + "".join(chr(0x4E00 + 97 * len(words) + n * 31) for n in range(3))
        words.append(word)
        write(os.path.join(root, name), data(word) if data else text(word))

    # Names.
    good(b"plain.txt")
    good("公开 报告.txt".encode())
    good(b"new\nline.txt")
    good(b"tab\tquote\"'.txt")
    good(b"\x1b[31mred\x1b]0;title\x07.txt")
    good(b"not-utf8-\xff\xfe\x80.txt")
    good("não.txt".encode())
    good("na\u0303o.txt".encode())
    good(b"100%25.txt")
    good(b"-rf")
    good("\u202egpj.txt".encode())
    good(b"n" * 251 + b".txt")
    # Content.
    good(b"gb18030.txt", lambda word: text(word).decode().encode("gb18030"))
    good(b"utf16.txt", lambda word: text(word).decode().encode("utf-16"))
    good(b"controls.txt", lambda word: b"\x1b[2J\x07" + text(word) + b"\xc2\x9b\x7f")
    good(b"bidi.txt", lambda word: "\u202e\u2066".encode() + text(word))
    good(b"marks.txt", lambda word: text(word) + b"a" + "\u0301".encode() * 100_000)
    good(b"nul.txt", lambda word: b"a\0b\n" + text(word))
    good(b"term.txt", lambda word: text(word) + b"x" * 5_000 + b"\n")
    good(b"private.txt", lambda word: "\ue000\U0010ffff\ufdd0".encode() + text(word))
    # Links, pipes, sockets, devices' names.
    os.symlink(b"plain.txt", os.path.join(root, b"link.txt"))
    os.symlink(b"nowhere", os.path.join(root, b"dangling.txt"))
    os.symlink(b".", os.path.join(root, b"loop"))
    os.symlink(b"/etc", os.path.join(root, b"outside"))
    os.symlink(b"/dev/zero", os.path.join(root, b"endless.txt"))
    os.mkfifo(os.path.join(root, b"pipe.txt"))
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(root)
    server.bind("socket.txt")
    os.chdir(here)
    server.close()
    os.link(os.path.join(root, b"plain.txt"), os.path.join(root, b"hard.txt"))
    write(os.path.join(root, b"copy.txt"), text(words[0]))
    # Sizes.
    with open(os.path.join(root, b"sparse.txt"), "wb") as file:
        file.truncate(SPARSE)
    good(b"line.txt", lambda word: (text(word).strip() * (LINE // 60))[:LINE])
    write(os.path.join(root, b"empty.txt"), b"")
    write(os.path.join(root, b"spaces.txt"), b" \n\t\r\n \xe3\x80\x80" * 100)
    # Formats and noise.
    noise = bytes((n * n * 2654435761 >> 13) & 255 for n in range(20_000))
    write(os.path.join(root, b"noise.txt"), noise)
    write(os.path.join(root, b"image.txt"), b"\x89PNG\r\n\x1a\n" + noise)
    write(os.path.join(root, b"paper.txt"), b"%PDF-1.7\n" + noise)
    with zipfile.ZipFile(os.path.join(root, b"bomb.docx").decode(), "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", b" " * (200 << 20))
        z.writestr("../../escaped.txt", b"out")
    write(
        os.path.join(root, b"entities.xml"),
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    # Without permission, which root does not mind.
    good(b"secret.txt")
    if os.geteuid() != 0:
        os.chmod(os.path.join(root, b"secret.txt"), 0)
        words.pop()
    # Depth beyond any path that the system takes at once, and beyond what is entered.
    folder = os.open(root, os.O_RDONLY)
    for depth in range(40):
        name = b"d" * 200
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    word = "深" + words[0][1:] + "底"
    file = os.open(b"deep.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=folder)
    os.write(file, text(word))
    os.close(file)
    words.append(word)
    for depth in range(200):
        os.mkdir(b"e", dir_fd=folder)
        inner = os.open(b"e", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    return words


if __name__ == "__main__":
    print("\n".join(make(sys.argv[1])))
