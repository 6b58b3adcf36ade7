// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/evidence/run_log.hpp"
#include "bench/jobs/options.hpp"
#include "bench/measure/reference_image.hpp"
#include "bench/trace/kokkos_trace.hpp"

#include <filesystem>

namespace nbk::bench::jobs {

/// Where one size stands in the whole run.
struct Place {
  int index = 0, count = 1;
};

/// Runs the main job's sizes and keeps what they leave.
class MainJob {
 public:
  /// All of these but the folder have to outlive it. \param environment env.json, for the traces
  MainJob(const Options& options, std::filesystem::path folder, const Json& environment, measure::Reference& reference,
          evidence::RunLog& log);

  /// One size: the reference, nbk cold and warm, parity, files. A reference that fails makes a record that fails.
  /// \return the record
  /// \throws what nbk throws where it fails itself; FileError; Interrupted
  Json run(int size, Place place);

 private:
  void run_reference(const measure::Workload& workload, struct Outcome& outcome, std::vector<float>& image);
  void run_nbk(const measure::Workload& workload, struct Outcome& outcome, trace::KokkosTrace* trace);
  void compare_images(const measure::Workload& workload, struct Outcome& outcome, const std::vector<float>& reference);
  void write_images(const measure::Workload& workload, struct Outcome& outcome,
                            const std::vector<float>& reference);
  void step(const std::string& what, double fraction_of_size);

  const Options& m_options;
  std::filesystem::path m_folder;
  const Json& m_environment;
  measure::Reference& m_reference;
  evidence::RunLog& m_log;
  Place m_place;
  int m_size = 0;
};

}  // namespace nbk::bench::jobs
