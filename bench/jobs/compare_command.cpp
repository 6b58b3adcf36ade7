// SPDX-License-Identifier: MIT
#include "bench/jobs/compare_command.hpp"

#include "bench/measure/local_maxima.hpp"
#include "bench/measure/parity.hpp"
#include "bench/system/command_line.hpp"
#include "bench/system/png_image.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/distinct_files.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/smv_reader.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace nbk::bench::jobs {

namespace {

/// The two images cannot be laid on one another.
class ShapeMismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A picture, [slow][fast]; no width where the file does not tell.
struct LoadedImage {
  std::vector<float> pixels;
  int width = 0;
};

/// Nothing when only help was asked for.
std::optional<CompareOptions> parse_options(const std::vector<std::string>& arguments) {
  CompareOptions options;
  std::vector<int> size, roi;
  CLI::App app("Compare two images: raw 4-byte floats or SMV", "nbk-bench compare");
  app.add_option("ours", options.ours, "image to judge")->required();
  app.add_option("reference", options.reference, "image to compare with")->required();
  app.add_option("--size", size, "width and height of raw images")->expected(2);
  app.add_option("--roi", roi, "xmin xmax ymin ymax, inclusive")->expected(4);
  app.add_option("--min-correlation", options.min_correlation, "least correlation that passes")->capture_default_str();
  app.add_option("--json", options.json, "file for the figures as JSON instead of the console");
  app.add_option("--png", options.png_prefix, "pictures PREFIXours.png, PREFIXreference.png, PREFIXdifference.png");
  std::string help;
  if (!system::parse_command_line(app, arguments, help)) {
    system::say_text(stdout, help);
    return std::nullopt;
  }
  if (!size.empty()) {
    require(size[0] > 0 && size[1] > 0, "--size", size[0], "width and height must be > 0");
    options.width = size[0];
    options.height = size[1];
  }
  if (!roi.empty()) options.roi = CompareRoi{roi[0], roi[1], roi[2], roi[3]};
  return options;
}

LoadedImage load(const std::filesystem::path& file) {
  const std::string bytes = io::read_file(file);
  if (bytes.starts_with("{\nHEADER_BYT")) {
    const io::SmvImage image = io::parse_smv(bytes, file.string());
    return {{image.pixels.begin(), image.pixels.end()}, image.pixels_fast};
  }
  return {io::read_float_image(file), 0};
}

/// The width both images have: as told, from a header, or of a square.
std::size_t common_width(const CompareOptions& options, const LoadedImage& ours, const LoadedImage& reference) {
  const auto describe = [](const LoadedImage& image) {
    return image.width > 0
               ? fmt::format("{} x {}", image.width, image.pixels.size() / static_cast<std::size_t>(image.width))
               : fmt::format("{} pixels", image.pixels.size());
  };
  const std::size_t pixels = ours.pixels.size();
  int width = options.width > 0 ? options.width : std::max(ours.width, reference.width);
  if (width == 0) width = static_cast<int>(std::lround(std::sqrt(static_cast<double>(pixels))));
  const auto height =
      options.height > 0 ? static_cast<std::size_t>(options.height) : pixels / static_cast<std::size_t>(width);
  const bool widths_agree =
      (ours.width == 0 || ours.width == width) && (reference.width == 0 || reference.width == width);
  if (pixels != reference.pixels.size() || !widths_agree || static_cast<std::size_t>(width) * height != pixels) {
    throw ShapeMismatch(fmt::format("the images are {} and {}{}", describe(ours), describe(reference),
                                    pixels == reference.pixels.size() && widths_agree ? "; give --size W H" : ""));
  }
  return static_cast<std::size_t>(width);
}

std::vector<float> crop(const std::vector<float>& image, std::size_t width, const CompareRoi& roi) {
  const auto last_fast = static_cast<int>(width) - 1, last_slow = static_cast<int>(image.size() / width) - 1;
  const bool inside = roi.fast_min >= 0 && roi.fast_min <= roi.fast_max && roi.fast_max <= last_fast &&
                      roi.slow_min >= 0 && roi.slow_min <= roi.slow_max && roi.slow_max <= last_slow;
  require(inside, "--roi", fmt::format("{} {} {} {}", roi.fast_min, roi.fast_max, roi.slow_min, roi.slow_max),
          fmt::format("must be xmin xmax ymin ymax inside 0 {} 0 {}", last_fast, last_slow));
  std::vector<float> part;
  for (int slow = roi.slow_min; slow <= roi.slow_max; ++slow) {
    const auto row = image.begin() + static_cast<std::ptrdiff_t>(slow) * static_cast<std::ptrdiff_t>(width);
    part.insert(part.end(), row + roi.fast_min, row + roi.fast_max + 1);
  }
  return part;
}

constexpr std::array picture_names{"ours.png", "reference.png", "difference.png"};

/// Both images on one scale, up to the 99.5th percentile of their positive pixels, and their difference about grey.
void write_pictures(const std::string& prefix, std::span<const float> ours, std::span<const float> reference,
                    std::size_t width) {
  std::vector<float> positive;
  for (const auto image : {ours, reference}) {
    std::copy_if(image.begin(), image.end(), std::back_inserter(positive), [](float v) { return v > 0; });
  }
  float white = 1;
  if (!positive.empty()) {
    const auto place = positive.begin() + static_cast<std::ptrdiff_t>(0.995 * static_cast<double>(positive.size() - 1));
    std::nth_element(positive.begin(), place, positive.end());
    white = *place;
  }
  const auto write = [&](const std::string& name, const auto& level) {
    std::vector<std::uint8_t> grey(ours.size());
    for (std::size_t i = 0; i < grey.size(); ++i) {
      grey[i] = static_cast<std::uint8_t>(std::clamp(static_cast<double>(level(i)), 0.0, 1.0) * 255.0);
    }
    system::write_grey_png(prefix + name, grey, static_cast<int>(width), static_cast<int>(ours.size() / width));
  };
  write(picture_names[0], [&](std::size_t i) { return ours[i] / white; });
  write(picture_names[1], [&](std::size_t i) { return reference[i] / white; });
  write(picture_names[2], [&](std::size_t i) { return 0.5F + 0.5F * (ours[i] - reference[i]) / white; });
}

nlohmann::ordered_json maxima_json(const std::vector<measure::LocalMaximum>& maxima) {
  auto list = nlohmann::ordered_json::array();
  for (const measure::LocalMaximum& m : maxima)
    list.push_back({{"fast", m.fast}, {"slow", m.slow}, {"value", m.value}});
  return list;
}

/// Throws InvalidInput where a result would take the place of an image.
void require_distinct_files(const CompareOptions& options) {
  using enum io::FileUse;
  std::vector<io::UsedFile> files{{"ours", options.ours, input}, {"reference", options.reference, input}};
  if (!options.json.empty()) files.push_back({"--json", options.json, output});
  if (!options.png_prefix.empty()) {
    for (const char* name : picture_names) files.push_back({"--png", options.png_prefix + name, output});
  }
  io::require_distinct(files);
}

CompareExit compare_images(const CompareOptions& options) {
  require_distinct_files(options);
  LoadedImage ours = load(options.ours), reference = load(options.reference);
  std::size_t width = common_width(options, ours, reference);
  if (options.roi) {
    ours.pixels = crop(ours.pixels, width, *options.roi);
    reference.pixels = crop(reference.pixels, width, *options.roi);
    width = static_cast<std::size_t>(options.roi->fast_max - options.roi->fast_min) + 1;
  }
  const measure::Parity parity = measure::compare(ours.pixels, reference.pixels, width);
  const auto our_maxima = measure::brightest_maxima(ours.pixels, width),
             maxima = measure::brightest_maxima(reference.pixels, width);
  const auto distance = measure::distance_of(our_maxima, maxima);
  // A correlation that is not a number passes nothing.
  const bool passed = parity.correlation >= options.min_correlation;

  nlohmann::ordered_json json{{"ours", options.ours.string()},
                              {"reference", options.reference.string()},
                              {"width", width},
                              {"height", ours.pixels.size() / width},
                              {"correlation", parity.correlation},
                              {"min_correlation", options.min_correlation},
                              {"passed", passed},
                              {"mse", parity.rmse * parity.rmse},
                              {"rmse", parity.rmse},
                              {"max_abs_diff", parity.max_abs_difference},
                              {"sum_ours", parity.sum_ours},
                              {"sum_reference", parity.sum_reference},
                              {"sum_ratio", parity.sum_ratio},
                              {"maxima_ours", maxima_json(our_maxima)},
                              {"maxima_reference", maxima_json(maxima)},
                              {"maxima_distance_mean", distance ? nlohmann::ordered_json(distance->mean) : nullptr},
                              {"maxima_distance_max", distance ? nlohmann::ordered_json(distance->max) : nullptr}};
  auto& worst = json["worst_pixels"] = nlohmann::ordered_json::array();
  for (const measure::DifferingPixel& p : parity.worst) {
    worst.push_back({{"fast", p.fast}, {"slow", p.slow}, {"ours", p.ours}, {"reference", p.reference}});
  }
  system::say(stdout, "correlation {:.9f} ({} {})  sum ratio {:.9f}  rmse {:g}  max difference {:g}\n",
              parity.correlation, passed ? "passes" : "below", options.min_correlation, parity.sum_ratio, parity.rmse,
              parity.max_abs_difference);
  if (distance)
    system::say(stdout, "brightest maxima: distance {:.3f} px mean, {:.3f} px at most\n", distance->mean,
                distance->max);
  if (options.json.empty()) {
    system::say_text(stdout, json.dump(2) + "\n");
  } else {
    io::AtomicFile out(options.json);
    out.write(json.dump(2) + "\n");
    out.commit();
  }
  if (!options.png_prefix.empty()) write_pictures(options.png_prefix, ours.pixels, reference.pixels, width);
  return passed ? CompareExit::passed : CompareExit::below_threshold;
}

CompareExit complain(const std::exception& error, CompareExit code) {
  system::say(stderr, "nbk-bench compare: {}\n", error.what());
  return code;
}

}  // namespace

CompareExit run_compare(const std::vector<std::string>& arguments) {
  try {
    const std::optional<CompareOptions> options = parse_options(arguments);
    return options ? compare_images(*options) : CompareExit::passed;
  } catch (const InvalidInput& error) {
    return complain(error, CompareExit::usage);
  } catch (const ShapeMismatch& error) {
    return complain(error, CompareExit::shape_mismatch);
  } catch (const FileError& error) {
    return complain(error, CompareExit::io);
  }
}

}  // namespace nbk::bench::jobs
