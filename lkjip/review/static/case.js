// One issue: the page with its cell marked, its rows, what was read, and what could be.

import { el, number, when } from "./format.js";
import { get, picture } from "./server.js";
import { word } from "./words.js";

const MAIN = ["anggaran", "realisasi", "capaian"];

/** What Enter does: { action, candidate?, label }. */
export function acceptance(issue) {
  if (issue.state === "stale") return { action: "accept", label: word("let-go") };
  if (issue.accepts && issue.settable) {
    return { action: "set", candidate: 0, label: word("accept-value", { value: number(issue.accepts) }) };
  }
  return { action: "accept", label: word("accept") };
}

export function showVerdict(issue, state, act) {
  const verdict = document.getElementById("verdict");
  verdict.dataset.state = state;
  verdict.replaceChildren(...[
    el("p", { class: "where" },
      el("span", { class: `severity ${issue.severity}` }, word(`severity-${issue.severity}`)),
      el("span", { class: "file" }, issue.file),
      issue.page ? el("span", {}, word("page", { page: issue.page })) : null),
    el("h2", {}, word(issue.code)),
    issue.name && el("p", { class: "about" }, [issue.name, issue.column].filter(Boolean).join(" · ")),
    el("p", { class: "message" }, issue.message),
    decision(issue, state),
    reading(issue),
    section("adds-up", issue.now.length ? el("ul", { class: "checks" }, ...issue.now.map(check)) : null),
    section("candidates", issue.candidates.length ? candidates(issue, act) : null),
    el("div", { id: "editor" }),
    section("evidence", evidence(issue.evidence)),
  ].filter(Boolean));
  document.querySelector("#accept span").textContent = acceptance(issue).label;
}

function section(title, body) {
  return body && el("section", {}, el("h3", {}, word(title)), body);
}

function decision(issue, state) {
  if (!issue.decision) return state === "open" || state === "stale" ? null : el("p", { class: "decision" }, word(`state-${state}`));
  const { action, reviewer, time } = issue.decision;
  const made = { new: number(issue.decision.new), reviewer, time: when(time) };
  return el("p", { class: "decision" }, word(`decision-${action}`, made));
}

function reading(issue) {
  if (!issue.settable || !issue.has_row) return null;
  const printed = issue.raw ?? "";
  const doubted = printed ? word("in-doubt") : "–";
  const read = issue.value === null ? doubted : number(issue.value);
  return el("dl", { class: "reading" },
    el("div", {}, el("dt", {}, word("printed")), el("dd", { class: printed ? "" : "blank" }, printed || word("nothing-printed"))),
    el("div", {}, el("dt", {}, word("read-as")), el("dd", { class: issue.value === null ? "blank" : "" }, read)));
}

function check(found) {
  const shown = { sum: number(found.sum), printed: number(found.printed), difference: distance(found) };
  const parts = [word(`check-${found.kind}`, { rows: found.rows, name: found.name, ...shown })];
  if (found.printed !== null) parts.push(word("printed-as", shown));
  if (found.missing) parts.push(word("missing", { missing: found.missing }));
  const outcome = found.holds === null ? "unknown" : found.holds ? "holds" : "fails";
  if (outcome === "fails") parts.push(word("off-by", shown));
  return el("li", { class: outcome }, parts.join(", "));
}

function candidates(issue, act) {
  const choose = (candidate, place) => {
    const button = el("button", { type: "button", disabled: !issue.settable },
      el("kbd", {}, String(place + 1)), el("b", {}, number(candidate.value)), candidate.label ? el("span", { class: "label" }, candidate.label) : verdictOf(candidate.checks));
    button.addEventListener("click", () => act({ action: "set", candidate: place }));
    return el("li", {}, button);
  };
  return el("ol", { class: "candidates" }, ...issue.candidates.map(choose));
}

/** In a word or a few: whether the value closes what it takes part in. */
export function verdictOf(checks) {
  const known = checks.filter((found) => found.holds !== null);
  if (!known.length) return el("span", { class: "unknown" });
  const failing = known.filter((found) => !found.holds);
  if (!failing.length) return el("span", { class: "holds" }, word("holds"));
  const off = failing.map((found) => {
    const unit = found.kind === "percent" ? " %" : "";
    return word("off-by", { difference: distance(found) }) + unit;
  });
  return el("span", { class: "fails" }, off.join(", "));
}

function distance(found) {
  return number((found.difference ?? "").replace("-", ""));
}

function evidence(facts) {
  const entries = Object.entries(facts).filter(([, value]) => value !== null && value !== "");
  if (!entries.length) return null;
  return el("dl", { class: "evidence" },
    ...entries.flatMap(([name, value]) => [el("dt", {}, name.replaceAll("_", " ")), el("dd", {}, plain(value))]));
}

