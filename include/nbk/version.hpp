// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The version of nbk. CMake reads these three lines, so this is the only place where it is written down.

#define NBK_VERSION_MAJOR 0
#define NBK_VERSION_MINOR 1
#define NBK_VERSION_PATCH 0
