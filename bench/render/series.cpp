// SPDX-License-Identifier: MIT
#include "bench/render/series.hpp"

#include "bench/flags/experiment_file.hpp"
#include "bench/flags/units.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/render/computed_image.hpp"
#include "bench/render/detector_image.hpp"
#include "bench/render/image_parts.hpp"
#include "bench/render/panel_files.hpp"
#include "bench/render/series_check.hpp"
#include "bench/render/series_images.hpp"
#include "bench/render/series_outputs.hpp"
#include "bench/system/affinity.hpp"
#include "bench/system/command.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/status_line.hpp"
#include "bench/system/stopwatch.hpp"
#include "bench/system/terminal.hpp"
#include "bench/system/work_queue.hpp"
#include "bench/trace/kokkos_trace.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/experiment_json.hpp"
#include "nbk/io/fingerprint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace nbk::bench::render {

namespace {

/// Simulation of one image after the other. Only what changes is set up anew.
class SeriesSimulation {
 public:
  /// \param precision  suffices for all images
  SeriesSimulation(const flags::Command& command, const std::string& precision)
      : m_experiment(command.experiment),
        m_simulation(make_simulation({command.program.device, precision, runtime::Care::keep})) {}

  /// Computes an image. \param computed  takes its photons and the scene of its first crystal
  /// \param stays  true: its photons are used before the next image, so that they need not be copied on the host
  void run(const SeriesImage& image, ComputedImage& computed, bool stays) {
    const std::uint64_t beam = image.beam_fingerprint();
    m_experiment.crystal = image.crystals.front();
    if (beam != m_beam || image.crystals.size() > 1) {
      m_experiment.beam = image.beam;
      m_experiment.frame = image.frame;
      m_experiment.goniometer = image.goniometer;
      m_simulation->setup(m_experiment);
      m_beam = beam;
    } else {
      m_simulation->update(m_experiment.crystal);
    }
    computed.scene = m_simulation->scene();
    m_simulation->run();
    for (std::size_t i = 1; i < image.crystals.size(); ++i) add(image.crystals[i]);
    if (image.crystals.size() > 1) m_beam = 0;  // water and materials are left out now
    computed.photons = m_simulation->host_image();
    if (stays && !computed.photons.empty()) return;
    computed.copy.resize(image_extents(computed.scene).pixels());
    m_simulation->copy_out(computed.copy);
    computed.photons = computed.copy;
  }

  std::string dtype() const { return m_simulation->dtype(); }
  /// Returns the number of the host's processors that the simulation leaves to others.
  int free_processors() const {
    const cpu_set_t given = system::given_processors();
    return CPU_COUNT(&given) - (m_simulation->on_host() ? m_simulation->threads() : 1);
  }

 private:
  /// Adds a further crystal. Water and materials count once, with the first.
  void add(const Crystal& crystal) {
    Experiment experiment = m_experiment;
    experiment.crystal = crystal;
    experiment.water_size_m = 0;
    experiment.materials.clear();
    m_simulation->setup(experiment);
    m_simulation->run(ImageUse::add);
  }

  Experiment m_experiment;
  std::unique_ptr<Simulation> m_simulation;
  std::uint64_t m_beam = 0;
};

/// Images whose memory is used again.
class ImageMemory {
 public:
  std::unique_ptr<ComputedImage> take() {
    const std::lock_guard lock(m_mutex);
    if (m_free.empty()) return std::make_unique<ComputedImage>();
    std::unique_ptr<ComputedImage> image = std::move(m_free.back());
    m_free.pop_back();
    return image;
  }
  void give_back(std::unique_ptr<ComputedImage> image) {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(image));
  }

 private:
  std::mutex m_mutex;
  std::vector<std::unique_ptr<ComputedImage>> m_free;
};

/// Images done, and the time that the rest will take: on a terminal in place, elsewhere now and then a line.
class SeriesProgress {
 public:
  SeriesProgress(bool wanted, std::size_t images) : m_wanted(wanted), m_images(images) {}

  void show(std::size_t done) {
    const double elapsed_s = m_watch.elapsed_s(), pause_s = m_line.on_terminal() ? 0.1 : 60;
    if (!m_wanted || elapsed_s - m_last_s < pause_s || done == 0) return;
    m_last_s = elapsed_s;
    const double share = static_cast<double>(done) / static_cast<double>(m_images);
    const std::string text =
        fmt::format("{}  {} of {} images", system::progress_text(share, elapsed_s), done, m_images);
    if (m_line.on_terminal()) return m_line.show(text);
    system::say(stderr, "{}\n", text);
  }
  void clear() { m_line.clear(); }

 private:
  bool m_wanted;
  std::size_t m_images;
  system::StatusLine m_line;
  system::Stopwatch m_watch;
  double m_last_s = 0;
};

/// Returns the fingerprint of everything that every image depends on.
std::uint64_t shared_fingerprint(const flags::Command& command, const SeriesImages& images) {
  io::Fingerprint print;
  print.add(system::named_version("nbk-render")).add(images.shared_fingerprint());
  print.add(command.program.precision).add(command.program.device);
  print.add(command.series.pixels).add(command.output.write_noise).add(command.series.pedestal.value_or(0.0));
  print.add(command.series.cbf_file).add(command.series.label_threshold);
  if (command.response) print.add(io::JsonWriter<nlohmann::json>::object(*command.response).dump());
  print.add(command.output.integers.rounding).add(command.output.integers.overflow);
  for (const flags::AddedImage& added : command.program.added) print.add(added.file).add(added.scale);
  return print.value();
}

