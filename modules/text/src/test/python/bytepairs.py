"""Makes merges.txt and the segmented texts in ../resources/dev/unroll/text/subwords with subword-nmt
(0.3.9, commit 92d6139).

sample.txt there has sentences in many scripts, and then words of few letters at random, in which
counts are often equal. unseen.txt is cut by merges that it was not counted for.
"""
import collections
import io
import pathlib

from subword_nmt.apply_bpe import BPE
from subword_nmt.learn_bpe import learn_bpe

FOLDER = pathlib.Path(__file__).parent / "../resources/dev/unroll/text/subwords"
MERGES = 1000
MIN_FREQUENCY = 2
THRESHOLD = 4


def read(name):
    return open(FOLDER / name, encoding="utf-8", newline="\n").read()


def write(name, text):
    with open(FOLDER / name, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def segment(bpe, text):
    return [bpe.segment(line) for line in text.split("\n")[:-1]]


merges = io.StringIO()
learn_bpe(io.StringIO(read("sample.txt"), newline="\n"), merges, MERGES, MIN_FREQUENCY)
write("merges.txt", merges.getvalue())
text = read("sample.txt") + read("unseen.txt")
segmented = segment(BPE(io.StringIO(merges.getvalue())), text)
write("segmented.txt", "\n".join(segmented) + "\n")
counts = collections.Counter(subword for line in segmented for subword in line.split(" "))
frequent = {subword for subword, count in counts.items() if count >= THRESHOLD}
restricted = segment(BPE(io.StringIO(merges.getvalue()), vocab=frequent), text)
write("restricted.txt", "\n".join(restricted) + "\n")
