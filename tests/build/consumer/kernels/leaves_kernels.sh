#!/bin/sh
# SPDX-License-Identifier: MIT
# leaves_kernels.sh OBJECT...: fails where the object of main.cpp does not leave simulate() to the library.
for object; do
  case $object in
    *main.cpp*)
      nm -C "$object" | grep -q ' U .*nbk::.*simulate<' || { echo "$object has kernels of its own"; exit 1; }
      ;;
  esac
done
