// The page's own words, in the language that was chosen: by default the person's.
import { byId } from "./dom.js";

const every = JSON.parse(byId("words").textContent);
let language = "en";

export const locale = () => language;

/** t("replies_many", {n: 3}) */
export function t(name, facts = {}) {
  return (every[language][name] ?? name).replace(/\{(\w+)\}/g, (whole, fact) => facts[fact] ?? whole);
}

/** Puts the words where the page asks for them. */
export function speak(chosen) {
  language = chosen in every ? chosen : "en";
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.matches("button")) element.title = t(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = t(element.dataset.placeholder);
}

// The server tells its own clock ("2026-11-23T10:24"); read as UTC it stays that, whatever zone the browser is in.
const moment = (at) => new Date(`${at}Z`);
const format = (at, options) => new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeZone: "UTC", ...options }).format(moment(at));

export const hour = (at) => at.slice(11, 16);

export const daysBetween = (at, now) => Math.round((moment(`${now.slice(0, 10)}T00:00`) - moment(`${at.slice(0, 10)}T00:00`)) / 86400000);

export function day(at, now) {
  const days = daysBetween(at, now);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return format(at, { weekday: "long", day: "numeric", month: "long", year: at.slice(0, 4) === now.slice(0, 4) ? undefined : "numeric" });
}

export const fullTime = (at) => format(at, { dateStyle: "full", timeStyle: "short" });
export const shortTime = (at) => `${format(at, { weekday: "short", day: "numeric", month: "short" })} ${hour(at)}`;
