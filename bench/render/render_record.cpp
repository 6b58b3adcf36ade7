// SPDX-License-Identifier: MIT
#include "bench/render/render_record.hpp"

#include "bench/render/panel_files.hpp"
#include "bench/render/panels_report.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/version.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::render {

namespace {

using Json = nlohmann::ordered_json;

/// Number of different wavelengths.
std::size_t wavelengths_of(const Scene& scene) {
  std::vector<double> wavelengths;
  for (const Ray& ray : scene.rays) {
    if (!wavelengths.empty() && wavelengths.back() == ray.wavelength_m) continue;
    wavelengths.push_back(ray.wavelength_m);
  }
  std::ranges::sort(wavelengths);
  return static_cast<std::size_t>(std::ranges::unique(wavelengths).begin() - wavelengths.begin());
}

Json simulated(const RenderResult& result) {
  const Scene& scene = result.scene;
  return {{"pixels_fast", scene.panels.front().geometry.pixels_fast},
          {"pixels_slow", scene.panels.front().geometry.pixels_slow},
          {"pixel_size_m", scene.panels.front().geometry.pixel_size_m},
          {"distance_m", scene.panels.front().geometry.distance_m},
          {"wavelength_m", scene.wavelength_m},
          {"cells", scene.lattice.cells},
          {"cell_volume_A3", scene.lattice.volume_A3},
          {"oversample", scene.panels.front().oversample},
          {"panels", scene.panels.size()},
          {"pixels", pixels_of(scene)},
          {"pixels_listed", !scene.selection.runs.empty()},
          {"crystals", 1 + result.command.further_crystals.size()},
          {"sources", scene.rays.size()},
          {"wavelengths", wavelengths_of(scene)},
          {"structure_factor_sets", 1 + result.command.experiment.further_sets.size()},
          {"phi_steps", scene.phi_rad.size()},
          {"mosaic_domains", scene.domains.size()},
          {"sensor_layers", scene.panels.front().layers.count},
          {"interpolate", scene.interpolate},
          {"structure_factors", result.command.experiment.structure_factors.amplitude.size()},
          {"policy", result.command.experiment.policy == Policy::compat ? "compat" : "corrected"}};
}

Json statistics(const WrittenImages& written) {
  const io::ImageStatistics& s = written.statistics;
  return {{"pixels_computed", s.computed},
          {"sum_photons", s.sum},
          {"max_photons", s.max},
          {"max_at_pixel", {s.max_fast, s.max_slow}},
          {"max_at_panel", s.max_panel},
          {"mean_photons", s.mean},
          {"rms_photons", s.rms},
          {"rmsd_photons", s.rmsd},
          {"solid_angle_sr", written.solid_angle_sr ? Json(*written.solid_angle_sr) : Json(nullptr)}};
}

/// The name of a file, or the list of those of all panels.
Json names(const std::string& name, const Scene& scene) {
  const std::size_t panels = scene.panels.size();
  if (panels == 1) return name;
  Json list = Json::array();
  for (std::size_t i = 0; i < panels; ++i) list.push_back(panel_file(name, i, panels));
  return list;
}

Json files(const RenderResult& result) {
  const flags::OutputOptions& output = result.command.output;
  const Scene& scene = result.scene;
  Json files{{"float_image", output.float_file}};
  if (scene.selection.runs.empty()) {
    files["integer_image"] = {{"file", names(output.int_file, scene)}, {"scale", result.written.int_scale}};
    if (output.write_pgm) {
      files["grey_image"] = {{"file", names(output.pgm_file, scene)}, {"scale", result.written.grey_scale}};
    }
  }
  if (result.written.noise) {
    files["noise_image"] = {{"file", names(output.noise_file, scene)},
                            {"seed", -output.noise_seed},
                            {"photons", result.written.noise->photons},
                            {"overloads", result.written.noise->overloads}};
  }
  if (result.written.detector) {
    files["detector_image"] = {
        {"file", names(output.detector_file, scene)},  {"bits", output.detector_bits},
        {"seed", result.command.response->seed},       {"image_number", result.command.response->image_number},
        {"photons", result.written.detector->photons}, {"saturated", result.written.detector->saturated}};
  }
  if (output.write_cache) files["structure_factor_cache"] = output.cache_file;
  return files;
}

}  // namespace

void write_record(const std::filesystem::path& file, const RenderResult& result) {
  const RenderSeconds& s = result.seconds;
  const Json record{{"schema", "nbk-render-record"},
                    {"schema_version", 1},
                    {"nbk_version", fmt::format("{}.{}.{}", NBK_VERSION_MAJOR, NBK_VERSION_MINOR, NBK_VERSION_PATCH)},
                    {"arguments", result.command.arguments},
                    {"simulated", simulated(result)},
                    {"execution",
                     {{"precision", result.command.program.precision},
                      {"precision_used", result.simulation.dtype()},
                      {"traversal", traversal_name(result.simulation.traversal())},
                      {"device", result.command.program.device},
                      {"space", result.simulation.space_name()},
                      {"threads", result.simulation.threads()},
                      {"pack_width", result.simulation.pack_width()}}},
                    {"statistics", statistics(result.written)},
                    {"files", files(result)},
                    {"seconds",
                     {{"setup", s.setup},
                      {"simulation", s.simulation},
                      {"copy_out", s.copy_out},
                      {"response", s.response},
                      {"files", s.files},
                      {"total", s.total}}},
                    {"warnings", result.command.warnings}};
  io::AtomicFile out(file);
  out.write(record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  out.commit();
}

}  // namespace nbk::bench::render
