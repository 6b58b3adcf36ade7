#!/bin/bash
# SPDX-License-Identifier: MIT
# doxygen.sh REPOSITORY FOLDER: doxygen over the headers, as docs/Doxyfile says, into FOLDER; any warning is a failure.
set -euo pipefail
cd "$1"
command -v doxygen >/dev/null || {
  echo "skipped: there is no doxygen."
  exit 77
}
rm -rf "$2"
mkdir -p "$2"
{
  cat docs/Doxyfile
  echo "OUTPUT_DIRECTORY = $2"
  echo "GENERATE_HTML = NO"
} >"$2/Doxyfile"
said=$(doxygen "$2/Doxyfile" 2>&1)
[ -z "$said" ] || {
  echo "$said"
  exit 1
}
[ -e "$2/xml/namespacenbk.xml" ] || {
  echo "doxygen found nothing."
  exit 1
}
