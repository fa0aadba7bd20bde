"""Who the review server answers and what it refuses, spoken to over a socket."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from fixtures.outputs import reports, with_pdf
from fixtures.runs import reviewing, write_run_of
from lkjip.review import corrections
from lkjip.review.guard import MAX_BODY
from lkjip.review.output import open_output


class Caller:
    """A client that says what it is told to, cookie and Host included."""

    def __init__(self, link: str, output: Path) -> None:
        self.host = urlsplit(link).netloc
        self.entrance = link.removeprefix(f"http://{self.host}")
        self.output = output
        self.cookie = ""
        self.cookie = self("GET", self.entrance)[1]["set-cookie"].partition(";")[0]

    def __call__(
        self, method: str, path: str, body: Any = None, **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        said = {"Host": self.host, "Cookie": self.cookie}
        if method == "POST":
            said |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}  # type: ignore[misc]
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in said.items():
            if value is not None:
                connection.putheader(name, value)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if body is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data if body is not None else None)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        found = (answer.status, told, answer.read())
        connection.close()
        return found

    def get(self, path: str) -> Any:
        status, _, body = self("GET", path)
        assert status == 200, body
        return json.loads(body)


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("review")
    made = [with_pdf(report, folder / "in") for report in reports(1, lines=60, doubt=0.3)]
    output = write_run_of(made, folder / "out", folder / "in")
    with reviewing(output) as link:
        yield Caller(link, output)


@pytest.fixture
def issue(call: Caller) -> str:
    """An issue about a malformed number."""
    issues = call.get("/api/start")["issues"]
    return next(str(i["id"]) for i in issues if i["code"] == "number-malformed")


def test_the_link_opens_the_door_once(call: Caller) -> None:
    status, headers, _ = call("GET", call.entrance, Cookie=None)
    assert (status, headers["location"]) == (303, "/")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=strict" in headers["set-cookie"]
    assert call("GET", "/")[0] == 200


@pytest.mark.parametrize("path", ["/", "/api/start", "/static/main.js", "/api/pages/0/1.png"])
@pytest.mark.parametrize("cookie", [None, "", "lkjip=1", "lkjip-1=x", "token=x"])
def test_without_the_token_nothing_is_told(call: Caller, path: str, cookie: str | None) -> None:
    assert call("GET", path, Cookie=cookie)[0] == 403


def test_a_wrong_token_opens_nothing(call: Caller) -> None:
    assert call("GET", f"{call.entrance}x", Cookie=None)[0] == 403
    assert call("GET", "/?token=", Cookie=None)[0] == 403
    assert call("GET", f"/api/start{call.entrance[1:]}", Cookie=None)[0] == 403


@pytest.mark.parametrize(
    "host",
    [
        "example.org", "127.0.0.1", "localhost", "localhost:{port}", "127.0.0.1:1",
        "127.0.0.1:{port}.example.org", "x127.0.0.1:{port}", "[::1]:{port}", "0.0.0.0:{port}", "",
    ],
)  # fmt: skip
def test_a_foreign_host_is_refused(call: Caller, host: str) -> None:
    named = host.format(port=call.host.rpartition(":")[2])
    assert call("GET", "/api/start", Host=named)[0] in (400, 403)


@pytest.mark.parametrize(
    "origin",
    [
        "http://example.org", "null", "https://{host}", "http://{host}.example.org", "http://{host}/",
        "http://127.0.0.1", "http://localhost:1", "",
    ],
)  # fmt: skip
def test_a_foreign_origin_is_refused(call: Caller, issue: str, origin: str) -> None:
    named = origin.format(host=call.host)
    path = f"/api/issues/{issue}/decision"
    assert call("POST", path, {"action": "accept"}, Origin=named)[0] == 403
    assert call("GET", "/api/start", Origin=named)[0] == 403


def test_a_decision_without_an_origin_is_refused(call: Caller, issue: str) -> None:
    path = f"/api/issues/{issue}/decision"
    assert call("POST", path, {"action": "accept"}, Origin=None)[0] == 403
    assert not (call.output / corrections.FILE).exists()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py",
        "/static/%2e%2e%2f%2e%2e%2fcorrections.jsonl", "/static/..\\server.py",
        "/static//etc/passwd",
        "/static/index.html%00.js", "/static/", "/../../../../etc/passwd", "//etc/passwd",
        "/api/issues/..%2f..%2fetc%2fpasswd", "/api/issues/../../etc/passwd",
        "/api/issues/%2e%2e/try", "/api/pages/../../1.png", "/api/pages/0/..%2f..%2fx.png",
        "/api/pages/-1/1.png", "/api/pages/99/1.png", "/api/pages/0/0.png", "/api/pages/0/99.png",
    ],
)  # fmt: skip
def test_no_path_leads_out(call: Caller, path: str) -> None:
    status, _, body = call("GET", path)
    assert status == 404
    assert b"root:" not in body
    assert b"import" not in body


def test_every_answer_has_its_policy(call: Caller) -> None:
    for path in ("/", "/static/main.js", "/api/start", "/nothing"):
        headers = call("GET", path)[1]
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert call("GET", "/", Cookie=None)[1]["content-security-policy"] == policy


def test_the_page_has_no_inline_script_or_style(call: Caller) -> None:
    page = call("GET", "/")[2].decode()
    assert "<script>" not in page
    assert "<style" not in page
    assert "style=" not in page
    assert " on" not in page.replace(" one", "")
    assert "//" not in page


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * (MAX_BODY + 1), 413),
        (b"not json", 422),
        (b"[" * 8000, 422),
        ([], 422),
        ({}, 422),
        ({"action": "undo"}, 422),
        ({"action": "set"}, 422),
        ({"action": "set", "typed": "50.0000.000"}, 422),
        ({"action": "set", "typed": "1e400"}, 422),
        ({"action": "set", "typed": "\u0665\u0660"}, 422),
        ({"action": "set", "candidate": 9}, 422),
        ({"action": "set", "candidate": -1}, 422),
        ({"action": "set", "candidate": "0"}, 422),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    call: Caller, issue: str, body: Any, status: int
) -> None:
    assert call("POST", f"/api/issues/{issue}/decision", body)[0] == status
    assert not (call.output / corrections.FILE).exists()


def test_a_body_that_hides_its_size_is_cut(call: Caller, issue: str) -> None:
    chunk = b"%x\r\n%s\r\n" % (MAX_BODY + 1, b" " * (MAX_BODY + 1)) + b"0\r\n\r\n"
    connection = http.client.HTTPConnection(call.host, timeout=20)
    connection.putrequest("POST", f"/api/issues/{issue}/decision")
    for name, value in {
        "Cookie": call.cookie, "Origin": f"http://{call.host}",
        "Content-Type": "application/json", "Transfer-Encoding": "chunked",
    }.items():  # fmt: skip
        connection.putheader(name, value)
    connection.endheaders(chunk)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_form_of_another_site_is_refused(call: Caller, issue: str) -> None:
    """What a plain HTML form can send without asking first is no JSON."""
    path = f"/api/issues/{issue}/decision"
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert call("POST", path, {"action": "accept"}, Content_Type=kind)[0] == 422


def test_a_page_is_drawn_from_the_file_that_was_read(call: Caller) -> None:
    status, headers, png = call("GET", "/api/pages/0/1.png")
    assert (status, png[:8]) == (200, b"\x89PNG\r\n\x1a\n")
    assert (headers["page-width"], headers["page-height"]) == ("595", "842")


def test_a_file_that_is_gone_or_changed_is_said_and_not_shown(
    tmp_path: Path,
) -> None:
    made = [with_pdf(report, tmp_path / "in") for report in reports(2, lines=30, doubt=0.3)]
    output = write_run_of(made, tmp_path / "out", tmp_path / "in")
    (tmp_path / "in" / made[0].document.file).unlink()
    (tmp_path / "in" / made[1].document.file).write_bytes(b"%PDF-1.4 another one")
    files = [row["file"] for row in open_output(output).documents]
    with reviewing(output) as link:
        call = Caller(link, output)
        for report, said in zip(made, (b"no longer there", b"has changed"), strict=True):
            status, _, body = call("GET", f"/api/pages/{files.index(report.document.file)}/1.png")
            assert (status, said in body) == (404, True)
        issue = call.get("/api/start")["issues"][0]["id"]
        assert call.get(f"/api/issues/{issue}")["rows"]
