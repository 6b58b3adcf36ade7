// SPDX-License-Identifier: MIT
// Devices, memory, copies, streams and events.
#include "runtime.hpp"

#include "../run/device.hpp"

#include <cuda.h>
#include <cuda_runtime.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

namespace nbk::gpu_standin {
namespace {

using gpu_run::device;
using gpu_run::DeviceMemory;

std::vector<std::function<void()>>& queue() {
  static std::vector<std::function<void()>> only;
  return only;
}

cudaError_t waited() {
  finish();
  return cudaSuccess;
}

/// Copies later. What is in the host's ordinary memory is read now, as CUDA does.
cudaError_t copy_later(void* to, const void* from, std::size_t bytes) {
  ++started().copies;
  is_allocated(to, bytes);
  if (is_allocated(from, bytes)) {
    enqueue([=] { device().memory.copy(to, from, bytes); });
  } else {
    const auto* const begin = static_cast<const unsigned char*>(from);
    enqueue([to, staged = std::vector<unsigned char>(begin, begin + bytes)] {
      device().memory.copy(to, staged.data(), staged.size());
    });
  }
  return cudaSuccess;
}

cudaError_t allocate(void** memory, std::size_t bytes, DeviceMemory::Reach reach) {
  *memory = bytes == 0 ? nullptr : device().memory.allocate(bytes, reach);
  return cudaSuccess;
}

cudaError_t release(void* memory) {
  finish();  // nothing that runs may lose its memory
  if (memory != nullptr) device().memory.release(memory);
  return cudaSuccess;
}

template <class Handle>
cudaError_t make_handle(Handle* handle) {
  static char place;
  *handle = reinterpret_cast<Handle>(&place);
  return cudaSuccess;
}

}  // namespace

Started& started() {
  static Started only;
  return only;
}

void enqueue(std::function<void()> work) { queue().push_back(std::move(work)); }

void finish() {
  const auto work = std::exchange(queue(), {});
  for (const auto& step : work) step();
}

void refuse(const std::string& what) {
  std::fprintf(stderr, "the stand-in for CUDA's runtime: %s\n", what.c_str());  // it may end in a destructor
  throw gpu_run::DeviceFault(what);
}

bool is_allocated(const void* memory, std::size_t bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const DeviceMemory::Range range = device().memory.range_of(address);
  if (range.bytes == 0) return false;
  if (range.bytes - (address - range.begin) < bytes) refuse("a copy leaves an allocation of the device");
  return true;
}

}  // namespace nbk::gpu_standin

using namespace nbk::gpu_standin;

extern "C" {

// A device of compute capability 8.0.
cudaError_t cudaGetDeviceCount(int* count) { return *count = 1, cudaSuccess; }
cudaError_t cudaGetDevice(int* number) { return *number = 0, cudaSuccess; }
cudaError_t cudaSetDevice(int) { return cudaSuccess; }
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int) {
  std::memset(properties, 0, sizeof(*properties));
  std::strcpy(properties->name, "none");
  properties->major = 8;
  properties->totalGlobalMem = std::size_t(1) << 34;
  properties->warpSize = 32;
  properties->multiProcessorCount = 108;
  properties->maxThreadsPerBlock = 1024;
  properties->maxThreadsPerMultiProcessor = 2048;
  properties->maxBlocksPerMultiProcessor = 32;
  properties->regsPerBlock = properties->regsPerMultiprocessor = 65536;
  properties->sharedMemPerBlock = 48 << 10;
  properties->sharedMemPerMultiprocessor = 164 << 10;
  for (int i = 0; i < 3; ++i) {
    properties->maxThreadsDim[i] = i < 2 ? 1024 : 64;
    properties->maxGridSize[i] = i == 0 ? 0x7FFFFFFF : 0xFFFF;
  }
  properties->unifiedAddressing = 1;
  return cudaSuccess;
}
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr, int) { return *value = 0, cudaSuccess; }
/// Registers of a kernel choose the size of Kokkos' blocks.
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void*) {
  std::memset(attributes, 0, sizeof(*attributes));
  attributes->numRegs = 96;
  attributes->maxThreadsPerBlock = 640;
  attributes->maxDynamicSharedSizeBytes = 48 << 10;
  attributes->ptxVersion = attributes->binaryVersion = 80;
  return cudaSuccess;
}
cudaError_t cudaFuncSetAttribute(const void*, cudaFuncAttribute, int) { return cudaSuccess; }
cudaError_t cudaGetLastError() { return cudaSuccess; }
const char* cudaGetErrorName(cudaError_t) { return "error"; }
const char* cudaGetErrorString(cudaError_t) { return "an error of the stand-in"; }

