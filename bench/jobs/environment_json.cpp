// SPDX-License-Identifier: MIT
#include "bench/jobs/environment_json.hpp"

#include "build_info.hpp"

#include <optional>

namespace nbk::bench::jobs {

Json git_json(const evidence::GitState& git) {
  return {{"commit", git.commit ? Json(*git.commit) : Json(nullptr)},
          {"dirty", git.dirty ? Json(*git.dirty) : Json(nullptr)}};
}

Json environment_json(const evidence::Environment& e) {
  return {{"date", e.date},
          {"git", git_json(e.git)},
          {"build",
           {{"nbk_version", e.nbk_version},
            {"compiler", build_info::compiler},
            {"compiler_path", build_info::compiler_path},
            {"flags", build_info::flags},
            {"build_type", build_info::build_type},
            {"cmake", build_info::cmake_version}}},
          {"kokkos",
           {{"version", e.kokkos_version},
            {"from", build_info::kokkos_from},
            {"devices", build_info::kokkos_devices},
            {"host_threads", e.host_threads},
            {"configuration", e.kokkos_configuration}}},
          {"machine",
           {{"processor", e.processor},
            {"vectors", e.vectors},
            {"cores", e.cores},
            {"memory_bytes", e.memory_bytes},
            {"system", e.system},
            {"architecture", e.architecture}}},
          {"fingerprint", e.fingerprint()},
          {"settings", e.settings}};
}

Json tests_json(const evidence::TestList& tests) {
  return {{"ctest", tests.ctest},
          {"cases", tests.cases},
          {"reason", tests.reason.empty() ? Json(nullptr) : Json(tests.reason)}};
}

}  // namespace nbk::bench::jobs
