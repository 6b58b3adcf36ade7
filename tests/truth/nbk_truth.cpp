// SPDX-License-Identifier: MIT
// nbk-truth CASE.json OUT.f64 [--precision NAME]  computes the arrays of a case of the truth files, in their order
// nbk-truth CASE.json --check [--precision NAME]  compares its gradients and matrices: a name and the relative
//                                                 difference on each line
#include "truth/case_arrays.hpp"
#include "truth/case_checks.hpp"
#include "truth/read_case.hpp"

#include <nbk/core/error.hpp>

#include <Kokkos_Core.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Arguments {
  std::filesystem::path subject, result;
  bool checks = false;
  std::string precision = "float64";
};

/// Returns the arguments. \throws InvalidInput
Arguments read_arguments(const std::vector<std::string>& words) {
  Arguments arguments;
  std::vector<std::string> files;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--precision") {
      nbk::require(i + 1 < words.size(), "--precision", "", "must be float64, mixed or float32");
      arguments.precision = words[++i];
    } else if (words[i] == "--check") {
      arguments.checks = true;
    } else {
      nbk::require(!words[i].starts_with("--"), "flag", words[i], "must be --precision or --check");
      files.push_back(words[i]);
    }
  }
  const std::size_t wanted = arguments.checks ? 1 : 2;
  nbk::require(
      files.size() == wanted, "number of files", files.size(),
      "must be " + std::to_string(wanted) +
          ": nbk-truth CASE.json OUT.f64 [--precision NAME], or nbk-truth CASE.json --check [--precision NAME]");
  arguments.subject = files.front();
  arguments.result = files.back();
  return arguments;
}

/// Writes doubles, little endian. \throws FileError
void write_numbers(const std::filesystem::path& file, const std::vector<double>& numbers) {
  std::ofstream stream(file, std::ios::binary);
  for (const double number : numbers) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8) stream.put(static_cast<char>(bits >> shift & 0xffU));
  }
  stream.close();
  if (!stream) throw nbk::FileError(file.string() + ": cannot be written");
}

void run(const Arguments& arguments) {
  const nbk::truth::CaseJson json(arguments.subject);
  const nbk::truth::TruthCase subject = nbk::truth::read_case(json);
  if (arguments.checks) {
    for (const nbk::truth::TruthCheck& check : nbk::truth::case_checks(json, subject, arguments.precision))
      std::printf("%s: %.3e\n", check.name.c_str(), check.relative_difference());
    return;
  }
  write_numbers(arguments.result, nbk::truth::case_arrays(subject, arguments.precision));
}

}  // namespace

int main(int argc, char** argv) {
  const Kokkos::ScopeGuard guard(argc, argv);
  try {
    run(read_arguments({argv + 1, argv + argc}));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nbk-truth: %s\n", error.what());
    return 1;
  }
  return 0;
}
