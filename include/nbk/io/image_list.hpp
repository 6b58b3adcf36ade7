// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/json_reader.hpp"
#include "nbk/io/listed_image.hpp"
#include "nbk/io/named_files.hpp"
#include "nbk/io/parse_json.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk::io {

/// Images of one experiment, from a file with one JSON object a line. Empty lines, and lines that begin with #, are
/// left out.
struct ImageList {
  std::vector<ListedImage> images{};           ///< in the order of the file, each with its slot
  std::vector<std::filesystem::path> files{};  ///< that the list names
  std::vector<std::string> warnings{};         ///< about those files
};

namespace detail {

/// Collector of the names of fields.
struct FieldNames {
  std::vector<std::string> names;
  void operator()(std::string_view name, const auto&) { names.emplace_back(name); }
};

/// Checks of one line, each error of which says the place and what is allowed.
class ListedImageChecks {
 public:
  ListedImageChecks(const ListedImage& image, const std::string& place) : m_image(image), m_place(place) {}

  void run() const {
    if (m_image.slot && *m_image.slot < 0) problem("slot", "must be at least 0");
    if (m_image.name) check_name(*m_image.name);
    check_orientation();
    check_cell();
    if (m_image.wavelength_A && *m_image.wavelength_A <= 0) problem("wavelength_A", "must be > 0");
    if (m_image.spectrum && m_image.spectrum->lines.empty()) problem("spectrum", "must have lines, or a file");
    if (m_image.scale && *m_image.scale <= 0) problem("scale", "must be > 0");
    if (m_image.osc_deg && *m_image.osc_deg < 0) problem("osc_deg", "must be at least 0");
  }

 private:
  [[noreturn]] void problem(const std::string& key, const std::string& text) const {
    fail(m_place, "/" + key + ": " + text);
  }
  void check_name(const std::string& name) const {
    const bool plain =
        !name.empty() && name.front() != '.' && name.size() <= 200 &&
        std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '/'; });
    if (!plain) problem("name", "must be 1 to 200 characters without spaces and slashes, the first of them no point");
  }
  void check_cell() const {
    const std::vector<double>& cell = m_image.cell;
    if (cell.empty()) return;
    if (cell.size() != 6) problem("cell", "must be six numbers: a b c in Angstrom, alpha beta gamma in degrees");
    const bool edges = std::all_of(cell.begin(), cell.begin() + 3, [](double edge) { return edge > 0; });
    const bool angles =
        std::all_of(cell.begin() + 3, cell.end(), [](double angle) { return angle > 0 && angle < 180; });
    if (!edges || !angles) problem("cell", "must have edges > 0 Angstrom, and angles between 0 and 180 degrees");
  }
  void check_orientation() const {
    const int matrices = m_image.a_matrix.has_value() + m_image.u_matrix.has_value() + m_image.real_space_A.has_value();
    if (matrices > 1)
      fail(m_place, "must have one of /a_matrix, /u_matrix and /real_space_A, which replace each other");
    if (m_image.misset_deg && m_image.misset_seed) {
      fail(m_place, "must have one of /misset_deg and /misset_seed, which replace each other");
    }
    if (m_image.real_space_A && !m_image.cell.empty()) {
      problem("cell", "must not stand with /real_space_A, which has the cell");
    }
  }

  const ListedImage& m_image;
  const std::string& m_place;
};

/// Refuses keys that an image does not have, with those that it has.
template <class Json>
void require_known_keys(const Json& json, const std::string& place) {
  if (!json.is_object()) {
    fail(place, R"(must be one JSON object, for example {"misset_deg": [10, 20, 30], "wavelength_A": 0.98})");
  }
  FieldNames known;
  const ListedImage image;
  visit_fields(known, image);
  for (const auto& entry : json.items()) {
    if (std::ranges::find(known.names, entry.key()) != known.names.end()) continue;
    fail(place, "/" + entry.key() + ": is not a key of an image; " + names_in_place_of(entry.key(), known.names));
  }
}

/// Gives every image a slot, and refuses slots and names that stand twice.
inline void number_images(std::vector<ListedImage>& images, const std::string& name) {
  std::map<int, std::size_t> slots;
  std::map<std::string, std::size_t> names;
  for (std::size_t i = 0; i < images.size(); ++i) {
    ListedImage& image = images[i];
    image.slot = image.slot.value_or(static_cast<int>(i));
    const std::string place = name + ": line " + std::to_string(image.line);
    const auto [slot, is_new] = slots.try_emplace(*image.slot, image.line);
    if (!is_new) {
      fail(place, "slot " + std::to_string(*image.slot) + " is that of line " + std::to_string(slot->second) +
                      ", too; give each image a /slot of its own, or none");
    }
    if (static_cast<std::size_t>(*image.slot) >= images.size()) {
      fail(place, "/slot: must be 0 to " + std::to_string(images.size() - 1) + " in a list of " +
                      std::to_string(images.size()) + ", so that no slot stays empty");
    }
    if (!image.name) continue;
    const auto [line, fresh] = names.try_emplace(*image.name, image.line);
    if (!fresh) {
      fail(place, "/name: is that of line " + std::to_string(line->second) + ", too; give each image its own");
    }
  }
}

}  // namespace detail

/// Reads the images of a list.
/// \param text    of the list
/// \param name    of the list, for messages
/// \param folder  in which relative names of files begin; not given: the list may not name files
/// \throws FileError  "NAME: line N: /key: what is wrong"
template <class Json>
ImageList parse_image_list(std::string_view text, const std::string& name,
                           const std::optional<std::filesystem::path>& folder = std::nullopt) {
  constexpr std::size_t most_images = 10'000'000;
  ImageList list;
  NamedFiles files{folder};
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#') continue;
    const std::string place = name + ": line " + std::to_string(number);
    const Json json = parse_json<Json>(line, place);
    detail::require_known_keys(json, place);
    if (list.images.size() == most_images) fail(place, "is one too many: a list has at most 10000000 images");
    ListedImage& image = list.images.emplace_back();
    image.line = number;
    JsonSource source{place, 2, files};
    JsonReader<Json>(json, source, "").read(image);
    detail::ListedImageChecks(image, place).run();
  }
  if (list.images.empty()) fail(name, "has no images; write one JSON object a line, for example {\"slot\": 0}");
  detail::number_images(list.images, name);
  list.files = std::move(files.read);
  list.warnings = std::move(files.warnings);
  return list;
}

/// Reads the same from a file, which may name files of its folder. \throws FileError
template <class Json>
ImageList read_image_list(const std::filesystem::path& file) {
  return parse_image_list<Json>(read_file(file), file.string(), file.parent_path());
}

}  // namespace nbk::io
