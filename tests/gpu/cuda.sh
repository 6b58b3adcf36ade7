#!/bin/bash
# SPDX-License-Identifier: MIT
# cuda.sh SETTINGS PRECISION COUNT   compiles the kernels of a precision for NVIDIA's devices, and looks at their code
# cuda.sh SETTINGS response          compiles the kernels of a detector's response
# cuda.sh SETTINGS driver            compiles the driver's own part
# cuda.sh SETTINGS compile WHAT      what the build tree calls for each of them
# The code is compiled once, for the oldest architecture, and assembled for all of them. WHAT.ptx is that code, which
# tests/gpu/run translates; the build tree keeps it until a source changes.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
what=$2
architectures=(sm_80 sm_90)

find_nvcc
work=$nbk_build/cuda

compile() {
  local what=$1 keep=$work/$1.keep source=$work/$1.cpp log=$work/$1.log
  rm -rf "$keep"
  mkdir -p "$keep"
  kokkos_headers "$work/headers-$what" CUDA Cuda KOKKOS_ARCH_AMPERE KOKKOS_ARCH_AMPERE80
  local flags=(-x cu -std=c++20 -gencode "arch=compute_80,code=[$(IFS=,; echo "${architectures[*]}")]" -Xptxas -v
    -Werror cross-execution-space-call --keep --keep-dir "$keep" -ccbin "$nbk_host_compiler")
  [ "$nbk_werror" = ON ] && flags+=(-Werror all-warnings)
  [ "$what" != response ] || source=$nbk_source/tests/gpu/response.cpp
  if [ "$what" = driver ]; then
    source=$nbk_source/bench/kernels/simulation.cpp
    include_flags+=("-I$work" -DNBK_COMPILED_KERNELS)
  fi
  "$nvcc" "${flags[@]}" "${include_flags[@]}" -MD -MF "$work/$what.ptx.d" -c "$source" -o "$work/$what.o" \
    >"$log" 2>&1 || {
    grep -v '^ptxas info' "$log" | head -n 60
    fail "nvcc $major does not compile $source."
  }
  local ptx=("$keep"/*.ptx)
  [ -s "${ptx[0]}" ] || fail "nvcc left no PTX in $keep."
  [ ${#ptx[@]} -eq 1 ] || fail "nvcc left more than one PTX in $keep."
  mv "${ptx[0]}" "$work/$what.ptx"
  sed -i "1s@^[^ ]*\.o *:@$work/$what.ptx :@" "$work/$what.ptx.d"
  rm -rf "$keep" "$work/$what.o"
}

if [ "$what" = compile ]; then
  compile "$3"
  exit
fi
"$nbk_cmake" --build "$nbk_binary" --target "nbk_gpu_cuda_$what"
{ [ "$what" = driver ] || [ "$what" = response ]; } && exit 0

# ptxas names a kernel and its architecture, then its stack and spills, then its registers.
c++filt <"$work/$what.log" | sed -E "s@.*Compiling entry.*$kernel_pattern.*for '(.*)'@kernel \\6 \\1 \\2 \\3 \\4@" | awk '
  /Compiling entry/ { name = "" }
  $1 == "kernel" { name = $2 " " $3 " " $4 " " $5 " " $6 }
  /bytes stack frame/ { stack = $1; spilled = $5 + $9 }
  $4 == "Used" && name != "" { print name, $5, stack, spilled }' | sort >"$work/$what.resources"
check_resources "$work/$what.resources" "$3"

if [ "$what" = Fp32 ] || [ "$what" = Df64 ]; then
  ! grep -n '\.f64' "$work/$what.ptx" || fail "the $what kernels use double in the lines above."
fi
