#!/bin/bash
# SPDX-License-Identifier: MIT
# refused.sh SETTINGS WORD FLAG...: with these flags the library must not compile, and say so in a sentence that begins
# "nbk needs a WORD processor"; without them it must.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../../gpu/common.sh"
header=$nbk_source/include/nbk/core/platform.hpp
compile() { "$nbk_host_compiler" -std=c++20 -fsyntax-only -x c++ "$@" "$header" 2>&1; }

compile || fail "$header does not compile for this machine."
said=$(compile -w "${@:3}") && fail "$header compiles with ${*:3}."
echo "$said"
grep -q "nbk needs a $2 processor" <<<"$said" || fail "that is not what should have been said."
