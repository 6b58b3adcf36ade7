#!/bin/bash
# SPDX-License-Identifier: MIT
# make_ptx.sh SETTINGS SOURCE OUT [FLAG...]: nvcc's code of SOURCE, and the files it depends on in OUT.d.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
find_nvcc
kokkos_headers "$3.headers" CUDA Cuda KOKKOS_ARCH_AMPERE KOKKOS_ARCH_AMPERE80
"$nvcc" -x cu -std=c++20 -arch=compute_80 -ptx -ccbin "$nbk_host_compiler" "${@:4}" "${include_flags[@]}" \
  -MD -MF "$3.d" -o "$3.new" "$2"
mv "$3.new" "$3"
sed -i "1s@^.*\.new *:@$3 :@" "$3.d"
