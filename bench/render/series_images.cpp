// SPDX-License-Identifier: MIT
#include "bench/render/series_images.hpp"

#include "nbk/io/experiment_json.hpp"
#include "nbk/io/fingerprint.hpp"
#include "nbk/io/listed_image.hpp"

#include <nlohmann/json.hpp>

namespace nbk::bench::render {

namespace {

template <class Fields>
std::string text_of(const Fields& fields) {
  return io::JsonWriter<nlohmann::json>::object(fields).dump();
}

void add_amplitudes(const StructureFactors& set, io::Fingerprint& print) {
  print.add_numbers(set.amplitude).add(set.default_amplitude).add(set.intensities);
  for (const int bound : {set.h_min, set.h_max, set.k_min, set.k_max, set.l_min, set.l_max}) print.add(bound);
  print.add(set.interpolate.has_value()).add(set.interpolate.value_or(false));
}

}  // namespace

std::uint64_t SeriesImage::beam_fingerprint() const {
  return io::Fingerprint().add(text_of(beam)).add(text_of(frame)).add(text_of(goniometer)).value();
}

std::uint64_t SeriesImage::fingerprint() const {
  io::Fingerprint print;
  print.add(slot).add(name).add(scale).add(seed).add(beam_fingerprint());
  for (const Crystal& crystal : crystals) print.add(text_of(crystal));
  return print.value();
}

std::size_t SeriesImages::size() const {
  if (!m_command.images.empty()) return m_command.images.size();
  return m_command.models.empty() ? static_cast<std::size_t>(m_command.scan->images) : m_command.models.size();
}

SeriesImage SeriesImages::operator[](std::size_t i) const {
  const Experiment& shared = m_command.experiment;
  SeriesImage image;
  image.slot = i;
  image.beam = shared.beam;
  image.frame = shared.frame;
  image.goniometer = shared.goniometer;
  image.crystals = {shared.crystal};
  image.crystals.insert(image.crystals.end(), m_command.further_crystals.begin(), m_command.further_crystals.end());
  image.scale = m_command.program.spot_scale;
  if (m_command.response) image.seed = static_cast<std::int64_t>(m_command.response->seed);
  if (m_command.series.seed_given) image.seed = -m_command.output.noise_seed;
  if (m_command.images.empty()) {
    image.place = "image " + std::to_string(file_number(i)) + " of the scan: ";
    if (!m_command.models.empty()) {
      const flags::ImageModels& models = m_command.models[i];
      image.place = models.place;
      image.beam = models.beam;
      image.frame = models.frame;
      image.goniometer = models.goniometer;
      image.crystals = models.crystals;
    }
    if (!m_command.scan) return image;
    for (Crystal& crystal : image.crystals) crystal.phi = m_command.scan->exposure(static_cast<int>(i));
    return image;
  }
  const io::ListedImage& listed = m_command.images[i];
  image.slot = static_cast<std::size_t>(*listed.slot);
  image.name = listed.name.value_or("");
  image.place = m_command.series.list_file + ": line " + std::to_string(listed.line) + ": ";
  io::set_beam(listed, image.beam);
  io::set_crystal(listed, shared.beam.wavelength_m, image.beam.wavelength_m, image.crystals.front());
  image.scale *= listed.scale.value_or(1.0);
  image.seed = listed.seed.value_or(image.seed);
  return image;
}

long SeriesImages::file_number(std::size_t slot) const {
  const long first = m_command.images.empty() && m_command.scan ? m_command.scan->first_image : 0;
  return first + static_cast<long>(slot);
}

std::uint64_t SeriesImages::shared_fingerprint() const {
  Experiment rest = m_command.experiment;
  io::Fingerprint print;
  add_amplitudes(rest.structure_factors, print);
  for (const StructureFactors& set : rest.further_sets) add_amplitudes(set, print);
  rest.structure_factors = {};
  rest.further_sets.clear();
  rest.crystal = {};
  rest.beam = {};
  rest.frame = {};
  rest.goniometer = {};
  print.add(text_of(rest)).add(size());
  return print.value();
}

}  // namespace nbk::bench::render
