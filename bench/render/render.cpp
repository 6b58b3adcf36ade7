// SPDX-License-Identifier: MIT
#include "bench/render/render.hpp"

#include "bench/flags/command.hpp"
#include "bench/flags/experiment_file.hpp"
#include "bench/flags/explain.hpp"
#include "bench/flags/help.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/render/added_images.hpp"
#include "bench/render/crystal_sum.hpp"
#include "bench/render/detector_image.hpp"
#include "bench/render/effort_warning.hpp"
#include "bench/render/formats/detector_files.hpp"
#include "bench/render/geometry_files.hpp"
#include "bench/render/idle_threads.hpp"
#include "bench/render/panel_files.hpp"
#include "bench/render/panels_report.hpp"
#include "bench/render/printout.hpp"
#include "bench/render/render_files.hpp"
#include "bench/render/render_record.hpp"
#include "bench/render/render_report.hpp"
#include "bench/render/series.hpp"
#include "bench/system/command.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/status_line.hpp"
#include "bench/system/stopwatch.hpp"
#include "bench/system/terminal.hpp"
#include "bench/trace/kokkos_trace.hpp"
#include "nbk/core/error.hpp"
#include "nbk/scene/make_scene.hpp"

#include <Kokkos_Core.hpp>
#include <Kokkos_Profiling_ScopedRegion.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <csignal>
#include <cstdint>
#include <memory>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

namespace nbk::bench::render {

namespace {

std::string version_text() { return system::named_version("nbk-render"); }

/// Throws unless every pixel is a finite number. The C program's oversample flags multiply what they have summed so
/// far, which can leave the range of a float. \throws InvalidInput
void require_finite(std::span<const float> image) {
  std::size_t bad = 0;
  for (const float pixel : image) bad += (std::bit_cast<std::uint32_t>(pixel) & 0x7f800000U) == 0x7f800000U;
  require(bad == 0, "image pixels that are not finite numbers", bad,
          "must be 0; a smaller -fluence or --policy corrected may help");
}

/// One image from a command line, from set-up to files.
class RenderRun {
 public:
  explicit RenderRun(flags::Command command) : m_command(std::move(command)) {}

  void run() {
    const system::Stopwatch total;
    show(version_text() + ": X-ray diffraction image of a crystal\n");
    for (const std::string& source : m_command.loaded) show("reading " + source + "\n");
    require_writable(m_command);
    if (!m_command.program.save_experiment_file.empty()) {
      io::ExperimentDocument document{m_command.experiment, m_command.further_crystals};
      document.response = m_command.response;
      flags::write_document(m_command.program.save_experiment_file, document);
    }
    prepare_spot_scale(m_command);
    std::optional<trace::KokkosTrace> trace;
    if (!m_command.program.trace_file.empty()) trace.emplace(m_command.program.trace_file, "{}");

    CrystalSum crystals(m_command);
    m_seconds.setup = timed("set-up", [&] { crystals.setup(); });
    const Scene& scene = crystals.scene();
    require_added(m_command, scene);
    formats::require_detector_files(m_command, scene);
    for (const Warning& warning : scene.warnings) {
      if (!repeats_flag_warning(warning)) warn(warning.text);
    }
    for (const std::string& warning : crystals.further_warnings()) warn(warning);
    const std::string precision = crystals.simulation().dtype();
    if (precision != m_command.program.precision) {
      warn("--precision " + m_command.program.precision + ": " + precision + " is used, because " +
           (precision == "float64"
                ? "the -oversample flags of --policy compat multiply sums, which needs double"
                : "it cannot resolve the spots of this crystal, or which reflection is the nearest"));
    }
    write_expt(m_command, scene);
    write_geom(m_command, scene);
    show(report_crystal(m_command, scene));
    show(report_sampling(m_command, scene));
    show(report_parameters(m_command, scene));

    if (const std::string warning = printout_warning(m_command, scene); !warning.empty()) warn(warning);
    if (const std::string warning = effort_warning(scene); !warning.empty()) warn(warning);
    m_seconds.simulation = timed("simulation", [&] { simulate(crystals); });
    std::unique_ptr<float[]> copy;
    std::span<const float> image;
    m_seconds.copy_out =
        timed("copy-out", [&] { image = scale_and_add(m_command, scene, on_host(crystals.simulation(), copy), copy); });
    require_finite(image);
    std::vector<double> adu;
    if (m_command.response) {
      m_seconds.response = timed(
          "response", [&] { adu = detector_image(m_command.experiment.detector, *m_command.response, scene, image); });
    }
    end_idle_threads();
    if (!m_command.program.quiet) show_printout(m_command, image, scene, [&](const std::string& text) { show(text); });
    m_seconds.files = timed("files", [&] {
      m_written = write_images(m_command, scene, image);
      if (m_command.response) m_written.detector = write_detector_image(m_command, scene, adu);
    });
    for (const std::string& warning : m_written.warnings) warn(warning);
    if (std::ranges::all_of(image, [](float photons) { return photons == 0; })) {
      warn("the image is 0 in every pixel: see the indices of the structure factors, -dmin, -roi, -mask and -fluence");
    }
    for (const std::string& warning : formats::write_detector_files(m_command, scene, {image, adu})) warn(warning);
    show_results(scene);
    if (trace) trace->close();
    m_seconds.total = total.elapsed_s();
    if (!m_command.program.json_file.empty()) {
      write_record(m_command.program.json_file, {m_command, scene, m_written, m_seconds, crystals.simulation()});
    }
  }

