#!/bin/bash
# SPDX-License-Identifier: MIT
# run.sh SETTINGS build            builds the programs that run device code
# run.sh SETTINGS PROGRAM [ARG...] runs one
set -euo pipefail
source "$1"
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
[ -z "$nbk_run_unsuited" ] || skip "$nbk_run_unsuited"
find_nvcc
if [ "$2" = build ]; then
  exec "$nbk_cmake" --build "$nbk_binary" --target nbk_gpu_run -j 2
fi
exec "$nbk_build/run/$2" "${@:3}"
