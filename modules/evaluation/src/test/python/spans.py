"""Makes ../resources/dev/unroll/evaluation/spans.txt: random tags and what conlleval prints of them.

usage: spans.py CONLLEVAL.PL CASES > spans.txt

conlleval.pl is the script of the CoNLL-2000 shared task, version 2004-01-26. A case is lines of
"gold predicted" with an empty line between sentences, a line "=", what was printed, a line "==".
spans.txt holds the first 60 cases, and behind them those of the first 5,000 that once went wrong.
"""
import random
import subprocess
import sys

SCRIPT, CASES = sys.argv[1], int(sys.argv[2])
PREFIXES = {
    "bio": ["B", "I"],
    "iob1": ["I", "I", "I", "B"],
    "bioes": ["B", "I", "E", "S"],
    "any": ["B", "I", "E", "S", "U", "L", "O", ".", "[", "]", ""],
}
TYPES = [["PER", "LOC"], ["X"], ["a-b", "a", "0", "PÉR", "a_type_longer_than_sev"]]
random.seed(1)


def tag(prefixes, types, bare):
    if random.random() < 0.4:
        return "O"
    prefix = random.choice(prefixes)
    if bare and random.random() < 0.3:
        return prefix or "O"
    return f"{prefix}-{random.choice(types)}"


for case in range(CASES):
    prefixes = random.choice(list(PREFIXES.values()))
    types = random.choice(TYPES)
    bare = random.random() < 0.3
    copied = random.choice([0.3, 0.6, 0.9, 1.0])
    lines = []
    for sentence in range(random.randint(1, 4)):
        for token in range(random.randint(1, 9)):
            gold = tag(prefixes, types, bare)
            same = random.random() < copied
            lines.append(f"{gold} {gold if same else tag(prefixes, types, bare)}")
        lines.append("")
    text = "".join(f"w {line}\n" if line else "\n" for line in lines)
    run = subprocess.run(["perl", SCRIPT], input=text.encode(), capture_output=True, check=True)
    sys.stdout.write("\n".join(lines) + "\n=\n" + run.stdout.decode() + "==\n")
