#!/bin/bash
# SPDX-License-Identifier: MIT
# consumer_matrix.sh SETTINGS SOURCE...: consumer.sh for each source with both compilers, both ways to include and all
# levels of optimisation. For the hand: it takes a quarter of an hour for a source.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
settings=$1
failed=0
for source in "${@:2}"; do
  for compiler in g++-12 clang++-14; do
    for mode in plain system; do
      for level in "-O0" "-O1" "-O2" "-O3" "-O3 -march=native"; do
        # Words, not one argument.
        # shellcheck disable=SC2086
        if bash "$here/consumer.sh" "$settings" "$compiler" "$mode" "$source" $level; then
          echo "ok      $compiler $mode $level $(basename "$source")"
        else
          echo "FAILED  $compiler $mode $level $(basename "$source")"
          failed=1
        fi
      done
    done
  done
done
exit $failed
