"""`python -m lkjip`."""

from lkjip.cli.main import main

main()
