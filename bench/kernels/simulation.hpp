// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/runtime/simulation.hpp>

namespace nbk::bench {

<<<<<<< HEAD
/// One experiment on one device in one precision, chosen at run time: what the programs use. The stages are separate so
/// that each can be timed; every stage has finished when its function returns.
class Simulation {
 public:
  virtual ~Simulation() = default;

  /// Builds the plan, or rebuilds it in place, and makes room for the image.
  /// \throws InvalidInput
  virtual void setup(const Experiment& experiment) = 0;
  /// Computes the image of the plan.
  /// \param progress  if not empty: called now and then with the share that is done, 0 to 1, for long work
  virtual void run(const std::function<void(double)>& progress) = 0;
  void run() { run({}); }
  /// Copies the image to the host, [slow][fast].
  /// \throws InvalidInput if `image` has another size
  virtual void copy_out(std::span<float> image) = 0;

  /// The image where the host can read it as it lies, [slow][fast]; empty where it has to be copied out. Valid until
  /// the next setup().
  virtual std::span<const float> host_image() const { return {}; }

  virtual const Scene& scene() const = 0;
  /// The precision in use: what was asked for; "mixed" where float32 or df64 would not resolve the phase of the
  /// experiment (scene/index_bounds.hpp); "float64" where the sum needs its range (Compounding in
  /// compat/compounding.hpp).
  virtual std::string dtype() const = 0;
  /// Pixels computed side by side.
  virtual int pack_width() const = 0;
  /// Threads of the execution space.
  virtual int threads() const = 0;
  virtual std::string space_name() const = 0;
  /// Whether the host's own cores compute.
  virtual bool on_host() const = 0;
  /// Bytes of all tables of the plan on the device.
  virtual std::size_t table_bytes() const = 0;
};

/// Devices of this build: "cpu", and "cuda", "hip", ... where Kokkos has them; further host spaces by their own name.
std::vector<std::string> devices();

/// \param device one of devices()
/// \param dtype  "float32", "float64", "mixed" or "df64"
/// \throws InvalidInput naming what this build has
std::unique_ptr<Simulation> make_simulation(std::string_view device, std::string_view dtype);
=======
using runtime::devices;
using runtime::dtypes;
using runtime::make_simulation;
using runtime::Simulation;
>>>>>>> R

}  // namespace nbk::bench
