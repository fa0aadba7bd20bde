// Numbers as Indonesian reports print them, from exact decimal text: no float touches an amount.

import { word } from "./words.js";

const PLAIN = /^-?\d+(\.\d+)?$/;

/** "50000000.5" → "50.000.000,5"; any other text stays as it is. */
export function number(text) {
  if (text === null || text === undefined) return "";
  if (!PLAIN.test(text)) return String(text);
  const [whole, decimals] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return decimals ? `${grouped},${decimals}` : grouped;
}

const SCALES = [[10n ** 12n, "trillion"], [10n ** 9n, "billion"], [10n ** 6n, "million"]];

/** Rupiah in a few digits: "Rp 3,4 M" (miliar) or "Rp 3.4 bn". */
export function rupiah(amount) {
  const point = document.documentElement.lang === "id" ? "," : ".";
  for (const [scale, name] of SCALES) {
    if (amount >= scale) {
      const tenths = (amount * 10n) / scale;
      return `Rp ${tenths / 10n}${point}${tenths % 10n} ${word(name)}`;
    }
  }
  return `Rp ${number(String(amount))}`;
}

/** The whole rupiah of a decimal text, for adding up. */
export function whole(text) {
  return text && PLAIN.test(text) ? BigInt(text.split(".")[0]) : 0n;
}

export function when(iso) {
  return new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

/** An element with attributes and children; text is always text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
