#!/usr/bin/python3
"""Everything bench/results.md says about detection, measured again beside Debian's scikit-learn; prints Markdown tables.

usage: detection_vs_peers.py BUILD_FOLDER DATA_FOLDER [--only SECTION ...] [--seeds N] [--quick]

BUILD_FOLDER has app/cli/abm, bench/detector_bench and bench/templates_bench; DATA_FOLDER has adbench, active-learning, sequences
and logs (sections whose data is not there are left out). --quick: small sizes, to see that all of it works; its times mean
nothing.
"""
import argparse
import csv
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy as np  # noqa: E402
from sklearn.ensemble import IsolationForest  # noqa: E402
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors  # noqa: E402
from sklearn.svm import OneClassSVM  # noqa: E402

from markdown_table import table  # noqa: E402

DETECTORS = ["iforest", "knn", "lof", "dbscan", "ocsvm", "stats"]
COLUMNS = 20
# The published figures of active anomaly discovery, after 30, 60 and 100 answers.
EXPERT = {"ann_thyroid_1v3": (24, 46, 64), "cardiotocography_1": (23, 39, 43), "yeast": (15, 20, 25)}
# Drain, tuned for each log, as published.
DRAIN = {"HDFS": 0.998, "BGL": 0.963, "Apache": 1.0, "OpenSSH": 0.788, "Linux": 0.69, "Windows": 0.997}


def rows_of(command):
    out = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(out.splitlines()))


def heading(text):
    print(f"\n## {text}", flush=True)


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def figures_of(abm, path, seeds, *options):
    """{detector: (AUROC, average precision)}, mean of the seeds."""
    all_runs = {}
    for seed in range(1, seeds + 1):
        command = [abm, "evaluate", path, "--label", "label", "--seed", seed, "--format", "csv", *options]
        for row in rows_of(command):
            all_runs.setdefault(row["detector"], []).append((float(row["auroc"]), float(row["average_precision"])))
    return {name: tuple(mean(run[at] for run in runs) for at in (0, 1)) for name, runs in all_runs.items()}


def both(figures):
    return f"{figures[0]:.4f} / {figures[1]:.4f}"


def tables(run):
    """Ranking without labels on the tables of reference.csv."""
    folder = run.data / "adbench"
    reference = {row["dataset"]: row for row in csv.DictReader((folder / "reference.csv").open())}
    names = list(reference)[:3] if run.quick else list(reference)
    ours = {name: figures_of(run.abm, folder / f"{name}.csv", run.seeds) for name in names}
    for name in names:
        options = ["--detector", "iforest", "--param"]
        ours[name]["extension 1"] = figures_of(run.abm, folder / f"{name}.csv", run.seeds, *options, "iforest.extension=1")["iforest"]
        full = int(reference[name]["d"]) - 1
        ours[name]["fully extended"] = figures_of(run.abm, folder / f"{name}.csv", run.seeds, *options, f"iforest.extension={full}")["iforest"]
    heading(f"Ranking without labels: {len(names)} ADBench tables, AUROC / average precision, mean of {run.seeds} seeds")
    columns = DETECTORS + ["auto"]
    table(["table"] + columns, [[name] + [both(ours[name][column]) for column in columns] for name in names])
    means = {column: tuple(mean(ours[name][column][at] for name in names) for at in (0, 1)) for column in ours[names[0]]}
    theirs = {kind: tuple(mean(float(reference[name][f"{kind}_{what}"]) for name in names) for what in ("auroc", "aucpr"))
              for kind in ("iforest", "lof", "ocsvm", "knn")}
    print()
    table(["mean of all", "ours", "scikit-learn", "AUROC, difference (mark: -.01)"],
          [[kind, both(means[kind]), both(theirs[kind]), f"{means[kind][0] - theirs[kind][0]:+.4f}"] for kind in theirs])
    print()
    table(["mean of all", "AUROC / average precision", "against iforest"],
          [[name, both(means[name]), " / ".join(f"{means[name][at] - means['iforest'][at]:+.4f}" for at in (0, 1))]
           for name in ("auto", "extension 1", "fully extended", "dbscan", "stats")])
    print("\nMark for auto: AUROC +.01, average precision -.005.")


