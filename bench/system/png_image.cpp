// SPDX-License-Identifier: MIT
#include "bench/system/png_image.hpp"

#include "nbk/io/atomic_file.hpp"

#include <png.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace nbk::bench::system {

namespace {

/// libpng reports errors by a callback that must not return.
[[noreturn]] void on_error(png_structp, png_const_charp message) { throw FileError(std::string("PNG: ") + message); }
void on_warning(png_structp, png_const_charp) {}

void on_write(png_structp png, png_bytep data, png_size_t bytes) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(data), bytes);
}
void on_flush(png_structp) {}

struct PngWriter {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
  png_infop info = png_create_info_struct(png);

  PngWriter() = default;
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

/// Some of the pixels above 0, in order; enough to tell percentiles.
std::vector<float> sorted_sample(std::span<const float> image) {
  const std::size_t stride = std::max<std::size_t>(1, image.size() / 100000);
  std::vector<float> sample;
  for (std::size_t i = 0; i < image.size(); i += stride) {
    if (image[i] > 0) sample.push_back(image[i]);
  }
  std::sort(sample.begin(), sample.end());
  return sample;
}

}  // namespace

std::string grey_png(std::span<const std::uint8_t> grey, int width, int height) {
  std::string bytes;
  PngWriter writer;
  png_set_write_fn(writer.png, &bytes, on_write, on_flush);
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 8,
               PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(writer.png, 3);
  png_write_info(writer.png, writer.info);
  for (int row = 0; row < height; ++row) {
    png_write_row(writer.png, grey.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(width));
  }
  png_write_end(writer.png, nullptr);
  return bytes;
}

void write_grey_png(const std::filesystem::path& file, std::span<const std::uint8_t> grey, int width, int height) {
  io::AtomicFile out(file);
  out.write(grey_png(grey, width, height));
  out.commit();
}

FilmGrey::FilmGrey(std::span<const float> image, float max) {
  const std::vector<float> sample = sorted_sample(image);
  const auto percentile = [&](double share) {
    return sample.empty() ? 0.0F : sample[static_cast<std::size_t>(share * static_cast<double>(sample.size() - 1))];
  };
  m_white = percentile(0.5);
  // Spots may be too few for any percentile, and a background must not be as black as they are.
  const float between = std::sqrt(percentile(0.99) * max);
  const float black = std::max(percentile(0.999), between);
  m_unit = std::max(m_white, black / 1000);
  m_range = std::log1p(std::max(black - m_white, m_unit) / m_unit);
}

std::uint8_t FilmGrey::operator()(float photons) const {
  if (!(m_unit > 0)) return 255;
  const float level = std::min(std::log1p(std::max(photons - m_white, 0.0F) / m_unit) / m_range, 1.0F);
  return static_cast<std::uint8_t>(255.0F - 255.0F * level);
}

void write_png(const std::filesystem::path& file, std::span<const float> image, const io::RenderedArea& area,
               const FilmGrey& grey_of) {
  std::vector<std::uint8_t> grey(image.size());
  std::ranges::transform(image, grey.begin(), grey_of);
  write_grey_png(file, grey, area.pixels_fast, area.pixels_slow);
}

}  // namespace nbk::bench::system
