// What the page knows: who I am, who else is here, every line that I may see, and what I have read of it.
import { colour, kept } from "./dom.js";

export const GENERAL = "general";
const seenWhole = new Set();

export const log = {
  me: null,
  people: [],
  lines: new Map(),
  revision: 0,
  conversation: "",
  thread: null,
};

// Business time goes on between the news: where it was told to be, and when.
let told = { at: 0, since: 0 };
export function tell(today) {
  told = { at: Date.parse(`${today}Z`), since: Date.now() };
}
/** What Tenday's clock shows now: "2026-11-23T10:24". */
export const today = () => new Date(told.at + Date.now() - told.since).toISOString().slice(0, 16);

export const direct = () => `dm:${log.me.user}`;
export const isShared = () => log.conversation === GENERAL;
export const person = (user) => log.people.find((one) => one.user === user);

export function begin(state) {
  log.people = state.people;
  colour(log.people);
  log.me = person(state.as);
  log.lines = new Map();
  log.revision = 0;
  log.thread = null;
  take(state);
  log.revision = Math.max(log.revision, state.revision);
  // Somebody who was never here has nothing unread: their history is not news.
  if (kept.get(`read.${log.me.user}`) === null && !seenWhole.has(log.me.user)) for (const place of places()) markRead(place);
  seenWhole.add(log.me.user);
}

/** Takes news in; returns the lines that are new or changed. */
export function take(news) {
  tell(news.today);
  const fresh = news.lines.filter((line) => (log.lines.get(line.id)?.revision ?? 0) < line.revision);
  for (const line of fresh) {
    log.lines.set(line.id, line);
    log.revision = Math.max(log.revision, line.revision);
  }
  return fresh;
}

const inOrder = (lines) => lines.sort((a, b) => a.id - b.id);
export const places = () => [direct(), GENERAL];
export const topLines = (place) => inOrder([...log.lines.values()].filter((line) => line.conversation === place && line.thread === null));
export const replies = (id) => inOrder([...log.lines.values()].filter((line) => line.thread === id));
export const mine = (place) => inOrder([...log.lines.values()].filter((line) => line.conversation === place && line.author === log.me.user));

// Read marks are this browser's own, by person: {place: revision}.
const marks = () => JSON.parse(kept.get(`read.${log.me.user}`) ?? "{}");

export function markRead(place) {
  const newest = Math.max(0, ...[...log.lines.values()].filter((line) => line.conversation === place).map((line) => line.revision));
  const known = marks();
  if (known[place] !== newest) kept.set(`read.${log.me.user}`, JSON.stringify({ ...known, [place]: newest }));
}

export function isUnread(place) {
  const read = marks()[place] ?? 0;
  return [...log.lines.values()].some((line) => line.conversation === place && line.revision > read && line.author !== log.me.user);
}
