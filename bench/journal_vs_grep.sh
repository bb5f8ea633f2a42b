#!/usr/bin/env bash
# Reading a journal (sessions, ledger, rules, features; two threads) as a ratio to `LC_ALL=C grep -cF` over the same file in the same run.
#   bench/journal_vs_grep.sh BUILD_FOLDER [MEGABYTES...]      default: 10 200 1000; needs twice the largest size in TMPDIR
set -euo pipefail
bench="$1/bench/journal_bench"
shift
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10 200 1000)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# To a file: grep stops at the first match when its output is /dev/null.
grep_seconds() {
    local start end
    start=$(date +%s.%N)
    LC_ALL=C grep -cF 'TRANSACTION START' "$1" >"$folder/count"
    end=$(date +%s.%N)
    echo "$end $start" | awk '{ print $1 - $2 }'
}

printf '%8s %9s %9s %9s %11s %10s %9s %9s\n' MB grep_s lf_s cr_s lf_to_grep cr_to_lf peak_MiB sessions
for size in "${sizes[@]}"; do
    for ends in lf cr; do
        mkdir "$folder/$ends"
        "$bench" generate "$folder/$ends" $((size * 1000000)) "$ends" 7 >"$folder/path_$ends"
        cat "$folder/$ends"/*.txt >/dev/null
    done
    lf=$(cat "$folder/path_lf")
    cr=$(cat "$folder/path_cr")
    # One after the other, so that a machine that changes its speed changes it for all three.
    for _ in 1 2 3 4 5; do
        grep_seconds "$lf" >>"$folder/times_grep"
        "$bench" read "$lf" 2 >"$folder/last"
        cut -d' ' -f1 "$folder/last" >>"$folder/times_lf"
        "$bench" read "$cr" 2 | cut -d' ' -f1 >>"$folder/times_cr"
    done
    g=$(median <"$folder/times_grep")
    l=$(median <"$folder/times_lf")
    c=$(median <"$folder/times_cr")
    echo "$size $g $l $c $(cut -d' ' -f2,3 "$folder/last")" |
        awk '{ printf "%8s %9.3f %9.3f %9.3f %11.1f %10.2f %9s %9s\n", $1, $2, $3, $4, $3 / $2, $4 / $3, $5, $6 }'
    rm -rf "$folder/lf" "$folder/cr" "$folder"/times_*
done
