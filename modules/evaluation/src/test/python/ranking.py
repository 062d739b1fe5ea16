"""Makes ../resources/dev/unroll/evaluation/ranking.properties with SciPy."""
import random

from scipy.stats import spearmanr

random.seed(1)
print("# SciPy's rank correlations for RankingTest; made by ../python/ranking.py")
for case in range(8):
    n = random.randint(3, 40)
    # Few distinct values, so that there are ties on both sides.
    x = [random.randint(0, 9) / 2 for _ in range(n)]
    y = [round(v * random.choice([-1, 1, 1]) + random.random() * case, 1) for v in x]
    print(f"{case}.gold={' '.join(map(repr, x))}")
    print(f"{case}.predicted={' '.join(map(repr, y))}")
    print(f"{case}.spearman={float(spearmanr(x, y).correlation)!r}")
