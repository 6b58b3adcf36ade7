// SPDX-License-Identifier: MIT
#pragma once

// Included first by the headers that everything else includes; it includes nothing itself, so that its sentence comes
// before any other message.
static_assert(sizeof(void*) == 8, "nbk needs a 64-bit processor: images and tables are counted in 64 bits");
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "nbk needs a little-endian processor: its files are read and written as they lie in memory");
