// SPDX-License-Identifier: MIT
#include "truth/read_structure_factors.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace nbk::truth {

namespace {

IndexRange read_range(const CaseJson& json, const std::string& path) {
  return {json.integer(path + "/0"), json.integer(path + "/1")};
}

/// Returns a table over the ranges of a set, without its values.
StructureFactors empty_table(const CaseJson& json, const std::string& ranges) {
  return StructureFactors::over(read_range(json, ranges + "/h"), read_range(json, ranges + "/k"),
                                read_range(json, ranges + "/l"));
}

std::size_t reflections_of(const StructureFactors& f) {
  const auto span = [](int min, int max) { return static_cast<std::size_t>(max - min) + 1; };
  return span(f.h_min, f.h_max) * span(f.k_min, f.k_max) * span(f.l_min, f.l_max);
}

/// Returns the amplitudes of real and imaginary parts that alternate.
std::vector<double> amplitudes_of_parts(const std::vector<double>& parts) {
  std::vector<double> amplitudes;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) amplitudes.push_back(std::hypot(parts[i], parts[i + 1]));
  return amplitudes;
}

}  // namespace

std::vector<StructureFactors> read_structure_factors(const CaseJson& json) {
  std::vector<StructureFactors> sets;
  std::size_t total = 0;
  for (int set = 0; set < json.integer("/F/sets", 1); ++set) {
    const auto of_set = [&](const std::string& path) {
      const std::string own = path + "/" + std::to_string(set);
      return json.has(own) ? own : path;
    };
    StructureFactors f = empty_table(json, of_set("/F/ranges"));
    f.default_amplitude = json.number(of_set("/F/default_F"));
    f.interpolate = json.text("/F/lookup", "nearest") == "tricubic";
    total += reflections_of(f);
    sets.push_back(std::move(f));
  }

  std::vector<double> numbers = read_numbers(json.beside("/F/file"));
  if (numbers.size() == 2 * total) numbers = amplitudes_of_parts(numbers);
  if (numbers.size() != total)
    json.fail("/F/file", "has " + std::to_string(numbers.size()) + " numbers, but the ranges have " +
                             std::to_string(total) + " reflections, of one or two numbers each");
  auto first = numbers.begin();
  for (StructureFactors& f : sets) {
    const auto end = first + static_cast<std::ptrdiff_t>(reflections_of(f));
    f.amplitude.assign(first, end);
    first = end;
  }
  return sets;
}

}  // namespace nbk::truth
