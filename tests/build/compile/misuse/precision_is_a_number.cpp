// SPDX-License-Identifier: MIT
// says: nbk::Plan: the first argument must be a precision: nbk::Fp32, nbk::Mixed, nbk::Fp64
#include "../arguments.hpp"

void misuse(const nbk::Experiment& experiment) { nbk::Plan<float, Host> plan(Host(), experiment); }
