# SPDX-License-Identifier: MIT
# Writes build_info.hpp: what only the build knows and a benchmark record has to state.
set(NBK_BUILD_INFO_DIR "${PROJECT_BINARY_DIR}/generated")
string(TOUPPER "${CMAKE_BUILD_TYPE}" nbk_type)
set(NBK_BUILD_FLAGS "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${nbk_type}}")
string(APPEND NBK_BUILD_FLAGS " ${NBK_ARCH_FLAGS}")
if(NBK_SANITIZE)
  string(APPEND NBK_BUILD_FLAGS " -fsanitize=${nbk_sanitizers}")
endif()
string(STRIP "${NBK_BUILD_FLAGS}" NBK_BUILD_FLAGS)
configure_file("${PROJECT_SOURCE_DIR}/cmake/build_info.hpp.in" "${NBK_BUILD_INFO_DIR}/build_info.hpp" @ONLY)
