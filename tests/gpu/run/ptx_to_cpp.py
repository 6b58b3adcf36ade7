#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ptx_to_cpp.py PTX... FOLDER --name NAME [--files N] [--all] [--mutate PATTERN]: translates nvcc's kernels to C++.

Writes FOLDER/<NAME>_<i>.cpp: one function per basic block, a table of them per kernel, and the registration of both.
Of a kernel that stands in several files the first is taken.
Kernels of Kokkos itself (fills of Views) are left out, unless with --all.
--mutate translates the kernels whose names match PATTERN alone (with --all: the others, too, as they are), with changes that BlockMemory::mutant selects: the
n-th addition with the other sign (of the product, where it is fused), or the n-th conditional branch taken the other
way. Their number is registered, too.
"""
from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Dict, List, Sequence

from ptx_classes import CLASSES, class_of
from ptx_operations import CPP_TYPES, Operations
from ptx_reader import BARRIERS, Block, Kernel, PtxError, Statement, read_module

FUNCTOR = re.compile(r"(ParallelFor|ParallelForMDRange|CombinedFunctorReducer)IN3nbk")  # of nbk, not of Kokkos
BUFFER = "kokkos_impl_cuda_constant_memory_buffer"
OPPOSITE = {"add": "sub", "sub": "add"}
HEAD = """// SPDX-License-Identifier: MIT
// Translated from nvcc's code by tests/gpu/run/ptx_to_cpp.py.
#include "kernels.hpp"
#include "operations.hpp"

namespace nbk::gpu_run {
namespace {

"""


class Translator:
    """Writes one kernel."""

    def __init__(self, kernel: Kernel, number: int, variables: Dict[str, str], mutate: bool) -> None:
        self.kernel = kernel
        self.prefix = f"k{number}"
        self.operations = Operations(kernel, variables)
        self.mutate = mutate
        self.mutants = 0

    def mutant(self) -> str:
        """Returns the condition under which the next change is made."""
        self.mutants += 1
        return f"is_mutant(lane, {self.mutants - 1})"

    def registers(self) -> str:
        """Returns the struct of a lane's registers."""
        members = [f"  {CPP_TYPES[kind]} {name[1:]}{f'[{count}]' if count else ''};\n"
                   for name, (kind, count) in self.kernel.registers.items()]
        return f"struct Registers_{self.prefix} {{\n{''.join(members)}}};\n"

    def statement(self, s: Statement) -> str:
        """Returns C++ of a statement that goes on to the next, with its guard."""
        text = self.operations.write(s)
        parts = s.opcode.split(".")
        if self.mutate and parts[-1] in ("f32", "f64") and parts[0] in ("add", "sub", "fma"):
            if parts[0] == "fma":
                changed = re.sub(r"(__builtin_fmaf?\()", r"\1-", text, count=1)
            else:
                changed = self.operations.write(Statement(s.opcode.replace(parts[0], OPPOSITE[parts[0]]), s.operands))
            text = f"if ({self.mutant()}) {{ {changed} }} else {{ {text} }}"
        if s.guard:
            text = f"if ({'!' if s.guard_negated else ''}{self.operations.register(s.guard)}) {{ {text} }}"
        return f"  {text}\n"

    def end(self, s: Statement, index: int) -> str:
        """Returns C++ of the statement that ends a block."""
        root = s.opcode.split(".")[0]
        follows = index + 1 if index + 1 < len(self.kernel.blocks) else -1
        if root == "bra":
            if s.operands[0] not in self.kernel.labels:
                raise PtxError(f"{self.kernel.name}: there is no label {s.operands[0]}")
            to = self.kernel.labels[s.operands[0]]
        elif root in ("ret", "exit"):
            to = -1
        elif root == "trap":
            return '  throw DeviceFault("the kernel gave up");\n'
        else:
            return self.barrier(s, follows)
        if s.guard is None:
            return f"  return {to};\n"
        test = f"{'!' if s.guard_negated else ''}{self.operations.register(s.guard)}"
        if self.mutate:
            test = f"({test}) != {self.mutant()}"
        return f"  return {test} ? {to} : {follows};\n"

    def barrier(self, s: Statement, follows: int) -> str:
        """Returns C++ of a barrier; the executor waits for the other lanes before `follows`."""
        if s.guard is not None:
            raise PtxError(f"{self.kernel.name}: a barrier depends on a condition")
        text = ""
        if s.opcode.startswith("bar.warp.sync"):
            text = f"  lane.barrier_lanes = {self.operations.value(s.operands[0], 'b32')};\n"
        elif s.opcode.startswith("bar.red"):
            text = f"  lane.vote = {self.operations.value(s.operands[2], 'pred')};\n"
            text += f"  lane.vote_result = &{self.operations.target(s.operands[0])};\n"
        return f"{text}  return {follows};\n"