/// Many images from a command line, from checks to files.
class SeriesRun {
 public:
  explicit SeriesRun(const flags::Command& command) : m_command(command), m_images(command) {}

  void run() {
    show(system::named_version("nbk-render") + ": many X-ray diffraction images\n");
    for (const std::string& source : m_command.loaded) show("reading " + source + "\n");
    require_writable(m_command);
    if (!m_command.program.save_experiment_file.empty()) {
      io::ExperimentDocument document{m_command.experiment, m_command.further_crystals};
      document.response = m_command.response;
      flags::write_document(m_command.program.save_experiment_file, document);
    }
    std::optional<trace::KokkosTrace> trace;
    if (!m_command.program.trace_file.empty()) trace.emplace(m_command.program.trace_file, "{}");
    const CheckedSeries checked = check_series(m_command, m_images, shared_fingerprint(m_command, m_images));
    for (const std::string& warning : checked.warnings) warn(warning);
    if (checked.precision != m_command.program.precision) {
      warn("--precision " + m_command.program.precision + ": " + checked.precision +
           " is used for all images, because at least one of them needs it");
    }
    SeriesOutputs outputs(m_command, m_images, checked);
    for (const std::string& warning : outputs.warnings()) warn(warning);
    outputs.begin();
    compute(checked, outputs);
    outputs.commit();
    if (trace) trace->close();
    show("writing " + outputs.manifest_file() + "\n");
  }

 private:
  void compute(const CheckedSeries& checked, SeriesOutputs& outputs) {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
      if (!outputs.has(m_images[i].slot)) missing.push_back(i);
    }
    const std::size_t there = m_images.size() - missing.size();
    if (there > 0) show(fmt::format("{} of {} images are there already\n", there, m_images.size()));
    if (missing.empty()) return;
    const system::InterruptWatch watch;
    const system::Stopwatch total;
    SeriesSimulation simulation(m_command, checked.precision);
    SeriesProgress progress(m_command.output.progress && !m_command.program.quiet, missing.size());
    ImageMemory memory;
    const std::size_t writers = writing_threads(simulation);
    system::WorkQueue<std::unique_ptr<ComputedImage>> queue(writers, [&](std::unique_ptr<ComputedImage>& computed) {
      outputs.write(*computed, do_one_by_one);
      memory.give_back(std::move(computed));
    });
    double simulated_s = 0;
    std::size_t done = 0;
    for (const std::size_t i : missing) {
      if (system::InterruptWatch::pending() != 0) break;
      std::unique_ptr<ComputedImage> computed = memory.take();
      computed->image = m_images[i];
      const system::Stopwatch one;
      simulation.run(computed->image, *computed, writers == 0);
      if (m_command.response) respond(outputs, *computed);
      simulated_s += one.elapsed_s();
      if (writers > 0) {
        queue.add(std::move(computed));
      } else {
        outputs.write(*computed, do_side_by_side);
        memory.give_back(std::move(computed));
      }
      progress.show(++done);
    }
    queue.finish();
    progress.clear();
    if (done < missing.size()) {
      system::say(stderr, "nbk-render: {} of {} images are done; the same command goes on with the rest\n",
                  there + done, m_images.size());
      system::InterruptWatch::check();
    }
    const double images = static_cast<double>(done), total_s = total.elapsed_s();
    show(fmt::format("{} images in {:.3g} s: {:.4g} per second, {:.4g} of simulation alone ({})\n", done, total_s,
                     images / total_s, images / simulated_s, simulation.dtype()));
  }

  /// Returns the number of threads that write images beside the simulation; 0: its own threads do, after each image.
  /// Where the simulation has all processors, others would only make it wait.
  std::size_t writing_threads(const SeriesSimulation& simulation) const {
    if (m_command.series.gzip > 0) return std::max(1U, std::thread::hardware_concurrency());
    constexpr int most = 4;  // each has an image in memory
    return static_cast<std::size_t>(std::clamp(simulation.free_processors(), 0, most));
  }

  /// Applies the response to an image. It runs where the simulation does, so not beside it.
  void respond(const SeriesOutputs& outputs, ComputedImage& computed) const {
    Response response = *m_command.response;
    response.seed = static_cast<std::uint64_t>(computed.image.seed);
    response.image_number = computed.image.slot;
    const std::size_t width = image_extents(computed.scene).fast;
    const auto bytes = io::record_pixels(computed.photons, width,
                                         outputs.recording(computed.image, io::PixelKind::photons), computed.pixels);
    std::vector<float> expected(computed.photons.size());
    std::memcpy(expected.data(), bytes.data(), bytes.size());
    computed.adu = detector_image(m_command.experiment.detector, response, computed.scene, expected);
  }

  void show(const std::string& text) const {
    if (!m_command.program.quiet) system::say_text(stdout, text);
  }
  void warn(const std::string& text) const {
    if (!m_command.program.quiet) system::say(stderr, "WARNING: {}\n", text);
  }

  const flags::Command& m_command;
  SeriesImages m_images;
};

}  // namespace

void render_series(const flags::Command& command) { SeriesRun(command).run(); }

}  // namespace nbk::bench::render
