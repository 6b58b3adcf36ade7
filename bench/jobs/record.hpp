// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/gates.hpp"
#include "bench/measure/arithmetic.hpp"
#include "bench/measure/measure.hpp"
#include "bench/measure/parity.hpp"
#include "bench/measure/peaks.hpp"
#include "bench/measure/workload.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Reference of an image of the main job.
struct ReferenceRun {
  std::optional<std::string> program;   ///< path of the C program; nothing: the built-in reference
  std::string program_hash;             ///< of the C program's file
  std::optional<double> time_s;         ///< nothing where it failed
  std::uint64_t peak_memory_bytes = 0;  ///< of the C program; 0: not known
  std::vector<std::string> command;
  std::string error;  ///< says why there is no reference image; "" where there is one

  bool is_c_program() const { return program.has_value(); }
};

/// Cold and warm runs of the main job.
struct MainPart {
  int iterations = 1, warmup = 0;
  bool traced = false;
  measure::Timings cold, warm;
  double file_writing_s = 0;
  ReferenceRun reference;
  std::optional<measure::Parity> cold_parity, warm_parity;  ///< with the reference's image
  std::vector<GateResult> gates;
  std::string cold_hash, warm_hash;     ///< of the images
  std::uint64_t peak_memory_bytes = 0;  ///< of this process so far
  std::vector<std::string> artifacts;   ///< files of the run's folder

  /// The C program's time over nbk's. Nothing without the C program: the built-in reference is plain, not fast.
  std::optional<double> speedup(const measure::Timings& timings) const;
};

/// Seconds of one process from its start to its first launch, part by part.
struct StartUp {
  double to_main_s = 0;  ///< start (fork) to main(): the loader, static objects
  double flags_s = 0;    ///< to where the experiment is known, its files made and read
  double kokkos_s = 0;   ///< Kokkos and its threads
  double set_up_s = 0;   ///< plan and image
  double total_s = 0;    ///< start to first launch
};

/// The C program with all of its pixels, with one pixel, and nbk, right after each other: whatever else the machine
/// does is the same for all three.
struct Pair {
  double full_s = 0, one_pixel_s = 0;  ///< of the C program's process
  double nbk_s = 0;                    ///< of nbk's simulation

  /// The C program's pixel loop over nbk's.
  double ratio() const { return (full_s - one_pixel_s) / nbk_s; }
};

/// One workload of the suite in one precision, timed in a process of its own.
struct SuitePart {
  bool tiny = false;
  int round = 1;
  std::vector<double> simulation_s, setup_warm_s;  ///< warm
  double setup_cold_s = 0, simulation_cold_s = 0;
  std::optional<StartUp> start_up;                               ///< of the process; first precision only
  std::uint64_t memory_before_bytes = 0, memory_peak_bytes = 0;  ///< 0: not known
  measure::Arithmetic arithmetic;
  measure::Peaks peaks;
  std::vector<Pair> pairs;
  std::optional<double> floor;              ///< ratio to the C program's pixel loop to reach in float32
  std::vector<double> derivatives_s;        ///< of derivatives, each right after the simulation of the same place
  std::optional<double> derivatives_limit;  ///< largest time over that of the image in float32
  std::string derivatives_traversal;        ///< order in which they found spots; "" without derivatives
  std::optional<measure::Parity> with_c_program;
  std::string error;  ///< of the C program; "" for none

  /// Operations of one simulation.
  double operations(const measure::Setting& setting) const;
  /// Share of the multiply-add peak, and of the store bandwidth, that the median simulation reaches.
  double share_of_peak(const measure::Setting& setting) const;
  double share_of_bandwidth(double bytes) const;
  std::optional<bool> reaches_floor(const std::string& dtype) const;
  /// Times of derivatives over those of the image.
  std::vector<double> derivative_ratios() const;
};

/// One image of the parity matrix.
struct MatrixPart {
  bool own_width = true;                          ///< the pack width that the programs compute in
  std::optional<measure::Parity> with_reference;  ///< the built-in one
};

/// One workload in one precision on one device: how long it took and how far it differs.
struct Record {
  std::string workload, title;
  std::vector<std::string> flags;  ///< the C program's
  std::size_t pixels = 0;
  int size = 0;  ///< pixels along the fast axis
  std::string device, dtype;
  measure::Setting setting;
  std::vector<std::string> reasons;  ///< sentences that say why it did not pass; empty where it did
  std::string hash;                  ///< of the image; the main job has two
  std::optional<measure::Parity> with_float64;
  std::optional<MainPart> main;
  std::optional<SuitePart> suite;
  std::optional<MatrixPart> matrix;

  bool passed() const { return reasons.empty(); }
  /// Least bytes that have to cross the memory bus: the image written and the tables read once.
  double least_bytes() const { return static_cast<double>(pixels * sizeof(float) + setting.table_bytes); }
};

/// Begins the record of a workload.
Record record_of(const measure::Workload& workload, std::string device, std::string dtype);

}  // namespace nbk::bench::jobs
