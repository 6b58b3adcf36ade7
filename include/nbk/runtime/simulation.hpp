// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/model/image_use.hpp"
#include "nbk/model/traversal.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Simulations whose precision and device are chosen by name at run time. They are compiled: link nbk::runtime.
/// Kokkos must be initialised before a simulation is made, and finalised after it is gone.

namespace nbk::runtime {

/// Choice of numbers where those asked for do not suffice for an experiment.
enum class Care {
  widen,  ///< takes a precision that suffices in its place
  keep,   ///< keeps the precision asked for; the scene has a warning
};

/// Choices for make_simulation().
struct SimulationOptions {
  std::string device = "cpu";                  ///< one of devices()
  std::string dtype = "float32";               ///< one of dtypes()
  Care care = Care::widen;                     ///< for a `dtype` that does not suffice
  Traversal traversal = Traversal::automatic;  ///< order in which compact spots are found; changes no bits
};

/// One experiment on one device in one precision. The stages are separate, so that each can be timed or repeated. Every
/// stage has finished when its function returns.
class Simulation {
 public:
  virtual ~Simulation() = default;

  /// Builds the plan, or rebuilds it in place, and makes room for the image. Decides which precision is used.
  /// \throws InvalidInput naming the parameter, its value and what is allowed
  virtual void setup(const Experiment& experiment) = 0;

  /// Replaces the crystal of the experiment in place, in the precision that is used. This costs much less than setup().
  /// \throws InvalidInput also if this crystal needs a wider precision: then setup() must come next
  virtual void update(const Crystal& crystal) = 0;

  /// Computes the image of the plan, or its listed pixels where the selection has runs.
  /// \param progress  if not empty: called now and then with the share that is done, 0 to 1, for long work
  /// \param use       whether photons are added to those of the run before, so that crystals or energies sum up
  virtual void run(const std::function<void(double)>& progress, ImageUse use) = 0;
  /// Computes the image of the plan.
  void run(ImageUse use = ImageUse::replace) { run({}, use); }
  /// Computes the image of the plan.
  void run(const std::function<void(double)>& progress) { run(progress, ImageUse::replace); }

  /// Copies the image to the host, [panel][slow][fast] with image_extents(), or the list of pixels; photons.
  /// \throws InvalidInput if `image` has another size
  virtual void copy_out(std::span<float> image) = 0;

  /// Returns a copy of the image, [panel][slow][fast], or of the list of pixels; photons.
  std::vector<float> image() {
    const auto listed = static_cast<std::size_t>(scene::listed_pixels(scene().selection));
    std::vector<float> pixels(listed > 0 ? listed : image_extents(scene()).pixels());
    copy_out(pixels);
    return pixels;
  }

  /// Returns the image where the host can read it as it lies, as copy_out() has it. It is empty where the image has to
  /// be copied out. Valid until the next setup().
  virtual std::span<const float> host_image() const = 0;

  /// Returns the experiment with every choice made, and its warnings.
  virtual const Scene& scene() const = 0;
  /// Returns the name of the precision in use: the one asked for, or with Care::widen one that suffices.
  virtual std::string dtype() const = 0;
  /// Returns the order in which the plan finds compact spots; `pixels` for others.
  virtual Traversal traversal() const = 0;
  /// Returns the number of pixels computed side by side.
  virtual int pack_width() const = 0;
  /// Returns the number of threads of the execution space.
  virtual int threads() const = 0;
  /// Returns the name that Kokkos gives to the execution space.
  virtual std::string space_name() const = 0;
  /// Returns true if the host's own cores compute.
  virtual bool on_host() const = 0;
  /// Returns the bytes of all tables of the plan on the device.
  virtual std::size_t table_bytes() const = 0;
};

/// Returns the devices of this build: "cpu", and "cuda", "hip", ... where Kokkos has them. Further host spaces have
/// their own name.
std::vector<std::string> devices();

/// Returns the precisions of this build: all or some of "float32", "mixed", "df64" and "float64".
std::vector<std::string> dtypes();

/// Makes a simulation that has no experiment yet.
/// \throws InvalidInput naming what this build has
std::unique_ptr<Simulation> make_simulation(const SimulationOptions& options);

/// Makes a simulation that takes a wider precision for a `dtype` that does not suffice.
/// \throws InvalidInput naming what this build has
std::unique_ptr<Simulation> make_simulation(std::string_view device, std::string_view dtype);

}  // namespace nbk::runtime
