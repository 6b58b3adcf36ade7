// SPDX-License-Identifier: MIT
#include "bench/flags/used_files.hpp"

#include "bench/flags/line_report.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace nbk::bench::flags {

bool reads_cache(const Draft& draft) {
  std::error_code ignored;
  return draft.files.hkl.empty() && !draft.files.crystal.given() && !draft.experiment_given &&
         std::filesystem::exists(draft.output.cache_file, ignored);
}

std::vector<io::UsedFile> used_files(const Draft& draft, const FlagReader& reader) {
  std::vector<io::UsedFile> files;
  const auto add_file = [&](std::string_view flag, const std::string& name, io::FileUse use) {
    add_used_file(files, reader, flag, name, use);
  };
  using enum io::FileUse;
  const InputFiles& in = draft.files;
  const OutputOptions& out = draft.output;
  const ProgramOptions& program = draft.program;
  add_file("--experiment", program.experiment_file, input);
  add_file("--expt", program.expt_file, input);
  add_file("--geom", program.geom_file, input);
  add_file("--cell", in.cell, input);
  add_file("-hkl", in.hkl, input);
  add_file("--hkl", in.crystal.reflections, input);
  add_file("--coordinates", in.crystal.coordinates, input);
  add_file("-mat", in.matrix, input);
  add_file("-sourcefile", in.sources, input);
  add_file("--spectrum", in.spectrum, input);
  for (const auto& named : in.named) files.push_back({"--experiment, which names it", named, input});
  for (const AddedImage& added : program.added) add_file("--add", added.file, input);
  add_file("-mask", in.mask, input);
  add_file("-img", in.image, input);
  add_file(reader.given("-Q") ? "-Q" : reader.given("-4stol") ? "-4stol" : "-stol", in.stol, input);
  add_file("--response", in.response, input);
  for (const MaterialWords& material : in.materials) {
    if (material.is_file()) add_file("--material", material.name, input);
  }
  const SeriesOptions& series = draft.series;
  add_file("--images", series.list_file, input);
  add_file("--nexus", series.nexus_file, output);
  if (asks_for_series(series, draft.scan)) {
    add_file("--manifest", series.manifest(), output);
    // Where a run that is stopped keeps what is done.
    for (const std::string& name : {series.nexus_file, series.manifest()}) {
      if (!name.empty()) add_file(name == series.nexus_file ? "--nexus" : "--manifest", name + ".part", output);
    }
  }
  if (reads_cache(draft)) add_file("-dump", out.cache_file, input);
  if (!in.hkl.empty()) add_file("-dump", out.cache_file, output);
  add_file("--trace", program.trace_file, output);
  add_file("--save-experiment", program.save_experiment_file, output);
  add_file("--save-expt", program.save_expt_file, output);
  add_file("--save-geom", program.save_geom_file, output);
  if (asks_for_series(series, draft.scan)) return files;
  if (!series.cbf_file.empty()) add_file("--cbf", series.cbf_file, output);
  add_file("-floatfile", out.float_file, output);
  add_file("-intfile", out.int_file, output);
  if (out.write_pgm) add_file("-pgmfile", out.pgm_file, output);
  if (out.write_noise) add_file("-noisefile", out.noise_file, output);
  if (draft.response || !in.response.empty()) add_file("--detector-image", out.detector_file, output);
  add_file("--json", program.json_file, output);
  add_file("--png", program.png_file, output);
  return files;
}

}  // namespace nbk::bench::flags
