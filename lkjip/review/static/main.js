// The page: keys and buttons to decisions, decisions to the server, the next issue on the screen.

import { acceptance, centre, edit, showPicture, showRows, showVerdict } from "./case.js";
import { el } from "./format.js";
import { List } from "./list.js";
import { get, picture, post } from "./server.js";
import { speak, word } from "./words.js";

const AHEAD = 2; // issues whose page is fetched before they are asked for
let list;
let shown = null; // the issue on the screen, in full
const details = new Map(); // issues fetched ahead, until a decision on their report changes the sums

function detail({ id }) {
  if (!details.has(id)) {
    details.set(id, get(`/api/issues/${encodeURIComponent(id)}`));
    details.get(id).catch(() => details.delete(id));
  }
  return details.get(id);
}

async function start() {
  const session = await get("/api/start");
  speak(session.lang);
  list = new List(session.issues, session.states, (issue) => show(issue).catch(tell));
  list.filter(decodeURIComponent(location.hash.slice(1)));
  keys();
}

async function show(issue) {
  document.body.classList.remove("queue-open");
  if (!issue) return empty();
  history.replaceState(null, "", `#${encodeURIComponent(issue.id)}`);
  const full = await detail(issue);
  if (list.current()?.id !== full.id) return;
  shown = full;
  showVerdict(full, list.state(issue), act);
  showRows(full);
  document.getElementById("verdict").dataset.issue = full.id;
  document.getElementById("verdict").scrollTop = 0;
  await showPicture(full);
  await fetchAhead();
}

function empty() {
  shown = null;
  document.getElementById("verdict").replaceChildren(el("p", { class: "message" }, word("nothing")));
  for (const name of ["rows", "picture"]) document.getElementById(name).replaceChildren();
}

async function fetchAhead() {
  for (const issue of list.shown.slice(list.place + 1, list.place + 1 + AHEAD)) {
    const next = await detail(issue);
    if (next.picture) picture(next.picture).catch(() => {});
  }
}

function settled(states, id) {
  list.learn(states);
  const file = list.issues.find((issue) => issue.id === id)?.file;
  for (const issue of list.issues) if (issue.file === file) details.delete(issue.id);
}

/** Send a decision on the issue shown, then go on to the next one that is open. */
async function act(wish) {
  if (!shown) return;
  try {
    const { states } = await post(`/api/issues/${encodeURIComponent(shown.id)}/decision`, wish);
    settled(states, shown.id);
    if (!list.nextOpen()) say(word("rerun"));
  } catch (error) {
    tell(error);
  }
}

async function undo() {
  const mine = shown && list.isSettled(shown);
  try {
    const { states, issue } = await post("/api/undo", mine ? { issue: shown.id } : {});
    settled(states, issue);
    const place = list.find(issue);
    list.go(place >= 0 ? place : list.place);
  } catch (error) {
    tell(error);
  }
}

const DO = {
  next: () => list.go(list.place + 1),
  previous: () => list.go(list.place - 1),
  accept: () => shown && act(acceptance(shown)),
  edit: () => shown?.settable && edit(shown, act),
  "not-a-row": () => act({ action: "not-a-row" }),
  undo,
  zoom: () => {
    const pane = document.getElementById("picture");
    pane.classList.toggle("large");
    centre(pane);
  },
  help: () => document.getElementById("help").showModal(),
};

const KEYS = {
  Enter: "accept", e: "edit", x: "not-a-row", j: "next", k: "previous", u: "undo", z: "zoom", "?": "help",
  ArrowDown: "next", ArrowUp: "previous",
};

function keys() {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, select, textarea, dialog") || document.getElementById("help").open;
    const onButton = event.key === "Enter" && event.target.closest("button");
    if (busy || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^[1-9]$/.test(event.key) && Number(event.key) - 1;
    if (digit !== false && shown?.settable && digit < shown.candidates.length) {
      act({ action: "set", candidate: digit });
    } else if (KEYS[event.key]) {
      DO[KEYS[event.key]]();
    } else {
      return;
    }
    event.preventDefault();
  });
  document.getElementById("actions").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) DO[button.dataset.do]();
  });
  document.getElementById("picture").addEventListener("dblclick", DO.zoom);
  document.getElementById("open-help").addEventListener("click", DO.help);
  document.getElementById("open-queue").addEventListener("click", () => {
    document.body.classList.toggle("queue-open");
    list.draw();
  });
  const names = [["↵", "enter"], ["1–9", "digits"], ["e", "e"], ["x", "x"], ["j k", "jk"], ["u", "u"], ["z", "z"], ["?", "help"]];
  document.getElementById("keys").append(...names.flatMap(([key, name]) => [
    el("dt", {}, ...key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, word(`key-${name}`)),
  ]));
}

let silence;

function say(message) {
  const toast = document.getElementById("toast");
  toast.textContent = message;
  toast.hidden = false;
  clearTimeout(silence);
  silence = setTimeout(() => { toast.hidden = true; }, 6000);
}

function tell(error) {
  say(error.message);
}

start().catch(tell);
