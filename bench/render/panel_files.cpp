// SPDX-License-Identifier: MIT
#include "bench/render/panel_files.hpp"

#include "nbk/core/error.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/distinct_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace nbk::bench::render {

namespace {

/// Throws FileError if a file cannot be written.
void ask(const std::filesystem::path& name) {
  std::error_code ignored;
  const auto status = std::filesystem::status(name, ignored);
  // Opening a pipe or a device is more than a question.
  if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status) ||
      std::filesystem::is_directory(status)) {
    const io::AtomicFile question(name);
  }
}

/// True for a file of which every panel has its own.
bool is_of_panels(const flags::Command& command, const io::UsedFile& file) {
  const flags::OutputOptions& output = command.output;
  return file.path == output.int_file || (output.write_pgm && file.path == output.pgm_file) ||
         (output.write_noise && file.path == output.noise_file) ||
         (command.response && file.path == output.detector_file);
}

/// Refuses a file of a panel that is another file of the command.
void require_other(const flags::Command& command, const io::UsedFile& file, const std::string& of_panel) {
  for (const io::UsedFile& other : command.files) {
    const bool has_panels = other.use == io::FileUse::output && is_of_panels(command, other);
    if (has_panels || !io::same_file(other.path, of_panel)) continue;
    throw InvalidInput(other.flag + " and " + file.flag + ": " + of_panel + ", the file of a panel, would " +
                       (other.use == io::FileUse::input ? "be read and replaced" : "be written twice") +
                       "; give one of them another name");
  }
}

/// Refuses a device or a pipe.
void require_regular(const std::string& name) {
  std::error_code ignored;
  const auto status = std::filesystem::status(name, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    io::fail(name, "is no regular file, as an NXmx file has to be");
  }
}

}  // namespace

std::string panel_file(const std::string& name, std::size_t panel, std::size_t panels) {
  if (panels == 1) return name;
  const std::size_t digits = std::max<std::size_t>(3, std::to_string(panels - 1).size());
  std::filesystem::path path(name);
  path.replace_filename(fmt::format("{}_{:0{}d}{}", path.stem().string(), panel, digits, path.extension().string()));
  return path.string();
}

std::string panel_files_text(const std::string& name, std::size_t panels) {
  return panels == 1 ? name : panel_file(name, 0, panels) + " to " + panel_file(name, panels - 1, panels);
}

void require_writable(const flags::Command& command) {
  const std::size_t panels = std::max<std::size_t>(1, command.experiment.detector.panels.size());
  const bool lists_pixels = !command.experiment.selection.runs.empty();
  for (const io::UsedFile& file : command.files) {
    // A cache that cannot be written is a warning.
    if (file.use != io::FileUse::output || file.path == command.output.cache_file) continue;
    const bool of_panels = is_of_panels(command, file);
    if (of_panels && lists_pixels) continue;
    for (std::size_t panel = 0; panel < (of_panels ? panels : 1); ++panel) {
      const std::string name = of_panels ? panel_file(file.path.string(), panel, panels) : file.path.string();
      if (of_panels && panels > 1) require_other(command, file, name);
      if (file.path == command.series.nexus_file) require_regular(name);
      ask(name);
    }
  }
}

}  // namespace nbk::bench::render
