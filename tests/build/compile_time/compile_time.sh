#!/bin/bash
# SPDX-License-Identifier: MIT
# compile_time.sh SETTINGS RECORD KERNELS OPENMP ARCH: compiles the first program of README.md, from the headers alone
# and, where KERNELS is the folder of nbk::kernels' declarations, with these; writes the seconds of processor time of
# each to RECORD. OPENMP and ARCH are flags of the compiler, or empty.
set -euo pipefail
source "$1"
record=$2 kernels=$3 openmp=$4 arch=$5

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -n '/^```cpp$/,/^```$/p' "$nbk_source/README.md" | sed '1d; /^```$/,$d' >"$work/program.cpp"
grep -q 'int main' "$work/program.cpp" || { echo "FAILED: README.md does not begin with a program." >&2; exit 1; }

flags=(-std=gnu++20 -DKOKKOS_DEPENDENCE "-I$nbk_source/include")
[ -z "$openmp" ] || flags+=("$openmp")
IFS=: read -ra includes <<<"$nbk_includes"
for include in "${includes[@]}"; do flags+=(-isystem "$include"); done

# compile NAME FLAG...: a line of the record
compile() {
  local name=$1 seconds
  shift
  TIMEFORMAT=%U
  seconds=$({ time "$nbk_host_compiler" "${flags[@]}" "$@" -c "$work/program.cpp" -o "$work/program.o" 2>"$work/said"; } 2>&1) ||
    { cat "$work/said" >&2; echo "FAILED: README.md's program, $name." >&2; exit 1; }
  printf '%s\t%s s\t%s\n' "$name" "$seconds" "$*"
}
: >"$record"
compile headers -O2 >>"$record"
[ -z "$kernels" ] || compile kernels -O2 $arch -DNBK_COMPILED_KERNELS "-I$kernels" >>"$record"

cat "$record"
