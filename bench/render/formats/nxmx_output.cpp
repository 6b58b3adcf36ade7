// SPDX-License-Identifier: MIT
#include "bench/render/formats/nxmx_output.hpp"

#include "nbk/io/hdf5/nxmx_file.hpp"

namespace nbk::bench::render::formats {

struct NxmxOutput::Wall {
  io::NxmxFile file;
};

void NxmxOutput::require_there() {}

NxmxOutput::NxmxOutput(const std::filesystem::path& file, const io::NxmxDescription& description)
    : m_wall(new Wall{io::NxmxFile(file, description)}) {}
NxmxOutput::~NxmxOutput() = default;

bool NxmxOutput::is_finished(std::span<const std::uint64_t> fingerprints) const {
  return m_wall->file.is_finished(fingerprints);
}
void NxmxOutput::begin() { m_wall->file.begin(); }
bool NxmxOutput::has(std::size_t image, std::uint64_t fingerprint) const {
  return m_wall->file.has(image, fingerprint);
}
void NxmxOutput::write(std::size_t image, std::uint64_t fingerprint, std::span<const std::byte> pixels) {
  m_wall->file.write(image, fingerprint, pixels);
}
bool NxmxOutput::takes_parts() const { return m_wall->file.takes_parts(); }
void NxmxOutput::begin_image(std::size_t image) { m_wall->file.begin_image(image); }
void NxmxOutput::write_part(std::size_t image, std::size_t first_byte, std::span<const std::byte> bytes) {
  m_wall->file.write_part(image, first_byte, bytes);
}
void NxmxOutput::end_image(std::size_t image, std::uint64_t fingerprint) { m_wall->file.end_image(image, fingerprint); }
void NxmxOutput::commit() { m_wall->file.commit(); }

}  // namespace nbk::bench::render::formats
