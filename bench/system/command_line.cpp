// SPDX-License-Identifier: MIT
#include "bench/system/command_line.hpp"

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace nbk::bench::system {

namespace {

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Returns the flags most like the words that are none, as the end of a sentence; empty where none is.
std::string suggestions(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name());
  for (const std::string& word : app.remaining()) {
    const std::vector<std::string> nearest = nearest_names(word.substr(0, word.find('=')), names);
    if (word.starts_with('-') && !nearest.empty()) return "; did you mean " + alternatives(nearest) + "?";
  }
  return {};
}

}  // namespace

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
  } catch (const CLI::ExtrasError& error) {
    throw InvalidInput(in_one_line(error.what()) + suggestions(app));
  } catch (const CLI::ParseError& error) {
    throw InvalidInput(in_one_line(error.what()));
  }
}

void refuse_empty_word(const std::vector<std::string>& arguments, const std::string& flag) {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    require(arguments[i] != flag || !arguments[i + 1].empty(), flag.c_str(), "''", "must not be empty");
  }
}

}  // namespace nbk::bench::system
