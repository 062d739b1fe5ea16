#!/usr/bin/env python3
"""Writes error-rates.tsv beside itself: random pairs, and what their error rates are by definition.

    python3 error-rates.py

A line is "reference, recognised, word errors of the pair, word error rate and character error rate
of all pairs so far". The definition is that of jiwer's wer() and cer() with their usual
transforms: the least number of edits of a pair, found here by recursion over all ways, summed over
the pairs, by the words or characters of the references; white space is made single and stripped.
"""
import functools
import pathlib
import random


def edits(a, b):
    @functools.lru_cache(None)
    def least(i, j):
        if i == len(a) or j == len(b):
            return len(a) - i + len(b) - j
        if a[i] == b[j]:
            return min(least(i + 1, j + 1), 1 + least(i + 1, j), 1 + least(i, j + 1))
        return 1 + min(least(i + 1, j + 1), least(i + 1, j), least(i, j + 1))

    return least(0, 0)


random.seed(7)
words = ["a", "an", "the", "cat", "hat", "sat", "ö", "到"]
totals = [0, 0, 0, 0]
with open(pathlib.Path(__file__).with_suffix(".tsv"), "w") as out:
    for _ in range(120):
        reference = [random.choice(words) for _ in range(random.randrange(8))]
        heard = [w for w in reference if random.random() < 0.8]
        for _ in range(random.randrange(3)):
            heard.insert(random.randrange(len(heard) + 1), random.choice(words))
        left, right = " ".join(reference), " ".join(heard)
        errors = edits(tuple(reference), tuple(heard))
        totals[0] += errors
        totals[1] += len(reference)
        totals[2] += edits(left, right)
        totals[3] += len(left)
        rates = totals[0] / max(1, totals[1]), totals[2] / max(1, totals[3])
        spaced = random.choice([" ", "  "]).join(reference)
        out.write("%s\t%s\t%d\t%.15g\t%.15g\n" % (spaced, right, errors, *rates))
