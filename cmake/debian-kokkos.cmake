# SPDX-License-Identifier: MIT
# Toolchain file: programs use the Kokkos that cmake/debian-kokkos.sh unpacked from Debian's own package.
#
#   cmake -S . -B <build folder> --toolchain cmake/debian-kokkos.cmake
#
# That package comes from Debian unstable and was built against a newer C library than Debian stable has. Programs are
# therefore compiled by the system's compiler against the package's headers, and run with the C and C++ libraries and
# the dynamic loader unpacked beside it: the system itself stays untouched.
# NBK_DEBIAN_KOKKOS (CMake or environment variable) names another folder than build/deps/debian-kokkos.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES NBK_DEBIAN_KOKKOS)
if(NOT NBK_DEBIAN_KOKKOS)
  if(DEFINED ENV{NBK_DEBIAN_KOKKOS})
    set(NBK_DEBIAN_KOKKOS "$ENV{NBK_DEBIAN_KOKKOS}")
  else()
    get_filename_component(NBK_DEBIAN_KOKKOS "${CMAKE_CURRENT_LIST_DIR}/../build/deps/debian-kokkos" ABSOLUTE)
  endif()
endif()
set(NBK_DEBIAN_KOKKOS "${NBK_DEBIAN_KOKKOS}" CACHE PATH "Where Debian's Kokkos package was unpacked")

file(GLOB nbk_loader "${NBK_DEBIAN_KOKKOS}/usr/lib*/ld-linux*.so.*" "${NBK_DEBIAN_KOKKOS}/usr/lib/*/ld-linux*.so.*")
file(GLOB nbk_libc "${NBK_DEBIAN_KOKKOS}/usr/lib/*/libc.so.6")
if(NOT nbk_loader OR NOT nbk_libc)
  message(FATAL_ERROR "nbk: there is no Kokkos in ${NBK_DEBIAN_KOKKOS}; run cmake/debian-kokkos.sh first.")
endif()
list(GET nbk_loader 0 nbk_loader)
get_filename_component(nbk_libs "${nbk_libc}" DIRECTORY)

set(NBK_Kokkos_PROVIDER "Debian's package, unpacked")
set(Kokkos_ROOT "${NBK_DEBIAN_KOKKOS}/usr")
# RPATH and not RUNPATH (--disable-new-dtags), because only RPATH also serves the libraries' own dependencies.
string(JOIN " " nbk_link_flags
  "-Wl,-rpath,\"${nbk_libs}\"" -Wl,--disable-new-dtags -Wl,--allow-shlib-undefined)
set(CMAKE_SHARED_LINKER_FLAGS_INIT "${nbk_link_flags}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "${nbk_link_flags} -Wl,--dynamic-linker,\"${nbk_loader}\"")
# The flags above name every folder needed; CMake's own search path would only warn about shadowing the system's libraries.
set(CMAKE_SKIP_RPATH ON)
