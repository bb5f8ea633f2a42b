#!/usr/bin/env bash
# Installs what is needed, builds everything, and runs all tests. Exits with 0 only when every test passed.
# Tests on reference journals run when ABM_SHARED_DATA names their folder; otherwise they are reported as skipped.
#
#   packaging/test.sh [CTEST OPTIONS...]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mapfile -t packages < <(packages_of build test)
require_packages "${packages[@]}"
if [ -n "${ABM_SHARED_DATA:-}" ]; then
    [ -d "$ABM_SHARED_DATA" ] || fail "ABM_SHARED_DATA names no folder: $ABM_SHARED_DATA"
    ABM_SHARED_DATA=$(realpath -- "$ABM_SHARED_DATA")
    export ABM_SHARED_DATA
else
    say "ABM_SHARED_DATA is not set: tests on reference data will be skipped"
fi
say "Building"
configure_release -DABM_TESTS=ON -DABM_BENCH=ON
build_release
say "Testing"
cd "$root"
QT_QPA_PLATFORM=offscreen exec ctest --preset release --parallel "$jobs" "$@"
