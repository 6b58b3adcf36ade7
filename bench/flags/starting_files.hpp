// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "bench/flags/flags.hpp"
#include "nbk/io/experiment_json.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

/// Begins a draft with the experiment of a document.
void start_from(io::ExperimentDocument document, Draft& draft, std::vector<Message>& messages);

/// Begins a draft with the image of an experiment list that a line names by --expt, --series and --image.
/// \throws FileError     the list cannot be read, or has no such image
/// \throws InvalidInput  there is an --experiment, too, or no such series
void start_from_dxtbx(std::span<const std::string> args, Draft& draft, std::vector<Message>& messages);

/// Gives all crystals of an experiment list what flags changed of the first: size, shape, mosaicity, rotation. The file
/// has the orientations, each crystal's own.
void share_crystal_flags(Draft& draft);

/// Returns true if a flag changes all crystals of an experiment list, not only the first.
/// \param field  that the flag sets
bool is_shared_crystal_field(std::string_view field);

/// Takes the detector and the wavelength from a geometry file of CrystFEL that a line names by --geom. The beam then is
/// along -z, and the electric field is horizontal, along x.
/// \throws FileError     it cannot be read
/// \throws InvalidInput  there is an --experiment, too
void start_from_crystfel(std::span<const std::string> args, Draft& draft, std::vector<Message>& messages);

}  // namespace nbk::bench::flags
