// SPDX-License-Identifier: MIT
#include "bench/jobs/matrix_options.hpp"

#include "bench/evidence/report_root.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/kernels/precisions.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/system/command_line.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

namespace nbk::bench::jobs {

std::optional<MatrixOptions> parse_matrix_options(const std::vector<std::string>& arguments, std::string& help) {
  MatrixOptions options;
  options.outdir = evidence::default_outdir("matrix");
  CLI::App app("Compares images of every space, precision and pack width with float64 and with the built-in reference.",
               "nbk-bench matrix");
  app.add_option("--device", options.devices, "spaces; none: all that this build has")->delimiter(',');
  app.add_option("--dtype", options.dtypes, "precisions; none: all")->delimiter(',');
  app.add_option("--threads", options.threads, "host threads; 0: all")->capture_default_str();
  app.add_option("--outdir", options.outdir, "a folder of its own is made in it for this run")->capture_default_str();
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  const auto known = dtypes();
  for (const auto& dtype : options.dtypes) {
    require(std::find(known.begin(), known.end(), dtype) != known.end(), "--dtype", dtype,
            fmt::format("must be one of {}", fmt::join(known, ", ")));
  }
  for (const auto& device : options.devices) check_device(device);
  require(options.threads >= 0 && options.threads <= 4096, "--threads", options.threads, "must be from 0 to 4096");
  require(!options.outdir.empty(), "--outdir", "''", "must name a folder");
  if (options.devices.empty()) options.devices = devices();
  if (options.dtypes.empty()) options.dtypes = known;
  return options;
}

}  // namespace nbk::bench::jobs
