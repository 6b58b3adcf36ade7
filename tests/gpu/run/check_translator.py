#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the reader of PTX and the translator on small kernels: what is refused, and how it is split and counted."""
from __future__ import annotations

import sys
import unittest

from ptx_classes import CLASSES, class_of
from ptx_operations import Operations
from ptx_reader import PtxError, Statement, read_module
from ptx_to_cpp import Translator, in_parts

PTX = """
.const .align 8 .b8 kokkos_impl_cuda_constant_memory_buffer[32768];
.extern .shared .align 16 .b8 sh[];
.entry k(.param .align 8 .b8 k_param_0[24]) // a comment {
{
  .reg .pred %p<3>;
  .reg .f32 %f<5>;
  .reg .b64 %rd<4>;
  ld.param.v2.f32 {%f1, %f2}, [k_param_0+8];
  setp.ltu.f32 %p1, %f1, %f2;
  @%p1 bra $L_end;
  { .reg .b32 %temp; mov.b64 {%temp, %rd2}, %rd1; }
  bar.sync 0;
$L_end:
  @!%p1 fma.rn.f32 %f3, %f1, %f2, 0f3F800000;
  ret;
}
"""


def cpp(text: str) -> str:
    """Returns C++ of one instruction."""
    declared = "".join(f".reg .{kind} %{name}<9>; " for name, kind in
                       (("f", "f32"), ("fd", "f64"), ("r", "b32"), ("rd", "b64"), ("rs", "b16"), ("p", "pred")))
    kernel = read_module(f".entry k(.param .b64 p) {{ {declared} {text}; ret; }}").kernels[0]
    return Operations(kernel, {"sh": "SHARED"}).write(kernel.blocks[0].statements[0])


class Reading(unittest.TestCase):
    def test_blocks(self) -> None:
        module = read_module(PTX)
        kernel = module.kernels[0]
        self.assertEqual([[s.opcode for s in b.statements] for b in kernel.blocks],
                         [["ld.param.v2.f32", "setp.ltu.f32", "bra"], ["mov.b64", "bar.sync"], ["fma.rn.f32", "ret"]])
        self.assertEqual(kernel.labels, {"$L_end": 2})
        self.assertEqual(kernel.parameter_bytes, 24)
        self.assertEqual(kernel.registers["%temp"], ("b32", 0))
        self.assertEqual(module.variables["kokkos_impl_cuda_constant_memory_buffer"], ("const", 32768))
        self.assertEqual(module.variables["sh"], ("extern .shared", 0))

    def test_refused(self) -> None:
        for text in ("", ".func f() { ret; }", ".entry k(.param .b64 a, .param .b64 b) { ret; }"):
            with self.assertRaises(PtxError):
                read_module(text)


class Writing(unittest.TestCase):
    def test_refused(self) -> None:
        for text in ("shfl.sync.idx.b32 %r1, %r2, 0, 31, -1", "add.ftz.f32 %f1, %f2, %f3", "mov.u64 %rd1, elsewhere",
                     "cvta.shared.u64 %rd1, %rd2", "cvt.rn.sat.f32.f64 %f1, %fd1", "setp.lt.xor.f32 %p1, %f1, %f2, %p2",
                     "add.s32 %r1, %q2, 3", "st.global.f32 [%rd1*4], %f1"):
            with self.assertRaises(PtxError, msg=text):
                cpp(text)

    def test_instructions(self) -> None:
        for text, wanted in (
                ("fma.rn.f32 %f1, %f2, %f3, %f4", "x.f[1] = __builtin_fmaf(x.f[2], x.f[3], x.f[4]);"),
                ("sub.s32 %r1, %r2, -1", "x.r[1] = x.r[2] - std::uint32_t(18446744073709551615U);"),
                ("setp.ltu.f32 %p1, %f1, %f2", "x.p[1] = !(x.f[1] >= x.f[2]);"),
                ("setp.neu.f32 %p1, %f1, %f2", "x.p[1] = x.f[1] != x.f[2];"),
                ("setp.ne.f32 %p1, %f1, %f2", "x.p[1] = x.f[1] < x.f[2] || x.f[1] > x.f[2];"),
                ("setp.equ.f32 %p1, %f1, %f2", "x.p[1] = !(x.f[1] < x.f[2] || x.f[1] > x.f[2]);"),
                ("mov.u32 %r1, %tid.y", "x.r[1] = as<std::uint32_t>(lane.tid[1]);"),
                ("cvt.rzi.s32.f32 %r1, %f1",
                 "put(x.r[1], op::cvt<std::int32_t, float, op::Round::to_zero>(lane, x.f[1]));"),
                ("ld.global.u8 %rs1, [%rd1+-4]",
                 "put(x.rs[1], load<Memory::global, std::uint8_t, 1>(lane, "
                 "x.rd[1] + std::uint64_t(18446744073709551612U))[0]);"),
                ("st.shared.v2.f32 [sh+8], {%f1, %f2}",
                 "store<Memory::shared>(lane, as<std::uint64_t>(SHARED) + std::uint64_t(8U), x.f[1], x.f[2]);")):
            self.assertEqual(cpp(text), wanted)

    def test_ends(self) -> None:
        kernel = read_module(PTX).kernels[0]
        text = Translator(kernel, 7, {}, False).write()
        self.assertIn("return x.p[1] ? 2 : 1;", text)
        self.assertIn("{k7_1, Wait::block,", text)
        self.assertIn("if (!x.p[1]) { x.f[3] = __builtin_fmaf(", text)
        mutated = Translator(kernel, 7, {}, True)
        text = mutated.write()
        self.assertEqual(mutated.mutants, 2)
        self.assertIn("return (x.p[1]) != is_mutant(lane, 0) ? 2 : 1;", text)
        self.assertIn("x.f[3] = __builtin_fmaf(-x.f[1]", text)


class Counting(unittest.TestCase):
    def test_classes(self) -> None:
        for opcode, wanted in (("fma.rn.f32", "fma32"), ("sub.f64", "add64"), ("mul.lo.s64", "integer"),
                               ("cvt.rni.f32.f32", "convert"), ("cvt.u64.u32", "integer"),
                               ("rsqrt.approx.f32", "special"),
                               ("ld.param.u64", "parameter"), ("ld.global.v2.f32", "load"), ("or.pred", "compare"),
                               ("max.f32", "compare"), ("bra.uni", "branch"), ("bar.red.or.pred", "other")):
            self.assertEqual(class_of(opcode), wanted, opcode)
        self.assertEqual(len(set(CLASSES)), len(CLASSES))
        with self.assertRaises(PtxError):
            class_of("wgmma.f16")

    def test_parts(self) -> None:
        kernels = [read_module(PTX).kernels[0]] * 5
        self.assertEqual(sorted(len(p) for p in in_parts(kernels, 2)), [2, 3])


if __name__ == "__main__":
    sys.exit(unittest.main())
