#!/bin/bash
# SPDX-License-Identifier: MIT
# debian-hip.sh [FOLDER]: unpacks from Debian what it takes to compile HIP code, into FOLDER (default
# build/deps/debian-hip): clang 19 of this release, unless the machine has it, its ROCm device libraries, and the HIP
# headers of Debian unstable (Kokkos 5 needs newer ones than Debian 12 has). It serves tests/gpu: enough for objects,
# not for programs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/cmake/debian-packages.sh"
prefix=${1:-$root/build/deps/debian-hip}

[ -e "$prefix/.complete" ] && exit 0
nbk_debian_open "$prefix" "HIP's compiler"
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
nbk_debian_lists "$codename" /var/lib/dpkg/status
nbk_debian_add clang-19
nbk_debian_add_alone rocm-device-libs
nbk_debian_lists sid /var/lib/dpkg/status
nbk_debian_add_alone libamdhip64-dev '~n^rocm-device-libs-[0-9]+$'

# This release's device libraries do not know gfx942. What they lack is one constant; a newer compiler's libraries have
# it, in a file that this one can read (it cannot read the rest).
libraries=$(dirname "$(find "$nbk_debian_root/usr/lib" -path '*-linux-gnu*/ocml.bc' -print -quit)")
newer=$(find "$nbk_debian_root/usr/lib" -name oclc_isa_version_942.bc -print -quit)
[ -n "$newer" ] || nbk_debian_missing "Debian's ROCm device libraries have no file for gfx942."
[ "$newer" -ef "$libraries/oclc_isa_version_942.bc" ] || mv "$newer" "$libraries/"
packages=$(sed -n 's/^\(clang-19\|rocm-device-libs\|libamdhip64-dev\)_\([^_]*\)_.*/\1 \2/p' "$nbk_debian_work/packages")
nbk_debian_close
echo "nbk: ${packages//$'\n'/, } unpacked into $prefix"