def expert(run):
    """A simulated expert who is always asked about the oddest record left."""
    heading(f"Anomalies an expert finds after 30 / 60 / 100 answers, mean of {run.expert_seeds} seeds")
    shown = []
    for name, published in EXPERT.items():
        asked = 60 if run.quick else 100
        found = []
        for seed in range(1, run.expert_seeds + 1):
            path = run.data / "active-learning" / f"{name}.csv"
            found.append([int(row["found"]) for row in rows_of(
                [run.abm, "evaluate", path, "--label", "label", "--queries", asked, "--seed", seed, "--format", "csv"])])
        after = [f"{mean(one[count - 1] for one in found):.1f}" for count in (30, 60, 100) if count <= asked]
        shown.append([name, " / ".join(after), " / ".join(str(count) for count in published)])
    table(["table", "found", "AAD, published"], shown)


def sequences(run):
    folder = run.data / "sequences"
    heading("Sequences: HDFS sessions, learned from normal ones")
    rows = rows_of([run.abm, "evaluate", "--sequences", folder / "hdfs_train_normal.txt", "--normal", folder / "hdfs_test_normal.txt",
                    "--anomalous", folder / "hdfs_test_abnormal.txt", "--format", "csv"])
    table(["detector", "AUROC (mark: .998)", "average precision"],
          [[row["detector"], f"{float(row['auroc']):.4f}", f"{float(row['average_precision']):.4f}"] for row in rows])


def templates(run):
    folder = run.data / "logs"
    heading("Templates of six logs: grouping accuracy, and lines a second on one thread")
    out = subprocess.run([run.bench("templates_bench"), "quality", folder], check=True, capture_output=True, text=True).stdout
    accuracy = {line.split()[0].split("_")[0]: float(line.split()[1]) for line in out.splitlines()}
    shown = []
    for name, drain in DRAIN.items():
        with tempfile.NamedTemporaryFile(suffix=".log") as file:
            text = (folder / f"{name}_2k.log").read_bytes()
            file.write((text if text.endswith(b"\n") else text + b"\n") * (1 if run.quick else 100))
            file.flush()
            said = subprocess.run([run.bench("templates_bench"), "speed", file.name], check=True, capture_output=True, text=True).stdout
        words = said.replace(",", "").split()
        shown.append([name, f"{accuracy[name]:.4f}", f"{drain:.3f}", words[words.index("million") - 1], words[words.index("ratio") + 1]])
    shown.append(["mean", f"{mean(accuracy[name] for name in DRAIN):.4f} (mark: .906)", f"{mean(DRAIN.values()):.3f}",
                  f"{mean(float(row[3]) for row in shown):.2f} (mark: 1)", ""])
    table(["log", "accuracy", "Drain, tuned for each log", "million lines/s", "grep takes less by"], shown)


def user_seconds(work):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def timed(run, path, rows, case, threads=1):
    """User time of fit and score, clock time of fit and score."""
    command = [run.bench("detector_bench"), path, rows, COLUMNS, case, threads]
    out = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return tuple(float(word) for word in out.split())


def sklearn_forest(values):
    forest = IsolationForest(n_estimators=100, random_state=1, n_jobs=1)
    fit = user_seconds(lambda: forest.fit(values))
    return fit, min(user_seconds(lambda: forest.score_samples(values)) for _ in range(2))


