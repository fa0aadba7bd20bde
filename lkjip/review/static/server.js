// Talking to the server that served this page.

import { word } from "./words.js";

async function answer(response) {
  if (response.status === 403) throw new Error(word("reload"));
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

export async function get(path) {
  return answer(await fetch(path, { cache: "no-store" }));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

const PICTURES_KEPT = 16;
const pictures = new Map();

/** A page's picture: { url, width, height } with the page's size in points. */
export function picture(path) {
  if (!pictures.has(path)) {
    pictures.set(path, load(path));
    pictures.get(path).catch(() => pictures.delete(path));
    if (pictures.size > PICTURES_KEPT) {
      const [oldest, drawn] = pictures.entries().next().value;
      pictures.delete(oldest);
      drawn.then(({ url }) => URL.revokeObjectURL(url)).catch(() => {});
    }
  }
  return pictures.get(path);
}

async function load(path) {
  const response = await fetch(path);
  if (!response.ok) return answer(response);
  const size = (name) => Number(response.headers.get(name));
  return { url: URL.createObjectURL(await response.blob()), width: size("Page-Width"), height: size("Page-Height") };
}
