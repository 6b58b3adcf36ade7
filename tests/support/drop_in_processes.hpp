// SPDX-License-Identifier: MIT
#pragma once

#include "support/program_process.hpp"

namespace nbk::testing {

/// nbk-noise as a process.
struct NoiseProcess : ProgramProcess {
  NoiseProcess() : ProgramProcess(NBK_NOISE_PROGRAM) {}
};

/// nbk-background as a process.
struct BackgroundProcess : ProgramProcess {
  BackgroundProcess() : ProgramProcess(NBK_BACKGROUND_PROGRAM) {}
};

}  // namespace nbk::testing
