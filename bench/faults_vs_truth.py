#!/usr/bin/python3
"""Faults put into generated captures, UE logs and tables, and how many of them `abm detect --findings` finds, by kind;
prints Markdown tables. With DATA_FOLDER also what it finds in the captures of attacks there.

usage: faults_vs_truth.py BUILD_FOLDER [DATA_FOLDER] [--seeds N]

A fault is found when a finding of its kind overlaps its bytes (of a UE, is about that UE); a finding is right when a fault of
its kind overlaps it. Findings of low severity count. The generators are the program's own: this shows that what is put in is
found again, not how well the thresholds fit data of others.
"""
import argparse
import collections
import csv
import pathlib
import subprocess
import tempfile

from markdown_table import table

KINDS = [("capture", ["--seconds", "120"], "*.pcap"), ("uelog", ["--ues", "500"], "*.log"),
         ("table", ["--machines", "4", "--days", "14"], "metrics.csv")]
ATTACKS = ["CA_kerbrute_passwordspray_kerberos_AS-REQ.pcapng", "Discovery_impacket_rpcdump.pcapng", "LM_WMI_ProcessCallCreate.pcapng",
           "resp_1_benchmark.pcap", "resp_3_malicious.pcap"]


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def findings_of(abm, path):
    rows = list(csv.DictReader(run(abm, "detect", path, "--findings", "--format", "csv").splitlines()))
    return [row for row in rows if row["type"] not in ("unusual", "normal")]


def span(row):
    return int(row["start_offset"]), int(row["end_offset"])


def meets(one, other):
    if one["kind"] == "entity":
        return one["ordinal"] == other["ordinal"]
    (begin, end), (first, last) = span(one), span(other)
    return begin < last and first < end


def count(abm, verb, options, pattern, seeds):
    faults, found, said, right = (collections.Counter() for _ in range(4))
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            run(abm, "generate", verb, "--out", folder, "--seed", seed, *options)
            truth = [row for row in csv.DictReader(open(f"{folder}/truth.csv")) if row["label"] == "anomaly"]
            findings = findings_of(abm, next(pathlib.Path(folder).glob(pattern)))
        for fault in truth:
            faults[fault["type"]] += 1
            found[fault["type"]] += any(row["type"] == fault["type"] and meets(fault, row) for row in findings)
        for row in findings:
            said[row["type"]] += 1
            right[row["type"]] += any(row["type"] == fault["type"] and meets(fault, row) for fault in truth)
    return [[verb, kind.replace("_", " "), f"{found[kind]}/{faults[kind]}", f"{right[kind]}/{said[kind]}"]
            for kind in sorted(faults | said)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path, nargs="?")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    abm = options.build / "app" / "cli" / "abm"
    print(f"Faults put in, seeds 1 to {options.seeds}:\n")
    rows = [row for verb, how, pattern in KINDS for row in count(abm, verb, how, pattern, options.seeds)]
    table(["generated", "kind of fault", "recall", "precision"], rows)
    if options.data is None:
        return
    print("\nCaptures of attacks, every finding:\n")
    shown = []
    for name in ATTACKS:
        findings = findings_of(abm, options.data / "captures" / name)
        shown += [[name, row["severity"], row["type"].replace("_", " "), row["sentence"]] for row in findings] or [[name, "", "nothing", ""]]
    table(["capture", "severity", "type", "why"], shown)


if __name__ == "__main__":
    main()
