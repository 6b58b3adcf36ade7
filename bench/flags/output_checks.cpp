// SPDX-License-Identifier: MIT
#include "bench/flags/output_checks.hpp"

#include "bench/flags/explain.hpp"
#include "bench/flags/offset_remark.hpp"
#include "nbk/core/format_number.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace nbk::bench::flags {

namespace {

class OutputChecks {
 public:
  OutputChecks(const FlagReader& reader, const Draft& draft)
      : m_reader(reader), m_draft(draft), m_output(draft.output) {}

  std::vector<Message> all() {
    left_out();
    scales();
    offset();
    if (m_draft.response) {
      response(*m_draft.response);
    } else {
      for (const std::string_view flag : {"--detector-image", "--image-bits", "--rounding", "--overflow"})
        in_vain(flag, "has no effect without a response of the detector; give --response");
    }
    return std::move(m_messages);
  }

 private:
  void problem(std::string_view flag, const std::string& text) {
    m_messages.push_back({Severity::problem, std::string(flag) + ": " + text});
  }
  /// For a flag that was typed.
  void in_vain(std::string_view flag, const std::string& text) {
    if (m_reader.given(flag)) m_messages.push_back({Severity::no_effect, std::string(flag) + ": " + text});
  }

  void left_out() {
    if (!m_output.write_noise) {
      for (const std::string_view flag : {"-noisefile", "--noise"}) in_vain(flag, "has no effect, because of -nonoise");
    }
    if (!m_output.write_pgm) {
      for (const std::string_view flag : {"-pgmfile", "-pgmscale"}) in_vain(flag, "has no effect, because of -nopgm");
    }
  }

  void scales() {
    const auto unscaled = [&](std::string_view flag, std::string_view field, const char* otherwise) {
      if (!m_reader.given(flag)) return;
      m_messages.push_back(
          {Severity::no_effect, typed_for(field, m_reader.typed()) + ": must be > 0 to have an effect; " + otherwise});
    };
    if (m_output.int_scale <= 0) unscaled("-scale", "output.int_scale", "the maximum becomes 55000");
    if (m_output.write_pgm && m_output.pgm_scale <= 0) unscaled("-pgmscale", "output.pgm_scale", "5 rmsd become 250");
  }

  void offset() {
    if (!m_reader.given("-adc")) return;
    const std::string remark = offset_remark(m_output.adc_offset, m_output.int_scale > 0);
    if (!remark.empty()) problem(typed_for("output.adc_offset", m_reader.typed()), remark);
  }

  void response(const Response& r) {
    const bool short_integers = m_output.detector_bits == 16;
    const double least = short_integers ? 0 : -2147483648.0, most = short_integers ? 65535 : 2147483647.0;
    const bool clips = m_output.integers.overflow == Overflow::clip;
    const std::string name = m_draft.files.response.empty() ? "response" : "--response " + m_draft.files.response;
    const std::string integers = std::to_string(m_output.detector_bits) + " bits of --detector-image";
    const auto beyond = [&](std::string_view member, double value) {
      const std::string becomes =
          clips ? "become " + format_g(value > most ? most : least) : std::string("wrap round, as --overflow says");
      problem(name, std::string(member) + " " + format_g(value) + " is beyond the " + integers + ": such pixels " +
                        becomes + (short_integers ? "; see --image-bits 32" : ""));
    };
    if (r.offset_adu > most || r.offset_adu < least) beyond("offset_adu", r.offset_adu);
    if (r.saturation_adu && *r.saturation_adu > most) beyond("saturation_adu", *r.saturation_adu);
    if (r.floor_adu && *r.floor_adu < least) beyond("floor_adu", *r.floor_adu);
    if (!r.overload_adu) return;
    if (*r.overload_adu > most || *r.overload_adu < least) {
      beyond("overload_adu", *r.overload_adu);
    } else if (*r.overload_adu < *r.saturation_adu && *r.overload_adu >= r.floor_adu.value_or(0)) {
      problem(name, "overload_adu " + format_g(*r.overload_adu) +
                        " is a value that pixels below saturation_adu have, too; nothing tells them apart");
    }
  }

  const FlagReader& m_reader;
  const Draft& m_draft;
  const OutputOptions& m_output;
  std::vector<Message> m_messages;
};

}  // namespace

std::vector<Message> check_outputs(const FlagReader& reader, const Draft& draft) {
  return OutputChecks(reader, draft).all();
}

}  // namespace nbk::bench::flags
