# SPDX-License-Identifier: MIT
# Stops with one sentence if the Kokkos that was found is not what nbk, or the user, needs.
foreach(device IN LISTS NBK_REQUIRE_DEVICES)
  if(NOT device IN_LIST Kokkos_DEVICES)
    list(JOIN Kokkos_DEVICES ", " nbk_devices)
    message(FATAL_ERROR "nbk: NBK_REQUIRE_DEVICES asks for ${device}, but this Kokkos has ${nbk_devices}; "
                        "set Kokkos_ROOT to an installation with ${device}.")
  endif()
endforeach()
