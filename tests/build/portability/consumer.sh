#!/bin/bash
# SPDX-License-Identifier: MIT
# consumer.sh SETTINGS COMPILER plain|system SOURCE FLAG...: a program of somebody else, with his warnings as errors.
# nbk's headers stand on the include path as his own do (plain) or as those of the system (system). None of nbk's own
# exceptions (cmake/NbkOwn.cmake) is used here. All combinations, by hand: consumer_matrix.sh.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../../gpu/common.sh"
compiler=$2 mode=$3 source=$4
command -v "$compiler" >/dev/null || skip "there is no $compiler."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kokkos_headers "$work"
flags=(-std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror)
# Kokkos is no part of this test.
includes=(-isystem "$work")
for flag in "${include_flags[@]}"; do
  [ "$flag" = "-I$work" ] || includes+=("$flag")
done
if [ "$mode" = system ]; then
  for i in "${!includes[@]}"; do
    [ "${includes[$i]}" != "-I$nbk_source/include" ] || includes[$i]="-isystem$nbk_source/include"
  done
fi
"$compiler" "${flags[@]}" "${@:5}" "${includes[@]}" -c "$source" -o "$work/object.o"
