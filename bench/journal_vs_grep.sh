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
grep_seconds() {
    local start end
    start=$(date +%s.%N)
    LC_ALL=C grep -cF 'TRANSACTION START' "$1" >/dev/null
    end=$(date +%s.%N)
    echo "$end $start" | awk '{ print $1 - $2 }'
}

printf '%-6s %8s %9s %9s %7s %9s %9s\n' ends MB grep_s read_s ratio peak_MiB sessions
for size in "${sizes[@]}"; do
    for ends in lf cr; do
        mkdir "$folder/$ends"
        file=$("$bench" generate "$folder/$ends" $((size * 1000000)) "$ends" 7)
        cat "$file" >/dev/null
        # Pairs, one after the other, so that a machine that changes its speed changes it for both.
        for _ in 1 2 3 4 5; do
            grep_seconds "$file" >>"$folder/grep"
            "$bench" read "$file" 2 >"$folder/last"
            cut -d' ' -f1 "$folder/last" >>"$folder/read"
        done
        g=$(median <"$folder/grep")
        r=$(median <"$folder/read")
        printf '%-6s %8s %9.3f %9.3f %7.1f %9s %9s\n' "$ends" "$size" "$g" "$r" "$(echo "$r $g" | awk '{ print $1 / $2 }')" \
            "$(cut -d' ' -f2 "$folder/last")" "$(cut -d' ' -f3 "$folder/last")"
        rm -rf "${folder:?}/$ends" "$folder/grep" "$folder/read"
    done
done
