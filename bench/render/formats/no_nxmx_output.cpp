// SPDX-License-Identifier: MIT
// In place of nxmx_output.cpp where there is no HDF5.
#include "bench/render/formats/nxmx_output.hpp"

#include "nbk/core/error.hpp"

namespace nbk::bench::render::formats {

struct NxmxOutput::Wall {};

void NxmxOutput::require_there() {
  throw InvalidInput(
      "--nexus: this nbk-render was built without HDF5; install it (Debian: libhdf5-dev), configure and build again");
}

NxmxOutput::NxmxOutput(const std::filesystem::path&, const io::NxmxDescription&) { require_there(); }
NxmxOutput::~NxmxOutput() = default;

bool NxmxOutput::is_finished(std::span<const std::uint64_t>) const { return false; }
void NxmxOutput::begin() {}
bool NxmxOutput::has(std::size_t, std::uint64_t) const { return false; }
void NxmxOutput::write(std::size_t, std::uint64_t, std::span<const std::byte>) {}
bool NxmxOutput::takes_parts() const { return false; }
void NxmxOutput::begin_image(std::size_t) {}
void NxmxOutput::write_part(std::size_t, std::size_t, std::span<const std::byte>) {}
void NxmxOutput::end_image(std::size_t, std::uint64_t) {}
void NxmxOutput::commit() {}

}  // namespace nbk::bench::render::formats
