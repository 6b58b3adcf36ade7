// SPDX-License-Identifier: MIT
#include <nbk/runtime/simulation.hpp>

#include <nbk/nbk.hpp>

#include "bench/kernels/large_pages.hpp"
#include "bench/kernels/piece_sizes.hpp"
#include "bench/kernels/spaces.hpp"
#include "precisions.hpp"

#include <optional>
#include <type_traits>

namespace nbk::runtime {

namespace {

using bench::for_each_device;
using bench::for_each_precision;
using bench::PieceSizes;
using bench::prefer_large_pages;

/// True for an image that may take long enough for somebody to look at a clock: a second on a slow core.
bool is_long(const Scene& scene) {
  double samples = 0;
  for (const ScenePanel& panel : scene.panels) {
    const PixelWindow& w = panel.window;
    const double pixels = (w.fast_max - w.fast_min + 1.0) * (w.slow_max - w.slow_min + 1.0);
    samples += pixels * panel.oversample * panel.oversample * panel.layers.count;
  }
  return samples * static_cast<double>(scene.rays.size() * scene.phi_rad.size() * scene.domains.size()) > 1e8;
}

template <class P, class Exec>
class SimulationOn final : public Simulation {
 public:
  explicit SimulationOn(const PlanOptions& options) : m_options(options) {}

  void setup(const Experiment& experiment) override {
    if (m_plan) {
      m_plan->update(m_exec, experiment);
    } else {
      m_plan.emplace(m_exec, experiment, m_options);
    }
    make_room();
    m_exec.fence("nbk::runtime::setup");
  }

  void update(const Crystal& crystal) override {
    if (!m_plan) throw InvalidInput("simulation: setup() must come first");
    m_plan->update(m_exec, crystal);
    m_exec.fence("nbk::runtime::update");
  }

  void run(const std::function<void(double)>& progress, ImageUse use) override {
    if (lists_pixels()) {
      simulate(m_exec, plan(), m_list, {{}, use});
      m_exec.fence("nbk::runtime::run");
      return;
    }
    LaunchOptions options{{}, use};
    PieceSizes sizes(scene(), threads());
    if (progress && is_long(scene())) {
      options.pieces.next = [&](std::int64_t done) {
        progress(static_cast<double>(done) / static_cast<double>(sizes.pixels()));
        return sizes.next();
      };
    }
    simulate(m_exec, plan(), m_image, options);
    m_exec.fence("nbk::runtime::run");
  }

  void copy_out(std::span<float> image) override {
    const std::span<float> own = pixels();
    require(image.size() == own.size(), "image size", image.size(),
            "must be " + std::to_string(own.size()) + ", the number of pixels");
    using Host = Kokkos::View<float*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    using Device = Kokkos::View<float*, typename Exec::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    Kokkos::deep_copy(m_exec, Host(image.data(), image.size()), Device(own.data(), own.size()));
    m_exec.fence("nbk::runtime::copy_out");
  }

  std::span<const float> host_image() const override {
    if (!is_host_space<Exec>) return {};
    return pixels();
  }

  const Scene& scene() const override { return plan().scene(); }
  std::string dtype() const override { return std::string(P::name); }
  Traversal traversal() const override { return plan().traversal(); }
  int pack_width() const override { return launch::pack_width<P, Exec>; }
  bool on_host() const override { return is_host_space<Exec>; }
  int threads() const override { return m_exec.concurrency(); }
  std::string space_name() const override { return Exec::name(); }
  std::size_t table_bytes() const override { return plan().table_bytes(); }

 private:
  bool lists_pixels() const { return !scene().selection.runs.empty(); }

  std::span<float> pixels() const {
    if (lists_pixels()) return {m_list.data(), m_list.size()};
    return {m_image.data(), m_image.size()};
  }

  void make_room() {
    if (lists_pixels()) {
      const auto listed = static_cast<std::size_t>(scene::listed_pixels(scene().selection));
      if (m_list.size() != listed) m_list = make_pixel_list(m_exec, *m_plan);
      return;
    }
    const ImageExtents wanted = image_extents(scene());
    if (m_image.extent(0) == wanted.panels && m_image.extent(1) == wanted.slow && m_image.extent(2) == wanted.fast)
      return;
    m_image = make_image(m_exec, *m_plan);
    if (is_host_space<Exec>) prefer_large_pages(m_image.data(), m_image.size() * sizeof(float));
  }

  const Plan<P, Exec>& plan() const {
    if (!m_plan) throw InvalidInput("simulation: setup() must come first");
    return *m_plan;
  }

