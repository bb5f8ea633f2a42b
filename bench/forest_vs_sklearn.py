#!/usr/bin/python3
"""Scores 100,000 x 20 rows with 100 trees on one thread: forest_bench beside scikit-learn's IsolationForest, in the same run.

usage: forest_vs_sklearn.py PATH_OF_forest_bench
"""
import os
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402
from sklearn.ensemble import IsolationForest  # noqa: E402

ROWS, COLUMNS, TREES = 100_000, 20, 100


def sklearn_times(values):
    start = time.perf_counter()
    forest = IsolationForest(n_estimators=TREES, random_state=1, n_jobs=1).fit(values)
    fitted = time.perf_counter()
    best = min(timed(lambda: forest.score_samples(values)) for _ in range(3))
    return fitted - start, best


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def our_times(bench, values):
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        out = subprocess.run([bench, "time", file.name, str(ROWS), str(COLUMNS)], check=True, capture_output=True, text=True)
    return tuple(float(word) for word in out.stdout.split())


def main():
    values = np.random.default_rng(1).normal(size=(ROWS, COLUMNS)).astype(np.float32)
    our_fit, our_score = our_times(sys.argv[1], values)
    their_fit, their_score = sklearn_times(values)
    print(f"{ROWS} x {COLUMNS}, {TREES} trees, one thread; best of several rounds")
    print(f"  fit    {our_fit * 1e3:8.1f} ms   scikit-learn {their_fit * 1e3:8.1f} ms   ratio {their_fit / our_fit:6.1f}")
    print(f"  score  {our_score * 1e3:8.1f} ms   scikit-learn {their_score * 1e3:8.1f} ms   ratio {their_score / our_score:6.1f}")
    print(f"  {our_score / (ROWS * TREES) * 1e9:.2f} ns a row and tree")


if __name__ == "__main__":
    main()
