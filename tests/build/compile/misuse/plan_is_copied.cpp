// SPDX-License-Identifier: MIT
// says: deleted
#include "../arguments.hpp"

HostPlan misuse(const HostPlan& plan) { return plan; }
