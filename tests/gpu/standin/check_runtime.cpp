// SPDX-License-Identifier: MIT
// Tests of the stand-in for CUDA's runtime library itself.
#include "../run/device.hpp"
#include "../run/report.hpp"

#include <cuda_runtime.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace {

using nbk::gpu_run::DeviceFault;

/// Returns true if a process that reads this memory is killed for it.
bool is_closed(const void* memory) {
  const pid_t child = fork();
  if (child == 0) _exit(*static_cast<const volatile unsigned char*>(memory) == 0 ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

/// Returns true if f() is refused.
template <class F>
bool is_refused(const F& f) {
  try {
    f();
  } catch (const DeviceFault&) {
    return true;
  }
  return false;
}

}  // namespace

int main() {
  nbk::gpu_run::Report report;
  void *device = nullptr, *pinned = nullptr;
  cudaMalloc(&device, 64);
  cudaMallocHost(&pinned, 64);
  report.require(is_closed(device), "host code can read the device's memory");
  report.require(is_closed(static_cast<char*>(device) + 4096), "there is no closed page behind the memory");
  report.require(!is_closed(pinned), "host code cannot read pinned memory");

  unsigned char byte = 1;
  cudaMemcpyAsync(&byte, device, 1, cudaMemcpyDefault, nullptr);
  report.require(byte == 1, "a copy is done before somebody waits for it");
  cudaStreamSynchronize(nullptr);
  report.require(byte == 0xCD, "new memory is not filled");
  // What is copied to the device is read at once from the host's memory, later from pinned memory.
  cudaMemcpyAsync(device, &byte, 1, cudaMemcpyDefault, nullptr);
  byte = 3;
  auto* const late = static_cast<unsigned char*>(pinned);
  *late = 4;
  cudaMemcpyAsync(static_cast<char*>(device) + 1, late, 1, cudaMemcpyDefault, nullptr);
  *late = 5;
  unsigned char both[2];
  cudaMemcpy(both, device, 2, cudaMemcpyDefault);
  report.require(both[0] == 0xCD && both[1] == 5, "copies read at another time");

  report.require(is_refused([&] { cudaMemcpy(both, static_cast<char*>(device) + 63, 2, cudaMemcpyDefault); }),
                 "a copy may leave its allocation");
  report.require(is_refused([&] { cudaMemset(both, 0, 2); }), "the host's memory may be set");
  report.require(is_refused([&] { cudaMemcpyToSymbol(both, "a", 1, 0, cudaMemcpyHostToDevice); }),
                 "a variable that is not known may be written");
  report.require(is_refused([&] { cudaLaunchKernel(both, dim3(1), dim3(1), nullptr, 0, nullptr); }),
                 "a kernel that is not known may be started");
  report.require(is_refused([&] { cudaFree(both); }), "memory that is no allocation may be given back");
  cudaFree(device);
  cudaFreeHost(pinned);
  report.require(nbk::gpu_run::device().memory.allocations() == 0, "memory is not given back");
  return report.failures() == 0 ? 0 : 1;
}
