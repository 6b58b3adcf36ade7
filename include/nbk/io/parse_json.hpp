// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/text_lines.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::io {

namespace detail {

/// Refuses a key that an object has twice. JSON libraries keep one of the two values in silence.
template <class Json>
class DistinctKeys {
 public:
  explicit DistinctKeys(const std::string& name) : m_name(name) {}

  bool operator()(int, typename Json::parse_event_t event, const Json& parsed) {
    using Event = typename Json::parse_event_t;
    if (event == Event::object_start) {
      m_open.emplace_back();
    } else if (event == Event::object_end) {
      m_open.pop_back();
    } else if (event == Event::key) {
      const auto key = parsed.template get<std::string>();
      const bool is_new = m_open.back().keys.insert(key).second;
      m_open.back().last = key;
      if (!is_new) fail(m_name, path() + ": is there twice");
    }
    return true;
  }

 private:
  struct Object {
    std::set<std::string> keys;
    std::string last;
  };

  std::string path() const {
    std::string path;
    for (const Object& object : m_open) path += "/" + object.last;
    return path;
  }

  const std::string& m_name;
  std::vector<Object> m_open;
};

}  // namespace detail

/// Returns a text as JSON. \param name  of the text, for messages
/// \throws FileError  it is no JSON, or an object has a key twice
template <class Json>
Json parse_json(std::string_view text, const std::string& name) {
  detail::require_no_utf16(text, name);
  try {
    return Json::parse(text, [keys = detail::DistinctKeys<Json>(name)](int depth, auto event, auto& parsed) mutable {
      return keys(depth, event, parsed);
    });
  } catch (const typename Json::exception& error) {
    const std::string_view problem = error.what();  // "[json.exception.parse_error.101] parse error at ..."
    const bool has_code = problem.starts_with("[json.exception.");
    fail(name,
         "is no JSON: " + std::string(problem.substr(has_code ? std::min(problem.find("] ") + 2, problem.size()) : 0)));
  }
}

}  // namespace nbk::io
