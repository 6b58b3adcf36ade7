// SPDX-License-Identifier: MIT
#include "bench/system/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace nbk::bench::system {

void keep_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // A new file takes the lowest number that is free, which is this one.
    if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF) {
      [[maybe_unused]] const int opened = ::open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    }
  }
  std::signal(SIGPIPE, SIG_IGN);
}

bool say_text(std::FILE* stream, std::string_view text) noexcept {
  const bool taken = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  if (!taken) std::clearerr(stream);
  return taken;
}

}  // namespace nbk::bench::system
