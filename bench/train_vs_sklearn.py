#!/usr/bin/python3
"""Trains on 100,000 x 44 rows with 200 labels on one thread, comparison included: train_bench beside what scikit-learn needs
for the forest alone (fit and score), in the same run.

usage: train_vs_sklearn.py PATH_OF_train_bench
"""
import os
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402
from sklearn.ensemble import IsolationForest  # noqa: E402

ROWS, COLUMNS = 100_000, 44


def main():
    values = np.random.default_rng(1).normal(size=(ROWS, COLUMNS)).astype(np.float32)
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        out = subprocess.run([sys.argv[1], "time", file.name, str(ROWS)], check=True, capture_output=True, text=True).stdout
    train, fit = (float(word) for word in out.split())
    start = time.perf_counter()
    forest = IsolationForest(n_estimators=100, random_state=1, n_jobs=1).fit(values)
    fitted = time.perf_counter()
    forest.score_samples(values)
    scored = time.perf_counter()
    print(f"{ROWS} x {COLUMNS}, one thread")
    print(f"  ours: train with comparison {train * 1e3:8.1f} ms, of it fitting {fit * 1e3:.1f} ms")
    print(f"  scikit-learn: forest fit {(fitted - start) * 1e3:.1f} ms, score {(scored - fitted) * 1e3:.1f} ms")
    print(f"  ratio {(scored - start) / train:.1f}")


if __name__ == "__main__":
    main()
