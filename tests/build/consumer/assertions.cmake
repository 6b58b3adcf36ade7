# SPDX-License-Identifier: MIT
# What holds in every consumer project after it got nbk. Included twice: before nbk (records), and after it (compares).
set(watched CMAKE_CXX_FLAGS CMAKE_CXX_FLAGS_RELEASE CMAKE_BUILD_TYPE CMAKE_CXX_STANDARD CMAKE_CXX_EXTENSIONS
            CMAKE_MODULE_PATH CMAKE_PREFIX_PATH CMAKE_POSITION_INDEPENDENT_CODE CMAKE_EXE_LINKER_FLAGS BUILD_TESTING
            BUILD_SHARED_LIBS CMAKE_RUNTIME_OUTPUT_DIRECTORY PROJECT_NAME PROJECT_VERSION
            CMAKE_PROJECT_NAME CMAKE_PROJECT_VERSION)
set(watched_properties COMPILE_OPTIONS COMPILE_DEFINITIONS INCLUDE_DIRECTORIES LINK_OPTIONS LINK_LIBRARIES)

if(NOT DEFINED recorded)
  set(recorded TRUE)
  foreach(name IN LISTS watched)
    set(before_${name} "${${name}}")
  endforeach()
  foreach(name IN LISTS watched_properties)
    get_property(before_${name} DIRECTORY PROPERTY ${name})
  endforeach()
  get_property(before_cache DIRECTORY PROPERTY CACHE_VARIABLES)
  return()
endif()

foreach(name IN LISTS watched)
  if(NOT "${${name}}" STREQUAL "${before_${name}}")
    message(SEND_ERROR "nbk changed ${name} from '${before_${name}}' to '${${name}}'")
  endif()
endforeach()
foreach(name IN LISTS watched_properties)
  get_property(now DIRECTORY PROPERTY ${name})
  if(NOT "${now}" STREQUAL "${before_${name}}")
    message(SEND_ERROR "nbk changed the directory's ${name} from '${before_${name}}' to '${now}'")
  endif()
endforeach()

# Cache entries: nbk's own, and what finding Kokkos leaves.
get_property(cache DIRECTORY PROPERTY CACHE_VARIABLES)
if(before_cache)
  list(REMOVE_ITEM cache ${before_cache})
endif()
list(FILTER cache EXCLUDE REGEX
     "^(NBK_|nbk_|Kokkos_|KOKKOS_|OpenMP_|FETCHCONTENT_|FIND_PACKAGE_MESSAGE_|CMAKE_HAVE_LIBC_PTHREAD|_?OPENMP)")
if(cache)
  message(SEND_ERROR "nbk left entries in the cache that are not its own: ${cache}")
endif()

# Targets: nbk::nbk, and none of those of its programs, its tests or their dependencies.
if(NOT TARGET nbk::nbk)
  message(SEND_ERROR "there is no target nbk::nbk")
endif()
foreach(name IN ITEMS nbk_own nbk_kernels nbk_reference nbk_driver nbk_tests nbk_header_check nbk-bench nbk-render fmt::fmt
                      nlohmann_json::nlohmann_json doctest::doctest CLI11::CLI11 PNG::PNG)
  if(TARGET ${name})
    message(SEND_ERROR "nbk brought the target ${name}")
  endif()
endforeach()
get_property(folders DIRECTORY PROPERTY SUBDIRECTORIES)
foreach(folder IN LISTS folders)
  get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  if(targets AND NOT targets STREQUAL "nbk")
    message(SEND_ERROR "nbk brought the targets ${targets}")
  endif()
  get_property(tests DIRECTORY "${folder}" PROPERTY TESTS)
  if(tests)
    message(SEND_ERROR "nbk brought the tests ${tests}")
  endif()
endforeach()

# What using nbk adds to a command line: C++20 and Kokkos, nothing else.
get_target_property(options nbk::nbk INTERFACE_COMPILE_OPTIONS)
get_target_property(definitions nbk::nbk INTERFACE_COMPILE_DEFINITIONS)
get_target_property(links nbk::nbk INTERFACE_LINK_LIBRARIES)
get_target_property(features nbk::nbk INTERFACE_COMPILE_FEATURES)
if(options OR definitions)
  message(SEND_ERROR "nbk::nbk passes on options '${options}' and definitions '${definitions}'")
endif()
if(NOT links STREQUAL "Kokkos::kokkos" OR NOT features STREQUAL "cxx_std_20")
  message(SEND_ERROR "nbk::nbk links '${links}' and wants '${features}'")
endif()
