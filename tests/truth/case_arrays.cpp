// SPDX-License-Identifier: MIT
#include "truth/case_arrays.hpp"

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

/// Arrays by their names.
using NamedArrays = std::map<std::string, std::vector<double>, std::less<>>;

/// Returns the gradient by the structure factors of the case's own tables, which may be smaller than nbk's common one.
std::vector<double> by_own_tables(const TruthCase& subject, const StructureFactorGradient& gradient) {
  std::vector<double> values;
  const auto span = [](int min, int max) { return static_cast<std::size_t>(max - min) + 1; };
  const std::size_t l_span = span(gradient.l_min, gradient.l_max), k_span = span(gradient.k_min, gradient.k_max),
                    h_span = span(gradient.h_min, gradient.h_max);
  std::vector<StructureFactors> sets{subject.experiment.structure_factors};
  sets.insert(sets.end(), subject.experiment.further_sets.begin(), subject.experiment.further_sets.end());
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const StructureFactors& f = sets[set];
    for (int h = f.h_min; h <= f.h_max; ++h) {
      for (int k = f.k_min; k <= f.k_max; ++k) {
        for (int l = f.l_min; l <= f.l_max; ++l) {
          const auto at = [](int index, int min) { return static_cast<std::size_t>(index - min); };
          const std::size_t row = (set * h_span + at(h, gradient.h_min)) * k_span + at(k, gradient.k_min);
          values.push_back(gradient.values[row * l_span + at(l, gradient.l_min)]);
        }
      }
    }
  }
  return values;
}

/// Computes the derivative images of a case and its gradient by structure factors.
NamedArrays derivative_arrays(const TruthCase& subject, std::string_view precision) {
  NamedArrays named;
  const auto differentiator = make_differentiator(subject.experiment, subject.parameters, precision);
  const auto wants_image = [](const TruthArray& array) { return array.name.starts_with("d_"); };
  if (std::ranges::any_of(subject.arrays, wants_image)) {
    DerivativeImages images = differentiator->images();
    for (std::size_t i = 0; i < images.derivatives.size(); ++i) {
      const std::string& name = differentiator->names()[i];
      named["d_" + name] = scaled(std::move(images.derivatives[i]), subject.derivative_factor(name));
    }
  }
  if (subject.has_array("dLoss_dF")) {
    named["dLoss_dF"] = by_own_tables(subject, differentiator->structure_factor_gradient(subject.stored_array("g")));
  }
  return named;
}

/// Returns the arrays of derivatives, or none where the experiment has no derivatives; the reason is then printed.
NamedArrays offered_derivative_arrays(const TruthCase& subject, std::string_view precision) {
  try {
    return derivative_arrays(subject, precision);
  } catch (const InvalidInput& error) {
    std::fprintf(stderr, "nbk-truth: no derivatives: %s\n", error.what());
    return {};
  }
}

/// Returns an array that nbk computes, or nothing.
std::vector<double> computed(const TruthCase& subject, const NamedArrays& derivatives, std::string_view name,
                             std::string_view precision) {
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
  const NamedArrays derivatives = offered_derivative_arrays(subject, precision);
  for (const TruthArray& array : subject.arrays) {
    const bool is_given = std::ranges::find(given, array.name) != given.end();
    const std::vector<double> values =
        is_given ? subject.stored_array(array.name) : computed(subject, derivatives, array.name, precision);
    if (values.empty()) continue;
    require(values.size() == array.count, "numbers of the array " + array.name, array.count,
            "must be " + std::to_string(values.size()) + ", as the case has it");
    std::ranges::copy(values, all.begin() + static_cast<std::ptrdiff_t>(array.offset));
  }
  return all;
}

}  // namespace nbk::truth
