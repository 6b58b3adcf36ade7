# SPDX-License-Identifier: MIT
# What the compiled libraries nbk::kernels and nbk::runtime have in common.

# nbk_instruction_set(<name> <condition>): what nbk/simd/isa.hpp calls the instruction set of nbk's own programs (avx512,
# avx2, neon or one_lane), and what the preprocessor says of it.
function(nbk_instruction_set name condition)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_QUIET TRUE)
  set(CMAKE_REQUIRED_FLAGS "${NBK_ARCH_FLAGS}")
  set(CMAKE_REQUIRED_INCLUDES "${PROJECT_SOURCE_DIR}/include")
  string(MD5 flags "${CMAKE_CXX_COMPILER} ${CMAKE_CXX_FLAGS} ${NBK_ARCH_FLAGS}")
  foreach(isa IN ITEMS AVX512 AVX2 NEON)
    set(seen NBK_HAS_${isa}_${flags})
    check_cxx_source_compiles(
      "#include <nbk/simd/isa.hpp>\n#ifndef NBK_SIMD_${isa}\n#error another\n#endif\nint main() {}" ${seen})
    if(${seen})
      string(TOLOWER "${isa}" lower)
      set(${name} ${lower} PARENT_SCOPE)
      set(${condition} "defined(NBK_SIMD_${isa})" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${name} one_lane PARENT_SCOPE)
  set(${condition} "!defined(NBK_SIMD_AVX512) && !defined(NBK_SIMD_AVX2) && !defined(NBK_SIMD_NEON)" PARENT_SCOPE)
endfunction()

# nbk_export_compiled(<target> <component> [<further arguments of install(TARGETS)>]): the target nbk::<component>,
# installed as a component of the package.
function(nbk_export_compiled target component)
  add_library(nbk::${component} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${component})
  if(NBK_INSTALL)
    install(TARGETS ${target} EXPORT nbk-${component}-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" ${ARGN})
    install(EXPORT nbk-${component}-targets NAMESPACE nbk:: FILE nbkComponent-${component}.cmake
            DESTINATION "${NBK_PACKAGE_DIR}")
  endif()
endfunction()
