#!/usr/bin/env bash
# Installs what is needed, builds, and opens the workbench on FILES, or on a generated sample when none are given.
# Without a display the same detection runs on the command line and leaves a report and a picture of the window.
#
#   packaging/run.sh [FILES...]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case ${1:-} in -h | --help)
    sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
esac

sample="$root/build/sample"
results="$root/build/results"
abm="$build/app/cli/abm"
workbench="$build/app/workbench/abm-workbench"

prepare() {
    local packages=()
    mapfile -t packages < <(packages_of build)
    [ -z "${DISPLAY:-}" ] && [ -n "${WAYLAND_DISPLAY:-}" ] && packages+=(qt6-wayland)
    require_packages "${packages[@]}"
    say "Building (the first time takes some minutes)"
    configure_release -DABM_TESTS=OFF -DABM_BENCH=OFF
    build_release abm abm-workbench
}

# Three machines, two days; made once.
make_sample() {
    [ -e "$sample/truth.csv" ] && return
    say "Generating a sample: 3 machines, 2 days"
    rm -rf "$sample" "$sample.part"
    "$abm" generate journal --machines 3 --days 2 --seed 1 --out "$sample.part" >&2 || fail "the sample could not be generated"
    mv "$sample.part" "$sample"
}

show_without_display() {
    say "There is no display (DISPLAY and WAYLAND_DISPLAY are empty), so the window cannot open here."
    mkdir -p "$results"
    "$abm" detect --format table --top 15 "$@" || fail "the detection failed, see above"
    "$abm" report --out "$results/report.html" "$@" >&2 || fail "the report could not be written"
    QT_QPA_PLATFORM=offscreen "$workbench" --screenshot "$results/workbench.png" --select worst --size 1440x900 "$@" >&2 ||
        fail "the picture of the window could not be made"
    for made in report.html workbench.png; do
        [ -s "$results/$made" ] || fail "$results/$made was not written"
    done
    printf '\nReport:     %s\nScreenshot: %s\n' "$results/report.html" "$results/workbench.png"
}

inputs=()
for input in "$@"; do
    [ -e "$input" ] || fail "there is no file or folder '$input'"
    inputs+=("$(realpath -- "$input")")
done
prepare
if [ ${#inputs[@]} -eq 0 ]; then
    make_sample
    inputs=("$sample")
fi
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    show_without_display "${inputs[@]}"
else
    exec "$workbench" "${inputs[@]}"
fi
