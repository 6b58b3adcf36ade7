// SPDX-License-Identifier: MIT
#include "device.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>

namespace nbk::gpu_run {

namespace {

std::size_t page_bytes() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace

DeviceMemory::~DeviceMemory() {
  for (const auto& [begin, block] : m_blocks) munmap(reinterpret_cast<void*>(begin), block.mapped);
}

void* DeviceMemory::allocate(std::size_t bytes, Reach reach) {
  const std::size_t page = page_bytes();
  const Block block{bytes, (bytes + page - 1) / page * page + page, reach};
  void* const memory = mmap(nullptr, block.mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  std::memset(memory, 0xCD, block.mapped - page);
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  m_blocks.emplace(begin, block);
  protect(begin, block);
  return memory;
}

void DeviceMemory::release(void* memory) {
  const auto found = m_blocks.find(reinterpret_cast<std::uintptr_t>(memory));
  if (found == m_blocks.end()) throw DeviceFault("memory that is no allocation of the device is given back");
  munmap(memory, found->second.mapped);
  m_blocks.erase(found);
}

DeviceMemory::Range DeviceMemory::range_of(std::uintptr_t address) const {
  auto after = m_blocks.upper_bound(address);
  if (after == m_blocks.begin()) return {};
  --after;
  return address - after->first < after->second.bytes ? Range{after->first, after->second.bytes} : Range{};
}

void DeviceMemory::copy(void* to, const void* from, std::size_t bytes) {
  const Access access(*this);
  std::memmove(to, from, bytes);
}

void DeviceMemory::set(void* to, int byte, std::size_t bytes) {
  const Access access(*this);
  std::memset(to, byte, bytes);
}

void DeviceMemory::open(int step) {
  const bool was_open = m_open > 0;
  m_open += step;
  if (was_open == (m_open > 0)) return;
  for (const auto& [begin, block] : m_blocks) protect(begin, block);
}

void DeviceMemory::protect(std::uintptr_t begin, const Block& block) const {
  const std::size_t page = page_bytes();
  void* const memory = reinterpret_cast<void*>(begin);
  const bool open = m_open > 0 || block.reach == Reach::host;
  if (block.mapped > page) mprotect(memory, block.mapped - page, open ? PROT_READ | PROT_WRITE : PROT_NONE);
  mprotect(reinterpret_cast<void*>(begin + block.mapped - page), page, PROT_NONE);
}

Device& device() {
  static Device only;
  return only;
}

}  // namespace nbk::gpu_run
