// SPDX-License-Identifier: MIT
#include "bench/jobs/scaling_record.hpp"

#include "bench/jobs/line_fit.hpp"
#include "bench/jobs/record.hpp"
#include "bench/measure/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

// What is asked of nbk; reported, and not failed where it is missed, because it depends on the machine.
constexpr double most_off_one = 0.05;            // of the line's exponent
constexpr double threads_efficiency = 0.95;      // two threads: 1.9
constexpr double most_start_up_s = 0.05;         // process start to first launch
constexpr double most_set_up_s = 0.005;          // of a plan without a new table of structure factors
constexpr double most_other_per_image = 0.5;     // no temporary of image size
constexpr std::uint64_t large_image = 16 << 20;  // bytes; for smaller ones threads' stacks and the like count for more

double time_of(const Json& record) { return record.at("time_s").at("median").get<double>(); }

WorkPoint point_of(const Json& record) { return {record.at("evaluations").get<double>(), time_of(record)}; }

// Points of equal work have no exponent.
Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json line_of(std::vector<Json> records) {
  std::sort(records.begin(), records.end(), [](const Json& a, const Json& b) {
    return a["evaluations"].get<double>() < b["evaluations"].get<double>();
  });
  Json points = Json::array();
  std::vector<WorkPoint> all;
  for (const auto& record : records) {
    all.push_back(point_of(record));
    const bool first = all.size() == 1;
    points.push_back(
        {{"workload", record["workload"]},
         {"threads", record["threads"]},
         {"evaluations", record["evaluations"]},
         {"time_s", record["time_s"]},
         {"ns_per_evaluation", record["ns_per_evaluation"]},
         {"exponent_from_last", first ? Json() : finite_or_null(exponent_between(*(all.end() - 2), all.back()))}});
  }
  return {{"exponent", finite_or_null(fitted_exponent(all))}, {"points", points}};
}

Json threads_of(const std::vector<ScalingOutcome::Threads>& all) {
  Json list = Json::array();
  for (const auto& workload : all) {
    Json pairs = Json::array();
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(workload.one.size(), workload.all.size()); ++i) {
      const double one_s = time_of(workload.one[i]), all_s = time_of(workload.all[i]);
      ratios.push_back(one_s / all_s);
      pairs.push_back({{"one_s", one_s}, {"all_s", all_s}, {"ratio", one_s / all_s}});
    }
    if (ratios.empty()) continue;
    list.push_back({{"workload", workload.all[0]["workload"]},
                    {"dtype_used", workload.all[0]["dtype_used"]},
                    {"threads", workload.all[0]["threads"]},
                    {"pairs", pairs},
                    {"ratio", statistics_of(ratios)}});
  }
  return list;
}

Json start_up_of(const ScalingOutcome& outcome) {
  Json parts = Json::object();
  for (const auto& part : start_up_parts()) {
    std::vector<double> seconds;
    for (const auto& start : outcome.starts) seconds.push_back(start.*part.value);
    parts[part.name] = statistics_of(seconds);
  }
  return {{"processes", outcome.starts.size()}, {"threads", outcome.start_threads}, {"parts", parts}};
}

bool has_table(const Json& record) {
  const auto& flags = record.at("flags");
  return std::find(flags.begin(), flags.end(), "-hkl") != flags.end();
}

Json set_up_of(const std::vector<ScalingOutcome::Threads>& all) {
  Json list = Json::array();
  for (const auto& workload : all) {
    if (workload.all.empty()) continue;
    std::vector<double> cold, warm;
    for (const auto& record : workload.all) {
      cold.push_back(record["setup_cold_s"]);
      warm.push_back(record["setup_warm_s"]["median"]);
    }
    list.push_back({{"workload", workload.all[0]["workload"]},
                    {"has_table", has_table(workload.all[0])},
                    {"cold_s", statistics_of(cold)},
                    {"warm_s", statistics_of(warm)}});
  }
  return list;
}

Json memory_of(const std::vector<ScalingOutcome::Threads>& all) {
  Json list = Json::array();
  for (const auto& workload : all) {
    if (workload.all.empty()) continue;
    auto memory = workload.all[0].at("memory");
    memory["workload"] = workload.all[0]["workload"];
    memory["other_bytes"] = nullptr;
    if (memory["peak_bytes"].is_number() && memory["before_bytes"].is_number()) {
      memory["other_bytes"] = memory["peak_bytes"].get<std::int64_t>() - memory["before_bytes"].get<std::int64_t>() -
                              memory["image_bytes"].get<std::int64_t>() - memory["table_bytes"].get<std::int64_t>();
    }
    list.push_back(memory);
  }
  return list;
}

class Wanted {
 public:
  void at_most(const std::string& name, double value, double limit) { add(name, value, "<=", limit, value <= limit); }
  void at_least(const std::string& name, double value, double limit) { add(name, value, ">=", limit, value >= limit); }
  const Json& list() const { return m_list; }

 private:
  void add(const std::string& name, double value, const char* relation, double limit, bool reached) {
    m_list.push_back(
        {{"name", name}, {"value", value}, {"relation", relation}, {"limit", limit}, {"reached", reached}});
  }
  Json m_list = Json::array();
};

Json wanted_of(const Json& parts) {
  Wanted wanted;
  if (parts["line"]["exponent"].is_number()) {
    wanted.at_most("distance of the exponent from 1", std::fabs(parts["line"]["exponent"].get<double>() - 1),
                   most_off_one);
  }
  for (const auto& entry : parts["threads"]) {
    const auto threads = entry["threads"].get<int>();
    if (threads < 2) continue;
    wanted.at_least(fmt::format("1 thread / {}, {}", threads, entry["workload"].get<std::string>()),
                    entry["ratio"]["median"], threads_efficiency * threads);
  }
  const auto& total_s = parts["start_up"]["parts"]["total_s"]["median"];
  if (total_s.is_number() && !std::isnan(total_s.get<double>())) {
    wanted.at_most("start-up, s", total_s, most_start_up_s);
  }
  for (const auto& entry : parts["set_up"]) {
    if (entry["has_table"].get<bool>()) continue;
    wanted.at_most(fmt::format("first set-up, s, {}", entry["workload"].get<std::string>()), entry["cold_s"]["median"],
                   most_set_up_s);
  }
  for (const auto& entry : parts["memory"]) {
    const auto image = entry["image_bytes"].get<std::uint64_t>();
    if (image < large_image || !entry["other_bytes"].is_number()) continue;
    wanted.at_most(fmt::format("memory beyond image and tables / image, {}", entry["workload"].get<std::string>()),
                   entry["other_bytes"].get<double>() / static_cast<double>(image), most_other_per_image);
  }
  return wanted.list();
}

}  // namespace

Json scaling_parts(const ScalingOutcome& outcome) {
  Json parts{{"line", line_of(outcome.line)},          {"domains", line_of(outcome.domains)},
             {"threads", threads_of(outcome.threads)}, {"start_up", start_up_of(outcome)},
             {"set_up", set_up_of(outcome.threads)},   {"memory", memory_of(outcome.threads)}};
  parts["wanted"] = wanted_of(parts);
  return parts;
}

}  // namespace nbk::bench::jobs
