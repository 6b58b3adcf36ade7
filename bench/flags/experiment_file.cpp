// SPDX-License-Identifier: MIT
#include "bench/flags/experiment_file.hpp"

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/dxtbx_reader.hpp"
#include "nbk/io/file.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

namespace nbk::bench::flags {

namespace {

/// Refuses a key that an object has twice. JSON libraries keep one of the two values in silence.
class DistinctKeys {
 public:
  explicit DistinctKeys(const std::filesystem::path& file) : m_file(file) {}

  bool operator()(int, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) {
      m_open.emplace_back();
    } else if (event == Event::object_end) {
      m_open.pop_back();
    } else if (event == Event::key) {
      const auto key = parsed.get<std::string>();
      const bool is_new = m_open.back().keys.insert(key).second;
      m_open.back().last = key;
      if (!is_new) io::fail(m_file, path() + ": is there twice");
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

  const std::filesystem::path& m_file;
  std::vector<Object> m_open;
};

/// Returns the JSON of a file. \throws FileError
nlohmann::json read_json(const std::filesystem::path& file) {
  const std::string text = io::read_file(file);
  try {
    return nlohmann::json::parse(text, [keys = DistinctKeys(file)](int depth, auto event, auto& parsed) mutable {
      return keys(depth, event, parsed);
    });
  } catch (const nlohmann::json::exception& error) {
    io::fail(file, error.what());
  }
}

}  // namespace

io::ExperimentDocument read_document(const std::filesystem::path& file) {
  return io::document_from_json(read_json(file), file.string(), file.parent_path());
}

Response read_response(const std::filesystem::path& file) {
  return io::response_from_json(read_json(file), file.string());
}

io::DxtbxDocument read_dxtbx(const std::filesystem::path& file) {
  return io::dxtbx_from_json(read_json(file), file.string());
}

void write_document(const std::filesystem::path& file, const io::ExperimentDocument& document) {
  const auto json = io::document_to_json<nlohmann::ordered_json>(document);
  io::AtomicFile out(file);
  out.write(json.dump(1) + "\n");
  out.commit();
}

}  // namespace nbk::bench::flags
