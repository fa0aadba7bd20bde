"""`lkjip review`: settle what a run doubts, in the browser."""

from __future__ import annotations

import getpass
from pathlib import Path

import click


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return "reviewer"


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default="output")
@click.option(
    "--lang", type=click.Choice(["en", "id"]), default="en", show_default=True,
    help="Language of the labels.",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A free one by default.")
@click.option("--reviewer", default=_user, help="Name to log; your user name by default.")
@click.option(
    "--files", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the reports, where they are no longer where the run found them.",
)  # fmt: skip
@click.option("--browser/--no-browser", default=True, help="Open the page, or print its link only.")
def review(
    *, output: Path, lang: str, port: int, reviewer: str, files: Path | None, browser: bool
) -> None:
    """Show the issues of OUTPUT, worst first, and log your decisions.

    Every issue comes with the page, its rows, what was read, and what each
    candidate would close. Decisions go to OUTPUT/corrections.jsonl; the next
    `lkjip run` into the same folder replays them and proves the sums anew.
    Keys: Enter accept, 1-9 candidate, e edit, x not a row, j/k move, u undo, ? help.

    The page is served to this machine only, to whoever has the link. Ctrl-C ends it.

    \b
    Examples:
      lkjip review output/
      lkjip review output/ --lang id
    """
    import secrets
    import webbrowser
    from contextlib import suppress
    from functools import partial

    from lkjip.review.desk import Desk
    from lkjip.review.output import open_output
    from lkjip.review.picture import Pictures
    from lkjip.review.server import application, serve

    desk = Desk(open_output(output), reviewer)
    pictures = Pictures(files.resolve() if files else desk.output.root)
    token = secrets.token_urlsafe(24)

    def ready(host: str) -> None:
        link = f"http://{host}/?token={token}"
        click.echo(link)
        click.echo(f"lkjip: {len(desk.issues)} issues; Ctrl-C ends the review", err=True)
        if browser:
            webbrowser.open(link)

    try:
        with suppress(KeyboardInterrupt):
            serve(partial(application, desk, pictures, token, lang), port, ready)
    finally:
        pictures.close()
