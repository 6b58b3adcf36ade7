// SPDX-License-Identifier: MIT
// Geometry and sensor as the files of detectors have them.
#include "nbk/io/describe_nxmx.hpp"
#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/io/mini_cbf.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace nbk::io;
using nbk::Convention;
using nbk::Vec3d;

namespace {

bool is_near(const Vec3d& a, const Vec3d& b) {
  const Vec3d d = a - b;
  return std::sqrt(dot(d, d)) < 1e-14;
}

NxmxDescription described(const nbk::Experiment& experiment, std::vector<std::string>* warnings = nullptr) {
  NxmxDescription file;
  std::vector<std::string> said;
  describe_detector(make_scene(experiment), experiment.detector, file, said);
  if (warnings != nullptr) *warnings = said;
  return file;
}

}  // namespace

TEST_CASE("dxtbx frame: a rotation that takes any beam to -z, and no further turn of an axis") {
  for (const Vec3d& beam : {Vec3d{1, 0, 0}, Vec3d{-1, 0, 0}, Vec3d{0, 1, 0}, Vec3d{0, -1, 0}, Vec3d{0, 0, 1},
                            Vec3d{0, 0, -1}, Vec3d{0.3, 0.4, -5}, Vec3d{2, 2, 2}, Vec3d{-1, -1, -1}}) {
    const nbk::Mat3d frame = dxtbx_frame(beam);
    CHECK(is_near(frame * ((1 / std::sqrt(dot(beam, beam))) * beam), {0, 0, -1}));
    CHECK(nbk::determinant(frame) == doctest::Approx(1).epsilon(1e-14));
    CHECK(is_near((frame * nbk::transposed(frame)) * Vec3d{1, 2, 3}, {1, 2, 3}) == true);
  }
  CHECK(dxtbx_frame(Vec3d{0, 0, -1}) == nbk::Mat3d::identity());
  CHECK(is_near(dxtbx_frame(Vec3d{1, 0, 0}) * Vec3d{0, 0, 1}, {1, 0, 0}));
  CHECK(is_near(dxtbx_frame(Vec3d{0, 0, 1}) * Vec3d{0, 1, 0}, {0, -1, 0}));
}

TEST_CASE("NXmx: the corner and the axes of a panel in McStas' laboratory") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  const NxmxDescription file = described(experiment);
  const nbk::Scene scene = make_scene(experiment);
  REQUIRE(file.modules.size() == 1);
  // McStas' z is along the beam: MOSFLM's x.
  CHECK(file.modules[0].corner_mm.z == doctest::Approx(1000 * scene.panels[0].geometry.origin_m.x).epsilon(1e-14));
  CHECK(is_near(file.modules[0].fast_direction, {-1, 0, 0}));
  CHECK(is_near(file.modules[0].slow_direction, {0, -1, 0}));
  CHECK(file.slow == 32);
  CHECK(file.mask.empty());
  CHECK(file.sensor_thickness_m == 1e-9);
}

TEST_CASE("NXmx: panels lie below each other; what is not computed, and padding, is masked") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  nbk::Panel panel;
  panel.origin_m = {0.06, 0, 0};
  panel.fast = {0, 0, 1};
  panel.slow = {0, -1, 0};
  panel.pixels_fast = 4;
  panel.pixels_slow = 3;
  panel.pixel_size_m = 1e-3;
  panel.trusted = {1, 1000};
  experiment.detector.panels = {panel, panel};
  experiment.detector.panels[1].pixels_fast = 5;
  experiment.detector.panels[1].roi.fast_min = 1;
  experiment.detector.panels[1].trusted = {0, 500};
  experiment.detector.panels[0].mask.assign(12, 1);
  experiment.detector.panels[0].mask[7] = 0;
  const NxmxDescription file = described(experiment);
  CHECK(file.fast == 5);
  CHECK(file.slow == 6);
  CHECK(file.modules[1].slow == 3);
  const std::vector<std::uint32_t> expected{0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1,
                                            1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0};
  CHECK(file.mask == expected);
  CHECK(file.underload_value == 1);
  CHECK(file.saturation_value == 500);
}

TEST_CASE("NXmx: the sensor as it was simulated, and none that was not") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  nbk::Sensor& sensor = experiment.detector.sensor;
  experiment.beam.wavelength_m = 1e-10;
  sensor.thickness_m = 0.45e-3;
  sensor.layers = 5;
  sensor.attenuation_length_m = 0.01 / 41.75;  // silicon at 12.398 keV
  NxmxDescription file = described(experiment);
  CHECK(file.sensor_material == "Si");
  CHECK(file.sensor_thickness_m == 0.45e-3);
  sensor.attenuation_length_m = 0.01 / 478;
  CHECK(described(experiment).sensor_material == "CdTe");
  sensor.attenuation_length_m = 0.01 / 808;
  CHECK(described(experiment).sensor_material == "GaAs");
  std::vector<std::string> warnings;
  sensor.attenuation_length_m = 1;
  CHECK(described(experiment, &warnings).sensor_thickness_m == 1e-9);
  CHECK(warnings.size() == 1);
  // One layer is all at the surface. (The C program makes two of it.)
  experiment.policy = nbk::Policy::corrected;
  sensor.attenuation_length_m = 0.01 / 41.75;
  sensor.layers = 1;
  CHECK(described(experiment).sensor_thickness_m == 1e-9);
}

TEST_CASE("mini-CBF: sizes of PILATUS and EIGER have names, others are refused with a sentence") {
  CHECK(cbf_detector(2463, 2527) == "PILATUS 6M");
  CHECK(cbf_detector(487, 195) == "PILATUS 100K");
  CHECK(cbf_detector(981, 407) == "PILATUS 2x2");
  CHECK(cbf_detector(2070, 2167) == "EIGER 4M");
  CHECK_FALSE(cbf_detector(1024, 1024));
  CHECK_FALSE(cbf_detector(488, 195));
  CHECK_FALSE(cbf_detector(0, 0));
  CHECK_THROWS_WITH_AS(require_cbf_detector(1024, 1000), doctest::Contains("= 1024 x 1000: must be those of a PILATUS"),
                       nbk::InvalidInput);
}

TEST_CASE("mini-CBF: the header says distance, centre and rotation, and warns of what it cannot say") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  experiment.detector.pixels_fast = 487;
  experiment.detector.pixels_slow = 195;
  experiment.detector.pixel_size_m = 0.172e-3;
  experiment.detector.distance_m = 0.2;
  experiment.crystal.phi.start_rad = 3 * nbk::testing::degree;
  experiment.crystal.phi.range_rad = 0.5 * nbk::testing::degree;
  MiniCbfHeader header = mini_cbf_header(make_scene(experiment), experiment.crystal.phi, 1);
  for (const char* line :
       {"# Detector: PILATUS 100K", "# Pixel_size 0.000172 m x 0.000172 m", "# Wavelength 1.5 A",
        "# Detector_distance 0.2 m", "# Beam_xy (24", "# Start_angle 3 deg.", "# Angle_increment 0.5 deg."}) {
    CHECK_MESSAGE(header.text.find(line) != std::string::npos, line);
  }
  CHECK(header.warnings.empty());
  experiment.detector.two_theta_rad = 0.1;
  CHECK(mini_cbf_header(make_scene(experiment), experiment.crystal.phi, 1).warnings.size() == 1);
}
