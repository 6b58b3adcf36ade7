# SPDX-License-Identifier: MIT
# Installs nbk, then moves the installation: it has to work from wherever it is copied to.
file(REMOVE_RECURSE "${PREFIX}" "${PREFIX}.first")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${NBK_BINARY_DIR}" --prefix "${PREFIX}.first"
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${PREFIX}.first" "${PREFIX}")

file(GLOB_RECURSE files "${PREFIX}/*.cmake")
foreach(file IN LISTS files)
  if(NOT file MATCHES "/nbk/nbk[^/]*$")
    continue()
  endif()
  file(READ "${file}" text)
  foreach(path IN ITEMS "${NBK_SOURCE_DIR}" "${NBK_BINARY_DIR}" "${PREFIX}")
    # At the beginning of a word: a checkout in /nbk is not what "include/nbk" speaks of.
    foreach(before IN ITEMS "\"" " " "\\;" "=" "\n")
      string(FIND "${text}" "${before}${path}" place)
      if(NOT place EQUAL -1)
        message(FATAL_ERROR "${file} holds the absolute path ${path}, so the installation cannot be moved")
      endif()
    endforeach()
  endforeach()
endforeach()
foreach(name IN ITEMS nbkConfig.cmake nbkConfigVersion.cmake nbkTargets.cmake nbkComponent-kernels.cmake
                      nbkComponent-runtime.cmake)
  if(NOT EXISTS "${PREFIX}/share/cmake/nbk/${name}")
    message(FATAL_ERROR "${name} was not installed")
  endif()
endforeach()

# Every header and nothing else of nbk.
file(GLOB_RECURSE headers RELATIVE "${NBK_SOURCE_DIR}/include" "${NBK_SOURCE_DIR}/include/nbk/*.hpp")
file(GLOB_RECURSE installed RELATIVE "${PREFIX}/include" "${PREFIX}/include/nbk/*")
list(SORT headers)
list(SORT installed)
if(NOT headers STREQUAL installed)
  message(FATAL_ERROR "the installed headers differ from those of the source:\n  ${headers}\n  ${installed}")
endif()
