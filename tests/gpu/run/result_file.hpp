// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// Writes results one after the other into a file.
class ResultWriter {
 public:
  /// \throws std::runtime_error  the file cannot be written
  explicit ResultWriter(const std::string& file);
  void write(const std::string& name, const std::vector<double>& numbers);

 private:
  std::string m_file;
  std::ofstream m_out;
};

/// Reads them in the same order.
class ResultReader {
 public:
  explicit ResultReader(const std::string& file);
  /// Returns the next result, which must have this name. \throws std::runtime_error  it has another, or there is none
  std::vector<double> next(const std::string& name);
  /// True if all have been read.
  bool is_at_end();

 private:
  std::string m_file;
  std::ifstream m_in;
};

}  // namespace nbk::gpu_run
