// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace nbk::testing {

/// Checks a JSON value against a JSON schema, as far as this project's schemas go: type, const, enum, minimum,
/// required, dependentRequired, properties, additionalProperties, items, $ref into $defs. A keyword that it does not
/// know is a complaint, too. \return one line per complaint: "records/0/size: ..."
std::vector<std::string> schema_complaints(const nlohmann::json& value, const nlohmann::json& schema);

}  // namespace nbk::testing
