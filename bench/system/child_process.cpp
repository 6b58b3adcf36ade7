// SPDX-License-Identifier: MIT
#include "bench/system/child_process.hpp"

#include "bench/system/affinity.hpp"
#include "bench/system/files.hpp"
#include "bench/system/stopwatch.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace nbk::bench::system {
namespace {

std::vector<std::string> merged_environment(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto name = text.substr(0, text.find('='));
    bool replaced = false;
    for (const auto& [key, value] : added) replaced = replaced || key == name;
    if (!replaced) result.push_back(text);
  }
  for (const auto& [key, value] : added) result.push_back(fmt::format("{}={}", key, value));
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Everything the new process needs, made before the fork: after it only async-signal-safe calls are allowed.
struct Launch {
  char* const* arguments;
  char* const* environment;
  const char* folder;
  const char* output;
  int error_pipe;
  pid_t parent;
  cpu_set_t processors;
};

[[noreturn]] void become(const Launch& launch) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != launch.parent) ::_exit(127);
  ::sched_setaffinity(0, sizeof launch.processors, &launch.processors);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) ::signal(number, SIG_DFL);
  const int out = ::open(launch.output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (out >= 0 && in >= 0 && ::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(out, 2) >= 0 &&
      ::chdir(launch.folder) == 0) {
    ::execvpe(launch.arguments[0], launch.arguments, launch.environment);
  }
  const int reason = errno;
  [[maybe_unused]] const auto written = ::write(launch.error_pipe, &reason, sizeof reason);
  ::_exit(127);
}

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (m_number >= 0) ::close(m_number);
    m_number = -1;
  }
  int number() const { return m_number; }

 private:
  int m_number;
};

// Sleeps until the process ends, for a fifth of a second at most.
void nap(const Descriptor& process) {
  if (process.number() >= 0) {
    pollfd waiting{process.number(), POLLIN, 0};
    ::poll(&waiting, 1, 200);
  } else {
    ::usleep(1000);
  }
}

ChildResult wait_for(pid_t pid, double timeout_s, const Stopwatch& watch,
                     const std::function<bool(double)>& keep_going) {
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  ChildResult result;
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, WNOHANG, &usage) == 0) {
    const double elapsed_s = watch.elapsed_s();
    result.timed_out = elapsed_s > timeout_s;
    result.stopped = !result.timed_out && keep_going && !keep_going(elapsed_s);
    if (result.timed_out || result.stopped) {
      ::kill(-pid, SIGKILL);
      ::wait4(pid, &status, 0, &usage);
      break;
    }
    nap(process);
  }
  result.wall_s = watch.elapsed_s();
  ::kill(-pid, SIGKILL);  // what it may have left behind
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  result.peak_memory_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return result;
}

}  // namespace

std::string ChildResult::explain(double timeout_s) const {
  if (timed_out) return fmt::format("no end within {:g} s", timeout_s);
  if (stopped) return "stopped";
  if (signal != 0) return fmt::format("signal {}", signal);
  return fmt::format("exit code {}", exit_code);
}

ChildResult run_child(const ChildCommand& command, const std::function<bool(double)>& keep_going) {
  auto arguments = command.arguments;
  auto environment = merged_environment(command.environment);
  const auto argument_pointers = pointers_to(arguments);
  const auto environment_pointers = pointers_to(environment);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw FileError(arguments[0] + ": cannot be started: no more pipes");
  Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const std::string output = command.output.empty() ? "/dev/null" : std::filesystem::absolute(command.output).string();
  const Launch launch{argument_pointers.data(), environment_pointers.data(),
                      command.folder.c_str(),   output.c_str(),
                      writing.number(),         ::getpid(),
                      given_processors()};

  const Stopwatch watch;
  const pid_t pid = ::fork();
  if (pid == 0) become(launch);
  if (pid < 0) throw FileError(arguments[0] + ": cannot be started: " + std::strerror(errno));
  ::setpgid(pid, pid);  // also here: whoever comes first, so that a kill of the group never misses
  writing.close();
  int reason = 0;
  if (::read(reading.number(), &reason, sizeof reason) == sizeof reason) {
    ::waitpid(pid, nullptr, 0);
    throw FileError(arguments[0] + ": cannot be started: " + std::strerror(reason));
  }
  return wait_for(pid, command.timeout_s, watch, keep_going);
}

std::string output_of(std::vector<std::string> arguments, double timeout_s) {
  try {
    const TemporaryFolder folder("nbk-ask");
    ChildCommand command;
    command.arguments = std::move(arguments);
    command.timeout_s = timeout_s;
    command.output = folder.path() / "output";
    return run_child(command).good() ? read_text(command.output) : "";
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace nbk::bench::system
