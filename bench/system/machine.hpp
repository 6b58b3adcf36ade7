// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace nbk::bench::system {

/// The processor's name, "" where the system does not tell.
std::string processor_name();

/// Its widest float vectors that programs may use: "avx512", "avx2", "neon", ... or "".
std::string vector_extensions();

/// Processors this process was given.
int processors();

std::uint64_t memory_bytes();

/// The most memory this process ever held, including its program file; 0 where the system does not tell.
std::uint64_t peak_memory_bytes();

/// Sets the high-water mark back to what is held now, so that the next workload gets a figure of its own.
/// \return false where the system does not allow it
bool reset_peak_memory();

}  // namespace nbk::bench::system
