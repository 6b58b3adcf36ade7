# SPDX-License-Identifier: MIT
# add_shape.cmake: copies the headers of SOURCE to TARGET and adds a lattice shape there by the recipe of
# docs/architecture.md: one file, its include and its place in the list. The shape is Gauss under another name.
set(shapes "${TARGET}/nbk/physics/shape/shapes.hpp")
file(REMOVE_RECURSE "${TARGET}")
file(COPY "${SOURCE}/nbk" DESTINATION "${TARGET}")

file(READ "${TARGET}/nbk/physics/shape/gauss.hpp" text)
string(REPLACE "Gauss" "Bell" text "${text}")
string(REPLACE "gauss" "bell" text "${text}")
file(WRITE "${TARGET}/nbk/physics/shape/bell.hpp" "${text}")

file(READ "${shapes}" text)
string(REPLACE "#include \"nbk/physics/shape/gauss.hpp\"" 
       "#include \"nbk/physics/shape/bell.hpp\"\n#include \"nbk/physics/shape/gauss.hpp\"" with_file "${text}")
string(REGEX REPLACE "(\nusing Shapes = TypeList<[^>]*)>" "\\1, Bell>" with_both "${with_file}")
if(with_file STREQUAL text OR with_both STREQUAL with_file)
  message(FATAL_ERROR "${shapes} is not as the recipe says: no include of gauss.hpp, or no list")
endif()
file(WRITE "${shapes}" "${with_both}")