  Exec m_exec;
  PlanOptions m_options;
  std::optional<Plan<P, Exec>> m_plan;
  Image<Exec> m_image;
  PixelList<Exec> m_list;
};

/// The names of a list, for messages.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The precision asked for, with a wider one in its place where the experiment needs that.
template <class P, class Exec>
class CarefulSimulation final : public Simulation {
 public:
  explicit CarefulSimulation(const PlanOptions& options) : m_options(options), m_own(options) {}

  void setup(const Experiment& experiment) override {
    m_active = &choose(experiment);
    m_active->setup(experiment);
    m_ready = true;
  }

  void update(const Crystal& crystal) override {
    require_ready();
    m_active->update(crystal);
    m_ready = m_active != &m_own || suffices<P>(m_own.scene());
    if (!m_ready) {
      reject("crystal, in dtype", P::name,
             "does not resolve the spots of this crystal, " + std::string(sufficient_precision(m_own.scene())) +
                 " does: call setup() with the whole experiment, which takes a precision that suffices");
    }
  }

  void run(const std::function<void(double)>& progress, ImageUse use) override {
    require_ready();
    m_active->run(progress, use);
  }

  void copy_out(std::span<float> image) override { m_active->copy_out(image); }
  std::span<const float> host_image() const override { return m_active->host_image(); }
  const Scene& scene() const override { return m_active->scene(); }
  std::string dtype() const override { return m_active->dtype(); }
  Traversal traversal() const override { return m_active->traversal(); }
  int pack_width() const override { return m_active->pack_width(); }
  bool on_host() const override { return m_active->on_host(); }
  int threads() const override { return m_active->threads(); }
  std::string space_name() const override { return m_active->space_name(); }
  std::size_t table_bytes() const override { return m_active->table_bytes(); }

 private:
  void require_ready() const {
    if (!m_ready) throw InvalidInput("simulation: setup() must come first");
  }

  Simulation& choose(const Experiment& experiment) {
    if (suffices<P>(experiment)) return m_own;
    std::unique_ptr<Simulation> wider;
    for_each_precision([&](auto precision) {
      using Wider = decltype(precision);
      constexpr bool is_wider = std::is_same_v<Wider, Mixed> || std::is_same_v<Wider, Fp64>;
      if constexpr (is_wider && !std::is_same_v<Wider, P>) {
        if (wider == nullptr && suffices<Wider>(experiment))
          wider = std::make_unique<SimulationOn<Wider, Exec>>(m_options);
      }
    });
    if (wider == nullptr) {
      reject("dtype", P::name, "does not suffice for this experiment; this build has: " + joined(dtypes()));
    }
    if (m_wider == nullptr || m_wider->dtype() != wider->dtype()) m_wider = std::move(wider);
    return *m_wider;
  }

  PlanOptions m_options;
  SimulationOn<P, Exec> m_own;
  std::unique_ptr<Simulation> m_wider;
  Simulation* m_active = &m_own;
  bool m_ready = false;
};

template <class Exec>
std::unique_ptr<Simulation> with_dtype(const SimulationOptions& options) {
  std::unique_ptr<Simulation> simulation;
  const PlanOptions plan_options{options.traversal};
  for_each_precision([&](auto precision) {
    using P = decltype(precision);
    if (options.dtype != P::name) return;
    if constexpr (!std::is_same_v<P, Fp64>) {
      if (options.care == Care::widen) {
        simulation = std::make_unique<CarefulSimulation<P, Exec>>(plan_options);
        return;
      }
    }
    simulation = std::make_unique<SimulationOn<P, Exec>>(plan_options);
  });
  if (!simulation) reject("dtype", options.dtype, "must be one of this build's: " + joined(dtypes()));
  return simulation;
}

}  // namespace

std::vector<std::string> devices() {
  std::vector<std::string> names;
  for_each_device([&](auto device) { names.emplace_back(device.name); });
  return names;
}

std::vector<std::string> dtypes() {
  std::vector<std::string> names;
  for_each_precision([&](auto precision) { names.emplace_back(precision.name); });
  return names;
}

std::unique_ptr<Simulation> make_simulation(const SimulationOptions& options) {
  std::unique_ptr<Simulation> simulation;
  for_each_device([&](auto candidate) {
    if (options.device == candidate.name) simulation = with_dtype<typename decltype(candidate)::Space>(options);
  });
  if (!simulation) reject("device", options.device, "this build has: " + joined(devices()));
  return simulation;
}

std::unique_ptr<Simulation> make_simulation(std::string_view device, std::string_view dtype) {
  return make_simulation(SimulationOptions{.device = std::string(device), .dtype = std::string(dtype)});
}

}  // namespace nbk::runtime
