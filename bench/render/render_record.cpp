// SPDX-License-Identifier: MIT
#include "bench/render/render_record.hpp"

#include "nbk/io/atomic_file.hpp"
#include "nbk/version.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace nbk::bench::render {

namespace {

using Json = nlohmann::ordered_json;

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
          {"sources", scene.rays.size()},
          {"phi_steps", scene.phi_rad.size()},
          {"mosaic_domains", scene.domains.size()},
          {"sensor_layers", scene.panels.front().layers.count},
          {"interpolate", scene.interpolate},
          {"structure_factors", result.command.experiment.structure_factors.amplitude.size()},
          {"policy", result.command.experiment.policy == Policy::compat ? "compat" : "corrected"}};
}

Json statistics(const WrittenImages& written) {
  const io::ImageStatistics& s = written.statistics;
  return {{"pixels_computed", s.computed}, {"sum_photons", s.sum},
          {"max_photons", s.max},          {"max_at_pixel", {s.max_fast, s.max_slow}},
          {"mean_photons", s.mean},        {"rms_photons", s.rms},
          {"rmsd_photons", s.rmsd},        {"solid_angle_sr", written.solid_angle_sr}};
}

Json files(const RenderResult& result) {
  const flags::OutputOptions& output = result.command.output;
  Json files{{"float_image", output.float_file},
             {"integer_image", {{"file", output.int_file}, {"scale", result.written.int_scale}}}};
  if (output.write_pgm) files["grey_image"] = {{"file", output.pgm_file}, {"scale", result.written.grey_scale}};
  if (result.written.noise) {
    files["noise_image"] = {{"file", output.noise_file},
                            {"seed", -output.noise_seed},
                            {"photons", result.written.noise->photons},
                            {"overloads", result.written.noise->overloads}};
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
                      {"files", s.files},
                      {"total", s.total}}},
                    {"warnings", result.command.warnings}};
  io::AtomicFile out(file);
  out.write(record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  out.commit();
}

}  // namespace nbk::bench::render
