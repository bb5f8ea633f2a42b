#!/usr/bin/python3
"""Writes dbscan_labels.txt: scikit-learn's labels of the rows that tests/core/neighbour_scores_test.cpp makes, too."""
import pathlib

import numpy as np
from sklearn.cluster import DBSCAN

CASES = [(2, 0.1, 5), (2, 0.15, 4), (3, 0.3, 5), (3, 0.5, 8), (10, 2.2, 5), (10, 2.6, 3)]


def rows(columns):
    state = 12345
    one = np.float32(1)

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return np.float32(state >> 16) / np.float32(65536)

    values = np.zeros((600, columns), np.float32)
    for row in range(600):
        along = draw()
        for column in range(columns):
            values[row, column] = np.float32(0.1) * (draw() + draw())
        even = row % 2 == 0
        side = one if even else -one
        values[row, 0] += np.float32(2) * along + np.float32(0 if even else 1)
        values[row, 1] += side * np.float32(4) * along * (one - along) - np.float32(0 if even else -0.4)
        if row % 15 == 0:
            for column in range(columns):
                values[row, column] = np.float32(4) * draw() - one
    return values.astype(float)


def main():
    lines = ["# columns, eps, min_samples, then a label for each row; -1 is noise. Made by dbscan_labels.py."]
    for columns, eps, min_samples in CASES:
        values = rows(columns)
        scaled = (values - values.mean(axis=0)) / values.std(axis=0)
        labels = DBSCAN(eps=eps, min_samples=min_samples).fit_predict(scaled)
        print(columns, eps, min_samples, "clusters", labels.max() + 1, "noise", (labels < 0).sum())
        lines.append(" ".join(map(str, [columns, eps, min_samples, *labels])))
    pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
