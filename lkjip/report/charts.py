"""Vega-Lite charts as plain SVG: no script, sharp on paper, in the page's own colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from lkjip.errors import MissingPart
from lkjip.report.words import percent, rupiah

Row = dict[str, Any]
Spec = dict[str, Any]

SVG = "http://www.w3.org/2000/svg"
WIDTH = 924  # pixels, names and all: the width of the page's column
LABELS = 330  # of them for names

# Drawn in these, shown in the page's custom properties.
COLOURS = {
    "#0f6b5c": "accent", "#b7d6cf": "accent-pale", "#b3261e": "error", "#c77700": "warning",
    "#4d6a8a": "info", "#1d2125": "ink", "#666b70": "soft", "#e2dfd9": "line",
}  # fmt: skip
COLOUR = {name: colour for colour, name in COLOURS.items()}
SEVERITIES = ("error", "warning", "info")
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp ", ""]}

CONFIG = {
    "background": None,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",  # as wide as it was measured
    "autosize": {"type": "fit-x", "contains": "padding"},
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domain": False, "ticks": False, "gridColor": COLOUR["line"], "labelColor": COLOUR["soft"],
        "titleColor": COLOUR["soft"], "labelFontSize": 13, "titleFontSize": 13,
        "titleFontWeight": "normal", "labelPadding": 8,
    },
    "axisY": {"labelColor": COLOUR["ink"], "labelLimit": LABELS, "grid": False},
    "legend": {"labelColor": COLOUR["soft"], "title": None, "labelFontSize": 13, "orient": "top"},
    "bar": {"cornerRadiusEnd": 2},
}  # fmt: skip


def programs(rows: Sequence[Row]) -> str:
    """Realisasi inside its anggaran, one program a row; anggaran without a realisasi in grey."""
    values = [
        {
            "name": row["name"],
            "anggaran": float(row["anggaran"]) / 1e9,
            "budgeted": float(row["budgeted"] or 0) / 1e9,
            "realisasi": float(row["realisasi"] or 0) / 1e9,
            "told": _told(row),
        }
        for row in rows
    ]
    name = {"field": "name", "type": "nominal", "sort": None, "title": None}

    def bar(measure: str, colour: str, height: int) -> Spec:
        length = {
            "field": measure, "type": "quantitative", "title": "miliar rupiah",
            "axis": {"tickCount": 5},
        }  # fmt: skip
        return {
            "mark": {"type": "bar", "color": COLOUR[colour], "height": height},
            "encoding": {"y": name, "x": length, "description": {"field": "told"}},
        }

    layers = [
        bar("anggaran", "line", 18),
        bar("budgeted", "accent-pale", 18),
        bar("realisasi", "accent", 8),
    ]
    spec = {"data": {"values": values}, "height": {"step": 26}, "layer": layers}
    return draw("programs", spec)


def _told(row: Row) -> str:
    if row["realisasi"] is None:
        return f"{row['name']}: {rupiah(row['anggaran'])}, no realisasi printed"
    spent = percent(row["realisasi"], row["budgeted"])
    return f"{row['name']}: {rupiah(row['realisasi'])} of {rupiah(row['budgeted'])} ({spent})"


def serapan(rows: Sequence[Row]) -> str:
    """How many lines have spent which part of their anggaran."""
    counted = {row["floor"]: row["lines"] for row in rows}
    bins = [(floor, f"{floor}–{floor + 10}") for floor in range(0, 100, 10)]
    bins += [(100, "100"), (110, "over 100")]
    values = [
        {
            "bin": label,
            "lines": counted.get(floor, 0),
            "told": f"{counted.get(floor, 0)} lines with a serapan of {label} %",
        }
        for floor, label in bins
    ]
    encoding = {
        "x": {
            "field": "bin", "type": "nominal", "sort": None, "title": "serapan, %",
            "axis": {"labelAngle": 0},
        },
        "y": {
            "field": "lines", "type": "quantitative", "title": "lines",
            "axis": {"grid": True, "tickCount": 4, "labelColor": COLOUR["soft"]},
        },
        "description": {"field": "told"},
    }  # fmt: skip
    mark = {"type": "bar", "color": COLOUR["accent"]}
    spec = {"data": {"values": values}, "height": 190, "mark": mark, "encoding": encoding}
    return draw("serapan", spec)


def issues(rows: Sequence[Row]) -> str:
    """How many issues of each kind, by severity."""
    values = [
        row
        | {"stake": None, "told": f"{row['issues']} {row['code']} ({row['severity']}),"
           f" {row['settled']} settled, {rupiah(row['stake'])} open"}
        for row in rows
    ]  # fmt: skip
    encoding = {
        "y": {
            "field": "code", "type": "nominal", "title": None,
            "sort": {"field": "issues", "op": "sum", "order": "descending"},
        },
        "x": {
            "field": "issues", "type": "quantitative", "title": "issues", "axis": {"tickCount": 5},
        },
        "color": {
            "field": "severity", "type": "nominal",
            "scale": {"domain": SEVERITIES, "range": [COLOUR[name] for name in SEVERITIES]},
        },
        "description": {"field": "told"},
    }  # fmt: skip
    mark = {"type": "bar", "height": 12}
    spec = {"data": {"values": values}, "height": {"step": 24}, "mark": mark, "encoding": encoding}
    return draw("issues", spec)


def draw(name: str, spec: Spec) -> str:
    """The chart as an SVG element, with a tooltip on every mark that has a description.

    `name` keeps its ids apart from those of the page's other charts.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise MissingPart("the report needs its charts: pip install 'lkjip[report]'") from error
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": WIDTH,
        "config": CONFIG,
    } | spec  # fmt: skip
    return _for_the_page(
        name, vl_convert.vegalite_to_svg(whole, vl_version="5.20", format_locale=NUMBERS)
    )


def _for_the_page(name: str, svg: str) -> str:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    for mark in root.iter(f"{{{SVG}}}path"):
        told = mark.get("aria-label")
        if told and mark.get("role") == "graphics-symbol":
            title = ElementTree.SubElement(mark, f"{{{SVG}}}title")
            title.text = told
    root.set("role", "img")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    text = ElementTree.tostring(root, encoding="unicode")
    text = re.sub(r'( id="|url\(#)', rf"\g<1>{name}-", text)
    return re.sub("|".join(COLOURS), lambda found: f"var(--{COLOURS[found[0]]})", text)
