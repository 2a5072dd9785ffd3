// Introduces the parts to each other: what is known, what is shown, and what is said to the server.
import { tend } from "./cards.js";
import { clock } from "./clock.js";
import { Composer } from "./composer.js";
import { developer } from "./developer.js";
import { byId, h, icon, kept } from "./dom.js";
import { tendForms } from "./forms.js";
import { LineList } from "./lines.js";
import { GENERAL, begin, direct, isShared, log, markRead, markThreadRead, mine, replies, take, tell, topLines } from "./log.js";
import { rail } from "./rail.js";
import { NotTaken, follow, form, newDelivery, press, say, state, turn } from "./server.js";
import { speak, t } from "./words.js";

const NEWCOMER = 6; // whoever has said this much needs no suggestions
const wide = matchMedia("(min-width: 761px)");

const mainLines = new LineList(byId("main-lines"), openThread);
const sideLines = new LineList(byId("side-lines"));
const main = new Composer("main", { send: (text, delivery) => send(text, delivery, null, "main"), last: () => lastOf(null) });
const side = new Composer("side", { send: (text, delivery) => send(text, delivery, log.thread, "side"), last: () => lastOf(log.thread) });
const left = rail({ become, go, relabel });
let leave = () => {};

// ---- saying

// A mention stands in a text as a mark; back in the box it is @Name again.
const typed = (text) => text.replace(/\ue000([^\ue001]*)\ue001/g, (_, user) => `@${log.people.find((one) => one.user === user)?.name ?? user}`);

function lastOf(thread) {
  const line = mine(log.conversation).filter((one) => one.thread === thread).at(-1);
  return line ? typed(line.text) : "";
}

const isForTenday = (text) => !isShared() || /[@＠]tenday(?![a-z0-9_])/i.test(text);

async function send(text, delivery, thread, where) {
  const asks = isForTenday(text);
  const writing = byId(`${where}-writing`);
  writing.hidden = !asks;
  scrollDown(where);
  try {
    await say({ as: log.me.user, delivery, conversation: log.conversation, text, thread });
  } finally {
    writing.hidden = true;
  }
}

function pressButton(line, { say: text, version, card }) {
  return press({ as: log.me.user, delivery: newDelivery(), line, text, version: Number(version), card }).catch((error) => {
    const composer = log.thread !== null && log.lines.get(line)?.thread === log.thread ? side : main;
    composer.trouble.querySelector("span").textContent = t(error instanceof NotTaken && error.why !== "not_taken" ? "press_failed" : "not_taken_press");
    composer.trouble.hidden = false;
  });
}

tend(document.body, {
  press: pressButton,
  fill: (text, from) => (from.closest("#side") ? side : main).fill(text),
  show: showLine,
});

tendForms(document.body, (body) => form({ as: log.me.user, ...body }));
clock({ turn: (to) => turn({ as: log.me.user, to }), arrived: hearClock });
developer();

// ---- showing

const scrolls = { main: byId("main-scroll"), side: byId("side-scroll") };
const isAtEnd = (where) => scrolls[where].scrollHeight - scrolls[where].scrollTop - scrolls[where].clientHeight < 80;
const sticks = { main: true, side: true };

function scrollDown(where) {
  scrolls[where].scrollTop = scrolls[where].scrollHeight;
  sticks[where] = true;
}

for (const where of ["main", "side"]) {
  const keep = new ResizeObserver(() => { if (sticks[where]) scrollDown(where); });
  keep.observe(scrolls[where]);
  keep.observe(byId(`${where}-lines`));
  scrolls[where].addEventListener("scroll", () => { sticks[where] = isAtEnd(where); });
}

/** An answer longer than the window is read from its beginning, below the question. */
function reveal(where, line) {
  const node = byId(where === "main" ? `line-${line.id}` : `reply-${line.id}`);
  const room = scrolls[where];
  if (!node || node.offsetHeight < room.clientHeight - 90) return scrollDown(where);
  let question = node.previousElementSibling;
  if (question?.matches(".count")) question = question.previousElementSibling;
  if (!question?.matches(".line") || question.offsetHeight > 90) question = node;
  room.scrollTop += question.getBoundingClientRect().top - room.getBoundingClientRect().top - 8;
  sticks[where] = false;
}