// Memory.
cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  return allocate(memory, bytes, DeviceMemory::Reach::device);
}
cudaError_t cudaMallocHost(void** memory, std::size_t bytes) {
  return allocate(memory, bytes, DeviceMemory::Reach::host);
}
cudaError_t cudaHostAlloc(void** memory, std::size_t bytes, unsigned) {
  return allocate(memory, bytes, DeviceMemory::Reach::host);
}
cudaError_t cudaMallocManaged(void**, std::size_t, unsigned) { refuse("managed memory"); }
#if CUDART_VERSION >= 13000
cudaError_t cudaMemPrefetchAsync(const void*, std::size_t, cudaMemLocation, unsigned, cudaStream_t) {
#else
cudaError_t cudaMemPrefetchAsync(const void*, std::size_t, int, cudaStream_t) {
#endif
  refuse("managed memory");
}
cudaError_t cudaPointerGetAttributes(cudaPointerAttributes*, const void*) { refuse("kinds of pointers"); }
cudaError_t cudaFree(void* memory) { return release(memory); }
cudaError_t cudaFreeHost(void* memory) { return release(memory); }
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind, cudaStream_t) {
  return copy_later(to, from, bytes);
}
cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind) {
  copy_later(to, from, bytes);
  return waited();
}
cudaError_t cudaMemcpyToSymbol(const void* symbol, const void* from, std::size_t bytes, std::size_t offset,
                               cudaMemcpyKind) {
  copy_to_symbol(symbol, from, bytes, offset);
  return waited();
}
cudaError_t cudaMemcpyToSymbolAsync(const void* symbol, const void* from, std::size_t bytes, std::size_t offset,
                                    cudaMemcpyKind, cudaStream_t) {
  copy_to_symbol(symbol, from, bytes, offset);
  return cudaSuccess;
}
cudaError_t cudaMemsetAsync(void* to, int byte, std::size_t bytes, cudaStream_t) {
  if (bytes > 0 && !is_allocated(to, bytes)) refuse("memory that is no device's is set");
  enqueue([=] { device().memory.set(to, byte, bytes); });
  return cudaSuccess;
}
cudaError_t cudaMemset(void* to, int byte, std::size_t bytes) {
  cudaMemsetAsync(to, byte, bytes, nullptr);
  return waited();
}

// Streams and events: all wait for all.
cudaError_t cudaDeviceSynchronize() { return waited(); }
cudaError_t cudaStreamCreate(cudaStream_t* stream) { return make_handle(stream); }
cudaError_t cudaStreamDestroy(cudaStream_t) { return waited(); }
cudaError_t cudaStreamSynchronize(cudaStream_t) { return waited(); }
cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) { return make_handle(event); }
cudaError_t cudaEventDestroy(cudaEvent_t) { return waited(); }
cudaError_t cudaEventRecord(cudaEvent_t, cudaStream_t) { return cudaSuccess; }
cudaError_t cudaEventSynchronize(cudaEvent_t) { return waited(); }

// The driver's own interface, of which Kokkos asks the number of the device.
CUresult cuStreamGetCtx(CUstream, CUcontext* context) { return *context = nullptr, CUDA_SUCCESS; }
CUresult cuCtxPushCurrent(CUcontext) { return CUDA_SUCCESS; }
CUresult cuCtxGetDevice(CUdevice* number) { return *number = 0, CUDA_SUCCESS; }

}  // extern "C"
