#!/bin/bash
# SPDX-License-Identifier: MIT
# compile.sh SETTINGS COMPILER SOURCE FLAG...: the source as an object, with Serial as the only execution space
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../../gpu/common.sh"
compiler=$2 source=$3
command -v "$compiler" >/dev/null || skip "there is no $compiler."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kokkos_headers "$work"
flags=(-std=c++20 -O1 -Wall -Wextra -Wconversion -Wshadow)
[ "$nbk_werror" = ON ] && flags+=(-Werror)
"$compiler" "${flags[@]}" "${@:4}" "${include_flags[@]}" -c "$source" -o "$work/object.o"
