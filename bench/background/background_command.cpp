// SPDX-License-Identifier: MIT
#include "bench/background/background_command.hpp"

#include "bench/background/background_flag_reader.hpp"
#include "bench/background/background_setup.hpp"
#include "bench/flags/drop_in_numbers.hpp"
#include "bench/flags/drop_in_refusal.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/flags/offset_remark.hpp"
#include "bench/system/command.hpp"

#include <cmath>

namespace nbk::bench::background {

namespace {

using flags::Message;
using flags::Severity;

void require_direction(const Vec3d& v, const char* flag) {
  const double length = std::sqrt(dot(v, v));
  require(std::isnormal(length), flag, length, "must have a length that is not 0");
}

/// Throws for numbers that mean nothing under any policy.
void require_sensible(const BackgroundOptions& options) {
  using flags::require_number;
  const auto positive = [](double value, const char* flag, const char* unit) {
    require_number(value > 0, flag, value, std::string("must be > 0 ") + unit);
  };
  const PanelFlags& panel = options.panel;
  require(panel.pixels_fast >= 0, "-detpixels_x", panel.pixels_fast, "must be > 0");
  require(panel.pixels_slow >= 0, "-detpixels_y", panel.pixels_slow, "must be > 0");
  positive(panel.pixel_size_m * 1000, "-pixel", "mm");
  require_number(panel.distance_m != 0, "-distance", panel.distance_m * 1000, "must not be 0 mm");
  require_direction(panel.fast, "-fdet_vector");
  require_direction(panel.slow, "-sdet_vector");
  require_direction(options.beam.direction, "-beam_vector");
  require_direction(options.beam.polarization, "-polar_vector");
  positive(options.beam.wavelength_m * 1e10, "-lambda", "A");
  const Sample& sample = options.sample;
  positive(sample.thickness_m * 1000, "-thickness", "mm");
  positive(sample.width_m * 1000, "-width", "mm");
  positive(sample.height_m * 1000, "-height", "mm");
  positive(sample.molar_mass_g_per_mol, "-MW", "g/mol");
  require_number(options.beam.size_m != 0, "-beamsize", options.beam.size_m, "must not be 0 mm");
  require(panel.oversample <= 10000, "-oversample", panel.oversample, "must be at most 10000");
  require_number(options.gain != 0, "-gain", options.gain, "must not be 0 ADU/photon");
  if (options.policy == Policy::compat) return;
  positive(sample.density_g_per_m3 / 1e6, "-density", "g/cm^3");
  positive(options.gain, "-gain", "ADU/photon");
  require_number(sample.molecules >= 0, "-molecules", sample.molecules, "must be >= 0");
  require_number(options.beam.fluence_per_m2 >= 0, "-fluence", options.beam.fluence_per_m2, "must be >= 0 photons/m^2");
  require_number(options.beam.flux_per_s >= 0, "-flux", options.beam.flux_per_s, "must be >= 0 photons/s");
}

/// Looks for outputs that contradict themselves.
template <class Note>
void check_outputs(const BackgroundOptions& options, const BackgroundFlagReader& reader, const Note& note) {
  if (reader.given("-scale") && options.int_scale <= 0)
    note(Severity::no_effect, reader.typed("-scale") + ": must be > 0 to have an effect; the maximum becomes 55000");
  if (reader.given("-pgmscale") && options.pgm_scale <= 0)
    note(Severity::no_effect, reader.typed("-pgmscale") + ": must be > 0 to have an effect; 5 rmsd become 250");
  if (reader.given("-noisefile") && !options.add_noise)
    note(Severity::no_effect, "-noisefile: has no effect, because of -nonoise");
  const std::string remark = flags::offset_remark(options.offset_adu, options.int_scale > 0);
  if (reader.given("-adc") && !remark.empty()) note(Severity::problem, reader.typed("-adc") + ": " + remark);
}

std::vector<Message> check_line(const BackgroundOptions& options, const BackgroundFlagReader& reader) {
  std::vector<Message> messages;
  const auto note = [&](Severity severity, const std::string& text) { messages.push_back({severity, text}); };
  for (const std::string_view flag :
       {"-odet_vector", "-spindle_axis", "-pix0_vector", "-noreject", "-coherent", "-printout", "-printout_pixel"}) {
    if (reader.given(flag)) note(Severity::no_effect, std::string(flag) + ": has no effect, as in nonBragg");
  }
  if (reader.given("-nopgm") && options.policy == Policy::compat)
    note(Severity::no_effect, "-nopgm: has no effect, as in nonBragg; --policy corrected honours it");
  if (reader.given("-molecules") && reader.given("-density"))
    note(Severity::no_effect, "-density: has no effect, because of -molecules");
  if (reader.given("-flux") && reader.given("-fluence"))
    note(Severity::no_effect, "-fluence: has no effect, because of -flux, -exposure and -beamsize");
  check_outputs(options, reader, note);
  for (const Message& message :
       flags::check_units(reader, {{"-lambda", "A", options.beam.wavelength_m, scene::likely_wavelength},
                                   {"-energy", "eV", options.beam.wavelength_m, scene::likely_wavelength},
                                   {"-pixel", "mm", options.panel.pixel_size_m, scene::likely_pixel},
                                   {"-distance", "mm", options.panel.distance_m, scene::likely_distance},
                                   {"-thickness", "mm", options.sample.thickness_m, scene::likely_thickness}})) {
    messages.push_back(message);
  }
  if (options.files.image.empty()) {
    for (const std::string_view flag : {"-gain", "-ignore", "-stolout"}) {
      if (reader.given(flag)) note(Severity::no_effect, std::string(flag) + ": has no effect without -img");
    }
    return messages;
  }
  if (!reader.given("-Xbeam") || !reader.given("-Ybeam")) {
    note(Severity::problem,
         "-img: the beam centre is read from the header's BEAM_CENTER_X (as fast) and BEAM_CENTER_Y (as slow from the "
         "other end); that of a nanoBragg image means something else: give -Xbeam and -Ybeam");
  }
  if (reader.given("-roi")) {
    note(Severity::problem,
         "-roi: nonBragg overruns its own tables with -img; pixels outside of the region are left out here");
  }
  return messages;
}

std::vector<io::UsedFile> used_files(const BackgroundOptions& options, const BackgroundFlagReader& reader) {
  std::vector<io::UsedFile> files;
  const auto add_file = [&](std::string_view flag, const std::string& name, io::FileUse use) {
    flags::add_used_file(files, reader, flag, name, use);
  };
  using enum io::FileUse;
  add_file("-stol", options.files.form_factor, input);
  add_file("-img", options.files.image, input);
  add_file("-sourcefile", options.files.sources, input);
  add_file("-floatfile", options.files.float_file, output);
  add_file("-intfile", options.files.int_file, output);
  if (options.files.write_pgm) add_file("-pgmfile", options.files.pgm_file, output);
  if (options.add_noise) add_file("-noisefile", options.files.noise_file, output);
  if (!options.files.image.empty()) add_file("-stolout", options.files.extracted, output);
  return files;
}

constexpr std::string_view all_pixels =
    "-detpixels -detpixels_x -detpixels_y -detsize -detsize_x -detsize_y -pixel -img";
constexpr std::string_view all_rays =
    "-divergence -hdivrange -vdivrange -hdivstep -hdivsteps -vdivstep -vdivsteps -divsteps -dispersion -dispsteps";

/// Flags that a parameter of a refusal comes from, besides the one that it has its name from.
constexpr flags::ParameterFlags parameter_flags[] = {
    {"-detpixels", all_pixels},
    {"-pixel", "-pixel -img"},
    {"-lambda", "-lambda -energy"},
    {"-hdiv", all_rays},
    {"-vdiv", all_rays},
    {"-dispersion", all_rays},
    {"sources", all_rays},
    {"-thickness", "-samplesize"},
    {"-width", "-samplesize"},
    {"-height", "-samplesize"},
    {"molecules in", "-samplesize -thickness -width -height -density -molecules -MW -beamsize"},
    {"-distance", "-close_distance"},
    {"-roi", "-roi"},
    {"crystal.phi", "-phi -osc -phistep -phisteps"},
};

}  // namespace

BackgroundSetup make_setup_of(const BackgroundCommand& command) {
  return flags::in_typed_words(command.typed, parameter_flags, [&] { return make_setup(command.options); });
}

BackgroundCommand parse_background(std::span<const std::string> args) {
  BackgroundCommand command;
  BackgroundOptions& options = command.options;
  options.seed = system::clock_seed();
  BackgroundFlagReader reader(args);
  options.policy = reader.policy();
  if (const std::string image = reader.image(); !image.empty()) take_header(image, options);
  reader.read(options);
  if (options.help || options.help_markdown || options.version) return command;

  if (options.files.form_factor.empty()) {
    throw InvalidInput(
        "-stol: no table of form factors; give -stol FILE, -4stol FILE or -Q FILE (--help lists all "
        "flags)");
  }
  command.typed = reader.typed();
  flags::in_typed_words(command.typed, parameter_flags, [&] { require_sensible(options); });
  if (options.policy == Policy::compat) options.files.write_pgm = true;
  std::vector<Message> messages = reader.messages();
  const std::vector<Message> more = check_line(options, reader);
  messages.insert(messages.end(), more.begin(), more.end());
  command.files = used_files(options, reader);
  io::require_distinct(command.files);
  flags::add_messages(messages, options.strict, command);
  return command;
}

}  // namespace nbk::bench::background
