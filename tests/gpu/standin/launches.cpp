// SPDX-License-Identifier: MIT
// Kernels and variables as nvcc's code registers them, and launches of the former.
#include "../run/kernels.hpp"
#include "runtime.hpp"

#include <cuda_runtime.h>

#include <map>
#include <utility>
#include <vector>

namespace nbk::gpu_standin {
namespace {

using gpu_run::device;
using Bytes = std::vector<unsigned char>;

/// A kernel or variable of the device, and the file that it is from.
using Named = std::pair<const void*, std::string>;

struct Registered {
  std::map<const void*, Named> kernels, variables;  ///< by the host's function or variable
  std::map<Named, Bytes> values;                    ///< of variables
};

Registered& registered() {
  static Registered only;
  return only;
}

/// Kernels of Kokkos' own files, which are not translated. True if this is one of them.
bool is_of_kokkos(const std::string& name, void** arguments) {
  if (name.find("query_cuda_kernel_arch") != std::string::npos) {
    int* const to = *static_cast<int**>(arguments[0]);
    enqueue([=] {
      const int architecture = 800;
      device().memory.copy(to, &architecture, sizeof(int));
    });
    return true;
  }
  // Locks for atomics of large types. The translator refuses kernels that use them.
  return name.find("init_lock_arrays_cuda_kernel") != std::string::npos;
}

struct Configuration {
  dim3 grid, block;
  std::size_t shared_bytes = 0;
};
Configuration configuration;

}  // namespace

void copy_to_symbol(const void* symbol, const void* from, std::size_t bytes, std::size_t offset) {
  const auto found = registered().variables.find(symbol);
  if (found == registered().variables.end() || offset != 0) refuse("a variable of the device is not known");
  Bytes& value = registered().values[found->second];
  const auto* const begin = static_cast<const unsigned char*>(from);
  if (is_allocated(from, bytes)) {
    enqueue([=, &value] { value.assign(begin, begin + bytes); });
  } else {
    enqueue([&value, staged = Bytes(begin, begin + bytes)] { value = staged; });
  }
}

void launch(const void* function, const unsigned (&grid)[3], const unsigned (&block)[3], void** arguments,
            std::size_t shared_bytes) {
  const auto found = registered().kernels.find(function);
  if (found == registered().kernels.end()) refuse("a kernel is not known");
  const auto& [file, name] = found->second;
  if (is_of_kokkos(name, arguments)) return;
  gpu_run::Kernel* const kernel = gpu_run::kernel_named(name);
  if (kernel == nullptr) refuse("a kernel has not been translated: " + name);
  ++started().launches;
  const Bytes* constant = nullptr;
  Bytes parameter;
  if (kernel->in_constant_memory) {
    ++started().in_constant_memory;
    constant = &registered().values[{file, "kokkos_impl_cuda_constant_memory_buffer"}];
  } else {
    const auto* const begin = static_cast<const unsigned char*>(arguments[0]);
    parameter.assign(begin, begin + kernel->code.parameter_bytes);
  }
  const gpu_run::LaunchExtents extents{{grid[0], grid[1], grid[2]}, {block[0], block[1], block[2]}, shared_bytes};
  enqueue([=] {
    const gpu_run::DeviceMemory::Access access(device().memory);
    const Bytes& object = constant != nullptr ? *constant : parameter;
    try {
      run_kernel(*kernel, object.data(), object.size(), extents);
    } catch (const gpu_run::DeviceFault& fault) {
      refuse(fault.what());
    }
  });
}

}  // namespace nbk::gpu_standin

using namespace nbk::gpu_standin;

extern "C" {

void** __cudaRegisterFatBinary(void* binary) { return static_cast<void**>(binary); }
void __cudaRegisterFatBinaryEnd(void**) {}
void __cudaUnregisterFatBinary(void**) {}
char __cudaInitModule(void**) { return 1; }
void __cudaRegisterFunction(void** file, const char* host, char*, const char* name, int, uint3*, uint3*, dim3*, dim3*,
                            int*) {
  registered().kernels[host] = {file, name};
}
void __cudaRegisterVar(void** file, char* host, char*, const char* name, int, std::size_t, int, int) {
  registered().variables[host] = {file, name};
}

unsigned __cudaPushCallConfiguration(dim3 grid, dim3 block, std::size_t shared_bytes, CUstream_st*) {
  configuration = {grid, block, shared_bytes};
  return 0;
}
cudaError_t __cudaPopCallConfiguration(dim3* grid, dim3* block, std::size_t* shared_bytes, void* stream) {
  *grid = configuration.grid;
  *block = configuration.block;
  *shared_bytes = configuration.shared_bytes;
  *static_cast<cudaStream_t*>(stream) = nullptr;
  return cudaSuccess;
}
cudaError_t __cudaGetKernel(cudaKernel_t* kernel, const void* function) {
  *kernel = static_cast<cudaKernel_t>(const_cast<void*>(function));
  return cudaSuccess;
}
cudaError_t __cudaLaunchKernel(cudaKernel_t kernel, dim3 grid, dim3 block, void** arguments, std::size_t shared_bytes,
                               cudaStream_t) {
  launch(kernel, {grid.x, grid.y, grid.z}, {block.x, block.y, block.z}, arguments, shared_bytes);
  return cudaSuccess;
}
cudaError_t cudaLaunchKernel(const void* function, dim3 grid, dim3 block, void** arguments, std::size_t shared_bytes,
                             cudaStream_t) {  // of nvcc before 13
  launch(function, {grid.x, grid.y, grid.z}, {block.x, block.y, block.z}, arguments, shared_bytes);
  return cudaSuccess;
}

}  // extern "C"