function chips() {
  if (isShared()) return ["mine", "company", "help"].map((name) => ({ label: t(`chip_general_${name}`), text: t(`chip_general_${name}`), now: true }));
  return [
    { label: t("chip_mine"), text: t("chip_mine"), title: t("chip_mine_title"), sign: "target", now: true },
    { label: t("chip_checkin"), text: t("chip_checkin"), title: t("chip_checkin_title"), sign: "steps" },
    { label: t("chip_new_short"), text: t("chip_new"), title: t("chip_new_title"), sign: "pen" },
    { label: t("chip_help"), text: t("chip_help"), title: t("chip_help_title"), sign: "question", now: true },
  ];
}

// A colleague is called by the first name; 陈静 is called 陈静.
const given = (name) => (/^[\u0000-\u024f]+$/.test(name) ? name.split(" ")[0] : name);

function welcome() {
  if (isShared()) {
    return h("section", { class: "welcome" }, h("span", { class: "hash", "aria-hidden": "true" }, "#"),
      h("h2", {}, t("welcome_general")), h("p", {}, t("welcome_general_text")));
  }
  const starts = chips().map((chip) => h("button", { type: "button", class: "start", onclick: () => main.use(chip) },
    icon(chip.sign), h("b", {}, chip.title), h("code", {}, chip.label)));
  return h("section", { class: "welcome" }, icon("tenday", "mark"),
    h("h2", {}, t("welcome", { name: given(log.me.name) })), h("p", {}, t("welcome_text")),
    h("div", { class: "starts" }, ...starts), h("p", { class: "welcome-note" }, t("welcome_note")));
}

function drawRoom(isLive = false) {
  const lines = topLines(log.conversation);
  const stay = sticks.main || !isLive;
  mainLines.show(lines, { head: lines.length ? null : welcome(), isLive });
  if (!isLive && lines.length) reveal("main", lines.at(-1));
  else if (stay) scrollDown("main");
  byId("newer").hidden = stay;
  const isNew = mine(log.conversation).length < NEWCOMER && (lines.length > 0 || isShared());
  main.suggest(isNew ? chips() : []);
  if (document.visibilityState === "visible") markRead(log.conversation);
}

function drawSide(isLive = false) {
  const root = log.lines.get(log.thread);
  byId("side").hidden = !root;
  if (!root) return;
  if (document.visibilityState === "visible") markThreadRead(root.id);
  const stay = sticks.side || !isLive;
  sideLines.show([root, ...replies(root.id)], { isLive });
  if (!isLive) reveal("side", replies(root.id).at(-1) ?? root);
  else if (stay) scrollDown("side");
}

function drawHead() {
  const name = isShared() ? `# ${t("general")}` : t("tenday");
  byId("room-name").textContent = isShared() ? t("general") : t("tenday");
  byId("room-about").textContent = t(isShared() ? "general_about" : "dm_about");
  byId("room-sign").replaceChildren(isShared() ? h("span", { class: "hash" }, "#") : icon("tenday", "mark"));
  byId("side-place").textContent = t("thread_in", { place: name });
  document.title = `${name} · Tenday`.replace("Tenday · Tenday", "Tenday");
  const hint = isShared() ? t("mention_needed") : t("mention_hint");
  main.words({ label: t(isShared() ? "message_general" : "message_dm"), hint });
  side.words({ label: t("message_thread"), hint: isShared() ? t("mention_needed") : "" });
}

function drawAll() {
  drawHead();
  drawRoom();
  drawSide();
  left.draw();
}

function relabel() {
  mainLines.forget();
  sideLines.forget();
  drawAll();
}

// ---- going

function go(place) {
  log.conversation = place;
  log.thread = null;
  kept.set("place", place === GENERAL ? GENERAL : "dm");
  mainLines.forget();
  sideLines.forget();
  main.at(`${log.me.user} ${place}`);
  drawAll();
  if (wide.matches) main.box.focus();
}

function openThread(id) {
  if (log.thread !== id) sideLines.forget();
  log.thread = id;
  side.at(`${log.me.user} thread ${id}`);
  drawSide();
  drawRoom(true);
  side.box.focus();
}

