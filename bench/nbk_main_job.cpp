// SPDX-License-Identifier: MIT
#include "bench/jobs/program.hpp"

int main(int argc, char** argv) {
  return nbk::bench::jobs::run_program({argv + 1, argv + argc}, nbk::bench::jobs::main_job_alone());
}
