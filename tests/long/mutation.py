"""Would the tests notice a wrong word in what counts? ``python -m tests.long.mutation``.

Changes the score with its bounds, the reviews and the classifier of outcomes in one place at a time, runs the tests of
that module on each change, and lists the changes that none of them noticed. Ends with 1 below nine tenths noticed.
"""

import ast
import copy
import importlib
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
AIM = 0.9
SECONDS = 60
WHAT = {
    "ppid_audit.score": ("tests/test_score.py",),
    "ppid_audit.amend": ("tests/test_amend.py",),
    "ppid_audit.crawl.problems": ("tests/crawl/test_problems.py",),
}
_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
}
_CLOSED = ("Problem", "Reason")
"""Closed lists whose members are exchanged for one that both have."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: ``what`` says which, ``line`` where."""

    module: str
    line: int
    what: str
    tree: ast.Module


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one operator, constant, choice or returned value of ``module``."""
    source = _path(module).read_text("utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    made_so = {id(part) for node in nodes for one in getattr(node, "decorator_list", ()) for part in ast.walk(one)}
    for at, node in enumerate(nodes):
        if id(node) in made_so:  # frozen and slots: no behaviour to test
            continue
        for number in range(len(list(_changes(copy.deepcopy(node))))):
            tree = ast.parse(source)
            changed = list(ast.walk(tree))[at]
            before = ast.unparse(changed)
            made = list(_changes(changed))[number]
            line = getattr(node, "lineno", 0)
            yield Mutant(module, line, f"{before[:60]} -> {_put(tree, changed, made)[:60]}", tree)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of ``node``."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if type(operator) in _OTHER:
                yield _with(node, "ops", [*node.ops[:at], _OTHER[type(operator)](), *node.ops[at + 1 :]])
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        if type(node.op) in _OTHER:
            yield _with(node, "op", _OTHER[type(node.op)]())
    elif isinstance(node, ast.IfExp | ast.If):
        yield _with(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Constant):
        yield from _other_values(node.value)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in _CLOSED:
        yield _with(node, "attr", "RUNNER_OFFLINE")


def _other_values(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    made = copy.copy(node)
    setattr(made, field, value)
    return made


def _put(tree: ast.Module, old: ast.AST, new: ast.AST) -> str:
    """Puts ``new`` in the place of ``old`` and tells how it is written."""

    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return ast.copy_location(new, old) if node is old else self.generic_visit(node)

    Put().visit(tree)
    ast.fix_missing_locations(tree)
    return ast.unparse(new)


def _path(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def noticed(made: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Whether a test of the module fails, or never ends, under each change; in processes of their own."""
    running: dict[int, Mutant] = {}
    for mutant in made:
        child = os.fork()
        if child == 0:
            os._exit(_tried(mutant))
        running[child] = mutant
        if len(running) >= (os.cpu_count() or 1):
            yield _ended(running)
    while running:
        yield _ended(running)


def _ended(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    child, status = os.wait()
    return running.pop(child), status != 0


def _tried(mutant: Mutant) -> int:
    signal.alarm(SECONDS)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        try:
            _install(mutant)
            options = ("-x", "-q", "-p", "no:cacheprovider", "--no-header")
            return int(pytest.main([*options, *WHAT[mutant.module]]))
        except BaseException:
            return 1


def _install(mutant: Mutant) -> None:
    """The changed module under its name, before any test asks for it."""
    spec = importlib.util.spec_from_file_location(mutant.module, _path(mutant.module))
    assert spec is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[mutant.module] = made
    parent, _, name = mutant.module.rpartition(".")
    exec(compile(mutant.tree, str(_path(mutant.module)), "exec"), made.__dict__)
    setattr(importlib.import_module(parent), name, made)


def main(*modules: str) -> int:
    os.chdir(ROOT)
    hypothesis.settings.register_profile("mutation", database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    share = 1.0
    for module in modules or WHAT:
        made = list(mutants(module))
        left = 0
        for mutant, seen in noticed(made):
            if not seen:
                left += 1
                print(f"  {module}, line {mutant.line}: {mutant.what}", flush=True)
        share = min(share, 1 - left / len(made))
        print(f"{module}: {len(made) - left} of {len(made)} noticed", flush=True)
    return 0 if share >= AIM else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
