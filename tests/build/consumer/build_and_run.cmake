# SPDX-License-Identifier: MIT
# Configures, builds and runs the consumer project in CASE, whose programs are PROGRAM, in the new folder WORK.
file(REMOVE_RECURSE "${WORK}")
set(arguments -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DNBK_SOURCE_DIR=${NBK_SOURCE_DIR}"
              "-DNBK_WANTED_VERSION=${NBK_VERSION}" "-Dnbk_ROOT=${PREFIX}"
              "-DNBK_TEST_WIDE_FLAGS=${WIDE_FLAGS}" "-DNBK_TEST_OTHER_FLAGS=${OTHER_FLAGS}"
              "-DNBK_TEST_SUBDIRECTORY=${SUBDIRECTORY}")
if(TOOLCHAIN)
  list(APPEND arguments "-DCMAKE_TOOLCHAIN_FILE=${TOOLCHAIN}")
endif()
if(KOKKOS)
  list(APPEND arguments "-DKokkos_ROOT=${KOKKOS}")
endif()

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${result}:\n${output}")
  endif()
endfunction()

run("${CMAKE_COMMAND}" -S "${CASE}" -B "${WORK}" ${arguments})
run("${CMAKE_COMMAND}" --build "${WORK}" --config Release)
foreach(program IN LISTS PROGRAM)
  run("${WORK}/${program}")
endforeach()
