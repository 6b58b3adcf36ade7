#!/bin/bash
# SPDX-License-Identifier: MIT
# cuda.sh SETTINGS PRECISION COUNT   compiles the kernels of a precision for NVIDIA's devices
# cuda.sh SETTINGS response          compiles the kernels of a detector's response
# cuda.sh SETTINGS driver            compiles the driver's own part
# The code is compiled once, for the oldest architecture, and assembled for all of them.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
what=$2
architectures=(sm_80 sm_90)

find_nvcc

work=$nbk_build/cuda
rm -rf "$work/$what"
mkdir -p "$work/$what"
kokkos_headers "$work/headers-$what" CUDA Cuda KOKKOS_ARCH_AMPERE KOKKOS_ARCH_AMPERE80
flags=(-x cu -std=c++20 -gencode "arch=compute_80,code=[$(IFS=,; echo "${architectures[*]}")]" -Xptxas -v
  -Werror cross-execution-space-call --keep --keep-dir "$work/$what" -ccbin "$nbk_host_compiler")
[ "$nbk_werror" = ON ] && flags+=(-Werror all-warnings)

source=$work/$what.cpp
[ "$what" != response ] || source=$nbk_source/tests/gpu/response.cpp
if [ "$what" = driver ]; then
  source=$nbk_source/bench/kernels/simulation.cpp
  include_flags+=("-I$work" -DNBK_COMPILED_KERNELS)
fi
log=$work/$what.log
"$nvcc" "${flags[@]}" "${include_flags[@]}" -c "$source" -o "$work/$what.o" >"$log" 2>&1 || {
  grep -v '^ptxas info' "$log" | head -n 60
  fail "nvcc $major does not compile $source."
}
{ [ "$what" = driver ] || [ "$what" = response ]; } && exit 0

# ptxas names a kernel and its architecture, then its stack and spills, then its registers.
c++filt <"$log" | sed -E "s@.*Compiling entry.*$kernel_pattern.*for '(.*)'@kernel \\6 \\1 \\2 \\3 \\4@" | awk '
  /Compiling entry/ { name = "" }
  $1 == "kernel" { name = $2 " " $3 " " $4 " " $5 " " $6 }
  /bytes stack frame/ { stack = $1; spilled = $5 + $9 }
  $4 == "Used" && name != "" { print name, $5, stack, spilled }' | sort >"$work/$what.resources"
check_resources "$work/$what.resources" "$3"

if [ "$what" = Fp32 ] || [ "$what" = Df64 ]; then
  ptx=("$work/$what"/*.ptx)
  [ -s "${ptx[0]}" ] || fail "nvcc left no PTX in $work/$what."
  ! grep -n '\.f64' "${ptx[@]}" || fail "the $what kernels use double in the lines above."
fi
rm -rf "${work:?}/$what"
