"""The command line: one command a file, imported when it is called."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

import click

from lkjip import __version__
from lkjip.batch.limits import collect_seldom
from lkjip.errors import ExitCode, LkjipError

COMMANDS = {
    "run": "lkjip.cli.run:run",
    "merge": "lkjip.cli.merge:merge",
    "inspect": "lkjip.cli.inspect:inspect",
    "explain": "lkjip.cli.explain:explain",
    "tables": "lkjip.cli.tables:tables",
    "review": "lkjip.cli.review:review",
    "report": "lkjip.cli.report:report",
    "accounts": "lkjip.cli.accounts:accounts",
    "doctor": "lkjip.cli.doctor:doctor",
}

HELP = """Indonesian government performance reports (LKJIP, LAKIP, Renja, RFK, triwulan) from PDF,
typed or scanned, to proven Parquet and CSV.

Every budget line comes out with anggaran, realisasi and capaian, matched to the
chart of accounts. Each number is proven by the report's own sums, or doubted
with the reason.

\b
Begin here:
  lkjip run laporan.pdf                 one report into output/
  lkjip run reports/ -o output/         a whole folder
  lkjip review output/                  settle what is in doubt, worst first
  lkjip inspect laporan.pdf --page 12   a picture of how a page was read
  lkjip explain laporan.pdf             how each table adds up, or does not
  lkjip tables laporan.pdf              every table of any PDF, as JSON

`lkjip COMMAND --help` tells more about each."""

EPILOG = """\b
Exit codes: 0 all fine, 1 a bug of lkjip, 2 wrong usage, 3 some documents failed,
4 errors stand and --strict was given, 5 nothing usable, 6 a needed part is not
installed, 11 another run writes there, 28 disk full, 130 interrupted."""

TRACEBACK = "LKJIP_TRACEBACK"


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=LazyGroup,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="lkjip %(version)s")
def cli() -> None: ...


def main() -> None:
    """Run the command line and leave with its exit code."""
    collect_seldom()
    code = call(sys.argv[1:])
    if code == ExitCode.INTERRUPTED:
        os._exit(code)  # Python would wait for workers that are only just starting
    sys.exit(code)


def call(arguments: list[str]) -> int:
    """Run the command line; returns the exit code, and tells on stderr what went wrong."""
    try:
        code = cli.main(arguments, prog_name="lkjip", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        tell("interrupted; the same command goes on where it stopped")
        return ExitCode.INTERRUPTED
    except LkjipError as error:
        tell(f"{error}; {error.help}" if error.help else str(error))
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # click exits where the reader of our output has gone,
        # as in `lkjip tables x.pdf | head`; no command exits by itself
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:
        return _tell_bug(error)
    return code if isinstance(code, int) else ExitCode.OK


def tell(message: str) -> None:
    click.echo(f"lkjip: {message}", err=True)


def _tell_bug(error: Exception) -> ExitCode:
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    else:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        tell(f"bug: {what} (set {TRACEBACK}=1 to see where)")
    return ExitCode.BUG
