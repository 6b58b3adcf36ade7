// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace nbk::fuzz {

/// Gives bytes to a reader, which must either take them or refuse them by a FileError.
using Target = void (*)(std::string_view bytes);

void hkl_text(std::string_view bytes);
void hkl_cache(std::string_view bytes);
void a_matrix(std::string_view bytes);
void source_list(std::string_view bytes);
void spectrum_text(std::string_view bytes);
void smv(std::string_view bytes);
void experiment(std::string_view bytes);
void shelx_hkl(std::string_view bytes);
void shelx_instructions(std::string_view bytes);
void response(std::string_view bytes);

struct NamedTarget {
  std::string_view name;  ///< also of its folder in corpus/
  Target run;
};

inline constexpr std::array<NamedTarget, 10> targets{{{"hkl_text", hkl_text},
                                                      {"hkl_cache", hkl_cache},
                                                      {"a_matrix", a_matrix},
                                                      {"source_list", source_list},
                                                      {"spectrum_text", spectrum_text},
                                                      {"smv", smv},
                                                      {"experiment", experiment},
                                                      {"response", response},
                                                      {"shelx_hkl", shelx_hkl},
                                                      {"shelx_instructions", shelx_instructions}}};

}  // namespace nbk::fuzz
