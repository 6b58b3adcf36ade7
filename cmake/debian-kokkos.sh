#!/bin/bash
# SPDX-License-Identifier: MIT
# debian-kokkos.sh [FOLDER]: unpacks Debian's own Kokkos package, and the C and C++ libraries it was built against,
# into FOLDER (default build/deps/debian-kokkos). cmake/debian-kokkos.cmake builds programs against the result.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/cmake/debian-packages.sh"
prefix=${1:-$root/build/deps/debian-kokkos}

[ -e "$prefix/.complete" ] && exit 0
nbk_debian_open "$prefix" "Debian's Kokkos package"
# Debian stable has no Kokkos. A machine that has nothing: so the libraries it was built against come along.
: >"$nbk_debian_work/status"
nbk_debian_lists sid "$nbk_debian_work/status"
nbk_debian_add libkokkos-dev
targets=$(find "$nbk_debian_root/usr" -name KokkosTargets.cmake | head -n 1)
[ -n "$targets" ] || nbk_debian_missing "Debian's package libkokkos-dev holds no CMake files."

# Two repairs of the copy. Its header folder is written as an absolute path, which leads out of the copy; and it names
# archives (of parts that are headers only) which the package does not carry: empty ones serve.
sed -i 's|"/usr/include|"${_IMPORT_PREFIX}/include|g' "$targets"
sed -n 's|.*IMPORTED_LOCATION[A-Z_]* "${_IMPORT_PREFIX}\(/[^"]*\.a\)".*|\1|p' "${targets%.cmake}"-*.cmake |
  while read -r archive; do
    [ -e "$nbk_debian_root/usr$archive" ] || printf '!<arch>\n' >"$nbk_debian_root/usr$archive"
  done
kokkos=$(sed -n 's/^libkokkos-dev_\([^_]*\)_.*/\1/p' "$nbk_debian_work/packages")
nbk_debian_close
echo "nbk: libkokkos-dev $kokkos unpacked into $prefix"
