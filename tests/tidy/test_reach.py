"""No module of the product is reached by nobody, and no private name of a module is used by nobody."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import PurePosixPath

from tests.tidy.repository import file_paths, is_python, parse, read

# Found by name, not by import: what starts the product, and what Django looks up in a package and in a folder.
ENTRY_POINTS = ("fairlot.interfaces.cli.main", "fairlot.store.postgresql.base")
LOOKED_UP = ("migrations", "commands", "templatetags")


def module_name(path: PurePosixPath) -> str:
    parts = path.with_suffix("").parts
    if parts[0] == "src":
        parts = parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def mentioned(source: str, *, package: str) -> set[str]:
    """Return every dotted name that a module imports or carries in a string, in full."""
    found: set[str] = set()
    tree = parse(source)
    constants = texts_bound_by(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = (
                package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            )
            origin = ".".join([*above, *([node.module] if node.module else [])])
            found.add(origin)
            found.update(f"{origin}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.partition(":")[0])
        elif isinstance(node, ast.JoinedStr):
            found.add(put_together(node, constants))
    return found


def texts_bound_by(tree: ast.Module) -> dict[str, str]:
    """Return the module's constants that are plain text."""
    return {
        name: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for name in names_bound_by(node)
    }


def put_together(text: ast.JoinedStr, constants: Mapping[str, str]) -> str:
    """Return a text whose parts are constants of its module; "?" stands for any other part."""
    parts = []
    for part in text.values:
        match part:
            case ast.Constant(value=str(value)):
                parts.append(value)
            case ast.FormattedValue(value=ast.Name(id=name)):
                parts.append(constants.get(name, "?"))
            case _:
                parts.append("?")
    return "".join(parts)


def unreached(modules: Mapping[str, str]) -> list[str]:
    """Return the modules of the product that no other module mentions, by themselves or by something in them."""
    used: set[str] = set(ENTRY_POINTS)
    for name, source in modules.items():
        used |= mentioned(source, package=name.rpartition(".")[0]) - {name}
    prefixes = {used_name.rpartition(".")[0] for used_name in used}
    return sorted(
        name
        for name in modules
        if name.startswith("fairlot.")
        and name not in used
        and name not in prefixes
        and not any(other.startswith(f"{name}.") for other in used | set(modules))
        and not set(name.split(".")) & {*LOOKED_UP, "__main__", "apps"}
    )


def idle_private_names(source: str) -> list[str]:
    """Return the module's private functions, classes and constants that the module itself never uses."""
    tree = parse(source)
    defined = {
        name
        for node in tree.body
        for name in names_bound_by(node)
        if name.startswith("_") and not name.startswith("__")
    }
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return sorted(defined - used - {"_"})


def names_bound_by(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [] if node.decorator_list else [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def python_modules() -> dict[str, str]:
    return {module_name(path): read(path) for path in file_paths() if is_python(path)}


def test_every_private_name_is_used() -> None:
    idle = {
        name: idle_private_names(source)
        for name, source in python_modules().items()
        if name.startswith("fairlot.")
    }

    assert {name: names for name, names in idle.items() if names} == {}


def test_every_module_is_reached() -> None:
    assert unreached(python_modules()) == []


def test_a_module_that_nobody_mentions_is_caught() -> None:
    modules = {
        "fairlot.interfaces.cli.main": "_HERE = 'fairlot'\nimport fairlot.money\nCOMMANDS = (f'{_HERE}.spoken',)",
        "fairlot.spoken": "",
        "fairlot.money": "from . import rates",
        "fairlot.rates": "",
        "fairlot.named": "",
        "fairlot.settings": 'URLS = "fairlot.named:urls"',
        "fairlot.alone": "import fairlot.settings",
    }

    assert unreached(modules) == ["fairlot.alone"]


def test_an_idle_private_name_is_caught() -> None:
    assert idle_private_names("_LIMIT = 3\ndef _idle(): ...\ndef f(): return _LIMIT") == ["_idle"]
