// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/math/ran1.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/physics/position.hpp"

#include <array>
#include <optional>
#include <vector>

namespace nbk {

/// One panel, fully resolved: where its pixels are. Laboratory frame.
struct PanelGeometry {
  int pixels_fast = 0;           ///< pixels of a row
  int pixels_slow = 0;           ///< rows
  int first_fast = 0;            ///< column of the first pixel, counted from `origin_m`; see nbk::Panel
  int first_slow = 0;            ///< row of the first pixel, likewise
  double pixel_size_m = 0;       ///< side of the square pixels
  Vec3d fast;                    ///< unit vector along rows, after all rotations
  Vec3d slow;                    ///< unit vector from row to row
  Vec3d normal;                  ///< unit vector away from the sample
  Vec3d origin_m;                ///< outer corner of the pixel that columns and rows are counted from
  double close_distance_m = 0;   ///< sample to plane along the normal; enters the solid angle
  double distance_m = 0;         ///< sample to plane along the beam
  bool curved = false;           ///< see Detector
  bool point_pixel = false;      ///< see Detector
  physics::Bend<double> bend{};  ///< of a curved detector

  /// The point of the flat panel this far along its axes, and this deep in the sensor.
  Vec3d point_m(double fast_m, double slow_m, double depth_m = 0) const {
    return fast_m * fast + slow_m * slow + depth_m * normal + origin_m;
  }
  /// The point this many pixels from the outer corner of the panel's own first pixel, and this deep in the sensor.
  Vec3d point_of_pixel_m(double fast_px, double slow_px, double depth_m = 0) const {
    return point_m((first_fast + fast_px) * pixel_size_m, (first_slow + slow_px) * pixel_size_m, depth_m);
  }
};

/// The beam centre as the conventions name it, for file headers. Metres, pixels for org.
struct BeamCentre {
  double beam_x_m = 0;        ///< the convention's own input (Xbeam)
  double beam_y_m = 0;        ///< Ybeam
  double fast_m = 0;          ///< point where the beam meets the panel, along fast (Fbeam)
  double slow_m = 0;          ///< along slow (Sbeam)
  double close_fast_m = 0;    ///< the panel's point nearest to the sample, along fast
  double close_slow_m = 0;    ///< along slow
  double org_x_px = 0;        ///< the same in pixels from the centre of the first (XDS)
  double org_y_px = 0;        ///< along slow
  Pivot pivot = Pivot::beam;  ///< from Detector, or the convention's own
};

/// Sensor layers: absorption is counted in `count` slices, `step_m` apart.
struct SensorLayers {
  int count = 1;                 ///< number of slices
  double step_m = 0;             ///< their distance
  double thickness_m = 0;        ///< 0: everything is captured
  double attenuation_per_m = 0;  ///< 1 / attenuation length; 0: nothing is absorbed
};

/// Cell vectors of one orientation: h = a.q, k = b.q, l = c.q for a scattering vector q in 1/m.
struct CellVectors {
  Vec3d a_m;  ///< a
  Vec3d b_m;  ///< b
  Vec3d c_m;  ///< c
};

/// The crystal before phi and mosaic rotations.
struct Lattice {
  CellVectors direct;                    ///< metres
  Vec3d a_star_per_A;                    ///< reciprocal vector a*, 1/Angstrom
  Vec3d b_star_per_A;                    ///< b*
  Vec3d c_star_per_A;                    ///< c*
  double volume_A3 = 0;                  ///< of the unit cell; negative if left-handed
  std::array<double, 3> cells{1, 1, 1};  ///< unit cells along a, b, c; >= 1
  std::optional<Mat3d> cells_matrix;     ///< see Crystal; `cells` then is its diagonal
};

/// One monochromatic ray.
struct Ray {
  Vec3d incident;                ///< unit vector along which the photons travel
  double wavelength_m = 0;       ///< > 0
  double weight = 1;             ///< see Source
  int structure_factor_set = 0;  ///< see Source
};

/// Inclusive pixel bounds, inside the panel.
struct PixelWindow {
  int fast_min = 0;   ///< first column
  int fast_max = -1;  ///< last column
  int slow_min = 0;   ///< first row
  int slow_max = -1;  ///< last row
};

/// Demands that an experiment makes on the numbers of a plan (scene/sufficient_precision.hpp).
struct PrecisionNeed {
  double phase_periods = 0;   ///< phase to be resolved, in periods of the crystal's interference function
  bool double_range = false;  ///< true: sums may leave the range of float
  bool nearest_index =
      false;  ///< true: pixels halfway between two reflections are bright enough to show which is nearest
};

/// One panel with every automatic choice made.
struct ScenePanel {
  PanelGeometry geometry;          ///< place of the pixels
  BeamCentre centre;               ///< for file headers
  SensorLayers layers;             ///< absorption
  int wanted_oversample = 0;       ///< of the panel itself; <= 0: none
  int oversample = 1;              ///< sub-pixels per axis, >= 1
  int recommended_oversample = 1;  ///< the number that samples the spots well
  PixelWindow window;              ///< pixels outside are 0
  bool reached = true;             ///< false: no ray reaches a pixel that is computed; all are 0
};

/// A Material, and how much of it the beam meets.
struct SceneMaterial {
  Material material;     ///< of the experiment
  double molecules = 0;  ///< in the beam, times the share of photons that leave the sample
};

/// The diffuse scattering of the crystal.
struct SceneDiffuse {
  Vec3d gamma_A;                 ///< see DiffuseScattering
  Vec3d sigma_A;                 ///< see DiffuseScattering
  int stencil = 0;               ///< see DiffuseScattering
  Mat3d index_to_axes_per_A;     ///< takes Miller indices to the axes of gamma and sigma, 1/Angstrom
  std::vector<Mat3d> operators;  ///< on indices before that: rotations of the Laue group, after the principal axes
  double height = 0;             ///< of the halos: normalisation, mean over operators, 8 pi det G; Angstrom^3
  DiffuseAxes axes{};            ///< see DiffuseScattering
  DiffuseNormalization normalization{};  ///< see DiffuseScattering
};

/// An Experiment with every automatic choice made and everything validated, in double, on the host.
struct Scene {
  Frame frame;                           ///< axes normalised as the convention step leaves them
  std::vector<ScenePanel> panels;        ///< at least one
  bool panels_listed = false;            ///< true: those of Detector::panels
  Selection selection;                   ///< see Experiment
  Goniometer goniometer;                 ///< see Experiment
  Lattice lattice;                       ///< the oriented crystal
  std::optional<SceneDiffuse> diffuse;   ///< its halos
  std::vector<double> phi_rad;           ///< spindle angle of every phi step
  bool mosaic_rotations = false;         ///< false: the domains' matrices are not applied
  std::vector<Mat3d> domains;            ///< mosaic rotations, domain 0 is the identity
  Vec3d misset_rad;                      ///< the given angles, or drawn ones
  std::vector<Ray> rays;                 ///< hdiv outermost, wavelength innermost
  double wavelength_m = 0;               ///< of the beam before dispersion
  double fluence_per_m2 = 0;             ///< photons per area
  Ran1 generator;                        ///< its state after the draws above; the noise image goes on from here
  bool interpolate = false;              ///< tricubic structure factors (before any out-of-range switch-off)
  double largest_q_per_m = 0;            ///< upper bound of |q| = |d - i| / lambda over the image
  PrecisionNeed need;                    ///< demands on the numbers of a plan
  std::vector<SceneMaterial> materials;  ///< see Experiment
  std::vector<Warning> warnings;         ///< of everything that is probably not meant
};

}  // namespace nbk
