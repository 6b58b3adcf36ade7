// SPDX-License-Identifier: MIT
#include "truth/case_arrays.hpp"

#include "truth/case_json.hpp"
#include "truth/differentiator.hpp"
#include "truth/simulated_image.hpp"

#include <nbk/core/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace nbk::truth {

namespace {

/// Arrays that a case gives: they are no result.
constexpr std::array<std::string_view, 5> given{"g", "data", "background", "trusted", "variance"};

/// Returns the number N of a name "image_source_N" of this case.
std::optional<std::size_t> source_number(std::string_view name, std::size_t sources) {
  for (std::size_t i = 0; i < sources; ++i)
    if (name == "image_source_" + std::to_string(i)) return i;
  return std::nullopt;
}

std::vector<double> scaled(std::vector<double> image, double factor) {
  for (double& pixel : image) pixel *= factor;
  return image;
}

/// The derivative images of a case by the names of their arrays.
using NamedImages = std::map<std::string, std::vector<double>, std::less<>>;

NamedImages derivative_images(const TruthCase& subject, std::string_view precision) {
  NamedImages named;
  const auto differentiator = make_differentiator(subject.experiment, subject.parameters, precision);
  DerivativeImages images = differentiator->images();
  for (std::size_t i = 0; i < images.derivatives.size(); ++i) {
    const std::string& name = differentiator->names()[i];
    named["d_" + name] = scaled(std::move(images.derivatives[i]), subject.derivative_factor(name));
  }
  return named;
}

/// Returns the derivative images, or none where the experiment has no derivatives; the reason is then printed.
NamedImages derivative_images_of(const TruthCase& subject, std::string_view precision) {
  const bool wanted = std::ranges::any_of(subject.arrays, [](const TruthArray& a) { return a.name.starts_with("d_"); });
  if (!wanted || !subject.not_offered.empty()) return {};
  try {
    return derivative_images(subject, precision);
  } catch (const InvalidInput& error) {
    std::fprintf(stderr, "nbk-truth: no derivatives: %s\n", error.what());
    return {};
  }
}

/// Returns an array that nbk computes, or nothing.
std::vector<double> computed(const TruthCase& subject, const NamedImages& derivatives, std::string_view name,
                             std::string_view precision) {
  if (!subject.not_offered.empty()) return {};
  if (const auto derivative = derivatives.find(name); derivative != derivatives.end()) return derivative->second;
  if (name == "image") return simulated_image(subject.experiment, precision);
  if (const auto number = source_number(name, subject.sources.size()))
    return simulated_image(subject.sources[*number], precision);
  return {};
}

}  // namespace

std::vector<double> case_arrays(const TruthCase& subject, std::string_view precision) {
  std::size_t total = 0;
  for (const TruthArray& array : subject.arrays) total = std::max(total, array.offset + array.count);
  std::vector<double> all(total, std::numeric_limits<double>::quiet_NaN());
  const NamedImages derivatives = derivative_images_of(subject, precision);
  for (const TruthArray& array : subject.arrays) {
    const auto place = all.begin() + static_cast<std::ptrdiff_t>(array.offset);
    if (std::ranges::find(given, array.name) != given.end()) {
      const std::vector<double> stored = read_numbers(subject.data_file);
      require(array.offset + array.count <= stored.size(), "numbers in " + subject.data_file, stored.size(),
              "must reach to the end of the array " + array.name);
      std::copy_n(stored.begin() + static_cast<std::ptrdiff_t>(array.offset), array.count, place);
      continue;
    }
    const std::vector<double> values = computed(subject, derivatives, array.name, precision);
    if (values.empty()) continue;
    require(values.size() == array.count, "numbers of the array " + array.name, array.count,
            "must be " + std::to_string(values.size()) + ", the pixels of the case");
    std::ranges::copy(values, place);
  }
  return all;
}

}  // namespace nbk::truth
