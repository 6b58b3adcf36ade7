// SPDX-License-Identifier: MIT
#include "result_file.hpp"

#include <cstdint>
#include <stdexcept>

namespace nbk::gpu_run {

ResultWriter::ResultWriter(const std::string& file) : m_file(file), m_out(file, std::ios::binary) {}

void ResultWriter::write(const std::string& name, const std::vector<double>& numbers) {
  const auto size = static_cast<std::uint64_t>(numbers.size());
  m_out << name << '\0';
  m_out.write(reinterpret_cast<const char*>(&size), sizeof(size));
  m_out.write(reinterpret_cast<const char*>(numbers.data()), static_cast<std::streamsize>(size * sizeof(double)));
  if (!m_out.flush()) throw std::runtime_error(m_file + " cannot be written");
}

ResultReader::ResultReader(const std::string& file) : m_file(file), m_in(file, std::ios::binary) {}

std::vector<double> ResultReader::next(const std::string& name) {
  std::string found;
  std::getline(m_in, found, '\0');
  if (!m_in || found != name) throw std::runtime_error(m_file + " has '" + found + "' where '" + name + "' is wanted");
  std::uint64_t size = 0;
  m_in.read(reinterpret_cast<char*>(&size), sizeof(size));
  std::vector<double> numbers(m_in ? size : 0);
  m_in.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(double)));
  if (!m_in) throw std::runtime_error(m_file + " is cut short");
  return numbers;
}

bool ResultReader::is_at_end() { return m_in.peek() == std::ifstream::traits_type::eof(); }

}  // namespace nbk::gpu_run
