# SPDX-License-Identifier: MIT
# Where nbk's dependencies come from. Each is looked for on the system first; if it is not there, the release named
# here is downloaded, checked against its SHA-256 and built as part of this project.
#
#   nbk_require(<package>...)   makes the packages' targets available, or stops with one sentence
#
# NBK_DEPENDENCIES: AUTO (installed, else download), INSTALLED (never download), FETCH (never look at the system).
# A dependency whose target exists already (a parent project brought it) is taken as it is.
include(FetchContent)

set(NBK_DEPENDENCIES AUTO CACHE STRING "Where dependencies come from: AUTO, INSTALLED or FETCH")
set_property(CACHE NBK_DEPENDENCIES PROPERTY STRINGS AUTO INSTALLED FETCH)
if(NOT NBK_DEPENDENCIES MATCHES "^(AUTO|INSTALLED|FETCH)$")
  message(FATAL_ERROR "NBK_DEPENDENCIES is '${NBK_DEPENDENCIES}' but must be AUTO, INSTALLED or FETCH")
endif()
set(NBK_DOWNLOADS "${PROJECT_BINARY_DIR}/downloads" CACHE PATH "Where downloaded releases are kept")
mark_as_advanced(NBK_DOWNLOADS)

include("${CMAKE_CURRENT_LIST_DIR}/NbkPins.cmake")

# nbk_download(<result> <url> <sha256>): path of the file, or "<reason>-NOTFOUND". Never stops the configuration.
function(nbk_download result url sha256)
  get_filename_component(name "${url}" NAME)
  set(file "${NBK_DOWNLOADS}/${sha256}-${name}")
  if(NOT EXISTS "${file}")
    file(DOWNLOAD "${url}" "${file}.part" INACTIVITY_TIMEOUT 8 TIMEOUT 300 STATUS status TLS_VERIFY ON)
    list(GET status 0 code)
    list(GET status 1 reason)
    if(code EQUAL 0)
      file(SHA256 "${file}.part" seen)
      if(seen STREQUAL sha256)
        file(RENAME "${file}.part" "${file}")
      else()
        set(reason "the file has another checksum than expected")
      endif()
    endif()
    file(REMOVE "${file}.part")
  endif()
  if(EXISTS "${file}")
    set(${result} "${file}" PARENT_SCOPE)
  else()
    string(REPLACE "\"" "" reason "${reason}")
    set(${result} "${reason}-NOTFOUND" PARENT_SCOPE)
  endif()
endfunction()

# A macro, so that the variables of a found package (Kokkos_DEVICES, ...) reach the caller.
macro(nbk_require)
  foreach(nbk_package IN ITEMS ${ARGN})
    if(TARGET ${NBK_${nbk_package}_TARGET})
      set(NBK_${nbk_package}_FROM "the parent project")
      continue()
    endif()
    if(NOT NBK_DEPENDENCIES STREQUAL "FETCH")
      # GLOBAL: who uses nbk by add_subdirectory has to see what nbk::nbk links to.
      find_package(${nbk_package} ${NBK_${nbk_package}_RANGE} QUIET GLOBAL)
      if(${nbk_package}_FOUND)
        set(NBK_${nbk_package}_FROM "installed")
        if(NBK_${nbk_package}_PROVIDER) # a toolchain file knows better
          set(NBK_${nbk_package}_FROM "${NBK_${nbk_package}_PROVIDER}")
        endif()
        continue()
      endif()
    endif()
    nbk_fetch(${nbk_package})
  endforeach()
endmacro()

function(nbk_fetch package)
  set(reason "and NBK_DEPENDENCIES=INSTALLED forbids a download")
  if(NOT NBK_DEPENDENCIES STREQUAL "INSTALLED")
    message(STATUS "nbk: downloading ${package} ${NBK_${package}_PINNED}")
    nbk_download(archive "${NBK_${package}_URL}" "${NBK_${package}_SHA256}")
    if(archive)
      # Some releases still name a CMake so old that the newest one refuses it.
      set(CMAKE_POLICY_VERSION_MINIMUM 3.5)
      cmake_language(CALL nbk_before_${package})
      FetchContent_Declare(${package} SYSTEM URL "${archive}" DOWNLOAD_EXTRACT_TIMESTAMP TRUE)
      FetchContent_MakeAvailable(${package})
      cmake_language(CALL nbk_after_${package})
      set(NBK_${package}_FROM "downloaded" PARENT_SCOPE)
      set(${package}_VERSION "${NBK_${package}_PINNED}" PARENT_SCOPE)
      return()
    endif()
    string(REGEX REPLACE "-NOTFOUND$" "" reason "${archive}")
    set(reason "and its release ${NBK_${package}_PINNED} could not be downloaded (${reason})")
  endif()
  message(FATAL_ERROR "nbk: ${package} is not installed ${reason}; "
                      "install it (${NBK_${package}_HINT}) or set ${package}_ROOT to where it is.")
endfunction()

# nbk_look_for_hdf5(): the target nbk_hdf5 where HDF5 with zlib is installed. It is never downloaded: what needs it is
# left out without it. The serial library of Debian serves beside a newer C library, too (cmake/debian-kokkos.cmake).
option(NBK_HDF5 "Write NXmx files, where HDF5 is installed" ON)
function(nbk_look_for_hdf5)
  set(NBK_HDF5_FROM "not built: HDF5 is not installed (Debian: libhdf5-dev), so there are no NXmx files" PARENT_SCOPE)
  if(NOT NBK_HDF5)
    set(NBK_HDF5_FROM "not built: NBK_HDF5 is OFF" PARENT_SCOPE)
    return()
  endif()
  # FindHDF5 would need a compiler of C. The serial library of Debian is called otherwise than everybody's.
  find_path(NBK_HDF5_INCLUDE hdf5.h PATH_SUFFIXES hdf5/serial)
  find_library(NBK_HDF5_LIBRARY NAMES hdf5_serial hdf5)
  mark_as_advanced(NBK_HDF5_INCLUDE NBK_HDF5_LIBRARY)
  find_package(ZLIB QUIET)
  if(NOT NBK_HDF5_INCLUDE OR NOT NBK_HDF5_LIBRARY OR NOT ZLIB_FOUND)
    return()
  endif()
  file(STRINGS "${NBK_HDF5_INCLUDE}/H5public.h" version REGEX "^#define H5_VERS_INFO")
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" version "${version}")
  if(version VERSION_LESS 1.10.5)
    set(NBK_HDF5_FROM "not built: HDF5 ${version} is older than 1.10.5, so there are no NXmx files" PARENT_SCOPE)
    return()
  endif()
  add_library(nbk_hdf5 INTERFACE)
  target_include_directories(nbk_hdf5 SYSTEM INTERFACE "${NBK_HDF5_INCLUDE}")
  target_link_libraries(nbk_hdf5 INTERFACE "${NBK_HDF5_LIBRARY}" ZLIB::ZLIB)
  set(NBK_HDF5_FROM "${version}, installed" PARENT_SCOPE)
endfunction()
