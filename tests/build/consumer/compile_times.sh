#!/bin/bash
# SPDX-License-Identifier: MIT
# compile_times.sh README WORK COMPILER FLAG...   Compiles README's program at -O2 with the headers alone and with the
# declarations of nbk::kernels, and says how long each takes. Times depend on the machine and its load, so the only
# bound is one of their ratio.
set -eu
readme=$1 work=$2 compiler=$3
shift 3
mkdir -p "$work"
awk '/^```cpp$/ { on = 1; next } /^```$/ { on = 0 } on' "$readme" >"$work/main.cpp"

# user_seconds FLAG...: processor time of a compilation
user_seconds() {
  local TIMEFORMAT=%U
  { time "$compiler" -std=gnu++20 -O2 "${flags[@]}" "$@" -c "$work/main.cpp" -o "$work/main.o" >"$work/log" 2>&1; } 2>&1
}
flags=("$@")
headers=$(user_seconds) || { cat "$work/log"; exit 1; }
kernels=$(user_seconds -DNBK_COMPILED_KERNELS) || { cat "$work/log"; exit 1; }
echo "README's program compiles in $headers s with the headers alone, in $kernels s with nbk::kernels"
awk -v a="$headers" -v b="$kernels" 'BEGIN { exit !(b > 0 && 2 * b < a) }' || {
  echo "nbk::kernels must at least halve the time"
  exit 1
}
