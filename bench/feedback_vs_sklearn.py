#!/usr/bin/python3
"""One more label on 100,000 x 44 rows: feedback_bench beside what one would write with scikit-learn, in the same run, two threads.

The peer learns from the same number of labels by fitting a random forest (100 trees) on them and scoring every row: the usual way
to take feedback into account. The second peer scores every row with an isolation forest that is already fitted.

usage: feedback_vs_sklearn.py PATH_OF_feedback_bench [ROWS] [LABELS]
"""
import subprocess
import sys
import tempfile
import time

import numpy as np
from sklearn.ensemble import IsolationForest, RandomForestClassifier

COLUMNS, TREES, THREADS = 44, 100, 2


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def our_times(bench, values, labels):
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        words = [bench, file.name, str(len(values)), str(COLUMNS), str(THREADS), str(labels)]
        out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return tuple(float(word) for word in out.split())


def their_times(values, labels):
    rows = np.arange(labels + 1) * len(values) // (labels + 1)
    truth = np.arange(labels + 1) % 3 == 0

    def learn():
        forest = RandomForestClassifier(n_estimators=TREES, random_state=1, n_jobs=THREADS).fit(values[rows], truth)
        forest.predict_proba(values)

    isolation = IsolationForest(n_estimators=TREES, random_state=1, n_jobs=THREADS).fit(values)
    return min(timed(learn) for _ in range(3)), min(timed(lambda: isolation.score_samples(values)) for _ in range(2))


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    labels = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    values = np.random.default_rng(1).normal(size=(count, COLUMNS)).astype(np.float32)
    fit, opened, label, evidence, refit = our_times(sys.argv[1], values, labels)
    forest, isolation = their_times(values, labels)
    print(f"{count} x {COLUMNS}, {TREES} trees, {THREADS} threads, {labels} labels and one more; best of several rounds")
    print(f"  model fitted {fit:.1f} ms, rows prepared {opened:.1f} ms (once)")
    print(f"  label -> margins {label:.1f} ms, -> probabilities {evidence:.1f} ms more; all labels anew {refit:.1f} ms")
    print(f"  random forest fitted and scored {forest:8.1f} ms   ratio {forest / (label + evidence):6.1f}")
    print(f"  isolation forest scored again   {isolation:8.1f} ms   ratio {isolation / (label + evidence):6.1f}")


if __name__ == "__main__":
    main()
