// SPDX-License-Identifier: MIT
#include "support/json_schema.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nbk::testing {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_number_integer();
  return type == "number" && value.is_number();
}

class Checker {
 public:
  explicit Checker(const json& root) : m_root(root) {}

  void check(const json& value, const json& schema, const std::string& place) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) complain(place, "is not allowed here");
      return;
    }
    for (const auto& [keyword, rule] : schema.items()) check_keyword(value, schema, keyword, rule, place);
  }

  std::vector<std::string> complaints;

 private:
  void check_keyword(const json& value, const json& schema, const std::string& keyword, const json& rule,
                     const std::string& place) {
    constexpr std::array<std::string_view, 4> remarks{"$schema", "$defs", "title", "description"};
    if (std::find(remarks.begin(), remarks.end(), keyword) != remarks.end()) return;
    if (keyword == "type") {
      check_type(value, rule, place);
    } else if (keyword == "const") {
      if (value != rule) complain(place, "must be " + rule.dump() + " but is " + value.dump());
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end()) complain(place, "is " + value.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule) complain(place, "is below " + rule.dump());
    } else if (keyword == "required") {
      for (const auto& name : rule) {
        if (value.is_object() && !value.contains(name)) complain(place, "lacks " + name.dump());
      }
    } else if (keyword == "dependentRequired") {
      for (const auto& [name, others] : rule.items()) {
        if (value.is_object() && value.contains(name)) check_keyword(value, schema, "required", others, place);
      }
    } else if (keyword == "properties" || keyword == "additionalProperties") {
      if (value.is_object()) check_members(value, schema, place, keyword == "properties");
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        check(value[i], rule, place + "/" + std::to_string(i));
      }
    } else if (keyword == "$ref") {
      check(value, m_root.at(json::json_pointer(rule.get<std::string>().substr(1))), place);
    } else {
      complain(place, "the schema's keyword " + keyword + " is not known to this checker");
    }
  }

  void check_type(const json& value, const json& rule, const std::string& place) {
    const auto types = rule.is_array() ? rule : json::array({rule});
    const auto fits = [&](const json& type) { return has_type(value, type.get<std::string>()); };
    if (!std::any_of(types.begin(), types.end(), fits)) complain(place, "is no " + rule.dump() + ": " + value.dump());
  }

  void check_members(const json& value, const json& schema, const std::string& place, bool named) {
    const auto properties = schema.value("properties", json::object());
    for (const auto& [name, member] : value.items()) {
      const bool known = properties.contains(name);
      if (known && named) check(member, properties[name], place + "/" + name);
      if (!known && !named) check(member, schema["additionalProperties"], place + "/" + name);
    }
  }

  void complain(const std::string& place, const std::string& what) { complaints.push_back(place + ": " + what); }

  const json& m_root;
};

}  // namespace

std::vector<std::string> schema_complaints(const json& value, const json& schema) {
  Checker checker(schema);
  checker.check(value, schema, "");
  return checker.complaints;
}

}  // namespace nbk::testing
