// SPDX-License-Identifier: MIT
#include "experiment_parts.hpp"

#include <cmath>

namespace nbk::gpu_run {

Experiment base(int pixels, double cells) {
  Experiment e;
  e.frame = Frame::of(Convention::mosflm);
  e.beam.wavelength_m = 1.5e-10;
  e.crystal.cell = UnitCell{70, 80, 90, 75 * degree, 85 * degree, 95 * degree};
  e.crystal.misset_rad = {10 * degree, 20 * degree, 30 * degree};
  e.crystal.cells = {cells, cells, cells};
  e.structure_factors.default_amplitude = 100;
  e.detector.pixels_fast = e.detector.pixels_slow = pixels;
  e.detector.pixel_size_m = 0.032 / pixels;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 1;
  return e;
}

StructureFactors waves(int reach, bool interpolate) {
  StructureFactors f =
      StructureFactors::from([](int h, int k, int l) { return 100 + 40 * std::sin(0.7 * h + 0.4 * k - 0.9 * l); },
                             {-reach, reach}, {-reach, reach}, {-reach, reach});
  f.default_amplitude = 30;
  f.interpolate = interpolate;
  return f;
}

void add_domains(Experiment& e, int domains, double spread_rad) { e.crystal.mosaicity = {spread_rad, domains}; }

void add_spectrum(Experiment& e, int wavelengths) { e.beam.dispersion = {0.02, {}, wavelengths}; }

void add_layers(Experiment& e, int layers) { e.detector.sensor = {4.5e-4, 2.3e-4, layers}; }

void add_mask(Experiment& e, int pixels) {
  const auto size = static_cast<std::size_t>(pixels);
  e.detector.mask.assign(size * size, 1);
  for (std::size_t i = 0; i < e.detector.mask.size(); i += 5) e.detector.mask[i] = 0;
  e.detector.roi = {3, pixels - 5, 2, pixels - 4};
}

void add_sources(Experiment& e) {
  e.beam.sources = {
      {{-10, 0, 0}, 1, 1.5e-10, 0}, {{-10, 0.5, 0.3}, 2, 1.4e-10, 0}, {{-10, 0.5, 0.3}, 0.5, 1.45e-10, 0}};
}

void add_spectra(Experiment& e, int wavelengths, int sets) {
  e.beam.sources.clear();
  const auto add = [&](const Vec3d& position, int i, int at) {
    const double share = static_cast<double>(i) / wavelengths;
    e.beam.sources.push_back({position, 1 + 0.5 * (at % 3), (1.48 + 0.04 * share * share) * 1e-10, at % sets});
  };
  for (int i = 0; i < wavelengths; ++i) add({-10, 0, 0}, i, i);
  for (int i = 0; i < wavelengths; ++i) add({-10, 0.3, 0.2}, wavelengths - 1 - i, i);
  for (int i = 0; i < wavelengths && i < 5; ++i) add({-10, -0.4, 0.1}, i * 3 % 5, i);
  add({-10, 0.1, -0.5}, 0, 1);
}

}  // namespace nbk::gpu_run
