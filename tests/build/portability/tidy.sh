#!/bin/bash
# SPDX-License-Identifier: MIT
# tidy.sh SETTINGS CLANG_TIDY SOURCE: no check of .clang-tidy has anything to say about the library's headers, as far as
# the source includes them. With one version of clang-tidy, since others check other things.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../../gpu/common.sh"
tidy=$2 source=$3
command -v "$tidy" >/dev/null || skip "there is no $tidy."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kokkos_headers "$work"
flags=(-std=c++20)
[ "$(uname -m)" != x86_64 ] || flags+=(-march=haswell)
"$tidy" --quiet "--config-file=$nbk_source/.clang-tidy" "--header-filter=^$nbk_source/include/nbk/" '--warnings-as-errors=*' \
  "$source" -- "${flags[@]}" "${include_flags[@]}"
