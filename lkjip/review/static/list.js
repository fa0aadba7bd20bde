// The list of issues, worst first: filters, progress, and only the rows in sight in the document.

import { el, rupiah, whole } from "./format.js";
import { word } from "./words.js";

const ROW = 80; // pixels, as in review.css
const SPARE = 6; // rows drawn above and below what is in sight
const SETTLED = new Set(["accepted", "corrected"]);
const FILTERS = ["file", "code", "severity", "state"];

export class List {
  constructor(issues, states, choose) {
    this.issues = issues;
    this.rupiah = new Map(issues.map((issue) => [issue.id, whole(issue.stake)]));
    this.states = states;
    this.choose = choose;
    this.shown = [];
    this.place = 0;
    this.pane = document.getElementById("list");
    this.items = document.getElementById("items");
    this.filters = document.getElementById("filters");
    this.pane.addEventListener("scroll", () => this.draw(), { passive: true });
    window.addEventListener("resize", () => this.draw());
    this.filters.addEventListener("change", () => this.filter());
    this.items.addEventListener("click", (event) => this.clicked(event));
    this.offer();
  }

  state(issue) {
    return this.states[issue.id] ?? issue.state;
  }

  isSettled(issue) {
    return SETTLED.has(this.state(issue));
  }

  offer() {
    const options = {
      file: count(this.issues, (issue) => issue.file).map(([file, n]) => [file, `${file} (${n})`]),
      code: count(this.issues, (issue) => issue.code).map(([code, n]) => [code, `${word(code)} (${n})`]),
      severity: ["error", "warning", "info"].map((name) => [name, word(`severity-${name}`)]),
      state: ["open", "settled", "stale"].map((name) => [name, word(`state-${name}`)]),
    };
    for (const name of FILTERS) {
      const all = el("option", { value: "" }, word(`all-${name}`));
      const rest = options[name].map(([value, label]) => el("option", { value }, label));
      this.filters.elements[name].replaceChildren(all, ...rest);
    }
    this.filters.elements.state.value = this.issues.some((issue) => !this.isSettled(issue)) ? "open" : "";
  }

  /** Those that the filters let through, without the filter of the state. */
  chosen() {
    const wanted = Object.fromEntries(FILTERS.map((name) => [name, this.filters.elements[name].value]));
    const fits = (issue) => ["file", "code", "severity"].every((name) => !wanted[name] || issue[name] === wanted[name]);
    return [this.issues.filter(fits), wanted.state];
  }

  filter(keep) {
    const [chosen, state] = this.chosen();
    const inState = {
      open: (issue) => !this.isSettled(issue),
      settled: (issue) => this.isSettled(issue),
      stale: (issue) => this.state(issue) === "stale",
    }[state] ?? (() => true);
    this.shown = chosen.filter(inState);
    this.items.style.height = `${this.shown.length * ROW}px`;
    this.progress();
    const place = keep ? this.shown.findIndex((issue) => issue.id === keep) : 0;
    this.go(Math.max(0, place));
  }

  progress() {
    const [chosen] = this.chosen();
    const settled = chosen.filter((issue) => this.isSettled(issue));
    const add = (issues) => issues.reduce((sum, issue) => sum + this.rupiah.get(issue.id), 0n);
    const share = chosen.length ? (100 * settled.length) / chosen.length : 100;
    document.getElementById("done").style.width = `${share}%`;
    document.getElementById("track").setAttribute("aria-valuenow", Math.round(share));
    document.getElementById("progress").textContent = word("progress", {
      done: settled.length, all: chosen.length, rupiah: rupiah(add(settled)), total: rupiah(add(chosen)),
    });
  }

  current() {
    return this.shown[this.place];
  }

  go(place) {
    this.place = Math.min(Math.max(0, place), Math.max(0, this.shown.length - 1));
    const top = this.place * ROW;
    const { scrollTop, clientHeight } = this.pane;
    if (top < scrollTop || top + ROW > scrollTop + clientHeight) {
      this.pane.scrollTop = top - Math.max(0, (clientHeight - ROW) / 3);
    }
    this.draw();
    document.getElementById("open-queue").textContent = word("queue", {
      place: this.shown.length ? this.place + 1 : 0, all: this.shown.length,
    });
    this.choose(this.current());
  }

  find(id) {
    return this.shown.findIndex((issue) => issue.id === id);
  }

  /** New states after a decision. */
  learn(states) {
    this.states = states;
    this.progress();
  }

  /** Go to the next one to settle, after this one or from the top; false where none is left. */
  nextOpen() {
    const open = (issue) => !this.isSettled(issue);
    const after = this.shown.findIndex((issue, place) => place > this.place && open(issue));
    const any = after >= 0 ? after : this.shown.findIndex(open);
    this.go(any >= 0 ? any : this.place);
    return any >= 0;
  }

  draw() {
    const first = Math.max(0, Math.floor(this.pane.scrollTop / ROW) - SPARE);
    const last = Math.min(this.shown.length, Math.ceil((this.pane.scrollTop + this.pane.clientHeight) / ROW) + SPARE);
    const rows = [];
    for (let place = first; place < last; place += 1) rows.push(this.row(place));
    this.items.replaceChildren(...rows);
  }

  row(place) {
    const issue = this.shown[place];
    const where = [issue.file.split("/").pop(), issue.page && word("page", { page: issue.page })];
    const item = el("li", {
      class: `item ${issue.severity}`, "data-place": place, "data-state": this.state(issue),
      "aria-current": place === this.place ? "true" : null, title: issue.file,
    },
      el("p", { class: "what" }, word(issue.code)),
      el("p", { class: "stake" }, issue.stake ? rupiah(this.rupiah.get(issue.id)) : ""),
      el("p", { class: "name" }, issue.name ?? issue.message),
      el("p", { class: "where" }, where.filter(Boolean).join(" · ")),
    );
    item.style.transform = `translateY(${place * ROW}px)`;
    return item;
  }

  clicked(event) {
    const item = event.target.closest("[data-place]");
    if (item) this.go(Number(item.dataset.place));
  }
}

/** The values with how often each comes, most often first. */
function count(issues, valueOf) {
  const counts = new Map();
  for (const issue of issues) counts.set(valueOf(issue), (counts.get(valueOf(issue)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
