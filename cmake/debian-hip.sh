#!/bin/bash
# SPDX-License-Identifier: MIT
# debian-hip.sh [FOLDER]: unpacks from Debian what it takes to compile HIP code, into FOLDER (default
# build/deps/debian-hip): clang 19 and the ROCm device libraries of this release, unless the machine has them, and
# the HIP headers of Debian unstable (Kokkos 5 needs newer ones than Debian 12 has). It serves tests/gpu: enough for
# objects, not for programs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/cmake/debian-packages.sh"
prefix=${1:-$root/build/deps/debian-hip}

[ -e "$prefix/.complete" ] && exit 0
nbk_debian_open "$prefix" "HIP's compiler"
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
nbk_debian_lists "$codename" /var/lib/dpkg/status
nbk_debian_add clang-19 rocm-device-libs
nbk_debian_lists sid /var/lib/dpkg/status
nbk_debian_add_alone libamdhip64-dev
packages=$(sed -n 's/^\(clang-19\|rocm-device-libs\|libamdhip64-dev\)_\([^_]*\)_.*/\1 \2/p' "$nbk_debian_work/packages")
nbk_debian_close
echo "nbk: ${packages//$'\n'/, } unpacked into $prefix"
