// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/reading/region_times.hpp"

#include <filesystem>
#include <string>

namespace nbk::bench::reading {

/// Version of inventory.json; docs/schema/inventory.schema.json describes it.
inline constexpr int inventory_schema_version = 1;

/// Where the time of a run went: every region, kernel and copy of its traces, ranked by its share, with what it did per
/// second and what limits it.
/// \param folder of a run of the main job with --profile \throws FileError
Json make_inventory(const std::filesystem::path& folder);

/// The part of one trace. \param peaks of the record, or null
Json inventory_of_trace(const Trace& trace, const Json& peaks);

/// Two inventories row by row, matched by size and path: time per call in both and their ratio.
Json compare_inventories(const Json& before, const Json& after);

/// What a person reads of either, as Markdown.
std::string inventory_text(const Json& inventory);
std::string comparison_text(const Json& comparison);

}  // namespace nbk::bench::reading
