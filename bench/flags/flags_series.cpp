// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"

#include <string>

namespace nbk::bench::flags {

namespace {

template <std::string SeriesOptions::*Field>
void set_file(Draft& draft, Values& values) {
  draft.series.*Field = values.file(0);
}

void set_pixels(Draft& draft, Values& values) {
  const std::string& kind = values.text(0);
  if (kind == "photons") {
    draft.series.pixels = io::PixelKind::photons;
  } else if (kind == "counts") {
    draft.series.pixels = io::PixelKind::counts;
  } else if (kind == "counts16") {
    draft.series.pixels = io::PixelKind::counts16;
  } else {
    reject("--pixels", kind, "must be one of photons, counts, counts16");
  }
}

void set_gzip(Draft& draft, Values& values) {
  const int level = values.integer(0);
  require(level >= 0 && level <= 9, "--gzip", values.text(0), "must be 0 (none) or 1 (fast) to 9 (small)");
  draft.series.gzip = level;
}

void set_threshold(Draft& draft, Values& values) {
  draft.series.label_threshold = values.number(0);
  require(draft.series.label_threshold > 0, "--label-threshold", values.text(0), "must be > 0");
}

}  // namespace

std::vector<Flag> series_flags() {
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"--images"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "many images in one run, from a list of one JSON object a line with misset_deg, misset_seed, a_matrix, "
               "u_matrix, real_space_A, cell, wavelength_A, spectrum, phi_deg, osc_deg, scale, seed, slot, name; what "
               "was stopped goes on where it was. Needs --nexus or --cbf, in place of the usual files",
       .sets = "series.list_file", .apply = set_file<&SeriesOptions::list_file>},
      {.names = {"--nexus"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "NXmx file (HDF5) of the image, of all images of a list, or of all images of the experiment's scan",
       .sets = "series.nexus_file", .apply = set_file<&SeriesOptions::nexus_file>},
      {.names = {"--cbf"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "mini-CBF file of a PILATUS or an EIGER; for many images ##### stands for their numbers, or @ for their "
               "names",
       .sets = "series.cbf_file", .apply = set_file<&SeriesOptions::cbf_file>},
      {.names = {"--pixels"}, .values = 1, .unit = "photons|counts|counts16", .fallback = "counts",
       .help = "pixels of --nexus: expected photons as float32, or counts with noise (without it after -nonoise) as "
               "int32 or uint16, plus -adc where it is given",
       .sets = "series.pixels", .apply = set_pixels},
      {.names = {"--gzip"}, .values = 1, .unit = "level", .fallback = "0",
       .help = "compression of --nexus: 0 none, 1 fast to 9 small", .sets = "series.gzip", .apply = set_gzip},
      {.names = {"--manifest"}, .values = 1, .unit = "file", .fallback = "beside --nexus",
       .help = "truth of many images, one JSON object a line: orientation, wavelength, seeds, spots",
       .sets = "series.manifest_file", .apply = set_file<&SeriesOptions::manifest_file>},
      {.names = {"--label-threshold"}, .values = 1, .unit = "photons", .fallback = "1",
       .help = "expected photons from which on a pixel belongs to a spot of the manifest",
       .sets = "series.label_threshold", .apply = set_threshold},
  };
  // clang-format on
}

}  // namespace nbk::bench::flags
