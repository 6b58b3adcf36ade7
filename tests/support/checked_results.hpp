// SPDX-License-Identifier: MIT
#pragma once

#include "support/bench_process.hpp"
#include "support/json_schema.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace nbk::testing {

/// Returns NAME.json of a run's folder; a field that docs/schema/results.schema.json does not allow fails the test
/// case.
inline nlohmann::json checked_results(const std::filesystem::path& folder, const std::string& name) {
  const auto schema = BenchProcess::json(std::filesystem::path(places::tests) / "../docs/schema/results.schema.json");
  auto results = BenchProcess::json(folder / (name + ".json"));
  for (const auto& complaint : schema_complaints(results, schema)) FAIL_CHECK(complaint);
  return results;
}

}  // namespace nbk::testing