/** Evidence of any shape as one line of text. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (value === null || typeof value !== "object") return number(String(value ?? "–"));
  return Object.entries(value).map(([name, inner]) => `${name.replaceAll("_", " ")} ${plain(inner)}`).join("; ");
}

export function showRows(issue) {
  const pane = document.getElementById("rows");
  if (!issue.rows.length) return pane.replaceChildren();
  const head = el("tr", {}, ...["row", "name", ...MAIN].map((name) => el("th", { scope: "col", class: name }, word(`col-${name}`))));
  const body = issue.rows.map((row) => el("tr", { class: [row.kind, row.level === 0 && "top", row.here && "here", row.kin].filter(Boolean).join(" ") },
    el("td", { class: "row" }, String(row.row)),
    el("td", { class: `name level-${Math.min(row.level, 4)}` }, row.name ?? ""),
    ...MAIN.map((name) => amount(row.cells[name], row.here && issue.column === name, name))));
  pane.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)));
  const here = pane.querySelector("tr.here");
  if (here) pane.scrollTop = here.offsetTop - pane.clientHeight / 2;
}

function amount(cell, isIt, name) {
  const doubted = cell.value === null && cell.raw;
  const kinds = [name, "amount", isIt && "it", doubted && "doubted", cell.source && cell.source !== "parsed" && cell.source];
  return el("td", { class: kinds.filter(Boolean).join(" "), title: cell.raw }, doubted ? cell.raw : number(cell.value));
}

let wanted = null;

export async function showPicture(issue) {
  const pane = document.getElementById("picture");
  wanted = issue.picture;
  if (!wanted) return pane.replaceChildren(el("p", { class: "absent" }, word("no-page")));
  let page;
  try {
    page = await picture(wanted);
  } catch (error) {
    if (wanted === issue.picture) {
      pane.replaceChildren(el("p", { class: "absent" }, el("b", {}, word("no-picture")), el("span", {}, error.message)));
    }
    return;
  }
  if (wanted !== issue.picture) return;
  const image = el("img", { src: page.url, alt: word("page", { page: issue.page }) });
  const sheet = el("div", { class: "sheet" }, image, ...issue.marks.filter((mark) => mark.page === issue.page).map((mark) => place(mark, page)));
  pane.replaceChildren(sheet);
  await image.decode().catch(() => {});
  centre(pane);
}

function place({ what, box }, page) {
  const mark = el("div", { class: `mark ${what}` });
  const [x0, y0, x1, y1] = box;
  mark.style.left = `${(100 * x0) / page.width}%`;
  mark.style.top = `${(100 * y0) / page.height}%`;
  mark.style.width = `${(100 * (x1 - x0)) / page.width}%`;
  mark.style.height = `${(100 * (y1 - y0)) / page.height}%`;
  return mark;
}

export function centre(pane) {
  const mark = pane.querySelector(".mark.cell") ?? pane.querySelector(".mark.row");
  if (!mark) return;
  pane.scrollTop = mark.offsetTop - (pane.clientHeight - mark.offsetHeight) / 2;
  pane.scrollLeft = mark.offsetLeft - (pane.clientWidth - mark.offsetWidth) / 2;
}

/** A field for the value, with what it would do as it is typed. */
export function edit(issue, act) {
  const input = el("input", {
    name: "typed", autocomplete: "off", spellcheck: "false", "aria-label": word("new-value"),
    inputmode: issue.column === "account" ? "text" : "decimal",
  });
  input.value = issue.value !== null ? number(issue.value) : (issue.raw ?? "");
  const outcome = el("p", { class: "outcome" });
  const cancel = el("button", { type: "button", class: "quiet" }, word("cancel"));
  const form = el("form", { class: "edit" }, el("h3", {}, word("new-value")), input, outcome,
    el("div", { class: "buttons" }, el("button", { class: "main" }, word("save")), cancel));
  const close = () => {
    form.remove();
    document.getElementById("list").focus();
  };
  const attempt = async () => {
    const typed = input.value;
    if (!typed.trim()) return outcome.replaceChildren();
    try {
      const { checks } = await get(`/api/issues/${issue.id}/try?value=${encodeURIComponent(typed)}`);
      if (typed === input.value) outcome.replaceChildren(verdictOf(checks));
    } catch (error) {
      if (typed === input.value) outcome.replaceChildren(el("span", { class: "fails" }, error.message));
    }
  };
  input.addEventListener("input", attempt);
  cancel.addEventListener("click", close);
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act({ action: "set", typed: input.value });
  });
  document.getElementById("editor").replaceChildren(form);
  input.focus();
  input.select();
  attempt();
}
