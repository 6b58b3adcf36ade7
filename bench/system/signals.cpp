// SPDX-License-Identifier: MIT
#include "bench/system/signals.hpp"

#include "nbk/core/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

namespace nbk::bench::system {
namespace {

constexpr std::array interrupts{SIGINT, SIGTERM, SIGHUP};
constexpr std::array crashes{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// What handlers may touch has to be static: nothing can be handed to them.
volatile std::sig_atomic_t pending_signal = 0;

using PathText = std::array<char, 4096>;
struct CrashPaths {
  PathText folder{}, summary{}, failed{}, target{};
  std::size_t target_length = 0;
};
CrashPaths crash_paths;
std::array<std::byte, 65536> crash_stack;  // a stack overflow leaves no other

void note(int signal_number) { pending_signal = signal_number; }

const char* name_of(int signal_number) {
  switch (signal_number) {
    case SIGSEGV: return "SIGSEGV (bad memory access)";
    case SIGBUS: return "SIGBUS (bad memory access)";
    case SIGFPE: return "SIGFPE (arithmetic error)";
    case SIGILL: return "SIGILL (unknown instruction)";
    case SIGABRT: return "SIGABRT (the program gave up; its last words are on stderr)";
    default: return "a signal";
  }
}

void put(int file, const char* text) { [[maybe_unused]] const auto written = ::write(file, text, std::strlen(text)); }

// Only async-signal-safe calls from here on.
void bury(int signal_number) {
  const int file = ::open(crash_paths.summary.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file >= 0) {
    put(file, "# nbk-bench: FAILED\n\nThe program crashed: ");
    put(file, name_of(signal_number));
    put(file, ".\n\nprofile_run.log says how far it came; the records beside this are complete.\n");
    ::close(file);
  }
  ::mkdir(crash_paths.failed.data(), 0777);
  // A name in use already gets a letter more.
  for (char letter = 'a'; ::rename(crash_paths.folder.data(), crash_paths.target.data()) != 0 && letter <= 'z';
       ++letter) {
    crash_paths.target[crash_paths.target_length] = letter;
    crash_paths.target[crash_paths.target_length + 1] = '\0';
  }
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

void copy(const std::filesystem::path& path, PathText& text) {
  const auto whole = std::filesystem::absolute(path).string();
  require(whole.size() + 2 < text.size(), "--outdir", whole, "must be a shorter path");
  std::memcpy(text.data(), whole.c_str(), whole.size() + 1);
}

void handle(int signal_number, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigaction(signal_number, &action, nullptr);
}

}  // namespace

Interrupted::Interrupted(int signal_number)
    : std::runtime_error("interrupted by signal " + std::to_string(signal_number)), m_signal(signal_number) {}

InterruptWatch::InterruptWatch() {
  pending_signal = 0;
  for (const int number : interrupts) handle(number, note, static_cast<int>(SA_RESETHAND));
}

InterruptWatch::~InterruptWatch() {
  for (const int number : interrupts) handle(number, SIG_DFL, 0);
}

int InterruptWatch::pending() { return static_cast<int>(pending_signal); }

void InterruptWatch::check() {
  if (pending() != 0) throw Interrupted(pending());
}

CrashWatch::CrashWatch(const std::filesystem::path& folder, const std::filesystem::path& failed) {
  copy(folder, crash_paths.folder);
  copy(folder / "summary.md", crash_paths.summary);
  copy(failed, crash_paths.failed);
  copy(failed / folder.filename(), crash_paths.target);
  crash_paths.target_length = std::strlen(crash_paths.target.data());
  stack_t stack{};
  stack.ss_sp = crash_stack.data();
  stack.ss_size = crash_stack.size();
  ::sigaltstack(&stack, nullptr);
  for (const int number : crashes) handle(number, bury, static_cast<int>(SA_ONSTACK));
}

CrashWatch::~CrashWatch() {
  for (const int number : crashes) handle(number, SIG_DFL, 0);
}

}  // namespace nbk::bench::system
