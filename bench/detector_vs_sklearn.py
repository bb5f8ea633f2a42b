#!/usr/bin/python3
"""Fits and scores 100,000 x 20 rows on one thread: detector_bench beside scikit-learn, in the same run, seconds of user time.

usage: detector_vs_sklearn.py PATH_OF_detector_bench [CASE ...]
"""
import os
import resource
import subprocess
import sys
import tempfile

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy as np  # noqa: E402
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors  # noqa: E402

ROWS, COLUMNS = 100_000, 20


def knn(values):
    NearestNeighbors(n_neighbors=5, n_jobs=1).fit(values).kneighbors()


def lof(values):
    LocalOutlierFactor(n_neighbors=20, n_jobs=1).fit(values)


# A sample is a shortcut scikit-learn does not take: its peer is the exact answer.
PEERS = {"knn": knn, "knn-sample": knn, "lof": lof, "lof-sample": lof}


def user_seconds(work):
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - start


def our_times(bench, values, case):
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        command = [bench, file.name, str(ROWS), str(COLUMNS), case]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[1]), float(out[2])


def main():
    values = np.random.default_rng(1).normal(size=(ROWS, COLUMNS)).astype(np.float32)
    theirs = {}
    print(f"{ROWS} x {COLUMNS}, one thread, seconds of user time")
    print(f"{'case':12} {'fit':>8} {'score':>8} {'scikit-learn':>14} {'ratio':>7}")
    for case in sys.argv[2:] or PEERS:
        fit, score = our_times(sys.argv[1], values, case)
        peer = PEERS[case]
        if peer not in theirs:
            theirs[peer] = user_seconds(lambda: peer(values))
        print(f"{case:12} {fit:8.2f} {score:8.2f} {theirs[peer]:14.2f} {theirs[peer] / (fit + score):7.1f}", flush=True)


if __name__ == "__main__":
    main()
