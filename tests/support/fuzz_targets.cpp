// SPDX-License-Identifier: MIT
#include "support/fuzz_targets.hpp"

#include "nbk/io/a_matrix.hpp"
#include "nbk/io/crystfel_cell.hpp"
#include "nbk/io/crystfel_geometry.hpp"
#include "nbk/io/dxtbx_image.hpp"
#include "nbk/io/dxtbx_reader.hpp"
#include "nbk/io/expand_to_p1.hpp"
#include "nbk/io/experiment_json.hpp"
#include "nbk/io/file_kind.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/image_list.hpp"
#include "nbk/io/response_json.hpp"
#include "nbk/io/shelx_hkl.hpp"
#include "nbk/io/shelx_instructions.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/io/source_list.hpp"
#include "nbk/io/spectrum_text.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace nbk::fuzz {

namespace {

constexpr std::uintmax_t table_limit_bytes = 1 << 20;
constexpr std::int64_t pixel_limit = 1 << 16;

/// Runs a reader; anything but a FileError that leaves it is a bug.
template <class Read>
void expect_file_error(const Read& read) {
  try {
    read();
  } catch (const FileError&) {}
}

void require_or_abort(bool good) {
  if (!good) std::abort();
}

bool has_fitting_mask(const Panel& panel) {
  const auto pixels = static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow);
  return pixels >= 1 && pixels <= pixel_limit && (panel.mask.empty() || panel.mask.size() == pixels);
}

}  // namespace

void hkl_text(std::string_view bytes) {
  expect_file_error([&] {
    const io::HklText list = io::parse_hkl_text(bytes, "list");
    const StructureFactors table = io::make_table(list.reflections, 3.0, "list", table_limit_bytes);
    for (const Reflection& r : list.reflections)
      require_or_abort(io::table_index(table, r.h, r.k, r.l) < table.amplitude.size());
  });
}

void hkl_cache(std::string_view bytes) {
  expect_file_error([&] {
    const StructureFactors table = io::parse_hkl_cache(bytes, "cache", table_limit_bytes);
    require_or_abort(table.amplitude.size() * sizeof(double) <= bytes.size());
  });
}

void a_matrix(std::string_view bytes) {
  expect_file_error([&] { require_or_abort(std::isfinite(io::parse_a_matrix(bytes, "matrix").row2.z)); });
}

void source_list(std::string_view bytes) {
  expect_file_error([&] {
    for (const Source& source : io::parse_source_list(bytes, {}, "sources").sources)
      require_or_abort(source.wavelength_m > 0);
  });
}

void spectrum_text(std::string_view bytes) {
  expect_file_error([&] {
    for (const SpectrumLine& line : io::parse_spectrum_text(bytes, "spectrum").spectrum.lines)
      require_or_abort(line.wavelength_m > 0 && line.weight >= 0 && line.structure_factor_set >= 0);
  });
}

void smv(std::string_view bytes) {
  expect_file_error([&] {
    const io::SmvImage image = io::parse_smv(bytes, "image");
    require_or_abort(2 * image.pixels.size() <= bytes.size());
    for (std::string_view key : {"PIXEL_SIZE", "DISTANCE", "BEAM_CENTER_X", "ORGX"}) image.value_of(key);
  });
}

void image_list(std::string_view bytes) {
  expect_file_error([&] {
    const auto images = io::parse_image_list<nlohmann::json>(bytes, "list").images;
    for (const io::ListedImage& image : images) {
      require_or_abort(image.slot >= 0 && static_cast<std::size_t>(*image.slot) < images.size());
      Beam beam;
      Crystal crystal;
      io::set_beam(image, beam);
      io::set_crystal(image, 1e-10, beam.wavelength_m, crystal);
    }
  });
}

/// Recognises the kind of any text, reads it as a list, and expands it by the symmetry of P 21/c.
void shelx_hkl(std::string_view bytes) {
  io::recognise_file(bytes);
  expect_file_error([&] {
    io::MergedReflections list = io::parse_shelx_hkl(bytes, 4, "list");
    for (const char* operation : {"x,y,z", "-x,y+1/2,-z+1/2", "-x,-y,-z", "x,-y+1/2,z+1/2"})
      list.operations.push_back(*io::parse_symmetry_operation(operation));
    const auto expanded = io::expand_to_p1(list, io::FriedelMates::copied, 1.0, "list", table_limit_bytes);
    require_or_abort(expanded.reflections > 0 && expanded.averaged <= expanded.reflections);
  });
}

void shelx_instructions(std::string_view bytes) {
  expect_file_error([&] {
    const io::ShelxInstructions read = io::parse_shelx_instructions(bytes, "instructions");
    require_or_abort(read.cell.a_A > 0 && !read.operations.empty());
    io::MergedReflections list;
    list.operations = read.operations;
    list.reflections = {{1, 2, 3, 5.0}};
    io::expand_to_p1(list, io::FriedelMates::copied, 0.0, "list", table_limit_bytes);
  });
}

void experiment(std::string_view bytes) {
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return;
  expect_file_error([&] {
    const auto again = io::document_to_json<nlohmann::json>(io::document_from_json(json, "experiment"));
    require_or_abort(io::document_to_json<nlohmann::json>(io::document_from_json(again, "again")) == again);
  });
}

void response(std::string_view bytes) {
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return;
  expect_file_error([&] {
    const auto again = io::response_to_json<nlohmann::json>(io::response_from_json(json, "response"));
    require_or_abort(io::response_to_json<nlohmann::json>(io::response_from_json(again, "again")) == again);
  });
}

void dxtbx(std::string_view bytes) {
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return;
  expect_file_error([&] {
    const io::DxtbxDocument document = io::dxtbx_from_json(json, "list", pixel_limit);
    for (const io::DxtbxSeries& series : document.series) {
      require_or_abort(series.images >= 1 && !series.experiments.empty());
      for (const int image : {series.first_image, series.first_image + series.images - 1}) {
        const io::ExperimentDocument of_image = io::experiment_of_image(document, series, image);
        for (const Panel& panel : of_image.experiment.detector.panels) require_or_abort(has_fitting_mask(panel));
      }
    }
  });
}

void crystfel_geometry(std::string_view bytes) {
  expect_file_error([&] {
    const io::CrystfelGeometry geometry = io::parse_crystfel_geometry(bytes, "geometry", pixel_limit);
    require_or_abort(!geometry.detector.panels.empty());
    for (const Panel& panel : geometry.detector.panels) require_or_abort(has_fitting_mask(panel));
  });
}

void crystfel_cell(std::string_view bytes) {
  expect_file_error([&] { require_or_abort(io::parse_crystfel_cell(bytes, "cell").gamma_rad > 0); });
}

}  // namespace nbk::fuzz
