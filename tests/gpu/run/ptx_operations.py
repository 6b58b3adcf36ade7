# SPDX-License-Identifier: MIT
"""C++ for single PTX instructions: calls of the functions of operations.hpp and lane.hpp."""
from __future__ import annotations

import re
from typing import Dict, List, Optional

from ptx_reader import Kernel, PtxError, Statement

CPP_TYPES = {"pred": "bool", "b8": "std::uint8_t", "u8": "std::uint8_t", "s8": "std::int8_t", "b16": "std::uint16_t",
             "u16": "std::uint16_t", "s16": "std::int16_t", "b32": "std::uint32_t", "u32": "std::uint32_t",
             "s32": "std::int32_t", "b64": "std::uint64_t", "u64": "std::uint64_t", "s64": "std::int64_t",
             "f32": "float", "f64": "double"}
CPP_MEMORY = {"global": "Memory::global", "param": "Memory::parameter", "const": "Memory::constant",
              "shared": "Memory::shared"}
# Modifiers of arithmetic that are in the name of its function, and those that change nothing here.
NAMED = ("wide", "hi", "approx", "ftz")
SILENT = ("rn", "lo")
FUNCTIONS = {"add", "sub", "mul", "mul_wide", "mul_hi", "mad", "mad_wide", "fma", "div", "div_approx", "rem", "neg",
             "abs", "min", "max", "and_", "or_", "xor_", "not_", "shl", "shr", "selp", "sqrt", "rcp", "rcp_approx_ftz",
             "rsqrt_approx", "ex2_approx", "bfi", "clz", "popc"}
ARITHMETIC = {name.split("_")[0] for name in FUNCTIONS}
KEYWORDS = ("and", "or", "xor", "not")
# Types of operands that are not those of the instruction.
OTHER_OPERANDS = {("shl", 1): "u32", ("shr", 1): "u32", ("bfi", 2): "u32", ("bfi", 3): "u32", ("selp", 2): "pred"}
# Types of results that are not those of the instruction.
RESULTS = {"mul_wide": lambda k: k[0] + str(2 * int(k[1:])), "mad_wide": lambda k: k[0] + str(2 * int(k[1:])),
           "clz": lambda k: "u32", "popc": lambda k: "u32"}
ORDERED = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "lo": "<", "ls": "<=", "hi": ">",
           "hs": ">="}
# Comparisons that also hold where a number is NaN, by the ordered one that is the opposite.
UNORDERED = {"equ": "ne", "neu": "eq", "ltu": "ge", "leu": "gt", "gtu": "le", "geu": "lt"}
ROUNDING = {"rn": "nearest", "rni": "nearest_whole", "rzi": "to_zero", "rpi": "up", "rmi": "down"}
SPECIAL = re.compile(r"%(tid|ctaid|ntid|nctaid)\.([xyz])$")
# Whole expressions, with the type of their operands; integers without sign, so that they wrap.
DIRECT = {f"{root}{rounding}.{kind}": (text, kind)
          for root, text in (("add", "{0} + {1}"), ("sub", "{0} - {1}"), ("mul", "{0} * {1}"), ("neg", "-{0}"))
          for kind in ("f32", "f64") for rounding in ("", ".rn")}
DIRECT.update({f"fma.rn.{kind}": (f"__builtin_fma{suffix}({{0}}, {{1}}, {{2}})", kind)
               for kind, suffix in (("f32", "f"), ("f64", ""))})
DIRECT.update({f"{root}.{sign}{bits}": (text, f"u{bits}")
               for root, text in (("add", "{0} + {1}"), ("sub", "{0} - {1}"), ("mul.lo", "{0} * {1}"))
               for sign in "us" for bits in (32, 64)})
CHANGES = {"add": "v + ({0})", "exch": "{0}", "min": "std::min<{t}>(v, {0})", "max": "std::max<{t}>(v, {0})",
           "cas": "v == ({0}) ? ({1}) : v", "inc": "v >= ({0}) ? 0 : v + 1", "or": "v | ({0})", "and": "v & ({0})"}


