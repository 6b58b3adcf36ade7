// SPDX-License-Identifier: MIT
#pragma once

/// The version of nbk; CMake reads it from here.
#define NBK_VERSION_MAJOR 0
#define NBK_VERSION_MINOR 1
#define NBK_VERSION_PATCH 0
