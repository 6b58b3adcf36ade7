// SPDX-License-Identifier: MIT
#include "support/json_schema.hpp"

#include <doctest/doctest.h>

namespace {

std::size_t complaints(const char* value, const char* schema) {
  return nbk::testing::schema_complaints(nlohmann::json::parse(value), nlohmann::json::parse(schema)).size();
}

}  // namespace

TEST_CASE("json_schema: accepts what fits") {
  CHECK(complaints("3", R"({"type": "integer", "minimum": 3})") == 0);
  CHECK(complaints("null", R"({"type": ["number", "null"]})") == 0);
  CHECK(complaints(R"({"a": [1, 2]})", R"({"properties": {"a": {"items": {"type": "number"}}}, "required": ["a"]})") ==
        0);
  CHECK(complaints(R"({"a": 1})", R"({"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"const": 1}}})") ==
        0);
}

TEST_CASE("json_schema: complains about what does not fit") {
  CHECK(complaints("2", R"({"minimum": 3})") == 1);
  CHECK(complaints("2.5", R"({"type": "integer"})") == 1);
  CHECK(complaints("\"x\"", R"({"enum": ["y"]})") == 1);
  CHECK(complaints("{}", R"({"required": ["a", "b"]})") == 2);
  CHECK(complaints(R"({"a": [1, "x"]})", R"({"properties": {"a": {"items": {"type": "number"}}}})") == 1);
  CHECK(complaints(R"({"b": 1})", R"({"properties": {"a": {}}, "additionalProperties": false})") == 1);
  CHECK(complaints(R"({"b": "x"})", R"({"additionalProperties": {"type": "number"}})") == 1);
  CHECK(complaints(R"({"a": 2})", R"({"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"const": 1}}})") ==
        1);
  CHECK(complaints("1", R"({"maximum": 3})") == 1);  // a keyword it cannot check must not pass silently
}
