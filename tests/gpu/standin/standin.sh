#!/bin/bash
# SPDX-License-Identifier: MIT
# standin.sh SETTINGS build                          builds the programs
# standin.sh SETTINGS kokkos FOLDER                  builds Kokkos' core with its CUDA backend in FOLDER
# standin.sh SETTINGS compile KOKKOS SOURCE OUT [FLAG...]
#                                                    an object against the Kokkos in that folder, and nvcc's code of
#                                                    exactly its kernels: OUT.ptx
# standin.sh SETTINGS PROGRAM [ARG...]               runs one
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
[ -n "$nbk_kokkos_source" ] || skip "NBK_KOKKOS_SOURCE names no source tree of Kokkos."
[ -e "$nbk_kokkos_source/bin/nvcc_wrapper" ] || fail "there are no sources of Kokkos in $nbk_kokkos_source."
[ -z "$nbk_run_unsuited" ] || skip "$nbk_run_unsuited"
nbk_kokkos_version=$(sed -n 's/^set(Kokkos_VERSION_MAJOR \([0-9]*\))/\1/p' "$nbk_kokkos_source/CMakeLists.txt")
find_nvcc

case $2 in
build)
  exec "$nbk_cmake" --build "$nbk_binary" --target nbk_gpu_standin -j 2
  ;;
kokkos)
  export NVCC_WRAPPER_DEFAULT_COMPILER=$nbk_host_compiler PATH="$(dirname "$nvcc"):$PATH"
  "$nbk_cmake" -S "$nbk_kokkos_source" -B "$3" -DCMAKE_CXX_COMPILER="$nbk_kokkos_source/bin/nvcc_wrapper" \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 -DCMAKE_CXX_STANDARD=20 -DKokkos_ENABLE_SERIAL=ON \
    -DKokkos_ENABLE_CUDA=ON -DKokkos_ARCH_AMPERE80=ON >"$3.log"
  exec "$nbk_cmake" --build "$3" --target kokkoscore
  ;;
compile)
  kokkos=$3 object=$5
  include_flags=("-I$nbk_source/include" "-I$nbk_source")
  for include in "$kokkos" "$kokkos/core/src" "$nbk_kokkos_source"/{core,containers,algorithms,simd}/src \
    "$nbk_kokkos_source"/tpls/{desul,mdspan}/include; do
    include_flags+=(-isystem "$include")
  done
  rm -rf "$object.keep"
  mkdir -p "$object.keep"
  "$nvcc" -std=c++20 -O1 -gencode arch=compute_80,code=compute_80 -ccbin "$nbk_host_compiler" \
    -Xcompiler -ffp-contract=off --keep --keep-dir "$object.keep" "${@:6}" "${include_flags[@]}" \
    -MD -MF "$object.d" -c -o "$object" "$4"
  for ptx in "$object.keep"/*.ptx; do [ ! -e "$ptx" ] || mv "$ptx" "$object.ptx"; done
  rm -rf "$object.keep"
  ;;
*)
  exec "$nbk_build/standin/$2" "${@:3}"
  ;;
esac
