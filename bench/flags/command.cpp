// SPDX-License-Identifier: MIT
#include "bench/flags/command.hpp"

#include "bench/flags/command_checks.hpp"
#include "bench/flags/command_files.hpp"
#include "bench/flags/crystal_file_input.hpp"
#include "bench/flags/experiment_checks.hpp"
#include "bench/flags/experiment_file.hpp"
#include "bench/flags/flag_reader.hpp"
#include "bench/flags/image_models.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/flags/output_checks.hpp"
#include "bench/flags/starting_files.hpp"
#include "bench/flags/units.hpp"
#include "bench/flags/used_files.hpp"
#include "bench/system/command.hpp"
#include "nbk/core/error.hpp"

#include <algorithm>
#include <cstdint>
#include <numbers>

namespace nbk::bench::flags {

namespace {

/// Finds what must be known before any flag is read: the experiment to start from, the files whose headers count less
/// than every flag, and the policy, which decides how flags are read.
void look_ahead(std::span<const std::string> args, Draft& draft, std::vector<Message>& messages) {
  for (std::size_t i = 0; i + 1 < args.size(); ++i) {
    if (args[i] != "--experiment") continue;
    io::ExperimentDocument document = read_document(args[i + 1]);
    start_from(std::move(document), draft, messages);
  }
  start_from_dxtbx(args, draft, messages);
  start_from_crystfel(args, draft, messages);
  for (std::size_t i = 0; i + 1 < args.size(); ++i) {
    const std::string& word = args[i];
    if (!word.starts_with('-')) continue;
    if (word == "--policy" && args[i + 1] == "corrected") draft.experiment.policy = Policy::corrected;
    if (word.find("-img") != std::string::npos) draft.files.image = args[i + 1];
    if (word.find("-mask") != std::string::npos) draft.files.mask = args[i + 1];
  }
}

/// Fills in a cell: missing edges equal the first, missing angles are right.
UnitCell complete(UnitCell cell) {
  require(cell.a_A > 0, "-cell", cell.a_A, "the first edge must be > 0 A");
  if (cell.b_A <= 0) cell.b_A = cell.a_A;
  if (cell.c_A <= 0) cell.c_A = cell.a_A;
  for (double* angle : {&cell.alpha_rad, &cell.beta_rad, &cell.gamma_rad}) {
    if (*angle <= 0) *angle = std::numbers::pi / 2;
  }
  return cell;
}

/// Turns what the flags left behind into an experiment that the library takes.
/// \param steps_given  a flag has the number of phi steps
void finish(Draft& draft, bool steps_given) {
  Experiment& experiment = draft.experiment;
  if (draft.frame_given) {
    const Convention convention = experiment.frame.convention;
    experiment.frame = convention == Convention::custom ? draft.custom : Frame::of(convention);
  }
  if (draft.cell) experiment.crystal.cell = complete(*draft.cell);
  const Crystal& crystal = experiment.crystal;
  const bool has_vectors = crystal.a_matrix || crystal.u_matrix || crystal.real_space_A;
  if (!crystal.cell && !has_vectors && draft.files.matrix.empty() && !draft.files.crystal.given()) {
    throw InvalidInput("-cell: no unit cell; give -cell A B C ALPHA BETA GAMMA or -mat FILE (--help lists all flags)");
  }
  for (double& cells : experiment.crystal.cells) cells = std::max(cells, 1.0);
  share_crystal_flags(draft);
  if (draft.scan && crystal.phi.steps && steps_given) draft.scan->steps_per_image = *crystal.phi.steps;
  if (draft.misset == Draft::Misset::random) {
    experiment.crystal.random_misset_seed = draft.misset_seed;
  } else if (draft.misset == Draft::Misset::angles) {
    experiment.crystal.random_misset_seed.reset();
  }
}

/// Gives the response the seed of the line, and checks what the experiment must have for it. \throws InvalidInput
void finish_response(const FlagReader& reader, Draft& draft) {
  if (!draft.response) return;
  Response& response = *draft.response;
  require(draft.experiment.selection.runs.empty(), "--response", draft.files.response,
          "needs whole panels; the experiment lists pixels");
  if (reader.given("-seed") || reader.given("--seed")) {
    const auto seed = static_cast<std::uint64_t>(-draft.output.noise_seed);
    require(response.calibration == 0 || response.calibration_seed != seed, "-seed", seed,
            "must differ from the calibration_seed of the response");
    response.seed = seed;
  }
}

/// Returns what could not be done, and after it what was wrong with the line, which is often the reason.
std::string with_problems(const std::exception& error, const std::vector<Message>& messages) {
  std::string text = error.what();
  for (const Message& message : messages) {
    if (message.severity == Severity::problem) text += "\n" + message.text;
  }
  return text;
}

/// Adds each message once. \throws InvalidInput  as add_messages()
void report(const std::vector<Message>& messages, bool strict, Command& command) {
  std::vector<Message> fresh;
  for (const Message& message : messages) {
    const auto same = [&](const Message& other) { return other.text == message.text; };
    if (std::ranges::find(command.warnings, message.text) != command.warnings.end()) continue;
    if (std::ranges::any_of(fresh, same)) continue;
    if (message.cause == Cause::unread_by_convention) command.has_unread_flags = true;
    fresh.push_back(message);
  }
  add_messages(fresh, strict, command);
}

}  // namespace

Command parse(std::span<const std::string> args) {
  Command command;
  command.arguments.assign(args.begin(), args.end());
  Draft draft;
  draft.output.noise_seed = draft.misset_seed = static_cast<long>(system::clock_seed());

  const SplitLine line = split_line(args, flag_table());
  std::vector<Message> messages;
  look_ahead(line.words, draft, messages);
  const std::vector<HeaderGeometry> headers = read_headers(draft, command, messages);
  FlagReader reader(line, draft);
  reader.read();
  command.typed = reader.typed();
  command.program = draft.program;
  for (const std::string& file : {draft.program.experiment_file, draft.program.expt_file})
    if (!file.empty()) command.loaded.push_back("experiment from " + file);
  if (!draft.program.geom_file.empty()) command.loaded.push_back("geometry from " + draft.program.geom_file);
  if (!draft.files.cell.empty()) command.loaded.push_back("unit cell from " + draft.files.cell);
  for (const auto& file : draft.files.named) command.loaded.push_back(file.string() + ", which it names");
  if (!draft.program.help && !draft.program.help_markdown && !draft.program.version) {
    std::ranges::move(reader.messages(), std::back_inserter(messages));
    std::ranges::move(check_flags(reader, draft), std::back_inserter(messages));
    std::ranges::move(check_crystal_file_flags(reader, draft), std::back_inserter(messages));
    try {
      command.files = used_files(draft, reader);
      io::require_distinct(command.files);
      finish(draft, reader.given("-phisteps"));
      require_repeatable(reader, draft);
      read_inputs(draft, command, messages);
      io::require_distinct(command.files);  // with those that the inputs name
      finish_response(reader, draft);
      apply_flags(draft.models_of_file, draft.experiment, draft.further_crystals, draft.models);
    } catch (const InvalidInput& error) {
      throw InvalidInput(with_problems(error, messages));
    } catch (const FileError& error) {
      throw FileError(with_problems(error, messages));
    }
    std::ranges::move(compare_with_headers(headers, draft.experiment), std::back_inserter(messages));
    std::ranges::move(check_experiment(reader, draft), std::back_inserter(messages));
    std::ranges::move(check_outputs(reader, draft), std::back_inserter(messages));
    report(messages, draft.program.strict, command);
  }
  command.experiment = std::move(draft.experiment);
  command.further_crystals = std::move(draft.further_crystals);
  command.first_listed = draft.first_listed;
  command.response = std::move(draft.response);
  command.models = std::move(draft.models);
  command.output = draft.output;
  command.series = draft.series;
  command.scan = draft.scan;
  return command;
}

}  // namespace nbk::bench::flags
