// SPDX-License-Identifier: MIT
#include "reference.hpp"

#include <cstdint>
#include <fstream>
#include <stdexcept>

namespace nbk::gpu_run {

ReferenceImages read_reference(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  ReferenceImages images;
  for (std::string name; std::getline(in, name, '\0');) {
    std::uint64_t size = 0;
    in.read(reinterpret_cast<char*>(&size), sizeof(size));
    std::vector<float>& image = images[name];
    image.resize(size);
    in.read(reinterpret_cast<char*>(image.data()), static_cast<std::streamsize>(size * sizeof(float)));
    if (!in) throw std::runtime_error(file + " is cut short");
  }
  if (images.empty()) throw std::runtime_error(file + " has no images");
  return images;
}

}  // namespace nbk::gpu_run
