// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/fingerprint.hpp"
#include "nbk/io/hdf5/hdf5_tree.hpp"
#include "nbk/io/nxmx_description.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

/// \file
/// The groups and datasets of an NXmx file. Source: NeXus application definition NXmx, and what DIALS 3.12 reads of it.

namespace nbk::io {

namespace detail {

inline hid_t hdf5_type_of(PixelKind kind) {
  return kind == PixelKind::photons  ? hdf5_type<float>()
         : kind == PixelKind::counts ? hdf5_type<std::int32_t>()
                                     : hdf5_type<std::uint16_t>();
}

/// Describes a dataset as an axis of NeXus.
inline void make_axis(const Hdf5Object& axis, const char* kind, const char* units, const Vec3d& vector,
                      const std::string& depends_on) {
  axis.attribute("transformation_type", kind).attribute("units", units);
  axis.attribute("vector", vector).attribute("depends_on", depends_on);
}

inline void add_module(const Hdf5Group& detector, const NxmxModule& module) {
  const Hdf5Group group = detector.group(module.name, "NXdetector_module");
  const std::int32_t origin[2]{static_cast<std::int32_t>(module.slow), 0};
  const std::int32_t size[2]{module.pixels_slow, module.pixels_fast};
  group.array("data_origin", std::span<const std::int32_t>(origin), {2});
  group.array("data_size", std::span<const std::int32_t>(size), {2});
  // The corner is the offset of an axis that does not move.
  const Hdf5Object offset = group.number("module_offset", 0.0);
  make_axis(offset, "translation", "mm", {0, 0, 1}, ".");
  offset.attribute("offset", module.corner_mm).attribute("offset_units", "mm");
  const std::string path = "/entry/instrument/detector/" + module.name + "/module_offset";
  const auto direction = [&](const char* name, const Vec3d& vector) {
    const Hdf5Object axis = group.number(name, module.pixel_mm);
    make_axis(axis, "translation", "mm", vector, path);
    axis.attribute("offset", Vec3d{}).attribute("offset_units", "mm");
  };
  direction("fast_pixel_direction", module.fast_direction);
  direction("slow_pixel_direction", module.slow_direction);
}

inline void add_detector(const Hdf5Group& instrument, const NxmxDescription& file) {
  const Hdf5Group detector = instrument.group("detector", "NXdetector");
  detector.text("description", "simulated detector");
  detector.text("depends_on", ".");
  detector.text("sensor_material", file.sensor_material);
  detector.number("sensor_thickness", file.sensor_thickness_m).attribute("units", "m");
  if (file.underload_value) detector.number("underload_value", *file.underload_value);
  if (file.saturation_value) detector.number("saturation_value", *file.saturation_value);
  detector.number("gain", file.gain).attribute("units", "counts/photon");
  detector.number("pedestal", file.pedestal).attribute("units", "counts");
  if (!file.mask.empty()) {
    detector.array("pixel_mask", std::span<const std::uint32_t>(file.mask), {file.slow, file.fast});
  }
  for (const NxmxModule& module : file.modules) add_module(detector, module);
}

inline void add_beam(const Hdf5Group& instrument, const NxmxDescription& file) {
  const Hdf5Group beam = instrument.group("beam", "NXbeam");
  const std::vector<double>& wavelengths = file.wavelengths_A;
  const auto wavelength = wavelengths.size() == 1
                              ? beam.number("incident_wavelength", wavelengths.front())
                              : beam.array("incident_wavelength", std::span(wavelengths), {wavelengths.size()});
  wavelength.attribute("units", "angstrom");
}

inline void add_sample(const Hdf5Group& entry, const NxmxDescription& file) {
  const Hdf5Group sample = entry.group("sample", "NXsample");
  sample.text("name", "simulated crystal");
  if (!file.rotation) {
    sample.text("depends_on", ".");
    return;
  }
  const NxmxRotation& rotation = *file.rotation;
  sample.text("depends_on", "/entry/sample/transformations/phi");
  const Hdf5Group transformations = sample.group("transformations", "NXtransformations");
  const Hdf5Object phi = transformations.array("phi", std::span(rotation.start_deg), {rotation.start_deg.size()});
  make_axis(phi, "rotation", "deg", rotation.axis, ".");
  std::vector<double> end = rotation.start_deg;
  for (double& angle : end) angle += rotation.width_deg;
  transformations.array("phi_end", std::span<const double>(end), {end.size()}).attribute("units", "deg");
}

}  // namespace detail

/// Names of what a file of nbk has besides NXmx.
inline constexpr const char* nxmx_done_path = "/entry/nbk/done";
/// Path of the pixels.
inline constexpr const char* nxmx_data_path = "/entry/data/data";

/// Returns the fingerprint of everything but the pixels.
inline std::uint64_t fingerprint_of(const NxmxDescription& file) {
  Fingerprint print;
  print.add(file.program).add(file.pixels).add(file.images).add(file.slow).add(file.fast).add(file.compression > 0);
  const auto add = [&](const Vec3d& v) { print.add(v.x).add(v.y).add(v.z); };
  for (const NxmxModule& module : file.modules) {
    print.add(module.name).add(module.slow).add(module.pixels_fast).add(module.pixels_slow).add(module.pixel_mm);
    for (const Vec3d& v : {module.corner_mm, module.fast_direction, module.slow_direction}) add(v);
  }
  print.add(file.sensor_material).add(file.sensor_thickness_m).add_numbers(file.wavelengths_A);
  if (file.rotation) {
    add(file.rotation->axis);
    print.add_numbers(file.rotation->start_deg).add(file.rotation->width_deg);
  }
  print.add(file.underload_value.value_or(-1e300)).add(file.saturation_value.value_or(1e300));
  print.add(file.pedestal).add(file.gain).add(std::as_bytes(std::span(file.mask)));
  return print.value();
}

/// Writes everything but pixels and marks. The data are contiguous, so that images are written to their place, or for
/// compression in one chunk an image. "done" has the fingerprint of each image that is there, else 0.
/// \throws FileError
inline void write_nxmx_tree(const Hdf5Group& root, const NxmxDescription& file) {
  root.attribute("default", "entry");
  const Hdf5Group entry = root.group("entry", "NXentry");
  entry.attribute("default", "data");
  entry.text("definition", "NXmx").attribute("version", "1.0");
  entry.text("title", "simulated diffraction images");
  entry.text("program_name", file.program);
  const Hdf5Group data = entry.group("data", "NXdata");
  data.attribute("signal", "data");
  const hid_t type = detail::hdf5_type_of(file.pixels);
  if (file.compression > 0) {
    data.chunked("data", type, {file.images, file.slow, file.fast}, static_cast<unsigned>(file.compression));
  } else {
    data.place("data", type, {file.images, file.slow, file.fast});
  }
  const Hdf5Group instrument = entry.group("instrument", "NXinstrument");
  instrument.text("name", "simulation");
  detail::add_beam(instrument, file);
  detail::add_detector(instrument, file);
  detail::add_sample(entry, file);
  const Hdf5Group source = entry.group("source", "NXsource");
  source.text("name", "simulation");
  const Hdf5Group own = entry.group("nbk", "NXcollection");
  own.number("fingerprint", fingerprint_of(file));
  own.place("done", H5T_NATIVE_UINT64, {file.images});
}

}  // namespace nbk::io
