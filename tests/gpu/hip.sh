#!/bin/bash
# SPDX-License-Identifier: MIT
# hip.sh SETTINGS PRECISION COUNT   compiles the kernels of a precision for AMD's devices
# hip.sh SETTINGS response          compiles the kernels of a detector's response
# hip.sh SETTINGS driver            compiles the driver's own part, for the host too
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
what=$2
architectures=(gfx90a gfx942)

prefix=$nbk_source/build/deps/debian-hip
[ -e "$prefix/.complete" ] || skip "HIP's headers could not be had; the case gpu/hip.setup says why."
clang=$(command -v clang++-19 || ls "$prefix/usr/lib/llvm-19/bin/clang++" 2>/dev/null) || skip "there is no clang++-19."
[ "$clang" = "${clang#"$prefix"}" ] || export LD_LIBRARY_PATH="$(echo "$prefix"/usr/lib/*-linux-gnu)"
bitcode=$(echo "$prefix"/usr/lib/*-linux-gnu/amdgcn/bitcode)

work=$nbk_build/hip
kokkos_headers "$work/headers-$what" HIP HIP KOKKOS_ARCH_AMD_GPU KOKKOS_ARCH_AMD_GFX90A KOKKOS_ARCH_VEGA KOKKOS_ARCH_VEGA90A
flags=(-x hip -std=c++20 -O3 --rocm-path=/usr "--hip-path=$prefix/usr" "--rocm-device-lib-path=$bitcode"
  -mcode-object-version=5 -Rpass-analysis=kernel-resource-usage)
# The one file of newer device libraries (cmake/debian-hip.sh) describes memory in more words than this compiler does;
# and that a kernel needs more registers than its block leaves it is measured below, where it matters.
[ "$nbk_werror" = ON ] && flags+=(-Wall -Wextra -Werror -Wno-linker-warnings -Wno-pass-failed)

source=$work/$what.cpp
[ "$what" != response ] || source=$nbk_source/tests/gpu/response.cpp
if [ "$what" = driver ]; then
  source=$nbk_source/bench/kernels/simulation.cpp
  include_flags+=("-I$work" -DNBK_COMPILED_KERNELS)
fi
log=$work/$what.log
compile() {
  "$clang" "${flags[@]}" "${include_flags[@]}" "$@" "$source" >"$log" 2>&1 || {
    grep -v 'remark:' "$log" | head -n 60
    fail "clang++ does not compile $source."
  }
}

if [ "$what" = driver ] || [ "$what" = response ]; then
  compile --offload-host-only --offload-arch=gfx90a -fsyntax-only
  for arch in "${architectures[@]}"; do compile --offload-device-only "--offload-arch=$arch" -S -o "$work/$what.s"; done
  exit 0
fi

# clang has a line for the kernel's name and for each resource.
resources=$work/$what.resources
: >"$resources"
for arch in "${architectures[@]}"; do
  compile --offload-device-only "--offload-arch=$arch" -S -o "$work/$what.s"
  sed -n 's/.*remark: *\(.*\) \[-Rpass.*/\1/p' "$log" | c++filt |
    sed -E "s@Function Name:.*$kernel_pattern.*@kernel $arch \\1 \\2 \\3 \\4@" | awk '
    /Function Name/ { name = "" }
    $1 == "kernel" { name = $2 " " $3 " " $4 " " $5 " " $6 }
    $1 == "VGPRs:" { registers = $2 }
    $1 == "AGPRs:" { registers += $2 }
    $1 == "ScratchSize" { scratch = $NF }
    $1 == "VGPRs" && $2 == "Spill:" && name != "" { print name, registers, scratch, $3 }' | sort >>"$resources"
  { [ "$what" != Fp32 ] && [ "$what" != Df64 ]; } || ! grep -nE '\bv_[a-z0-9_]*f64' "$work/$what.s" ||
    fail "the $what kernels use double in the lines above."
done
# Sums of two floats are for devices without fast double, and these have it: what spills here is only recorded.
memory=
[ "$what" != Df64 ] || memory=memory
check_resources "$resources" "$3" $memory