    def block(self, block: Block, index: int) -> str:
        """Returns the function of a block."""
        text = f"int {self.prefix}_{index}([[maybe_unused]] void* registers, [[maybe_unused]] Lane& lane) {{\n"
        text += f"  [[maybe_unused]] auto& x = *static_cast<Registers_{self.prefix}*>(registers);\n"
        last = block.statements[-1]
        ends = class_of(last.opcode) == "branch" or last.opcode.startswith(BARRIERS) or last.opcode == "trap"
        for s in block.statements[:-1] if ends else block.statements:
            text += self.statement(s)
        if ends:
            text += self.end(last, index)
        else:
            text += f"  return {index + 1 if index + 1 < len(self.kernel.blocks) else -1};\n"
        return text + "}\n"

    def table_row(self, block: Block, index: int) -> str:
        """Returns the row of a block: function, what it ends with, counts of instructions."""
        last = block.statements[-1].opcode
        wait = next((w for start, w in (("bar.warp.sync", "warp"), ("bar.red", "vote"), ("bar", "block"))
                     if last.startswith(start)), "none")
        counts = [0] * len(CLASSES)
        for s in block.statements:
            counts[CLASSES.index(class_of(s.opcode))] += 1
        return f"    {{{self.prefix}_{index}, Wait::{wait}, {{{', '.join(map(str, counts))}}}}},\n"

    def write(self) -> str:
        """Returns all C++ of the kernel."""
        text = self.registers()
        text += "".join(self.block(b, i) for i, b in enumerate(self.kernel.blocks))
        text += f"const TranslatedBlock blocks_{self.prefix}[] = {{\n"
        text += "".join(self.table_row(b, i) for i, b in enumerate(self.kernel.blocks)) + "};\n"
        return text + (f'const Registration registered_{self.prefix}{{{{"{self.kernel.name}", '
                       f"{self.kernel.parameter_bytes}, sizeof(Registers_{self.prefix}), blocks_{self.prefix}, "
                       f"{len(self.kernel.blocks)}, {self.mutants}}}}};\n\n")


def in_parts(kernels: Sequence[Kernel], count: int) -> List[List[Kernel]]:
    """Returns the kernels in `count` groups of about the same number of statements."""
    parts: List[List[Kernel]] = [[] for _ in range(count)]
    sizes = [0] * count
    for kernel in sorted(kernels, key=lambda k: -sum(len(b.statements) for b in k.blocks)):
        at = sizes.index(min(sizes))
        parts[at].append(kernel)
        sizes[at] += sum(len(b.statements) for b in kernel.blocks)
    return parts


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="translates PTX to C++")
    parser.add_argument("ptx", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--name", required=True, help="stem of the files")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--mutate", metavar="PATTERN")
    options = parser.parse_args(arguments)
    named: Dict[str, Kernel] = {}
    variables: Dict[str, str] = {}
    try:
        for ptx in options.ptx:
            module = read_module(ptx.read_text(encoding="utf-8"))
            variables.update({name: "lane.memory->constant.begin" for name in module.variables if name == BUFFER})
            variables.update({name: "BlockMemory::shared_begin" for name, (kind, size) in module.variables.items()
                              if kind == "extern .shared" and size == 0})
            for kernel in module.kernels:
                if options.all or FUNCTOR.search(kernel.name):
                    named.setdefault(kernel.name, kernel)
        kernels = list(named.values())
        mutable = [k for k in kernels if options.mutate and re.search(options.mutate, k.name)]
        if options.mutate:
            if not mutable:
                raise PtxError(f"no kernel is called like {options.mutate}")
            kernels = kernels if options.all else mutable
        options.folder.mkdir(parents=True, exist_ok=True)
        number = 0
        for i, part in enumerate(in_parts(kernels, options.files)):
            text = HEAD
            for kernel in part:
                text += Translator(kernel, number, variables, kernel in mutable).write()
                number += 1
            path = options.folder / f"{options.name}_{i}.cpp"
            path.write_text(text + "}  // namespace\n}  // namespace nbk::gpu_run\n", encoding="utf-8")
    except PtxError as error:
        print(f"{options.name}: {error}", file=sys.stderr)
        return 1
    print(f"{options.name}: {len(kernels)} kernels, {sum(len(k.blocks) for k in kernels)} blocks, "
          f"{sum(len(b.statements) for k in kernels for b in k.blocks)} instructions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
