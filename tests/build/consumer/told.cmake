# SPDX-License-Identifier: MIT
# What a consumer is told while he configures: that nothing is optimised, and what to do where Kokkos is not found.
file(REMOVE_RECURSE "${CASE}")
file(WRITE "${CASE}/CMakeLists.txt"
     "cmake_minimum_required(VERSION 3.25)\nproject(mine LANGUAGES CXX)\nfind_package(nbk REQUIRED)\n")

# configure(CODE TEXT ARGUMENT...): the output has the text (or has not, with NOT before it)
function(configure works text)
  file(REMOVE_RECURSE "${WORK}")
  unset(ENV{CXXFLAGS})
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${CASE}" -B "${WORK}" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
                          "-Dnbk_ROOT=${PREFIX}" ${ARGN}
                  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  string(REGEX REPLACE "^NOT " "" wanted "${text}")
  string(FIND "${output}" "${wanted}" place)
  if((text MATCHES "^NOT " AND NOT place EQUAL -1) OR (NOT text MATCHES "^NOT " AND place EQUAL -1))
    message(FATAL_ERROR "${ARGN}: expected \"${text}\" in:\n${output}")
  endif()
  if((works AND NOT result EQUAL 0) OR (NOT works AND result EQUAL 0))
    message(FATAL_ERROR "${ARGN}: ended with ${result}:\n${output}")
  endif()
endfunction()

set(kokkos "")
if(TOOLCHAIN)
  list(APPEND kokkos "-DCMAKE_TOOLCHAIN_FILE=${TOOLCHAIN}")
endif()
if(KOKKOS)
  list(APPEND kokkos "-DKokkos_ROOT=${KOKKOS}")
endif()
if(NOT GENERATOR MATCHES "Multi|Visual Studio|Xcode")
  configure(TRUE "neither CMAKE_BUILD_TYPE nor -O is set" ${kokkos})
endif()
configure(TRUE "NOT neither CMAKE_BUILD_TYPE nor -O is set" ${kokkos} -DCMAKE_BUILD_TYPE=Release)
configure(TRUE "NOT neither CMAKE_BUILD_TYPE nor -O is set" ${kokkos} -DCMAKE_CXX_FLAGS=-O2)
configure(FALSE "cmake/debian-kokkos.cmake" -DCMAKE_BUILD_TYPE=Release -DCMAKE_DISABLE_FIND_PACKAGE_Kokkos=ON)
