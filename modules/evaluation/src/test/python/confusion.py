"""Makes ../resources/dev/unroll/evaluation/confusion.properties with scikit-learn.

Four classes: d is never true, c is never answered. The probabilities hold 0 and 1, and rows that
do not sum to 1, as single-precision softmax gives them.
"""
import warnings

from sklearn import metrics

warnings.simplefilter("ignore")
LABELS = ["a", "b", "c", "d"]
ROWS = [
    # gold, probabilities of a, b, c, d
    ("a", [0.7, 0.1, 0.1, 0.1]),
    ("a", [0.4, 0.3, 0.2, 0.1]),
    ("a", [0.25, 0.5, 0.15, 0.1]),
    ("a", [0.0, 0.0, 0.0, 1.0]),
    ("b", [0.2, 0.6, 0.1, 0.1]),
    ("b", [0.3, 0.3000001, 0.2, 0.2]),
    ("b", [1.0, 0.0, 0.0, 0.0]),
    ("c", [0.1, 0.5, 0.3, 0.1]),
    ("c", [0.6, 0.05, 0.349999, 0.0]),
    ("a", [0.9999999, 0.0, 0.0, 0.0]),
]
gold = [row[0] for row in ROWS]
probabilities = [row[1] for row in ROWS]
answers = [LABELS[row[1].index(max(row[1]))] for row in ROWS]

print("# scikit-learn's scores for ConfusionTest; made by ../python/confusion.py")
for row in ROWS:
    print(f"row.{ROWS.index(row)}={row[0]} {' '.join(map(repr, row[1]))}")
print(f"accuracy={metrics.accuracy_score(gold, answers)!r}")
print(f"macroF1={metrics.f1_score(gold, answers, average='macro')!r}")
print(f"logLoss={metrics.log_loss(gold, probabilities, labels=LABELS)!r}")
scores = metrics.precision_recall_fscore_support(gold, answers, labels=LABELS)
for i, label in enumerate(LABELS):
    print(f"{label}={' '.join(repr(float(column[i])) for column in scores)}")
majority = [max(LABELS, key=gold.count)] * len(gold)
print(f"majority.accuracy={metrics.accuracy_score(gold, majority)!r}")
print(f"majority.macroF1={metrics.f1_score(gold, majority, average='macro')!r}")
for i, row in enumerate(metrics.confusion_matrix(gold, answers, labels=LABELS)):
    print(f"matrix.{i}={' '.join(map(str, row))}")