 private:
  /// The seconds that a named part takes.
  template <class Part>
  static double timed(const char* name, const Part& part) {
    const Kokkos::Profiling::ScopedRegion region(name);
    const system::Stopwatch watch;
    part();
    return watch.elapsed_s();
  }

  /// True for a parameter that the convention does not read, if its flag was already warned about by name, and for
  /// unlikely numbers, which the checks of the line name by flag.
  bool repeats_flag_warning(const Warning& warning) const {
    if (scene::is_unlikely(warning.topic)) return true;
    return m_command.has_unread_flags && warning.topic == Warning::Topic::unread_by_convention;
  }

  /// With a bar on the terminal, unless something else is printed there.
  void simulate(CrystalSum& crystals) const {
    system::ProgressBar bar;
    const bool wanted = m_command.output.progress && !m_command.output.printout && !m_command.program.quiet;
    if (!wanted || !bar.on_terminal()) return crystals.run({});
    std::fflush(stdout);
    crystals.run([&](double fraction) { bar.show(fraction); });
  }

  /// The image, copied to the host where it is not there already.
  static std::span<const float> on_host(Simulation& simulation, std::unique_ptr<float[]>& memory) {
    if (const std::span<const float> image = simulation.host_image(); !image.empty()) return image;
    const Scene& scene = simulation.scene();
    const auto listed = static_cast<std::size_t>(scene::listed_pixels(scene.selection));
    const std::size_t pixels = listed > 0 ? listed : image_extents(scene).pixels();
    memory = std::make_unique_for_overwrite<float[]>(pixels);
    simulation.copy_out({memory.get(), pixels});
    return {memory.get(), pixels};
  }

  void show_results(const Scene& scene) const {
    const flags::OutputOptions& output = m_command.output;
    const io::ImageStatistics& s = m_written.statistics;
    const std::size_t panels = scene.panels.size();
    show("\n");
    if (m_written.solid_angle_sr) {
      show(fmt::format("solid angle subtended by detector = {:g} steradian ( {:g}% sphere)\n",
                       *m_written.solid_angle_sr, 100 * *m_written.solid_angle_sr / 4 / std::numbers::pi));
    }
    show(fmt::format("writing {} as {} 4-byte floats\n", output.float_file, pixels_of(scene)));
    show(brightest_text(s, m_command.experiment, scene));
    show(fmt::format("mean= {:g} rms= {:g} rmsd= {:g}\n", s.mean, s.rms, s.rmsd));
    if (!scene.selection.runs.empty()) {
      return show("no integer, 8-bit and noise images: the experiment lists pixels\n");
    }
    show(fmt::format("intfile_scale = {:g}\nwriting {} as 2-byte integers\n", m_written.int_scale,
                     panel_files_text(output.int_file, panels)));
    if (output.write_pgm) {
      show(fmt::format("pgm_scale = {:g}\nwriting {} as 1-byte integers\n", m_written.grey_scale,
                       panel_files_text(output.pgm_file, panels)));
    }
    if (m_written.noise) {
      show(fmt::format("{:.0f} photons on noise image ({} overloads)\nwriting {} as 2-byte integers\n",
                       m_written.noise->photons, m_written.noise->overloads,
                       panel_files_text(output.noise_file, panels)));
    }
    if (m_written.detector) {
      show(fmt::format("{:.0f} photons on detector image ({} saturated)\nwriting {} as {}-byte integers\n",
                       m_written.detector->photons, m_written.detector->saturated,
                       panel_files_text(output.detector_file, panels), output.detector_bits / 8));
    }
  }

  void show(const std::string& text) const {
    if (!m_command.program.quiet) system::say_text(stdout, text);
  }

  void warn(const std::string& text) const {
    if (!m_command.program.quiet) system::say(stderr, "WARNING: {}\n", text);
  }

  flags::Command m_command;
  WrittenImages m_written;
  RenderSeconds m_seconds;
};

int render(const std::vector<std::string>& arguments) {
  flags::Command command = flags::parse(arguments);
  if (command.program.help || command.program.help_markdown || command.program.version) {
    return system::print_only(command.program.help            ? flags::help_text()
                              : command.program.help_markdown ? flags::help_markdown()
                                                              : version_text() + "\n");
  }
  flags::show_warnings(command, command.program.quiet);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk, not the end
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(command.program.threads));
  const std::vector<flags::TypedFlag> typed = command.typed;
  try {
    if (flags::asks_for_series(command.series, command.scan)) {
      render_series(command);
      return 0;
    }
    RenderRun(std::move(command)).run();
  } catch (const InvalidInput& error) {
    throw InvalidInput(flags::explain(error, typed));
  }
  return 0;
}

}  // namespace

int run_render(const std::vector<std::string>& arguments) {
  return system::run_command("nbk-render", [&] { return render(arguments); });
}

}  // namespace nbk::bench::render