def speed(run):
    """Side by side in one run, one thread, user time: what else the machine does counts for neither."""
    rows = 5_000 if run.quick else 100_000
    values = np.random.default_rng(1).normal(size=(rows, COLUMNS)).astype(np.float32)
    heading(f"Speed: {rows:,} x {COLUMNS}, one thread, seconds of user time")
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        ours = {case: timed(run, file.name, rows, case) for case in
                ("iforest", "iforest-extension-1", "iforest-extended", "knn", "knn-sample", "knn-channel", "lof", "lof-sample", "ocsvm")}
    fit, score = sklearn_forest(values)
    lof = user_seconds(lambda: LocalOutlierFactor(n_neighbors=20, n_jobs=1).fit(values))
    knn = user_seconds(lambda: NearestNeighbors(n_neighbors=5, n_jobs=1).fit(values).kneighbors())
    some = values[: min(rows, 10_000)]
    svm = user_seconds(lambda: OneClassSVM(nu=0.5, gamma="scale").fit(some).score_samples(some))
    peers = {"iforest": (f"{fit:.2f} + {score:.2f}", f"scores in {score / ours['iforest'][1]:.1f} times the time (mark: 8)"),
             "lof": (f"{lof:.1f}, exact", f"{lof / sum(ours['lof'][:2]):.1f} (mark: 4)"),
             "lof-sample": (f"{lof:.1f}, exact", f"{lof / sum(ours['lof-sample'][:2]):.1f}"),
             "knn": (f"{knn:.1f}, exact", f"{knn / sum(ours['knn'][:2]):.1f}"),
             "knn-sample": (f"{knn:.1f}, exact", f"{knn / sum(ours['knn-sample'][:2]):.1f}"),
             "ocsvm": (f"{svm:.1f} for {len(some):,} rows", "mark: 1 s")}
    table(["detector", "fit", "score", "scikit-learn", "ratio"],
          [[case, f"{ours[case][0]:.3f}", f"{ours[case][1]:.3f}", *peers.get(case, ("", ""))] for case in ours])
    print("\nknn, lof: all rows as reference; -sample: 16,384 of them; knn-channel: 1,024. iforest-extended: all 20 features in a split.")
    if not run.quick:
        print(f"A row and tree of the forest: {ours['iforest'][1] / rows / 100 * 1e9:.1f} ns.")


def growth(run):
    sizes = [1_000, 5_000] if run.quick else [10_000, 30_000, 100_000, 300_000, 1_000_000]
    values = np.random.default_rng(1).normal(size=(sizes[-1], COLUMNS)).astype(np.float32)
    cases = ["iforest", "knn-channel", "knn-sample", "lof-sample", "ocsvm"]
    heading(f"Growth: rows x {COLUMNS}, one thread, fit + score in seconds of user time")
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        table(["rows"] + cases,
              [[f"{rows:,}"] + [" + ".join(f"{part:.3f}" for part in timed(run, file.name, rows, case)[:2]) for case in cases]
               for rows in sizes])


def threads(run):
    rows = 5_000 if run.quick else 100_000
    values = np.random.default_rng(1).normal(size=(rows, COLUMNS)).astype(np.float32)
    heading(f"Two threads against one: {rows:,} x {COLUMNS}, scoring, seconds of the clock")
    shown = []
    with tempfile.NamedTemporaryFile(suffix=".f32") as file:
        values.tofile(file.name)
        for case in ("iforest", "knn-sample", "lof-sample", "ocsvm"):
            one, two = (timed(run, file.name, rows, case, count)[3] for count in (1, 2))
            shown.append([case, f"{one:.3f}", f"{two:.3f}", f"{one / two:.2f} (mark: 1.7)"])
    table(["detector", "one thread", "two threads", "ratio"], shown)


SECTIONS = {"tables": (tables, "adbench"), "expert": (expert, "active-learning"), "sequences": (sequences, "sequences"),
            "templates": (templates, "logs"), "speed": (speed, None), "growth": (growth, None), "threads": (threads, None)}


class Run:
    def __init__(self, options):
        self.build = options.build
        self.data = options.data
        self.quick = options.quick
        self.seeds = 1 if options.quick else options.seeds
        self.expert_seeds = 1 if options.quick else 5
        self.abm = options.build / "app" / "cli" / "abm"

    def bench(self, name):
        return self.build / "bench" / name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    run = Run(parser.parse_args())
    if run.quick:
        print("Small sizes: nothing here is a measurement.")
    started = time.perf_counter()
    for name in parser.parse_args().only:
        section, folder = SECTIONS[name]
        if folder is not None and not (run.data / folder).is_dir():
            print(f"{name}: {run.data / folder} is not there", file=sys.stderr)
            continue
        section(run)
    print(f"{time.perf_counter() - started:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
