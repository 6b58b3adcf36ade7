# SPDX-License-Identifier: MIT
"""Reads PTX, nvcc's portable machine code, into kernels made of basic blocks of statements."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional, Tuple

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
ENTRY = re.compile(r"\.entry\s+([\w$]+)\s*\(([^)]*)\)([^{]*)\{")
PARAMETER = re.compile(r"\.param\s+(?:\.align\s+(\d+)\s+)?\.(\w+)\s+([\w$]+)(?:\[(\d+)\])?")
REGISTERS = re.compile(r"\.reg\s+\.(\w+)\s+(.*)", re.S)
REGISTER_NAME = re.compile(r"(%\w+?)(?:<(\d+)>)?$")
CONSTANT = re.compile(r"^\.(const|global|extern \.shared|shared)\s+(?:\.align\s+\d+\s+)?\.(\w+)\s+([\w$]+)"
                      r"(?:\[(\d*)\])?", re.M)
LABEL = re.compile(r"\s*([\w$]+):")
SIZES = {"b8": 1, "u8": 1, "s8": 1, "b16": 2, "u16": 2, "s16": 2, "b32": 4, "u32": 4, "s32": 4, "f32": 4, "b64": 8,
         "u64": 8, "s64": 8, "f64": 8}
ENDS = ("bra", "ret", "exit", "trap")
BARRIERS = ("bar.sync", "bar.warp.sync", "bar.red.or.pred", "barrier.sync")


class PtxError(Exception):
    """Text that this reader or the translator does not know."""


@dataclass
class Statement:
    """One instruction: [@[!]guard] opcode operands."""
    opcode: str
    operands: List[str]
    guard: Optional[str] = None
    guard_negated: bool = False


@dataclass
class Block:
    """Statements that are executed one after the other; only the last may go elsewhere."""
    statements: List[Statement] = field(default_factory=list)


@dataclass
class Kernel:
    """A kernel: its parameter, registers by name with their number (0: a single one), and blocks in their order."""
    name: str
    parameter: str
    parameter_bytes: int
    registers: Dict[str, Tuple[str, int]] = field(default_factory=dict)
    blocks: List[Block] = field(default_factory=list)
    labels: Dict[str, int] = field(default_factory=dict)


@dataclass
class Module:
    """Kernels of a file, and its variables with their bytes (0: as many as a launch asks for)."""
    kernels: List[Kernel]
    variables: Dict[str, Tuple[str, int]]


def matching_brace(text: str, begin: int) -> int:
    """Returns the place behind the brace that closes the one before `begin`."""
    depth, at = 1, begin
    while depth > 0:
        at += 1
        if at > len(text):
            raise PtxError("a brace is not closed")
        depth += {"{": 1, "}": -1}.get(text[at - 1], 0)
    return at


def split_operands(text: str) -> List[str]:
    """Splits at commas outside of braces and brackets."""
    parts, depth, part = [], 0, ""
    for c in text:
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(c, 0)
        if c == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += c
    parts.append(part.strip())
    return [p for p in parts if p]


def pieces(body: str) -> Iterator[str]:
    """Yields labels ("name:") and statements; braces that only enclose statements are dropped."""
    for text in body.split(";"):
        text = text.strip()
        while text:
            label = LABEL.match(text)
            if text[0] in "{}":
                text = text[1:].strip()
            elif label:
                yield label.group(1) + ":"
                text = text[label.end():].strip()
            else:
                yield text
                text = ""


def parse_statement(text: str) -> Statement:
    """Reads an instruction."""
    found = re.match(r"(?:@(!?)(%\w+)\s+)?([\w.:]+)\s*(.*)$", text, re.S)
    if found is None:
        raise PtxError(f"no instruction: {text!r}")
    negated, guard, opcode, operands = found.groups()
    return Statement(opcode, split_operands(operands), guard, negated == "!")


def declare(kernel: Kernel, text: str) -> bool:
    """Takes up a declaration of registers; False if `text` is something else."""
    found = REGISTERS.match(text)
    if found is None:
        return False
    for name in split_operands(found.group(2)):
        named = REGISTER_NAME.match(name)
        if named is None:
            raise PtxError(f"no register: {text!r}")
        kernel.registers[named.group(1)] = (found.group(1), int(named.group(2) or 0))
    return True


def read_kernel(name: str, parameters: str, body: str) -> Kernel:
    """Reads the kernel with this body."""
    found = [PARAMETER.search(p) for p in parameters.split(",") if p.strip()]
    if len(found) > 1 or None in found:
        raise PtxError(f"{name}: the parameters {parameters!r}")
    kernel = Kernel(name, "", 0)
    for p in found:
        kernel.parameter, kernel.parameter_bytes = p.group(3), SIZES[p.group(2)] * int(p.group(4) or 1)
    blocks = kernel.blocks
    blocks.append(Block())
    for text in pieces(body):
        if text.endswith(":"):
            if blocks[-1].statements:
                blocks.append(Block())
            kernel.labels[text[:-1]] = len(blocks) - 1
        elif declare(kernel, text) or text.startswith(".pragma"):
            continue
        else:
            statement = parse_statement(text)
            blocks[-1].statements.append(statement)
            if statement.opcode.split(".")[0] in ENDS or statement.opcode.startswith(BARRIERS):
                blocks.append(Block())
    if not blocks[-1].statements:  # behind the last ret
        blocks.pop()
        kernel.labels = {label: index for label, index in kernel.labels.items() if index < len(blocks)}
    return kernel


def read_module(text: str) -> Module:
    """Reads a file of PTX."""
    text = COMMENT.sub("", text)
    if re.search(r"^\s*(\.visible\s+|\.weak\s+)?\.func", text, re.M):
        raise PtxError("there are functions besides kernels")
    variables = {v.group(3): (v.group(1), SIZES[v.group(2)] * int(v.group(4) or (0 if v.group(4) == "" else 1)))
                 for v in CONSTANT.finditer(text)}
    kernels = []
    for entry in ENTRY.finditer(text):
        end = matching_brace(text, entry.end())
        kernels.append(read_kernel(entry.group(1), entry.group(2), text[entry.end():end - 1]))
    if not kernels:
        raise PtxError("there is no kernel")
    return Module(kernels, variables)
