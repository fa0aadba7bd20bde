"""One run over made-up documents, for others to interrupt: python driver.py IN OUT [JOBS]."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]


def main() -> int:
    import faulty

    from lkjip.batch.run import How, run
    from lkjip.errors import LkjipError
    from lkjip.settings import Settings

    signal.signal(signal.SIGINT, signal.default_int_handler)  # which nohup and & take away
    source, output, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int((*sys.argv, "2")[3])
    try:
        settings = Settings(document_seconds=20, page_seconds=10)
        return run([source], output, settings, How(jobs=jobs, reader=faulty.read)).exit_code
    except KeyboardInterrupt:
        os._exit(130)  # as the command line does
    except LkjipError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
