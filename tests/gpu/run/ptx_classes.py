# SPDX-License-Identifier: MIT
"""Classes that executed instructions are counted by."""
from __future__ import annotations

from ptx_reader import PtxError

# Order of the counts; counts.hpp has the same.
CLASSES = ("fma32", "mul32", "add32", "fma64", "mul64", "add64", "convert", "special", "load", "parameter", "store",
           "compare", "integer", "move", "branch", "other", "sign")
MULTIPLE = {"mul", "mad", "fma"}
INTEGER = {"and", "or", "xor", "not", "shl", "shr", "div", "rem", "bfi", "clz", "popc", "add", "sub", "mul", "mad",
           "neg", "abs"}


def class_of(opcode: str) -> str:
    """Returns the class of an opcode."""
    parts = opcode.split(".")
    root, kind = parts[0], parts[-1]
    if root in ("setp", "selp", "min", "max") or kind == "pred" and root != "bar":
        return "compare"
    if kind in ("f32", "f64") and root in ("fma", "mul", "add", "sub", "neg", "abs"):
        named = {"fma": "fma", "mul": "mul"}.get(root, "add")
        # Signs are parts of the operands of machine code: ptxas makes no instruction of them.
        return "sign" if root in ("neg", "abs") else named + kind[1:]
    if root == "cvt":
        # Between integers a conversion is a move or an and; the others have a unit of their own.
        return "convert" if "f" in parts[-1][0] + parts[-2][0] else "integer"
    if root in ("sqrt", "rcp", "rsqrt", "ex2", "div") and kind[0] == "f":
        return "special"
    if root == "ld":
        return "parameter" if parts[1] in ("param", "const") else "load"
    if root in ("st", "atom", "red"):
        return "store"
    if root in INTEGER:
        return "integer"
    if root in ("mov", "cvta"):
        return "move"
    if root in ("bra", "ret", "exit"):
        return "branch"
    if root in ("bar", "barrier", "membar", "fence", "trap", "nanosleep"):
        return "other"
    raise PtxError(f"{opcode} is in no class")
