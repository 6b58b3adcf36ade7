// SPDX-License-Identifier: MIT
#include "support/terminal.hpp"

#include "nbk/core/error.hpp"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace nbk::testing {

TerminalResult run_on_terminal(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  int terminal = -1;
  const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (pid < 0) throw FileError("no terminal can be had");
  if (pid == 0) {
    if (::chdir(folder.c_str()) == 0) ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  TerminalResult result;
  std::array<char, 4096> chunk{};
  // The end of the program is an error here, not an end of file.
  while (true) {
    const ssize_t n = ::read(terminal, chunk.data(), chunk.size());
    if (n <= 0) break;
    result.printed.append(chunk.data(), static_cast<std::size_t>(n));
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  ::close(terminal);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

}  // namespace nbk::testing
