// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The instruction set this translation unit is compiled for, of those that nbk has registers for. NBK_ISA is its name,
/// and that of the inline namespace around all that means something else for another instruction set: `simd`, `kernel`,
/// `launch`, Pack, Mask and simulate(). So the files of a program may be compiled for different processors: a function
/// of one is never taken for that of another, and what would mix their registers does not link. (Descriptions, plans
/// and images are the same for all, and may go from one to the other.) docs/portability.md says what remains to be
/// minded.

#if defined(__NVCC__)
// nvcc refuses registers in functions that are for both sides, as all of the physics is, whoever calls them.
#define NBK_ISA one_lane
#elif defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define NBK_SIMD_AVX512
#define NBK_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define NBK_SIMD_AVX2
#define NBK_ISA avx2
#elif defined(__ARM_NEON) && defined(__aarch64__)
#define NBK_SIMD_NEON
#define NBK_ISA neon
#else
#define NBK_ISA one_lane
#endif
