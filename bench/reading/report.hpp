// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace nbk::bench::reading {

/// Writes what is made of a run's other files: inventory.json and inventory.md where it has traces, and report.html, a
/// page that needs nothing else: verdict, tables, bars of the times, pictures of kept images, inventory, environment.
/// \throws FileError
void write_report(const std::filesystem::path& folder);

}  // namespace nbk::bench::reading
