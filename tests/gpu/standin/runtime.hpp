// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>

/// \file
/// The stand-in for CUDA's runtime library: what a program without a device is linked with in its place. runtime.cpp
/// has devices, memory and streams, launches.cpp what nvcc's own code calls. What Kokkos' CUDA backend does not need is
/// left out, so that the linker tells.

namespace nbk::gpu_standin {

/// What has been started.
struct Started {
  std::size_t launches = 0, in_constant_memory = 0;  ///< kernels; those whose functor is in constant memory
  std::size_t copies = 0;
};
Started& started();

/// Work of all streams, in the order in which it was started. It is done when somebody waits for it, and not before:
/// who forgets to wait reads what was there.
void enqueue(std::function<void()> work);
void finish();

/// Ends the program's run with a message, as a device would with an error. \throws DeviceFault
[[noreturn]] void refuse(const std::string& what);

/// True for memory of the device and pinned memory. Refuses ranges that leave their allocation.
bool is_allocated(const void* memory, std::size_t bytes);

/// Copies to a variable of the device, later. \param symbol  the host's variable of that name
void copy_to_symbol(const void* symbol, const void* from, std::size_t bytes, std::size_t offset);

/// Starts a kernel. \param function  the host's function of that name
void launch(const void* function, const unsigned (&grid)[3], const unsigned (&block)[3], void** arguments,
            std::size_t shared_bytes);

}  // namespace nbk::gpu_standin
