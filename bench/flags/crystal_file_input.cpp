// SPDX-License-Identifier: MIT
#include "bench/flags/crystal_file_input.hpp"

#include "bench/crystals/crystal_files.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/crystal_energies.hpp"
#include "nbk/scene/cell_of_vectors.hpp"
#include "nbk/scene/finest_resolution.hpp"

#include <filesystem>
#include <string>

namespace nbk::bench::flags {

namespace {

/// Resolution of atoms where no flag says one: what the detector sees, and 2 % more for spots at its edge.
double resolution_of_detector_A(const Experiment& experiment) {
  constexpr double margin = 0.98;
  if (experiment.dmin_m > 0) return margin * experiment.dmin_m * 1e10;
  const auto finest_m = scene::finest_resolution_m(experiment);
  if (!finest_m) {
    throw InvalidInput("--coordinates: the finest resolution of this detector is not known; give --resolution-A D");
  }
  return margin * *finest_m * 1e10;
}

io::CrystalFileOptions options_of(const Draft& draft) {
  const CrystalFileFlags& flags = draft.files.crystal;
  const Experiment& experiment = draft.experiment;
  io::CrystalFileOptions options;
  options.columns = flags.columns;
  options.space_group = flags.space_group;
  options.cell = scene::cell_of(experiment.crystal, experiment.beam.wavelength_m);
  options.default_amplitude = experiment.structure_factors.default_amplitude;
  if (!flags.resolution_A.empty()) options.resolution.finest_A = flags.resolution_A[0];
  if (flags.resolution_A.size() > 1) options.resolution.coarsest_A = flags.resolution_A[1];
  if (flags.coordinates.empty()) return options;
  if (flags.resolution_A.empty()) options.resolution.finest_A = resolution_of_detector_A(experiment);
  options.wavelengths_A = io::wavelengths_A(experiment.beam);
  options.solvent.emplace();
  if (flags.solvent && flags.solvent->empty()) options.solvent.reset();
  if (flags.solvent && flags.solvent->size() == 2) {
    options.solvent = io::BulkSolvent{.density_per_A3 = (*flags.solvent)[0], .b_A2 = (*flags.solvent)[1]};
  }
  return options;
}

}  // namespace

std::vector<Message> check_crystal_file_flags(const FlagReader& reader, const Draft& draft) {
  std::string_view first;
  for (const std::string_view flag : {"-hkl", "--hkl", "--coordinates"}) {
    if (!reader.given(flag)) continue;
    if (!first.empty()) {
      throw InvalidInput(std::string(flag) + ": " + std::string(first) +
                         " gives the structure factors already; leave one of the two out");
    }
    first = flag;
  }
  std::vector<Message> messages;
  const CrystalFileFlags& file = draft.files.crystal;
  const auto in_vain = [&](std::string_view flag, const std::string& needed) {
    if (reader.given(flag))
      messages.push_back({Severity::no_effect, std::string(flag) + ": has no effect without " + needed});
  };
  if (file.reflections.empty()) in_vain("--columns", "--hkl");
  if (file.coordinates.empty()) in_vain("--bulk-solvent", "--coordinates");
  for (const std::string_view flag : {"--space-group", "--resolution-A"}) {
    if (!file.given()) in_vain(flag, "--hkl or --coordinates");
  }
  return messages;
}

void read_crystal_file(Draft& draft, Command& command, std::vector<Message>& messages) {
  const CrystalFileFlags& flags = draft.files.crystal;
  if (!flags.given()) return;
  Experiment& experiment = draft.experiment;
  const bool of_atoms = !flags.coordinates.empty();
  const std::string& name = of_atoms ? flags.coordinates : flags.reflections;
  const io::CrystalFileOptions options = options_of(draft);
  io::CrystalFile file =
      crystals::read(name, of_atoms ? crystals::Content::atoms : crystals::Content::reflections, options);
  std::string said = "structure factors from " + name + ": ";
  for (std::size_t i = 0; i < file.notes.size(); ++i) said += (i == 0 ? "" : "; ") + file.notes[i];
  if (!options.cell) {
    if (!file.cell) {
      throw InvalidInput("-cell: " + name + " has no unit cell; give -cell A B C ALPHA BETA GAMMA or -mat FILE");
    }
    experiment.crystal.cell = file.cell;
    said += "; cell " + io::text_of(*file.cell);
  }
  for (const std::filesystem::path& beside : file.read_beside) {
    command.files.push_back({"--hkl, beside which it lies", beside, io::FileUse::input});
  }
  command.loaded.push_back(said);
  command.reflections = file.reflections;
  for (const std::string& warning : file.warnings) messages.push_back({Severity::problem, name + ": " + warning});

  for (StructureFactors& set : file.sets) {
    set.interpolate = experiment.structure_factors.interpolate;
    set.intensities = false;
  }
  if (of_atoms) io::name_sets(experiment.beam, options.wavelengths_A);
  experiment.structure_factors = std::move(file.sets.front());
  experiment.further_sets.assign(std::make_move_iterator(file.sets.begin() + 1),
                                 std::make_move_iterator(file.sets.end()));
}

}  // namespace nbk::bench::flags
