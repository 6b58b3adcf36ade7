# SPDX-License-Identifier: MIT
# gemmi, which reads MTZ, CIF and coordinates for nbk's programs. It is optional and never downloaded.
#
#   nbk_find_gemmi()   makes the target nbk_gemmi and sets NBK_GEMMI_FROM, or sets NBK_GEMMI_MISSING to a sentence
#
# Up to 0.5 gemmi is headers alone, and its CIF parser needs PEGTL beside it (Debian 12: gemmi-dev, tao-pegtl-dev); from
# 0.6 on it is a library with CMake files of its own.
include(CheckCXXSourceCompiles)

option(NBK_WITH_GEMMI "Read MTZ, CIF and coordinates by gemmi, where it is installed" ON)

function(nbk_find_gemmi)
  set(hint "install it (Debian: gemmi-dev and tao-pegtl-dev) and configure again")
  set(without "so nbk-render reads no MTZ, CIF and coordinates")
  if(NOT NBK_WITH_GEMMI)
    set(NBK_GEMMI_MISSING "NBK_WITH_GEMMI is OFF, ${without}; configure with -DNBK_WITH_GEMMI=ON" PARENT_SCOPE)
    return()
  endif()
  find_package(gemmi 0.6 QUIET CONFIG)
  if(TARGET gemmi::gemmi_cpp)
    add_library(nbk_gemmi INTERFACE)
    target_link_libraries(nbk_gemmi INTERFACE gemmi::gemmi_cpp)
    set(NBK_GEMMI_FROM "${gemmi_VERSION} (library)" PARENT_SCOPE)
    return()
  endif()
  find_path(NBK_GEMMI_INCLUDE_DIR gemmi/mtz.hpp HINTS "${gemmi_ROOT}" ENV gemmi_ROOT PATH_SUFFIXES include)
  find_path(NBK_PEGTL_INCLUDE_DIR tao/pegtl.hpp HINTS "${NBK_GEMMI_INCLUDE_DIR}" PATH_SUFFIXES gemmi/third_party
                                                                                          third_party)
  mark_as_advanced(NBK_GEMMI_INCLUDE_DIR NBK_PEGTL_INCLUDE_DIR)
  if(NOT NBK_GEMMI_INCLUDE_DIR)
    set(NBK_GEMMI_MISSING "gemmi is not installed, ${without}; ${hint}" PARENT_SCOPE)
    return()
  endif()
  file(STRINGS "${NBK_GEMMI_INCLUDE_DIR}/gemmi/version.hpp" version REGEX "#define GEMMI_VERSION ")
  string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" version "${version}")
  if(version VERSION_LESS 0.5.7 OR NOT version VERSION_LESS 0.6)
    # A newer one's headers need its library, whose CMake files were not found.
    set(NBK_GEMMI_MISSING
        "the headers of gemmi ${version} are there without its library, ${without}; set gemmi_ROOT to where it is"
        PARENT_SCOPE)
  elseif(NOT NBK_PEGTL_INCLUDE_DIR)
    set(NBK_GEMMI_MISSING "PEGTL, which gemmi's CIF parser needs, is not installed, ${without}; ${hint}" PARENT_SCOPE)
  else()
    # clang 14 and libstdc++ 12 disagree about an incomplete type in gemmi 0.5.7 where the standard is C++20.
    set(CMAKE_REQUIRED_QUIET TRUE)
    set(CMAKE_REQUIRED_INCLUDES "${NBK_GEMMI_INCLUDE_DIR}" "${NBK_PEGTL_INCLUDE_DIR}")
    set(CMAKE_REQUIRED_DEFINITIONS -DUSE_STD_SNPRINTF)
    set(CMAKE_CXX_STANDARD 20)
    string(MD5 seen "${CMAKE_CXX_COMPILER} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_CXX_FLAGS} ${CMAKE_REQUIRED_INCLUDES}")
    check_cxx_source_compiles("#include <gemmi/cif.hpp>\n#include <gemmi/mtz.hpp>\nint main() {}" NBK_GEMMI_COMPILES_${seen})
    if(NOT NBK_GEMMI_COMPILES_${seen})
      set(NBK_GEMMI_MISSING
          "this compiler cannot use the headers of gemmi ${version}, ${without}; take g++ or a newer gemmi" PARENT_SCOPE)
      return()
    endif()
    add_library(nbk_gemmi INTERFACE)
    target_include_directories(nbk_gemmi SYSTEM INTERFACE "${NBK_GEMMI_INCLUDE_DIR}" "${NBK_PEGTL_INCLUDE_DIR}")
    # Debian's headers lack a small library that formats numbers; the standard's function serves.
    target_compile_definitions(nbk_gemmi INTERFACE USE_STD_SNPRINTF)
    if(NBK_SANITIZE)
      # The vectors of its FFT ask aligned_alloc for sizes that are no multiples of the alignment. The sanitizer stops
      # there, and glibc does not mind.
      target_compile_definitions(nbk_gemmi INTERFACE POCKETFFT_NO_VECTORS)
    endif()
    set(NBK_GEMMI_FROM "${version} (headers)" PARENT_SCOPE)
  endif()
endfunction()
