# SPDX-License-Identifier: MIT
# The library itself: an INTERFACE target, what is installed, and how a consumer finds it again. The compiled libraries
# beside it are in bench/kernels/CMakeLists.txt.
file(GLOB_RECURSE nbk_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/nbk/*.hpp")

add_library(nbk INTERFACE)
add_library(nbk::nbk ALIAS nbk)
target_sources(nbk INTERFACE FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${nbk_headers})
target_compile_features(nbk INTERFACE cxx_std_20)
target_link_libraries(nbk INTERFACE Kokkos::kokkos)

option(NBK_INSTALL "Provide the install target" ${PROJECT_IS_TOP_LEVEL})
if(NBK_INSTALL)
  include(CMakePackageConfigHelpers)
  include(GNUInstallDirs)
  set(NBK_PACKAGE_DIR "${CMAKE_INSTALL_DATADIR}/cmake/nbk")
  install(TARGETS nbk EXPORT nbk-targets FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT nbk-targets NAMESPACE nbk:: FILE nbkTargets.cmake DESTINATION "${NBK_PACKAGE_DIR}")
  configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/nbkConfig.cmake.in" "${PROJECT_BINARY_DIR}/nbkConfig.cmake"
    INSTALL_DESTINATION "${NBK_PACKAGE_DIR}" NO_SET_AND_CHECK_MACRO)
  # The headers serve every processor; a Kokkos of another one is what a compiled library would not link with. Before 1.0 a new minor version may break a consumer.
  write_basic_package_version_file(
    "${PROJECT_BINARY_DIR}/nbkConfigVersion.cmake" COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
  install(FILES "${PROJECT_BINARY_DIR}/nbkConfig.cmake" "${PROJECT_BINARY_DIR}/nbkConfigVersion.cmake"
          DESTINATION "${NBK_PACKAGE_DIR}")
  install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
endif()
