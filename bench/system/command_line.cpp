// SPDX-License-Identifier: MIT
#include "bench/system/command_line.hpp"

#include "nbk/core/error.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace nbk::bench::system {

bool parse_command_line(CLI::App& app, std::vector<std::string> arguments, std::string& help) {
  std::reverse(arguments.begin(), arguments.end());  // what CLI11 wants
  try {
    app.parse(arguments);
    return true;
  } catch (const CLI::CallForHelp&) {
    help = app.help();
    return false;
  } catch (const CLI::CallForVersion& version) {
    help = std::string(version.what()) + "\n";
    return false;
  } catch (const CLI::ConversionError& error) {
    throw InvalidInput(std::string(error.what()) + ": is no number of the kind that is wanted, see --help");
  } catch (const CLI::ParseError& error) {
    std::string text = error.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    throw InvalidInput(text);
  }
}

void refuse_empty_word(const std::vector<std::string>& arguments, const std::string& flag) {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    require(arguments[i] != flag || !arguments[i + 1].empty(), flag.c_str(), "''", "must not be empty");
  }
}

}  // namespace nbk::bench::system
