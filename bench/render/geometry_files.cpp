// SPDX-License-Identifier: MIT
#include "bench/render/geometry_files.hpp"

#include "bench/render/panel_files.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/crystfel_writer.hpp"
#include "nbk/io/dxtbx_writer.hpp"
#include "nbk/io/number_text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace nbk::bench::render {

namespace {

/// Number of the image of a scan at which a crystal's rotation begins.
int image_of(const Scan& scan, const PhiScan& phi) {
  const double first_rad = std::fmin(scan.start_rad, scan.start_rad + scan.oscillation_rad);
  const double images = std::round((phi.start_rad - first_rad) / scan.oscillation_rad);
  return scan.first_image + static_cast<int>(images);
}

/// Returns a name with # for its last digits, if they are a number.
std::optional<std::string> template_of(const std::filesystem::path& file, int number) {
  const std::string stem = file.stem().string();
  const std::size_t begin = stem.find_last_not_of("0123456789") + 1;
  if (begin == stem.size() || io::to_number<int>(std::string_view(stem).substr(begin)) != number) return std::nullopt;
  const std::string name = stem.substr(0, begin) + std::string(stem.size() - begin, '#');
  return (file.parent_path() / (name + file.extension().string())).string();
}

/// Returns the scan of one exposure.
Scan one_image(int number, const PhiScan& phi) {
  const scene::PhiSteps steps = scene::resolve_phi(phi);
  return {number, 1, steps.start_rad, steps.range_rad, steps.count};
}

}  // namespace

void write_expt(const flags::Command& command, const Scene& scene) {
  const std::string& name = command.program.save_expt_file;
  if (name.empty()) return;
  const std::string image = panel_file(command.output.int_file, 0, scene.panels.size());
  io::ExperimentDocument document{command.experiment, command.further_crystals};
  io::DxtbxImages images{{image}, image, command.output.adc_offset};
  const PhiScan& phi = command.experiment.crystal.phi;
  if (command.scan && command.scan->oscillation_rad != 0) {
    const int number = image_of(*command.scan, phi);
    const auto of_sweep = template_of(command.output.int_file, number);
    images.template_name = of_sweep.value_or(image);
    document.scan = of_sweep ? *command.scan : one_image(number, phi);
  }
  io::DxtbxWriter<nlohmann::ordered_json> writer;
  writer.add(document, scene, images);
  io::AtomicFile out(name);
  out.write(writer.finish().dump(1) + "\n");
  out.commit();
}

void write_geom(const flags::Command& command, const Scene& scene) {
  if (command.program.save_geom_file.empty()) return;
  io::AtomicFile out(command.program.save_geom_file);
  out.write(io::crystfel_geometry_text(scene, command.experiment.detector));
  out.commit();
}

}  // namespace nbk::bench::render
