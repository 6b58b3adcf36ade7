// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The version of nbk. CMake reads these three lines, so this is the only place where it is written down.

/// Changes where programs may have to.
#define NBK_VERSION_MAJOR 0
/// Before 1.0 as the first.
#define NBK_VERSION_MINOR 1
/// Changes with repairs.
#define NBK_VERSION_PATCH 0
