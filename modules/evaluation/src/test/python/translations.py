"""Makes ../resources/dev/unroll/evaluation/translations.properties with sacreBLEU 2.6.0.

translations.tsv beside it has on each line a hypothesis and its references, parted by tabs, with
\\t, \\n, \\\\ and \\uXXXX for what would not show.
"""
import json
import logging
import pathlib
import re

from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

logging.disable(logging.WARNING)
FOLDER = pathlib.Path(__file__).parent / "../resources/dev/unroll/evaluation"
ESCAPES = {"t": "\t", "n": "\n", "\\": "\\"}
FEW = slice(18, 21)  # lines with few words to the n-gram, so that smoothing tells


def unescape(cell):
    return re.sub(
        r"\\(u([0-9a-f]{4})|.)",
        lambda m: chr(int(m[2], 16)) if m[2] else ESCAPES[m[1]],
        cell,
    )


def streams(references):
    """One list for each number of reference, None where a sentence has fewer."""
    return [[r[i] if i < len(r) else None for r in references] for i in range(max(map(len, references)))]


METRICS = {f"bleu.{s}": (BLEU, {"smooth_method": s}) for s in ["exp", "floor", "add-k", "none"]}
METRICS.update({f"bleu.{s}.eff": (BLEU, {"smooth_method": s, "effective_order": True}) for s in ["exp", "floor"]})
METRICS["bleu.exp.lc"] = (BLEU, {"lowercase": True})
METRICS["bleu.exp.lc.none"] = (BLEU, {"lowercase": True, "tokenize": "none"})
METRICS["chrf"] = (CHRF, {})
METRICS["chrf.lc"] = (CHRF, {"lowercase": True})
METRICS["chrf++"] = (CHRF, {"word_order": 2})

rows = []
with open(FOLDER / "translations.tsv", encoding="utf-8", newline="\n") as file:
    for line in file.read().split("\n")[:-1]:
        rows.append([unescape(cell) for cell in line.split("\t")])
hypotheses = [row[0] for row in rows]
corpora = {
    "one": (hypotheses, [[row[1]] for row in rows]),
    "all": (hypotheses, [row[1:] for row in rows]),
    "few": (hypotheses[FEW], [row[1:2] for row in rows[FEW]]),
}

with open(FOLDER / "translations.properties", "w", encoding="ascii") as out:
    print("# sacreBLEU's scores of translations.tsv; made by ../python/translations.py", file=out)
    for number, row in enumerate(rows):
        for cell, text in enumerate(row):
            print(f"tokens.{number}.{cell}={json.dumps(Tokenizer13a()(text.rstrip()))[1:-1]}", file=out)
    for name, (metric, options) in METRICS.items():
        for corpus, (hyps, refs) in corpora.items():
            scorer = metric(**options)
            score = scorer.corpus_score(hyps, streams(refs))
            key = f"{name}.{corpus}"
            print(f"{key}.score={score.score!r}", file=out)
            print(f"{key}.signature={scorer.get_signature()}", file=out)
            if metric is BLEU:
                print(f"{key}.precisions={' '.join(map(repr, score.precisions))}", file=out)
                print(f"{key}.penalty={score.bp!r}", file=out)
                print(f"{key}.lengths={score.sys_len} {score.ref_len}", file=out)
        sentences = [metric(**options).sentence_score(row[0], row[1:]).score for row in rows]
        print(f"{name}.sentences={' '.join(map(repr, sentences))}", file=out)
