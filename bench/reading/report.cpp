// SPDX-License-Identifier: MIT
#include "bench/reading/report.hpp"

#include "bench/reading/evidence_commands.hpp"
#include "bench/reading/evidence_options.hpp"
#include "bench/reading/html.hpp"
#include "bench/reading/inventory.hpp"
#include "bench/reading/report_pictures.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace nbk::bench::reading {
namespace {

namespace fs = std::filesystem;

constexpr std::array result_names{"benchmark_results.json", "suite_results.json", "matrix_results.json",
                                  "scaling_results.json"};

// Nothing is wider than the page: tables scroll on their own, and those of pairs break their words.
constexpr const char* style = R"(<style>
:root{color-scheme:light dark}
body{font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere;margin:0 auto;padding:1rem;max-width:70rem}
h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1.05rem}
.wide{overflow-x:auto;overflow-wrap:normal}.wide table{width:max-content}
table{border-collapse:collapse;font-size:.85rem}
th,td{border:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top;max-width:15rem}
table.pairs{width:100%;table-layout:fixed}.pairs td{max-width:none;overflow-wrap:anywhere}
.pairs td:first-child{width:36%}
pre{white-space:pre-wrap;margin:.3rem 0}code{font-size:.9em;overflow-wrap:anywhere}
.verdict{display:inline-block;padding:.2rem .8rem;border-radius:.4rem;color:#fff;background:#b32}
.verdict.passed{background:#27753a}.verdict.incomplete{background:#975a00}
.bar{display:flex;height:1.3rem;background:#8883;margin:.15rem 0 .6rem}.bar span{display:block;height:100%}
i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}
.a{background:#36c}.b{background:#2a8f6d}.c{background:#b8860b}.d{background:#888}
svg{max-width:100%;height:auto}
figure{margin:0 0 1rem;display:inline-block;width:min(100%,22rem);vertical-align:top}
figure img{width:100%;image-rendering:pixelated;border:1px solid #8886}figcaption{font-size:.85rem}
</style>
)";

struct Part {
  const char* css_class;
  double time_s;
};

std::string bar(const std::string& label, const std::vector<Part>& parts, double longest_s) {
  std::string html = fmt::format("<div>{}</div><div class=\"bar\">", system::html_text(label));
  for (const auto& part : parts) {
    html += fmt::format(R"(<span class="{}" style="width:{:.3f}%"></span>)", part.css_class,
                        longest_s > 0 ? 100 * part.time_s / longest_s : 0);
  }
  return html + "</div>\n";
}

double median_of(const Json& statistics) { return statistics.at("median").get<double>(); }

std::string main_bars(const Json& record) {
  const Json& reference = record.at("reference").at("time_s");
  double longest_s = reference.is_number() ? reference.get<double>() : 0;
  for (const char* when : {"time_cold", "time_warm"})
    longest_s = std::max(longest_s, median_of(record[when]["total_s"]));
  auto html = fmt::format("<h3>{0} x {0}, {1}</h3>\n", record["size"].get<int>(), record["dtype"].get<std::string>());
  if (reference.is_number()) {
    html += bar(fmt::format("reference ({}): {:.4g} ms", record["reference"]["kind"].get<std::string>(),
                            1e3 * reference.get<double>()),
                {{"d", reference.get<double>()}}, longest_s);
  }
  for (const char* when : {"time_cold", "time_warm"}) {
    const auto& times = record[when];
    const auto ms = [&](const char* part) { return 1e3 * median_of(times[part]); };
    html += bar(fmt::format("nbk, {}: {:.3g} + {:.3g} + {:.3g} ms", when + 5, ms("setup_s"), ms("simulation_s"),
                            ms("copy_out_s")),
                {{"a", median_of(times["setup_s"])},
                 {"b", median_of(times["simulation_s"])},
                 {"c", median_of(times["copy_out_s"])}},
                longest_s);
  }
  return html;
}

std::string suite_bars(const Json& records) {
  double longest_s = 0;
  for (const auto& record : records) longest_s = std::max(longest_s, median_of(record["time_s"]));
  std::string html;
  for (const auto& record : records) {
    html += bar(fmt::format("{}, {}, {} threads: {:.4g} ms", record["workload"].get<std::string>(),
                            record["dtype"].get<std::string>(), record["threads"].get<int>(),
                            1e3 * median_of(record["time_s"])),
                {{"b", median_of(record["time_s"])}}, longest_s);
  }
  return html;
}

std::string bars(const Json& records) {
  // The matrix has images, and no times.
  if (records.empty() || !(records[0].contains("time_cold") || records[0].contains("time_s"))) return "";
  std::string html = "<h2>Times</h2>\n";
  if (!records[0].contains("time_cold")) return html + "<p>Simulation, warm, median.</p>\n" + suite_bars(records);
  html +=
      "<p>Medians of <i class=\"a\"></i>set-up + <i class=\"b\"></i>simulation + <i class=\"c\"></i>copy-out; of the "
      "<i class=\"d\"></i>reference the whole.</p>\n";
  for (const auto& record : records) html += main_bars(record);
  return html;
}

std::string figure(const Picture& picture, const std::string& caption) {
  return fmt::format(
      "<figure><img alt=\"{0}\" src=\"data:image/png;base64,{1}\"><figcaption>{0}</figcaption></figure>\n",
      system::html_text(caption), base64(picture.png));
}

std::string pictures(const fs::path& folder, const Json& record) {
  if (!record.contains("size")) return "";
  const auto size = record["size"].get<std::size_t>();
  const auto file = [&](const char* what) { return folder / fmt::format("{0}_{1}x{1}.f32", what, size); };
  if (!fs::exists(file("nbk_warm"))) return "";
  const auto image = system::read_floats(file("nbk_warm"), size * size);
  const auto own = picture_of(image, size);
  auto html = fmt::format("<h3>{0} x {0}</h3>\n", size) +
              figure(own, fmt::format("nbk, warm: black is {:.4g} photons, white a ten-thousandth of it", own.limit));
  if (!fs::exists(file("reference"))) return html;
  const auto reference = system::read_floats(file("reference"), size * size);
  const auto other = picture_of(reference, size);
  const auto difference = difference_picture(image, reference, size);
  html += figure(other, fmt::format("reference: black is {:.4g} photons", other.limit));
  return html + figure(difference, fmt::format("nbk - reference: white is {0:.3g} photons more, black {0:.3g} less, "
                                               "grey no difference",
                                               difference.limit));
}

// Nested names as paths.
void add_rows(const Json& value, const std::string& name, std::string& html) {
  if (!value.is_object()) {
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    const auto lines = std::count(text.begin(), text.end(), '\n');
    const auto shown =
        lines < 2 ? system::html_text(text)
                  : fmt::format("<details><summary>{} lines</summary><pre>{}</pre></details>", lines, system::html_text(text));
    html += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", system::html_text(name), shown);
    return;
  }
  for (const auto& [key, member] : value.items())
    add_rows(member, name.empty() ? key : fmt::format("{}.{}", name, key), html);
}

Json read_json(const fs::path& file) {
  try {
    return Json::parse(system::read_text(file));
  } catch (const Json::exception& error) {
    throw FileError(file.string() + ": is no JSON: " + error.what());
  }
}

Json results_in(const fs::path& folder) {
  for (const char* name : result_names) {
    if (fs::exists(folder / name)) return read_json(folder / name);
  }
  throw FileError(fmt::format("{}: has none of {}", folder.string(), fmt::join(result_names, ", ")));
}

// The page's own heading says what the summary's does.
std::string without_heading(const std::string& markdown) {
  return markdown.starts_with("# ") ? markdown.substr(std::min(markdown.size(), markdown.find('\n'))) : markdown;
}

std::string page(const fs::path& folder) {
  const auto results = results_in(folder);
  const auto status = results.at("status").get<std::string>();
  const auto records = results.value("records", Json::array());
  auto html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>nbk-bench {0}: {1}</title>\n{2}</head><body>\n"
      "<h1>nbk-bench {0} <span class=\"verdict {1}\">{1}</span></h1>\n",
      system::html_text(results.at("started").get<std::string>()), system::html_text(status), style);
  html += html_from_markdown(without_heading(system::read_text(folder / "summary.md"))) + bars(records);
  if (fs::exists(folder / "scaling.svg")) html += "<h2>The line</h2>\n" + system::read_text(folder / "scaling.svg");
  std::string images;
  for (const auto& record : records) images += pictures(folder, record);
  if (!images.empty()) html += "<h2>Images</h2>\n" + images;
  if (fs::exists(folder / "inventory.md")) html += html_from_markdown(system::read_text(folder / "inventory.md"));
  html += "<h2>Environment</h2>\n<table class=\"pairs\">\n";
  add_rows(read_json(folder / "env.json"), "", html);
  return html + "</table>\n<p>All figures: the JSON files beside this page.</p>\n</body></html>\n";
}

bool has_trace(const fs::path& folder) {
  return std::any_of(fs::directory_iterator(folder), {}, [](const fs::directory_entry& entry) {
    return entry.path().filename().string().starts_with("profile_") && fs::exists(entry.path() / "trace.json");
  });
}

}  // namespace

void write_report(const fs::path& folder) {
  if (has_trace(folder)) {
    const auto inventory = make_inventory(folder);
    system::write_text(folder / "inventory.json", inventory.dump(2) + "\n");
    system::write_text(folder / "inventory.md", inventory_text(inventory));
  }
  try {
    system::write_text(folder / "report.html", page(folder));
  } catch (const Json::exception& error) {
    throw FileError(folder.string() + ": has a record that is none of nbk-bench: " + error.what());
  }
}

system::Exit run_report(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_report_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  write_report(options->run);
  fmt::print("{}\n", (options->run / "report.html").string());
  return system::Exit::passed;
}

}  // namespace nbk::bench::reading
