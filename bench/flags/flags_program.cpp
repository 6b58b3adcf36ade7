// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "bench/system/host_threads.hpp"
#include "nbk/io/crystfel_cell.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/scene/shape_of.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

namespace nbk::bench::flags {

namespace {

template <std::string ProgramOptions::*Field>
void set_text(Draft& draft, Values& values) {
  draft.program.*Field = values.text(0);
}

template <std::string ProgramOptions::*Field>
void set_file(Draft& draft, Values& values) {
  draft.program.*Field = values.file(0);
}

template <bool ProgramOptions::*Field>
void set_switch(Draft& draft, Values&) {
  draft.program.*Field = true;
}

/// Throws unless a value is one of those allowed.
const std::string& one_of(std::string_view flag, const std::string& value, std::span<const std::string_view> allowed) {
  std::string list;
  for (std::string_view word : allowed) {
    if (word == value) return value;
    list += (list.empty() ? "" : ", ") + std::string(word);
  }
  reject(flag, value, "must be one of " + list);
}

void set_precision(Draft& draft, Values& values) {
  constexpr std::array<std::string_view, 4> allowed{"float32", "float64", "mixed", "df64"};
  draft.program.precision = one_of("--precision", values.text(0), allowed);
}

void set_policy(Draft& draft, Values& values) {
  constexpr std::array<std::string_view, 2> allowed{"compat", "corrected"};
  const bool compat = one_of("--policy", values.text(0), allowed) == "compat";
  draft.experiment.policy = compat ? Policy::compat : Policy::corrected;
}

void set_traversal(Draft& draft, Values& values) {
  constexpr std::array all{Traversal::automatic, Traversal::pixels, Traversal::windows, Traversal::spots};
  std::array<std::string_view, all.size()> allowed;
  for (std::size_t i = 0; i < all.size(); ++i) allowed[i] = traversal_name(all[i]);
  const std::string& name = one_of("--traversal", values.text(0), allowed);
  for (const Traversal traversal : all) {
    if (traversal_name(traversal) == name) draft.program.traversal = traversal;
  }
}

void set_shape(Draft& draft, Values& values) {
  const std::string& name = values.text(0);
  for (const LatticeShape shape : shapes_of<physics::Shapes>) {
    if (shape.name() == name) {
      draft.experiment.crystal.shape = shape;
      return;
    }
  }
  reject("--shape", name, "must be one of " + scene::shape_names());
}

void set_noise(Draft& draft, Values& values) {
  constexpr std::array<std::string_view, 2> allowed{"compat", "parallel"};
  draft.program.noise_generator = one_of("--noise", values.text(0), allowed);
}

void set_threads(Draft& draft, Values& values) {
  const int threads = values.integer(0);
  require(threads >= 1 && threads <= system::most_host_threads, "--threads", values.text(0),
          "must be an integer from 1 to " + std::to_string(system::most_host_threads) + ", as many as Kokkos takes");
  draft.program.threads = threads;
}

void set_header(Draft& draft, Values& values) {
  constexpr std::array<std::string_view, 2> allowed{"compat", "adc-offset"};
  draft.program.adc_offset_in_header = one_of("--smv-header", values.text(0), allowed) == "adc-offset";
}

void set_cell_file(Draft& draft, Values& values) {
  draft.files.cell = values.file(0);
  draft.cell = io::read_crystfel_cell(draft.files.cell);
}

void set_spectrum(Draft& draft, Values& values) { draft.files.spectrum = values.file(0); }

/// FILE or FILE:SCALE; a colon that no number follows belongs to the name.
void add_image(Draft& draft, Values& values) {
  const std::string& word = values.file(0);
  const std::size_t colon = word.rfind(':');
  const auto scale =
      colon == std::string::npos ? std::nullopt : io::to_number<double>(std::string_view(word).substr(colon + 1));
  if (!scale || colon == 0) {
    draft.program.added.push_back({word, 1.0});
    return;
  }
  require(std::isfinite(*scale), "--add", word, "must be FILE or FILE:SCALE with a finite number");
  draft.program.added.push_back({word.substr(0, colon), *scale});
}

void set_spot_scale(Draft& draft, Values& values) {
  draft.program.spot_scale = values.number(0);
  require(draft.program.spot_scale > 0, "--spot-scale", values.text(0), "must be > 0");
}

void set_image(Draft& draft, Values& values) {
  const int image = values.integer(0);
  draft.series.chosen_image = image;
  if (draft.from_dxtbx) return;
  if (!draft.scan) reject("--image", image, "needs an --experiment with a scan, or an --expt");
  const Scan& scan = *draft.scan;
  const std::int64_t last = std::int64_t{scan.first_image} + scan.images - 1;
  require(image >= scan.first_image && image <= last, "--image", image,
          "must be " + std::to_string(scan.first_image) + " to " + std::to_string(last) + ", the images of the scan");
  const PhiScan phi = scan.exposure(image - scan.first_image);
  draft.experiment.crystal.phi = phi;
  for (Crystal& crystal : draft.further_crystals) crystal.phi = phi;
}

void check_series(Draft& draft, Values& values) {
  const int series = values.integer(0);
  if (!draft.from_dxtbx) reject("--series", series, "needs an --expt");
}

void set_seed(Draft& draft, Values& values) {
  draft.output.noise_seed = -static_cast<long>(values.integer(0));
  draft.series.seed_given = true;
}

}  // namespace

std::vector<Flag> program_flags() {
  static const std::string shape_help = "shape of the crystal or of its spots: " + scene::shape_names();
  constexpr Group group = Group::program;
  constexpr int switches = 5;  // --strict to --version, which stand last
  // One row, one paragraph.
  // clang-format off
  std::vector<Flag> flags{
      {.names = {"--precision"}, .values = 1, .unit = "float32|float64|mixed|df64", .fallback = "float64",
       .help = "number types of the simulation", .sets = "program.precision", .apply = set_precision},
      {.names = {"--policy"}, .values = 1, .unit = "compat|corrected", .fallback = "compat",
       .help = "the C program's numbers, or what is physically meant", .sets = "policy", .apply = set_policy},
      {.names = {"--shape"}, .values = 1, .unit = "name", .fallback = "square", .help = shape_help,
       .sets = "crystal.shape", .apply = set_shape},
      {.names = {"--traversal"}, .values = 1, .unit = "automatic|pixels|windows|spots", .fallback = "automatic",
       .help = "order in which Gaussian and top-hat spots are found; changes the time, not the image",
       .sets = "program.traversal", .apply = set_traversal},
      {.names = {"--device"}, .values = 1, .unit = "cpu|cuda|hip|...", .fallback = "cpu",
       .help = "where the simulation runs", .sets = "program.device", .apply = set_text<&ProgramOptions::device>},
      {.names = {"--threads"}, .values = 1, .unit = "threads", .fallback = "all", .help = "threads on the host",
       .sets = "program.threads", .apply = set_threads},
      {.names = {"--seed"}, .values = 1, .unit = "integer", .fallback = "the clock", .help = "same as -seed",
       .sets = "output.noise_seed", .apply = set_seed},
      {.names = {"--noise"}, .values = 1, .unit = "compat|parallel", .fallback = "compat",
       .help = "the C program's random stream, or a parallel counter-based one", .sets = "program.noise_generator",
       .apply = set_noise},
      {.names = {"--smv-header"}, .values = 1, .unit = "compat|adc-offset", .fallback = "by --policy",
       .help = "keys of the SMV headers: the C program's (with --policy compat), or with ADC_OFFSET for DIALS as well "
               "(with --policy corrected)",
       .sets = "program.adc_offset_in_header", .apply = set_header},
      {.names = {"--json"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "what was simulated, statistics and timings", .sets = "program.json_file",
       .apply = set_file<&ProgramOptions::json_file>},
      {.names = {"--png"}, .values = 1, .unit = "file", .fallback = "none", .help = "a picture",
       .sets = "program.png_file", .apply = set_file<&ProgramOptions::png_file>},
      {.names = {"--trace"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "timeline of the run for chrome://tracing or Perfetto", .sets = "program.trace_file",
       .apply = set_file<&ProgramOptions::trace_file>},
      {.names = {"--experiment"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "start from an experiment in JSON; flags override it. Images of several crystals are added up. Of "
               "several panels the float image has all pixels, panel behind panel without padding, other images are one "
               "file a panel (NAME_000.img), --png shows the whole detector. Of listed pixels there is the float image, "
               "one value each in their order, and --png",
       .sets = "program.experiment_file", .apply = set_file<&ProgramOptions::experiment_file>},
      {.names = {"--add"}, .values = 1, .unit = "file[:scale]", .fallback = "none",
       .help = "add an image of 4-byte floats, times a number, for example of nbk-background; may be repeated",
       .sets = "program.added", .apply = add_image},
      {.names = {"--spot-scale"}, .values = 1, .unit = "number", .fallback = "1",
       .help = "multiply the photons of the crystals, but nothing that is added to them",
       .sets = "program.spot_scale", .apply = set_spot_scale},
      {.names = {"--image"}, .values = 1, .unit = "number", .fallback = "as the file says",
       .help = "image of the scan that the experiment or the --expt has", .sets = "crystal.phi", .apply = set_image},
      {.names = {"--expt"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "start from an experiment list of DIALS, refined.expt for example: beam, panels, goniometer, scan and "
               "crystals of one image, with --policy corrected; flags override it. It has no structure factors, and "
               "no size of the crystal",
       .sets = "program.expt_file", .apply = set_file<&ProgramOptions::expt_file>},
      {.names = {"--series"}, .values = 1, .unit = "number", .fallback = "0",
       .help = "sweep or still of an --expt that has several, counted from 0", .sets = "experiment",
       .apply = check_series},
      {.names = {"--geom"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "panels, bad regions, distance and wavelength of a geometry file of CrystFEL, with --policy corrected",
       .sets = "program.geom_file", .apply = set_file<&ProgramOptions::geom_file>},
      {.names = {"--cell"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "unit cell of a file of CrystFEL", .sets = "crystal.cell", .apply = set_cell_file},
      {.names = {"--spectrum"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "wavelengths of the beam: wavelength(A) weight, and a number of a set of structure factors if wanted; "
               "without -lambda or another wavelength their mean is that of the beam",
       .sets = "beam.spectrum", .apply = set_spectrum},
      {.names = {"--save-experiment"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "write the experiment as JSON", .sets = "program.save_experiment_file",
       .apply = set_file<&ProgramOptions::save_experiment_file>},
      {.names = {"--save-expt"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "write geometry and crystals as an experiment list of DIALS", .sets = "program.save_expt_file",
       .apply = set_file<&ProgramOptions::save_expt_file>},
      {.names = {"--save-geom"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "write the geometry for CrystFEL, for NXmx images", .sets = "program.save_geom_file",
       .apply = set_file<&ProgramOptions::save_geom_file>},
      {.names = {"--strict"}, .help = "unreadable values, flags without effect, a cache that happens to be here and all other traps are errors",
       .sets = "program.strict", .apply = set_switch<&ProgramOptions::strict>},
      {.names = {"--quiet"}, .help = "print errors only, and in one line what may change the image", .sets = "program.quiet",
       .apply = set_switch<&ProgramOptions::quiet>},
      {.names = {"--help"}, .help = "print this", .sets = "program.help", .apply = set_switch<&ProgramOptions::help>},
      {.names = {"--help-markdown"}, .help = "print this as docs/cli.md",
       .sets = "program.help_markdown", .apply = set_switch<&ProgramOptions::help_markdown>},
      {.names = {"--version"}, .help = "print the version", .sets = "program.version",
       .apply = set_switch<&ProgramOptions::version>},
  };
  // clang-format on
  const std::vector<Flag> of_crystal_files = crystal_file_flags(), of_series = series_flags();
  flags.insert(flags.end() - switches, of_crystal_files.begin(), of_crystal_files.end());
  flags.insert(flags.end() - switches, of_series.begin(), of_series.end());
  for (Flag& flag : flags) {
    flag.group = group;
    flag.patterns = {exact(flag.names.front())};
    flag.ends_word = true;
  }
  return flags;
}

}  // namespace nbk::bench::flags
