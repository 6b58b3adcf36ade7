// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/diffuse_intensity.hpp"
#include "nbk/physics/polarization.hpp"
#include "nbk/physics/position.hpp"
#include "nbk/physics/radial_table.hpp"
#include "nbk/physics/scattering.hpp"
#include "nbk/physics/shape/shapes.hpp"
#include "nbk/physics/structure_factor/table.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk {

/// Rays of one direction; their wavelengths stand side by side in Tables::waves. For a fixed direction the Miller
/// indices scale with 1 / wavelength, so they are computed once for the group.
template <class G>
struct SourceGroup {
  Vec3<G> incident;  ///< unit vector
  physics::PolarizationAxes<G> axes;
  int first = 0, count = 0;  ///< range in Tables::waves
  G longest_wavelength_A = 0;
  G waves_per_inverse = 0;  ///< of wavelengths in order: their distance in Tables::waves for each 1/Angstrom of 1 /
                            ///< wavelength, on average; below 0 where this falls; 0: in no order
};

/// One wavelength of a direction.
template <class G>
struct Wave {
  G wavelength_A = 0, inverse_wavelength_per_A = 0;
  G weight = 1;  ///< relative to the mean over all rays; `corrected` only
  int structure_factor_set = 0;
};

/// Absorption in the sensor, layer by layer.
template <class G>
struct LayerTable {
  int count = 1;
  G step_m = 0;
  G attenuation_per_step = 0;  ///< step times the attenuation coefficient
  bool absorbing = false;      ///< false: everything is captured
};

/// Factors that multiply the running sum after every term: those of the -oversample_* flags.
struct CompoundedFactors {
  bool captured = false, polarization = false, solid_angle = false;
};

/// Compact spots: three planes of the lattice, as integer combinations of the cell axes, whose indices tell which packs
/// of pixels are away from all spots (kernel/near_spots.hpp). Made by plan/screening.hpp.
template <class L>
struct Screening {
  bool used = false;
  const physics::CellAxes<L>* planes = nullptr;  ///< per orientation, Angstrom
  Vec3<L> reach;  ///< largest distance of a plane's index from a whole number where a pack has a spot
};

/// Compact spots in a spectrum: what finds the wavelengths that see them (kernel/wavelength_window.hpp, which has the
/// meaning of the numbers). Made by plan/wavelength_windows.hpp.
template <class L>
struct WavelengthWindows {
  bool used = false;
  L radius_sqr = 0;        ///< squared radius of a spot in units of the spot axes, with its margin
  L box_radius_sqr = 0;    ///< the same of the ellipsoid about the box of all indices within LatticeParameters::reach
  L edge_per_A = 0;        ///< margin of each part of a spectrum, 1/Angstrom
  L parts_per_change = 0;  ///< parts of a spectrum for each |d - i| times its width in 1 / wavelength, Angstrom
  L parts_per_wave = 0;    ///< most parts for each wavelength where they cost less than all evaluations
};

/// Compact spots found from their reflections (plan/spot_list.hpp); read on hosts only. Made by
/// plan/spot_lists.hpp.
template <class L>
struct SpotLists {
  bool used = false;
  bool apart = false;  ///< no two spots overlap: a pixel in a spot has its reflection as the nearest
  double radius = 0;   ///< of a spot in units of the spot axes, with a margin
  L radius_sqr = 0;    ///< the same for kernel/spot_terms.hpp, squared
};

/// Row and column of a pixel on its panel.
struct PixelPlace {
  int fast = 0, slow = 0;

  /// Pixels from the beginning of an image or a mask whose rows are `stride` pixels apart.
  KOKKOS_INLINE_FUNCTION std::ptrdiff_t offset(std::ptrdiff_t stride) const {
    return static_cast<std::ptrdiff_t>(slow) * stride + fast;
  }
};

/// Listed pixels of a panel, for a Selection with runs.
struct ListedPixels {
  const PixelPlace* places = nullptr;
  const int* positions = nullptr;  ///< of the results, in the whole list
  int count = 0;
};

/// Everything a kernel reads of one panel, in the number types of a Precision: small things by value, tables as
/// pointers into the Views a Plan owns.
template <class PrecisionT>
struct Tables {
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  using A = typename PrecisionT::Accumulate;

  physics::PanelParameters<G> panel;
  physics::LatticeParameters<L> lattice;
  Screening<L> screening;
  WavelengthWindows<L> windows;
  SpotLists<L> spots;
  physics::StructureFactorTable<L> structure_factors;
  LayerTable<G> layers;
  PixelWindow window;
  ListedPixels listed;
  int first_fast = 0, first_slow = 0;  ///< numbers of the panel's first pixel, added to those in window and list
  int oversample = 1;

  bool rows_as_lines = false;  ///< see plan/line_rows.hpp; read on hosts only

  const SourceGroup<G>* groups = nullptr;
  const Wave<G>* waves = nullptr;
  int group_count = 0;
  int waves_per_anchor = 1;  ///< wavelengths whose lattice factors have one anchor (kernel/spot_line.hpp)
  int orientation_count = 0;
  const physics::CellAxes<G>* orientations = nullptr;  ///< [phi][domain]
  const physics::DiffuseTable<L>* diffuse = nullptr;   ///< nullptr: the crystal has no diffuse scattering
  const std::uint8_t* mask = nullptr;                  ///< [slow][fast], 0: not computed; nullptr: no mask
  int mask_stride = 0;                                 ///< pixels from one row of the mask to the next

  G kahn_factor = 0;
  bool polarized = true;
  G dmin_A = 0;
  A background = 0;  ///< start of the sum of a pixel
  bool background_present = false;
  A scale = 0;  ///< r_e^2 fluence / steps
  CompoundedFactors compounded;
  physics::RadialTable<L, G> materials;  ///< read by the kernel of materials alone
};

}  // namespace nbk
