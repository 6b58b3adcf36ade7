// SPDX-License-Identifier: MIT
#include "bench/flags/experiment_file.hpp"

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/dxtbx_reader.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/parse_json.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace nbk::bench::flags {

namespace {

nlohmann::json read_json(const std::filesystem::path& file) {
  return io::parse_json<nlohmann::json>(io::read_file(file), file.string());
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
