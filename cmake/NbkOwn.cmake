# SPDX-License-Identifier: MIT
# What nbk's own programs and tests are compiled with. Nothing of this is exported or reaches a consumer.
set(nbk_warnings -Wall -Wextra -Wconversion -Wshadow)
# g++ 12 and 13 see uninitialised values in their own AVX-512 headers and in any std::optional inlined far enough, and
# overlaps in std::string's operator+.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  list(APPEND nbk_warnings -Wno-uninitialized -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(NBK_WERROR)
  list(APPEND nbk_warnings -Werror)
endif()

set(nbk_warnings "$<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang,IntelLLVM>:${nbk_warnings}>")

# For what need not be fast; nvcc warns of a second -O.
set(nbk_unoptimised "$<$<COMPILE_LANGUAGE:CXX>:-O0>")
if(Kokkos_DEVICES MATCHES "CUDA|Cuda")
  set(nbk_unoptimised "")
endif()

add_library(nbk_own INTERFACE)
target_link_libraries(nbk_own INTERFACE nbk::nbk)
target_compile_options(nbk_own INTERFACE "${nbk_warnings}")
if(Kokkos_DEVICES MATCHES "CUDA|Cuda")
  # fmt 9 takes nvcc to know no constexpr, and then does not compile in C++20.
  target_compile_definitions(nbk_own INTERFACE FMT_USE_CONSTEXPR=1)
endif()
# The processor, for nbk's own programs and for who links nbk::kernels.
set(NBK_ARCH_FLAGS "")
if(NBK_ARCH)
  set(NBK_ARCH_FLAGS "-march=${NBK_ARCH}")
elseif(NBK_NATIVE)
  include(CheckCXXCompilerFlag)
  check_cxx_compiler_flag(-march=native NBK_HAS_MARCH_NATIVE)
  if(NBK_HAS_MARCH_NATIVE)
    set(NBK_ARCH_FLAGS -march=native)
  endif()
endif()
target_compile_options(nbk_own INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:${NBK_ARCH_FLAGS}>")
if(NBK_SANITIZE)
  list(JOIN NBK_SANITIZE "," nbk_sanitizers)
  target_compile_options(nbk_own INTERFACE -fsanitize=${nbk_sanitizers} -fno-omit-frame-pointer
                                           -fno-sanitize-recover=all)
  target_link_options(nbk_own INTERFACE -fsanitize=${nbk_sanitizers})
endif()

# nbk_precompile(TARGET HEADER...): headers of other projects that most files of a target include, parsed once instead
# of per file. Not through a compiler wrapper for devices, which does not know precompiled headers.
function(nbk_precompile target)
  if(NOT Kokkos_DEVICES MATCHES "CUDA|HIP|SYCL|Cuda")
    target_precompile_headers(${target} PRIVATE ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
      # From a precompiled header the false alarms inside std::string are no longer taken for a system header's.
      target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
    endif()
  endif()
endfunction()
