"""Take docs/review.png and docs/report.png: `python docs/make_screens.py` (needs chromium)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from fixtures.runs import browsing, find_chromium, reviewing
from lkjip import api
from lkjip.cli.main import call

DOCS = Path(__file__).parent
SAMPLES = DOCS.parent / "fixtures" / "samples"
SIZE = {"width": 1360, "height": 850}
REPORT_HEIGHT = 1330  # pixels: down to the end of the charts


def main() -> None:
    path = find_chromium()
    assert path is not None, "needs Debian's chromium"
    with tempfile.TemporaryDirectory() as folder, browsing(path) as browser:
        output = Path(folder) / "output"
        api.run([SAMPLES], output)
        page = browser.new_page(viewport=SIZE)
        with reviewing(output) as link:
            page.goto(link)
            page.select_option("select[name=code]", "number-repaired")
            page.wait_for_selector(".sheet .mark.cell")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=DOCS / "review.png")
        call(["report", str(output), "--title", "Kecamatan Kalianget, read and proven"])
        page.goto(f"file://{output}/report.html")
        clip = {"x": 0, "y": 0, "width": SIZE["width"], "height": REPORT_HEIGHT}
        page.screenshot(path=DOCS / "report.png", full_page=True, clip=clip)
    for name in ("review.png", "report.png"):
        with Image.open(DOCS / name) as picture:
            picture.convert("RGB").quantize(256).save(DOCS / name, optimize=True)


if __name__ == "__main__":
    main()