class Operations:
    """Writes the instructions of a kernel."""

    def __init__(self, kernel: Kernel, variables: Dict[str, str]) -> None:
        """variables: C++ of the address of each variable of the module."""
        self.kernel = kernel
        self.variables = variables

    def fail(self, statement: Statement) -> PtxError:
        """Returns the error for an instruction that is not known."""
        return PtxError(f"{self.kernel.name}: {statement.opcode} {', '.join(statement.operands)} is not known")

    def register(self, name: str) -> Optional[str]:
        """Returns C++ of a register, or None."""
        if name in self.kernel.registers and self.kernel.registers[name][1] == 0:
            return "x." + name[1:]
        found = re.match(r"(%[a-z]+)(\d+)$", name)
        if found is None or found.group(1) not in self.kernel.registers:
            return None
        return f"x.{found.group(1)[1:]}[{found.group(2)}]"

    def kind(self, name: str) -> str:
        """Returns the PTX type of a register."""
        return self.kernel.registers[name if name in self.kernel.registers else re.sub(r"\d+$", "", name)][0]

    def value(self, operand: str, kind: str) -> str:
        """Returns C++ of an operand as a value of a PTX type."""
        cpp = CPP_TYPES[kind]
        if operand.startswith("!"):
            return f"!{self.value(operand[1:], kind)}"
        special = SPECIAL.match(operand)
        if special:
            return f"as<{cpp}>(lane.{special.group(1)}[{'xyz'.index(special.group(2))}])"
        register = self.register(operand)
        if register:
            own = CPP_TYPES[self.kind(operand)]
            if own == cpp:
                return register
            return f"{cpp}({register})" if "f" not in (kind[0], self.kind(operand)[0]) else f"as<{cpp}>({register})"
        if operand == self.kernel.parameter:
            return "lane.memory->parameter.begin"
        if operand in self.variables:
            return f"as<{cpp}>({self.variables[operand]})"
        if re.match(r"0[fF][0-9a-fA-F]{8}$", operand):
            return f"as<{cpp}>(std::uint32_t(0x{operand[2:]}))"
        if re.match(r"0[dD][0-9a-fA-F]{16}$", operand):
            return f"as<{cpp}>(std::uint64_t(0x{operand[2:]}))"
        if re.match(r"-?(0[xX][0-9a-fA-F]+|\d+)U?$", operand):
            number = int(operand.rstrip("U"), 0)
            return f"{cpp}({number % 2**64}U)"
        raise PtxError(f"{self.kernel.name}: the operand {operand!r} is not known")

    def address(self, operand: str) -> str:
        """Returns C++ of the address in brackets."""
        found = re.match(r"\[\s*([%\w$]+)\s*(?:\+\s*(-?\d+))?\s*\]$", operand)
        if found is None:
            raise PtxError(f"{self.kernel.name}: the address {operand!r} is not known")
        base = self.value(found.group(1), "u64")
        return f"{base} + std::uint64_t({int(found.group(2) or 0) % 2**64}U)"

    def target(self, operand: str) -> str:
        """Returns C++ of a register that is written."""
        register = self.register(operand)
        if register is None:
            raise PtxError(f"{self.kernel.name}: {operand!r} cannot be written")
        return register

    def assign(self, operand: str, kind: str, value: str) -> str:
        """Returns C++ that writes a value of a PTX type into a register."""
        target = self.target(operand)
        if CPP_TYPES[self.kind(operand)] == CPP_TYPES[kind]:
            return f"{target} = {value};"
        return f"put({target}, {value});"

    @staticmethod
    def listed(operand: str) -> List[str]:
        """Returns the members of {a, b}, or the operand itself."""
        return [p.strip() for p in operand[1:-1].split(",")] if operand.startswith("{") else [operand]

    def arithmetic(self, s: Statement, parts: List[str]) -> str:
        """Returns C++ of arithmetic and logic."""
        root, kind = parts[0], parts[-1]
        if s.opcode in DIRECT:  # what most instructions are, in a form that is quick to compile
            text, kind = DIRECT[s.opcode]
            return self.assign(s.operands[0], kind, text.format(*(self.value(v, kind) for v in s.operands[1:])))
        name = root + ("_" if root in KEYWORDS else "")
        for modifier in parts[1:-1]:
            if modifier in NAMED:
                name += "_" + modifier
            elif modifier not in SILENT:
                raise self.fail(s)
        if name not in FUNCTIONS:
            raise self.fail(s)
        kinds = [OTHER_OPERANDS.get((root, i), kind) for i in range(len(s.operands) - 1)]
        if name == "mad_wide":
            kinds[2] = kind[0] + str(2 * int(kind[1:]))
        values = "".join(f", {self.value(v, k)}" for v, k in zip(s.operands[1:], kinds))
        of_result = RESULTS.get(name, lambda k: k)(kind)
        return self.assign(s.operands[0], of_result, f"op::{name}<{CPP_TYPES[kind]}>(lane{values})")

    def comparison(self, s: Statement, parts: List[str]) -> str:
        """Returns C++ of setp."""
        kind, compare = parts[-1], parts[1]
        a, b = (self.value(v, kind) for v in s.operands[1:3])
        if compare in UNORDERED:
            test = f"!({a} {ORDERED[UNORDERED[compare]]} {b})" if compare != "neu" else f"{a} != {b}"
        elif compare == "ne" and kind[0] == "f":
            test = f"{a} < {b} || {a} > {b}"
        elif compare in ("num", "nan"):
            test = f"{'!' if compare == 'num' else ''}(std::isnan({a}) || std::isnan({b}))"
        elif compare in ORDERED:
            test = f"{a} {ORDERED[compare]} {b}"
        else:
            raise self.fail(s)
        if "equ" == compare:
            test = f"!({a} < {b} || {a} > {b})"
        targets = s.operands[0].split("|")
        if len(targets) == 1 and len(parts) == 3:
            return f"{self.target(targets[0])} = {test};"
        text = f"const bool t = {test}; "
        joined = {"and": "&&", "or": "||"}.get(parts[2]) if len(parts) == 4 else None
        if len(parts) == 4 and joined is None:
            raise self.fail(s)
        if joined:
            text += f"const bool with = {self.value(s.operands[3], 'pred')}; "
        for target, term in zip(targets, ("t", "!t")):
            text += f"{self.target(target.strip())} = {term}{f' {joined} with' if joined else ''}; "
        return "{ " + text + "}"

    def conversion(self, s: Statement, parts: List[str]) -> str:
        """Returns C++ of cvt."""
        modifiers, to, origin = parts[1:-2], parts[-2], parts[-1]
        if len(modifiers) > 1 or any(m not in ROUNDING for m in modifiers):
            raise self.fail(s)
        how = ROUNDING[modifiers[0]] if modifiers else "none"
        value = self.value(s.operands[1], origin)
        if how == "none" or how == "nearest":
            return self.assign(s.operands[0], to, f"{CPP_TYPES[to]}({value})")
        types = f"{CPP_TYPES[to]}, {CPP_TYPES[origin]}, op::Round::{how}"
        return self.assign(s.operands[0], to, f"op::cvt<{types}>(lane, {value})")

    def move(self, s: Statement, parts: List[str]) -> str:
        """Returns C++ of mov, with {low, high} on either side."""
        kind = parts[-1]
        to, origin = s.operands
        half = f"b{int(kind[1:]) // 2}" if kind[1:].isdigit() and int(kind[1:]) > 16 else "b16"
        if to.startswith("{"):
            low, high = self.listed(to)
            bits = f"const auto v = {self.value(origin, 'b' + kind[1:])}; "
            return ("{ " + bits + f"put({self.target(low)}, static_cast<{CPP_TYPES[half]}>(v)); "
                    f"put({self.target(high)}, static_cast<{CPP_TYPES[half]}>(v >> {half[1:]})); }}")
        if origin.startswith("{"):
            low, high = (self.value(v, half) for v in self.listed(origin))
            whole = CPP_TYPES["b" + kind[1:]]
            return f"put({self.target(to)}, static_cast<{whole}>({whole}({low}) | {whole}({high}) << {half[1:]}));"
        return self.assign(to, kind, self.value(origin, kind))

    def memory(self, s: Statement, parts: List[str]) -> str:
        """Returns C++ of ld, st, atom and red."""
        root, kind = parts[0], parts[-1]
        named = [CPP_MEMORY[p] for p in parts if p in CPP_MEMORY]
        where, cpp = (named or ["Memory::generic"])[0], CPP_TYPES[kind]
        if root == "st":
            values = ", ".join(self.value(v, kind) for v in self.listed(s.operands[1]))
            return f"store<{where}>(lane, {self.address(s.operands[0])}, {values});"
        if root == "ld":
            targets = self.listed(s.operands[0])
            text = f"load<{where}, {cpp}, {len(targets)}>(lane, {self.address(s.operands[1])})"
            if len(targets) == 1:
                return self.assign(targets[0], kind, text + "[0]")
            text = f"const auto v = {text}; "
            return "{ " + text + " ".join(f"put({self.target(t)}, v[{i}]);" for i, t in enumerate(targets)) + " }"
        change = [p for p in parts[1:] if p in CHANGES]
        if len(change) != 1:
            raise self.fail(s)
        at = 1 if root == "atom" else 0
        values = [self.value(v, kind) for v in s.operands[at + 1:]]
        body = CHANGES[change[0]].format(*values, t=cpp)
        text = (f"exchange<{where}, {cpp}>(lane, {self.address(s.operands[at])}, "
                f"[&]({cpp} v) {{ return static_cast<{cpp}>({body}); }})")
        return f"put({self.target(s.operands[0])}, {text});" if root == "atom" else text + ";"

    def write(self, s: Statement) -> str:
        """Returns C++ of an instruction that goes on to the next."""
        parts = s.opcode.split(".")
        root = parts[0]
        if root in ARITHMETIC:
            return self.arithmetic(s, parts)
        if root == "setp":
            return self.comparison(s, parts)
        if root == "cvt":
            return self.conversion(s, parts)
        if root == "mov":
            return self.move(s, parts)
        if root == "cvta":
            if "shared" in parts:  # lane.hpp has no addresses that may be of any memory
                raise self.fail(s)
            return f"put({self.target(s.operands[0])}, {self.value(s.operands[1], parts[-1])});"
        if root in ("ld", "st", "atom", "red"):
            return self.memory(s, parts)
        if root in ("membar", "fence", "nanosleep"):
            return ";  // one lane at a time runs here, so memory is always in order"
        raise self.fail(s)
