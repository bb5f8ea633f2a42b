# Shared by run.sh, test.sh and .ci/run; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"
jobs=$(nproc)

say() { printf '\n== %s\n' "$*" >&2; }
fail() {
    printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# packages_of GROUP...: the names listed under these groups in packages.txt.
packages_of() {
    local group
    for group in "$@"; do
        awk -v group="$group" '$1 == group { print $2 }' "$root/packaging/packages.txt"
    done
}

# missing_of PACKAGE...: those that are not installed.
missing_of() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s\n' "$package"
    done
}

# require_packages PACKAGE...: installs what is missing, and only that.
require_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        fail "this script installs with apt-get, on Debian 12. Elsewhere install what packaging/packages.txt names, then use cmake --preset release."
    local missing=()
    mapfile -t missing < <(missing_of "$@")
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "these packages are missing, and without root or sudo they cannot be installed: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    local options=(-y -q --no-install-recommends)
    "${as_root[@]}" apt-get update -q >&2 || fail "apt-get update failed; is there a network, and does /etc/apt name a Debian mirror?"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >&2 </dev/null ||
        fail "apt-get could not install: ${missing[*]}"
}

# configure_release OPTION...: the release build in build/release, with these cache variables on top.
configure_release() {
    local log="$build/configure.log"
    mkdir -p "$build"
    (cd "$root" && cmake --preset release "$@") >"$log" 2>&1 || {
        cat "$log" >&2
        fail "configuring failed, see above"
    }
}

# build_release [TARGET...]
build_release() {
    local targets=()
    [ $# -gt 0 ] && targets=(--target "$@")
    cmake --build "$build" --parallel "$jobs" "${targets[@]}" >&2 || fail "the build failed, see above"
}
