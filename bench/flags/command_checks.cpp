// SPDX-License-Identifier: MIT
#include "bench/flags/command_checks.hpp"

#include "nbk/io/field_names.hpp"

#include <initializer_list>
#include <string>

namespace nbk::bench::flags {

namespace {

constexpr std::string_view vector_flags[] = {"-fdet_vector",  "-sdet_vector",  "-odet_vector",   "-beam_vector",
                                             "-polar_vector", "-spindle_axis", "-twotheta_axis", "-pix0_vector"};
constexpr std::string_view convention_flags[] = {"-mosflm", "-xds", "-adxv", "-denzo", "-dials"};

class Checks {
 public:
  Checks(const FlagReader& reader, const Draft& draft)
      : m_reader(reader), m_draft(draft), m_convention(draft.experiment.frame.convention) {}

  std::vector<Message> all() {
    centres();
    conventions();
    seeds();
    sensor();
    cells();
    return std::move(m_messages);
  }

 private:
  void note(const std::string& text) { m_messages.push_back({Severity::note, text}); }
  void in_vain(const std::string& text) { m_messages.push_back({Severity::no_effect, text}); }
  void problem(const std::string& text) { m_messages.push_back({Severity::problem, text}); }

  void ignored(std::initializer_list<std::string_view> flags, const std::string& instead) {
    for (std::string_view flag : flags) {
      if (!m_reader.given(flag)) continue;
      m_messages.push_back({Severity::no_effect,
                            std::string(flag) + ": has no effect in the " + std::string(io::name_of(m_convention)) +
                                " convention; " + instead,
                            Cause::unread_by_convention});
    }
  }

  /// Every convention has its own flags for the beam centre and does not look at the others.
  void centres() {
    switch (m_convention) {
      case Convention::adxv:
      case Convention::mosflm:
      case Convention::denzo:
        ignored({"-Xclose", "-Yclose", "-ORGX", "-ORGY"}, "-Xbeam and -Ybeam move the detector");
        break;
      case Convention::xds:
      case Convention::dials:
        ignored({"-Xbeam", "-Ybeam", "-Xclose", "-Yclose"}, "-ORGX and -ORGY move the detector");
        break;
      case Convention::custom: break;
    }
  }

  void conventions() {
    if (m_convention != Convention::custom) {
      ignored({"-pivot"}, "the convention decides what the detector turns about");
      for (std::string_view flag : vector_flags) {
        if (m_reader.given(flag)) {
          in_vain(std::string(flag) + ": has no effect, because -" + std::string(io::name_of(m_convention)) +
                  " comes later and brings its own axes");
        }
      }
      return;
    }
    for (std::string_view flag : convention_flags) {
      if (m_reader.given(flag)) {
        in_vain(std::string(flag) +
                ": is replaced by the custom convention that a vector flag after it selects; axes "
                "that are not given are the custom convention's own");
      }
    }
    if (m_reader.given("-pix0_vector") && m_draft.experiment.policy == Policy::compat) {
      in_vain(
          "-pix0_vector: only selects the custom convention, as in the C program; the corner follows from the beam "
          "centre and the distance. With --policy corrected its values are used");
    }
  }

  void seeds() {
    if (m_draft.misset == Draft::Misset::random && !m_reader.given("-misset_seed")) {
      note("-misset random: seeded by the clock; give -misset_seed " + std::to_string(-m_draft.misset_seed) +
           " before it to repeat this run (-seed is for the noise image only)");
    }
  }

  void sensor() {
    const Sensor& sensor = m_draft.experiment.detector.sensor;
    if (sensor.attenuation_length_m == 0.0 && sensor.thickness_m > 0) {
      problem(
          "-detector_thick: after -detector_abs inf the sensor absorbs nothing and the image is zero; leave "
          "-detector_thick out, or give a depth");
    }
  }

  void cells() {
    constexpr std::string_view names[] = {"-Na", "-Nb", "-Nc"};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double n = m_draft.experiment.crystal.cells[axis];
      if (n >= 1) continue;
      const bool is_typed = m_reader.given("-N") || m_reader.given(names[axis]);
      problem((is_typed ? std::string(names[axis]) : "crystal.cells[" + std::to_string(axis) + "]") + ": " +
              std::to_string(static_cast<int>(n)) + " cells are taken as 1");
    }
  }

  const FlagReader& m_reader;
  const Draft& m_draft;
  Convention m_convention;
  std::vector<Message> m_messages;
};

}  // namespace

void require_repeatable(const FlagReader& reader, const Draft& draft) {
  if (!asks_for_series(draft.series, draft.scan)) return;
  if (draft.misset != Draft::Misset::random) return;
  if (reader.given("-misset_seed")) return;
  throw InvalidInput(
      "-misset random: give -misset_seed NUMBER before it with many images, so that a run that was stopped goes on "
      "with the same crystal");
}

std::vector<Message> check_flags(const FlagReader& reader, const Draft& draft) { return Checks(reader, draft).all(); }

}  // namespace nbk::bench::flags
