// Draws a conversation: day dividers, lines, and what hangs on a line.
import { arrange, avatar, fragment, h, icon } from "./dom.js";
import { dressForm, sameField } from "./forms.js";
import { GENERAL, log, person, replies, today } from "./log.js";
import { day, daysBetween, fullTime, hour, locale, t } from "./words.js";

const MARK = /\ue000([^\ue000\ue001]*)\ue001|(?<![A-Za-z0-9_.+-])([@＠]tenday)(?![A-Za-z0-9_])/gi;
const TOGETHER = 5 * 60;

/** A typed text as nodes: mentions stand out, everything else is letters. */
function textNodes(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    nodes.push(text.slice(at, match.index));
    const named = match[1] === undefined ? null : person(match[1]);
    const name = named?.name ?? (match[1] === "tenday" ? "Tenday" : match[1] ?? "Tenday");
    nodes.push(h("span", { class: match[1] === log.me.user ? "mention is-me" : "mention" }, `@${name}`));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)];
}

const minutes = (at) => Date.parse(`${at}Z`) / 1000;

/** Whether a line goes on where the one before ended, so that its author need not be named again. */
function isJoined(line, before) {
  return Boolean(before) && before.author === line.author && before.only_for === line.only_for &&
    before.at.slice(0, 10) === line.at.slice(0, 10) && minutes(line.at) - minutes(before.at) < TOGETHER;
}

function face(author, size) {
  const who = author ? (person(author) ?? { user: author, name: author, title: "" }) : null;
  return who ? avatar(who, size) : icon("tenday", `mark avatar ${size ?? ""}`);
}

function byline(line) {
  const name = line.author ? (person(line.author)?.name ?? line.author) : t("tenday");
  return h("p", { class: "by" },
    h("b", {}, name),
    line.author ? null : h("span", { class: "badge" }, t("bot")),
    h("time", { datetime: line.at, title: fullTime(line.at) }, hour(line.at)),
    line.edited && !line.html.includes("<form") ? h("span", { class: "edited" }, `(${t("edited")})`) : null);
}

/** The first line of a thread stands on the page twice: its ids must not. */
function renamed(box) {
  for (const name of ["id", "for", "name", "aria-controls", "aria-describedby", "aria-labelledby"]) {
    for (const element of box.querySelectorAll(`[${name}]`)) element.setAttribute(name, element.getAttribute(name).trim().split(/\s+/).map((id) => `side-${id}`).join(" "));
  }
}

function content(line, isSide) {
  if (!line.html) return h("div", { class: "text" }, ...textNodes(line.text));
  const box = h("div", { class: "answer" }, fragment(line.html));
  if (isSide) renamed(box);
  dressForm(box, line);
  for (const named of box.querySelectorAll(".person")) named.classList.toggle("is-me", named.dataset.user === log.me.user);
  return box;
}

function replyCount(line, below, open) {
  if (!below.length) return null;
  const authors = [...new Set(below.map((reply) => reply.author))].slice(0, 3);
  return h("button", { type: "button", class: "replies", onclick: () => open(line.id) },
    h("span", { class: "faces" }, ...authors.map((author) => face(author, "is-small"))),
    h("b", {}, below.length === 1 ? t("replies_one") : t("replies_many", { n: below.length })),
    h("span", {}, t("last_reply", { time: hour(below.at(-1).at) })));
}

function drawLine(line, { joined, below, open }) {
  const onlyMe = line.only_for && line.conversation === GENERAL;
  const classes = ["line", joined && "is-joined", onlyMe && "is-private", below.length && "has-replies"].filter(Boolean).join(" ");
  const isEdited = line.edited && !line.html.includes("<form");
  return h("article", { class: classes, id: `${open ? "line" : "reply"}-${line.id}`, "data-line": line.id, tabindex: "-1" },
    joined ? h("span", { class: "margin-time", "aria-hidden": "true" }, hour(line.at)) : face(line.author),
    h("div", { class: "said" },
      joined ? h("span", { class: "spoken" }, `${line.author ? (person(line.author)?.name ?? "") : t("tenday")}, ${hour(line.at)}`) : byline(line),
      onlyMe ? h("p", { class: "only-you" }, icon("eye"), t("only_you")) : null,
      content(line, !open),
      joined && isEdited ? h("span", { class: "edited" }, `(${t("edited")})`) : null,
      open ? replyCount(line, below, open) : null),
    open ? h("div", { class: "line-tools" },
      h("button", { type: "button", class: "tool", onclick: () => open(line.id) }, icon("thread"), h("span", {}, t("reply_in_thread")))) : null);
}

/** One list of lines in a box. It redraws a line only when something of it changed. */
export class LineList {
  constructor(box, open = null) {
    this.box = box;
    this.open = open;
    this.drawn = new Map();
  }

  /** A new conversation, person or language: nothing drawn before is of use. */
  forget() {
    this.drawn.clear();
    this.box.replaceChildren();
  }

  show(lines, { head = null, isLive = false } = {}) {
    const nodes = head ? [head] : [];
    let before = null;
    let shownDay = "";
    for (const line of lines) {
      if (shownDay !== line.at.slice(0, 10)) nodes.push(this.#day(line));
      shownDay = line.at.slice(0, 10);
      nodes.push(this.#line(line, before, isLive));
      if (!this.open && line === lines[0] && lines.length > 1) nodes.push(this.#count(lines.length - 1));
      before = this.open || line !== lines[0] ? line : null;
    }
    if (this.open && lines.length) nodes.push(...this.#silence(lines.at(-1)));
    arrange(this.box, nodes);
  }

  #keep(key, sign, draw) {
    const known = this.drawn.get(key);
    if (known?.sign === sign) return known.node;
    const node = draw();
    if (known) this.#handOver(known.node, node);
    this.drawn.set(key, { sign, node });
    return node;
  }

  #day(line) {
    const key = `day before ${line.id}`;
    return this.#keep(key, `${today().slice(0, 10)} ${locale()}`, () => h("h3", { class: "day" }, day(line.at, today())));
  }

  /** The days that went by without a word, when there were any. */
  #silence(last) {
    const days = daysBetween(last.at, today());
    if (days < 1) return [];
    return [this.#keep("silence", `${today().slice(0, 10)} ${locale()}`, () => h("h3", { class: "day is-now" },
      h("span", {}, day(today(), today())), h("small", {}, days === 1 ? t("days_later_one") : t("days_later", { n: days }))))];
  }

  #count(n) {
    return this.#keep("count", `${n} ${locale()}`, () => h("p", { class: "count" }, n === 1 ? t("replies_one") : t("replies_many", { n })));
  }

  #line(line, before, isLive) {
    const below = this.open ? replies(line.id) : [];
    const joined = isJoined(line, before) && !(this.open && replies(before.id).length);
    const sign = [line.revision, joined, below.length, below.at(-1)?.revision, locale()].join();
    const isNew = isLive && !this.drawn.has(line.id);
    const node = this.#keep(line.id, sign, () => drawLine(line, { joined, below, open: this.open }));
    node.classList.toggle("is-new", isNew);
    return node;
  }

  /** A redrawn card keeps the keyboard's place: on the same button, else on the card. */
  #handOver(old, node) {
    const focused = document.activeElement;
    if (!old.contains(focused)) return;
    const said = focused.dataset?.say;
    const field = sameField(old, node, focused);
    queueMicrotask(() => {
      if (field) { field.focus(); return; }
      const same = [...node.querySelectorAll("[data-say]")].find((button) => button.dataset.say === said);
      (same ?? node).focus({ preventScroll: true });
    });
  }
}
