#!/bin/bash
# SPDX-License-Identifier: MIT
# symbols.sh NM OBJECT;OBJECT;...: no two of the objects, which are compiled for different processors, may define the
# same function that has to do with packs: the linker would keep one of the two for both.
set -euo pipefail
nm=$1
IFS=';' read -ra objects <<<"$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for i in "${!objects[@]}"; do
  "$nm" --defined-only "${objects[i]}" | awk 'NF == 3 && $2 !~ /[a-z]/ || $2 == "u" { print $3 }' | sort -u >"$work/$i"
  # (all of it is there: a file without kernels would pass)
  grep -q SegmentKernel "$work/$i" || { echo "FAILED: ${objects[i]} has no kernels." >&2; exit 1; }
done
shared() { comm -12 "$work/$1" "$work/$2" | c++filt; }
bad=0
for i in "${!objects[@]}"; do
  for ((j = i + 1; j < ${#objects[@]}; ++j)); do
    echo "$(shared "$i" "$j" | wc -l) functions in both ${objects[i]##*/dir/} and ${objects[j]}, of nbk:"
    shared "$i" "$j" | grep 'nbk::' || true
    ! shared "$i" "$j" | grep -E 'nbk::(simd|kernel|launch)::|nbk::simulate|Pack<|Mask<|PackWidth' >"$work/bad" || {
      echo "FAILED: these depend on the processor:" >&2
      cat "$work/bad" >&2
      bad=1
    }
  done
done
exit $bad
