# SPDX-License-Identifier: MIT

# nbk_read_version(<variable> <header>): "major.minor.patch" from the NBK_VERSION_* macros of the header.
function(nbk_read_version variable header)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
  file(STRINGS "${header}" lines REGEX "^#define NBK_VERSION_(MAJOR|MINOR|PATCH) +[0-9]+")
  foreach(part IN ITEMS MAJOR MINOR PATCH)
    string(REGEX MATCH "NBK_VERSION_${part} +([0-9]+)" match "${lines}")
    if(NOT match)
      message(FATAL_ERROR "${header} does not define NBK_VERSION_${part}")
    endif()
    list(APPEND numbers "${CMAKE_MATCH_1}")
  endforeach()
  list(JOIN numbers "." version)
  set(${variable} "${version}" PARENT_SCOPE)
endfunction()
