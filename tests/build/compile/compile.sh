#!/bin/bash
# SPDX-License-Identifier: MIT
# compile.sh SETTINGS SOURCE: a source that says what is wrong with it, in a line "// says: MESSAGE", must not compile,
# and the compiler must give that message. One that says nothing must compile. Serial is the only execution space.
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../../gpu/common.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kokkos_headers "$work"
message=$(sed -n 's@^// says: @@p' "$2")
if said=$("$nbk_host_compiler" -std=c++20 -fsyntax-only "${include_flags[@]}" "$2" 2>&1); then
  [ -z "$message" ] || fail "$2 compiles."
  exit 0
fi
echo "$said"
[ -n "$message" ] || fail "$2 does not compile."
# Where another error comes first, nobody reads the message. (Kokkos may have its own to say about the memory that only
# stands for a device's.)
errors=$(sed -n '/error:/{/\/Kokkos_[A-Za-z]*\.hpp/d;p;}' <<<"$said")
first=${errors%%$'\n'*}  # a pipe to head would end with SIGPIPE now and then
grep -qF -- "$message" <<<"$first" || fail "the first error is not: $message"
