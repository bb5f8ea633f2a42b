#!/usr/bin/env bash
# Builds, and takes pictures of every view and state of the window at 1280x800 and 1920x1080, light and dark, and at 200 %.
# No display is needed. With ImageMagick there is an overview of each set beside it.
#
#   packaging/screenshots.sh [FOLDER]     the pictures go to FOLDER, or build/screenshots
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case ${1:-} in -h | --help)
    sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
esac

out=$(realpath -m -- "${1:-$root/build/screenshots}")
pictures="$build/bench/window_pictures"

# take NAME THEME SIZE SCALE
take() {
    say "$1"
    rm -rf "${out:?}/$1"
    QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=$4 "$pictures" "$out/$1" "$2" "$3" || fail "$1 could not be taken, see above"
    ! command -v montage >/dev/null ||
        montage -label '%t' "$out/$1"/*.png -tile 3x -geometry '900x+6+6' "$out/$1.jpg" ||
        say "there is no overview of $1"
}

packages=()
mapfile -t packages < <(packages_of build)
require_packages "${packages[@]}"
configure_release -DABM_BENCH=ON
build_release window_pictures
mkdir -p "$out"
for theme in light dark; do
    take "1280x800-$theme" "$theme" 1280x800 1
    take "1920x1080-$theme" "$theme" 1920x1080 1
    take "200-percent-$theme" "$theme" 1280x800 2
done
say "Pictures: $out"
