"""Write the parts of the docs that follow from the code: `python docs/make.py`."""

from __future__ import annotations

from pathlib import Path

import click

from lkjip.cli.main import COMMANDS, cli
from lkjip.load.datapackage import descriptions
from lkjip.load.schema import SCHEMAS

DOCS = Path(__file__).parent


def columns() -> str:
    """Every column of every table."""
    parts = []
    for name, schema in SCHEMAS.items():
        rows = [
            f"| `{field.name}` | {field.type} | {descriptions()[name, field.name]} |"
            for field in schema
        ]
        parts.append(
            "\n".join([f"## {name}\n", "| column | type | what |", "|---|---|---|", *rows])
        )
    return "\n\n".join(parts)


def commands() -> str:
    """The help of every command."""
    shown = [("lkjip", cli)] + [
        (f"lkjip {name}", command)
        for name in COMMANDS
        if (command := cli.get_command(click.Context(cli), name)) is not None
    ]
    return "\n\n".join(part for name, command in shown for part in _help(name, command))


def _help(name: str, command: click.Command) -> list[str]:
    context = click.Context(
        command, info_name=name, terminal_width=96, help_option_names=["-h", "--help"]
    )
    parts = [f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```"]
    if isinstance(command, click.Group) and command is not cli:
        for sub, nested in command.commands.items():
            parts += _help(f"{name} {sub}", nested)
    return parts


def written(path: Path) -> str:
    """The document with its made parts as they should be."""
    text = path.read_text(encoding="utf-8")
    for name, make in (("columns", columns), ("help", commands)):
        mark, end = f"<!-- {name}: written by docs/make.py -->", "<!-- end -->"
        before, found, after = text.partition(mark)
        if found:
            text = f"{before}{mark}\n\n{make()}\n\n{end}{after.partition(end)[2]}"
    return text


if __name__ == "__main__":
    for document in (DOCS / "output.md", DOCS / "cli.md"):
        document.write_text(written(document), encoding="utf-8")