/** Leads to the message in which something was said, wherever it stands, and lets it light up. */
function showLine(id) {
  const line = log.lines.get(id);
  if (!line) return;
  if (line.conversation !== log.conversation) go(line.conversation);
  if (line.thread !== null) openThread(line.thread);
  const where = line.thread === null ? "main" : "side";
  const node = byId(where === "main" ? `line-${id}` : `reply-${id}`);
  if (!node) return;
  sticks[where] = false;
  node.scrollIntoView({ block: "center" });
  node.classList.add("is-shown");
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
  setTimeout(() => node.classList.remove("is-shown"), 2000);
}

function closeThread() {
  const root = log.thread;
  log.thread = null;
  drawSide();
  (byId(`line-${root}`) ?? main.box).focus({ preventScroll: true });
}

async function become(user) {
  const found = await state(user).catch(() => null);
  if (!found) return showLink(false);
  leave();
  begin(found);
  kept.set("as", log.me.user);
  speak(log.me.locale);
  go(kept.get("place") === GENERAL ? GENERAL : direct());
  byId("app").dataset.ready = "yes";
  leave = follow(log.me.user, log.revision, { onLines: hear, onClock: hearClock, onLink: showLink });
}

// ---- hearing

/** What came in: shown, and told to whoever cannot see it. */
function hear(news) {
  const known = new Set(log.lines.keys());
  const fresh = take(news);
  const [stuckMain, stuckSide] = [sticks.main, sticks.side];
  const answered = fresh.find((line) => !line.author && !known.has(line.id) && log.conversation === GENERAL && log.lines.get(line.thread)?.author === log.me.user);
  drawRoom(true);
  // My question in the channel is answered in a thread: open it beside the channel, where there is room.
  if (answered && log.thread === null && wide.matches) showAnswer(answered.thread);
  else drawSide(true);
  const answer = fresh.filter((line) => !line.author && !known.has(line.id)).at(-1);
  if (answer?.conversation === log.conversation && answer.thread === null && stuckMain) reveal("main", answer);
  if (answer && answer.thread === log.thread && (stuckSide || answer === answered)) reveal("side", answer);
  left.draw();
  announce(fresh.filter((line) => line.conversation === log.conversation && line.author !== log.me.user));
}

/** The clock was turned, here or in another tab; or a minute went by. */
function hearClock(news) {
  if (news) tell(news.today);
  if (!log.me) return;
  drawRoom(true);
  left.draw();
}

setInterval(hearClock, 20000);

function showAnswer(id) {
  sideLines.forget();
  log.thread = id;
  side.at(`${log.me.user} thread ${id}`);
  drawSide();
}

function announce(lines) {
  const sayings = lines.map((line) => {
    const node = byId(`line-${line.id}`) ?? byId(`reply-${line.id}`);
    const first = node?.querySelector(".say, .text")?.textContent ?? line.text;
    return `${log.people.find((one) => one.user === line.author)?.name ?? t("tenday")}: ${first}`;
  });
  if (sayings.length) byId("announcer").textContent = sayings.join("\n");
}

// A blink of the connection is no news; three seconds are.
let lost = 0;
function showLink(isUp) {
  clearTimeout(lost);
  if (isUp) byId("offline").hidden = true;
  else lost = setTimeout(() => { byId("offline").hidden = false; }, 3000);
}

byId("side-close").addEventListener("click", closeThread);
byId("newer").addEventListener("click", () => { scrollDown("main"); byId("newer").hidden = true; });
scrolls.main.addEventListener("scroll", () => { if (isAtEnd("main")) byId("newer").hidden = true; });
document.addEventListener("visibilitychange", () => { if (log.me && document.visibilityState === "visible") { markRead(log.conversation); left.draw(); } });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && log.thread !== null && !event.defaultPrevented && byId("picker").hidden && byId("clock-panel").hidden) closeThread();
});

async function start() {
  const wanted = new URLSearchParams(location.search).get("as") ?? kept.get("as") ?? "";
  await become(wanted);
  if (!log.me) { // the server is not there yet
    speak(navigator.language.startsWith("zh") ? "zh" : "en");
    setTimeout(start, 1500);
  }
}

start();
