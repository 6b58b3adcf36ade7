// SPDX-License-Identifier: MIT
#include "bench/background/background.hpp"

#include "bench/background/background_command.hpp"
#include "bench/background/background_extraction.hpp"
#include "bench/background/background_files.hpp"
#include "bench/background/background_help.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/system/command.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/smv_reader.hpp"

#include <fmt/format.h>

#include <csignal>
#include <numbers>

namespace nbk::bench::background {

namespace {

std::string version_text() { return system::named_version("nbk-background"); }

/// Returns problems that only the pixels show.
std::vector<std::string> problems_of(const BackgroundOptions& options, const FormFactorTable& table,
                                     const BackgroundImage& image) {
  std::vector<std::string> problems;
  const auto percent = [&](std::size_t count) {
    return fmt::format("{:.3g} %", 100.0 * static_cast<double>(count) / static_cast<double>(image.photons.size()));
  };
  if (image.beyond > 0) {
    problems.push_back(
        fmt::format("{}: its angles are {:g} to {:g} 1/A; pixels beyond them = {}, where {}", options.files.form_factor,
                    table.first_per_m() / 1e10, table.last_per_m() / 1e10, percent(image.beyond),
                    options.policy == Policy::compat ? "a straight line goes on" : "the value at the end holds"));
  }
  if (image.negative > 0) problems.push_back(fmt::format("negative pixels = {}", percent(image.negative)));
  if (image.not_numbers > 0) problems.push_back(fmt::format("infinite or NaN pixels = {}", percent(image.not_numbers)));
  return problems;
}

std::string parameters_text(const BackgroundOptions& options, const BackgroundSetup& setup,
                            const FormFactorTable& table) {
  const PlacedPanel& p = setup.panel;
  const Sample& s = setup.sample;
  std::string text = fmt::format("reading {}\n  {} form factors, {} sources\n", options.files.form_factor,
                                 table.points(), setup.rays.size());
  text += fmt::format("  wave={:g} meters\n", options.beam.wavelength_m);
  text += options.beam.polarized ? fmt::format("  Kahn polarization factor: {:f}\n", options.beam.kahn_factor)
                                 : std::string("  polarization effect disabled\n");
  text += fmt::format("  incident fluence: {:g} photons/m^2\n", setup.fluence_per_m2);
  text +=
      fmt::format("  sample is {:g} m thick x {:g} m high x {:g} m wide, {:g} g/cm^3 and {:g} g/mol ({:g} molecules)\n",
                  s.thickness_m, s.width_m, s.height_m, s.density_g_per_m3 / 1e6, s.molar_mass_g_per_mol, s.molecules);
  text += fmt::format("  distance={:g} detsize={:g}x{:g}  pixel={:g} meters ({}x{} pixels)\n", p.distance_m,
                      p.size_fast_m, p.size_slow_m, p.pixel_size_m, p.pixels_fast, p.pixels_slow);
  text += fmt::format("  Xbeam={:g} Ybeam={:g}\n", p.beam_fast_m, p.beam_slow_m);
  const auto vector = [](const Vec3d& v) { return fmt::format("{:g} {:g} {:g}", v.x, v.y, v.z); };
  text += fmt::format("  detector origin: {}\n  DIRECTION_OF_DETECTOR_X-AXIS= {}\n  DIRECTION_OF_DETECTOR_Y-AXIS= {}\n",
                      vector(p.origin_m), vector(p.fast), vector(p.slow));
  text += fmt::format("  INCIDENT_BEAM_DIRECTION= {}\n  POLARIZATION_PLANE_NORMAL= {}\n", vector(setup.beam),
                      vector(setup.polarization));
  if (options.add_noise) text += fmt::format("  seed: {}\n", options.seed);
  return text;
}

std::string results_text(const BackgroundOptions& options, const BackgroundSetup& setup, const BackgroundImage& image,
                         const FileFigures& figures) {
  const int n = std::max(1, options.panel.oversample);
  const double solid_angle_sr = image.solid_angle_sr / n / n;
  std::string text = fmt::format("solid angle subtended by detector = {:g} steradian ( {:g}% sphere)\n", solid_angle_sr,
                                 100 * solid_angle_sr / 4 / std::numbers::pi);
  const auto last_subpixel_m = [&](int pixel) {
    const double subpixel_m = setup.panel.pixel_size_m / n;
    return subpixel_m * (pixel * n + n - 1) + subpixel_m / 2.0;
  };
  const io::ImageStatistics& s = figures.statistics;
  text += fmt::format("writing {} as {} 4-byte floats\n", options.files.float_file, image.photons.size());
  text += fmt::format("max_I = {:g}  at {:g} {:g}\nmean= {:g} rms= {:g} rmsd= {:g}\n", static_cast<double>(s.max),
                      s.max > 0 ? last_subpixel_m(s.max_fast) : 0.0, s.max > 0 ? last_subpixel_m(s.max_slow) : 0.0,
                      s.mean, s.rms, s.rmsd);
  text +=
      fmt::format("intfile_scale = {:g}\nwriting {} as 2-byte integers\n", figures.int_scale, options.files.int_file);
  if (options.files.write_pgm) {
    text += fmt::format("pgm_scale = {:g}\nwriting {} as 1-byte integers\n", figures.pgm_scale, options.files.pgm_file);
  }
  if (figures.noise) {
    text += fmt::format("{:.0f} photons on noise image ({} overloads)\nwriting {} as 2-byte integers\n",
                        figures.noise->photons, figures.noise->overloads, options.files.noise_file);
  }
  return text;
}

/// Reads the image that form factors are extracted from. \throws FileError, InvalidInput  another size
std::vector<std::uint16_t> read_measured(const BackgroundOptions& options, const PlacedPanel& panel) {
  std::vector<std::uint16_t> raw = io::read_smv(options.files.image).pixels;
  const std::size_t pixels = static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow);
  require(raw.size() == pixels, options.files.image + ": pixels", raw.size(),
          "must be " + std::to_string(pixels) + ", those of the panel");
  return raw;
}

void write_extraction(const BackgroundOptions& options, const std::vector<ExtractedPoint>& points) {
  io::AtomicFile file(options.files.extracted);
  file.write(extraction_text(points));
  file.commit();
}

int make_background(const std::vector<std::string>& arguments) {
  BackgroundCommand command = parse_background(arguments);
  const BackgroundOptions& options = command.options;
  if (options.help || options.help_markdown || options.version) {
    return system::print_only(options.help            ? background_help_text()
                              : options.help_markdown ? background_help_markdown()
                                                      : version_text() + "\n");
  }
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk, not the end
  BackgroundSetup setup = make_setup_of(command);
  std::vector<std::string> problems = setup.problems;
  const FormFactorTable table = read_form_factors(options, problems);
  const bool extracts = !options.files.image.empty();
  const std::vector<std::uint16_t> raw = extracts ? read_measured(options, setup.panel) : std::vector<std::uint16_t>{};
  flags::add_problems(problems, options.strict, command);
  command.warnings.insert(command.warnings.end(), setup.notes.begin(), setup.notes.end());
  const auto show = [&](const std::string& text) {
    if (!options.quiet) system::say_text(stdout, text);
  };
  show(version_text() + ": scattering of amorphous matter\n" + parameters_text(options, setup, table));
  const BackgroundImage image =
      make_image(options, setup, table, extracts ? ImageContent::photons_and_factors : ImageContent::photons);
  const std::vector<ExtractedPoint> points =
      extracts ? extract_form_factor(options, setup, table, image, raw) : std::vector<ExtractedPoint>{};
  std::vector<std::string> of_pixels = problems_of(options, table, image);
  if (extracts && points.empty()) {
    of_pixels.push_back(fmt::format("-stolout: {} is empty, because no angle of {} has more than {} pixels of {}",
                                    options.files.extracted, options.files.form_factor, fewest_pixels_of_point,
                                    options.files.image));
  }
  flags::add_problems(of_pixels, options.strict, command);
  flags::show_warnings(command, options.quiet);
  if (extracts) {
    write_extraction(options, points);
    show(fmt::format("wrote {} as {} lines of text\n", options.files.extracted, points.size()));
  }
  show(results_text(options, setup, image, write_background_files(options, setup, image)));
  return 0;
}

}  // namespace

int run_background(const std::vector<std::string>& arguments) {
  return system::run_command("nbk-background", [&] { return make_background(arguments); });
}

}  // namespace nbk::bench::background
