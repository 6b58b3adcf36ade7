# SPDX-License-Identifier: MIT
# The project that README.md shows, exactly as it stands there, built against the installation and run.
file(READ "${NBK_SOURCE_DIR}/README.md" text)
string(REPLACE ";" "<semicolon>" text "${text}") # or CMake takes the text for a list

# The only block of a language.
function(write_block language file)
  string(REGEX MATCHALL "```${language}\n" begins "${text}")
  list(LENGTH begins count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "README.md has ${count} blocks of ${language}, and this test wants one")
  endif()
  string(FIND "${text}" "```${language}\n" begin)
  string(SUBSTRING "${text}" ${begin} -1 block)
  string(REGEX REPLACE "^```[a-z]*\n" "" block "${block}")
  string(FIND "${block}" "```" end)
  string(SUBSTRING "${block}" 0 ${end} block)
  string(REPLACE "<semicolon>" ";" block "${block}")
  file(WRITE "${CASE}/${file}" "${block}")
endfunction()

file(REMOVE_RECURSE "${CASE}")
write_block(cmake CMakeLists.txt)
write_block(cpp main.cpp)
file(STRINGS "${CASE}/CMakeLists.txt" lines)
list(LENGTH lines count)
if(NOT count EQUAL 5)
  message(FATAL_ERROR "README.md promises five lines and shows ${count}")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/build_and_run.cmake")
