// SPDX-License-Identifier: MIT
// Tests of the machine that runs device code: each kernel of faults.ptx must be stopped for its own fault, and those
// without a fault must not.
#include "device.hpp"
#include "kernels.hpp"
#include "report.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <vector>

namespace nbk::gpu_run {
namespace {

constexpr unsigned threads = 64;

struct Parameter {
  std::uint32_t* numbers;
  std::uint64_t count;
};

/// Runs a kernel of two blocks. Returns the device's numbers, or what stopped it.
std::string run(const char* kernel, std::vector<std::uint32_t>& numbers, std::size_t bytes = sizeof(Parameter)) {
  DeviceMemory& memory = device().memory;
  const Parameter parameter{static_cast<std::uint32_t*>(memory.allocate(numbers.size() * 4)), numbers.size()};
  memory.copy(parameter.numbers, numbers.data(), numbers.size() * 4);
  std::string stopped;
  try {
    const DeviceMemory::Access access(memory);
    run_translated(kernel, &parameter, bytes, {{2, 1, 1}, {1, threads, 1}, threads * 4});
  } catch (const DeviceFault& fault) {
    stopped = fault.what();
  }
  memory.copy(numbers.data(), parameter.numbers, numbers.size() * 4);
  memory.release(parameter.numbers);
  return stopped;
}

/// True if a process that reads device memory as host code does is killed for it.
bool host_cannot_read() {
  auto* const memory = static_cast<volatile unsigned char*>(device().memory.allocate(16));
  const pid_t child = fork();
  if (child == 0) _exit(memory[3] == 0xCD ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  device().memory.release(const_cast<unsigned char*>(memory));
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

}  // namespace
}  // namespace nbk::gpu_run

int main() {
  using namespace nbk::gpu_run;
  Report report;
  executor().most_steps = 100000;
  std::vector<std::uint32_t> numbers(threads, 0);
  for (const bool backwards : {false, true}) {
    executor().warps_backwards = backwards;
    report.require(run("adds_behind_barrier", numbers).empty() && numbers[0] == threads * (threads - 1) / 2,
                   "a sum behind a barrier is wrong");
    numbers[0] = 0;
    report.require(run("votes", numbers).empty() && numbers[0] == 2, "a vote of the block is wrong");
  }
  executor().warps_backwards = false;
  struct Fault {
    const char* kernel;
    const char* message;
  };
  for (const Fault& fault : {Fault{"adds_without_barrier", "read of shared memory that nobody has written"},
                             {"reads_behind_end", "outside of the device's memory"},
                             {"reads_misaligned", "misaligned"},
                             {"reads_pair_misaligned", "misaligned"},
                             {"reads_behind_parameter", "outside of the parameter"},
                             {"writes_to_parameter", "outside of the device's memory"},
                             {"leaves_shared_memory", "outside of the shared memory"},
                             {"never_ends", "does not come to an end"},
                             {"divides_by_zero", "divided by 0"},
                             {"waits_apart", "different barriers"},
                             {"is_not_there", "no kernel"}}) {
    const std::string stopped = run(fault.kernel, numbers);
    std::printf("  %s: %s\n", fault.kernel, stopped.c_str());
    report.require(stopped.find(fault.message) != std::string::npos, std::string(fault.kernel) + " is not stopped");
  }
  report.require(run("votes", numbers, 8).find("takes 16 bytes") != std::string::npos, "a wrong parameter passes");
  report.require(host_cannot_read(), "host code can read the device's memory");
  return report.failures() == 0 ? 0 : 1;
}
