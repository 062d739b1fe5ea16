"""Parts of a collection of tunes, and how good tunes are that a model composed.

tunes.py split FOLDER OUT   train.abc, dev.abc and test.abc of the .abc files in a folder, by the title of each tune: its line's 32-bit
                            FNV-1a modulo 10 is 0 for test, 1 for dev
tunes.py count FILE         of the JSON lines of `music compose --json`, how many tunes could be read at the first draw, and how many notes
                            in a row they share with the training part
"""
import glob
import json
import re
import statistics
import sys


def fnv1a(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def split(folder, out):
    parts = {"train": [], "dev": [], "test": []}
    for path in sorted(glob.glob(folder + "/*.abc")):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for tune in re.split(r"(?m)^(?=X:)", text)[1:]:
            title = re.search(r"(?m)^T:.*$", tune).group(0)
            part = {0: "test", 1: "dev"}.get(fnv1a(title) % 10, "train")
            parts[part].append(tune.rstrip() + "\n\n")
    for name, tunes in parts.items():
        with open("%s/%s.abc" % (out, name), "w", encoding="utf-8") as file:
            file.write("".join(tunes))
        print(name, len(tunes), "tunes")


def count(path):
    with open(path, encoding="utf-8") as file:
        tunes = [json.loads(line) for line in file]
    first = sum(tune["draws"] == 1 for tune in tunes)
    shared = [tune["nearest"]["notes"] if tune.get("nearest") else 0 for tune in tunes]
    longest = max(range(len(tunes)), key=lambda i: shared[i])
    print("%d tunes, %.1f %% read at the first draw, %.2f draws a tune" % (
        len(tunes), 100 * first / len(tunes), sum(tune["draws"] for tune in tunes) / len(tunes)))
    print("notes in a row shared with the training part: median %d, longest %d of %d (seed %d, '%s')" % (
        statistics.median(shared), shared[longest], tunes[longest]["nearest"]["of"], tunes[longest]["seed"],
        tunes[longest]["nearest"]["piece"]))


if __name__ == "__main__":
    {"split": split, "count": count}[sys.argv[1]](*sys.argv[2:])
