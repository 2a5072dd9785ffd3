// Tenday's clock, and the panel that turns it forward.
import { byId, h } from "./dom.js";
import { today } from "./log.js";
import { NotTaken } from "./server.js";
import { daysBetween, shortTime, t } from "./words.js";

const HOUR = 3600000;
const DAY = 24 * HOUR;
const at = (text) => new Date(`${text}Z`);
const text = (date) => date.toISOString().slice(0, 16);

function hourOf(date, hour) {
  const same = new Date(date);
  same.setUTCHours(hour, 0, 0, 0);
  return same;
}

const next = (date, hour) => { const same = hourOf(date, hour); return same > date ? same : new Date(same.getTime() + DAY); };

function nextMonday(now) {
  const monday = hourOf(new Date(now.getTime() + ((8 - now.getUTCDay()) % 7) * DAY), 9);
  return monday > now ? monday : new Date(monday.getTime() + 7 * DAY);
}

/** The evening of a 旬's last day: the 10th, the 20th, the last of the month. */
function xunEnd(now) {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const ends = [[month, 10], [month, 20], [month + 1, 0], [month + 1, 10]].map(([m, d]) => new Date(Date.UTC(year, m, d, 18)));
  return ends.find((end) => end > now);
}

const LEAPS = [
  ["leap_hour", (now) => new Date(now.getTime() + HOUR)],
  ["leap_morning", (now) => next(now, 9)],
  ["leap_day", (now) => new Date(now.getTime() + DAY)],
  ["leap_monday", nextMonday],
  ["leap_xun", xunEnd],
];

function howLong(from, to) {
  const days = daysBetween(from, to);
  if (days > 0) return days === 1 ? t("passed_day") : t("passed_days", { n: days });
  const minutes = Math.round((at(to) - at(from)) / 60000);
  const hours = Math.round(minutes / 60);
  return minutes < 90 ? (hours === 1 ? t("passed_hour") : t("passed_minutes", { n: minutes })) : t("passed_hours", { n: hours });
}

/** turn(to) resolves with {today, told}; arrived(news) shows the new time. */
export function clock({ turn, arrived }) {
  const panel = byId("clock-panel");
  const opener = byId("clock-open");

  function open(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    draw();
    panel.querySelector("button").focus();
  }

  function draw() {
    const now = today();
    byId("leap-state").textContent = "";
    byId("leaps").replaceChildren(...LEAPS.map(([word, leap]) => {
      const to = text(leap(at(now)));
      return h("button", { type: "button", class: "leap", onclick: () => go(to) }, h("b", {}, t(word)), h("time", { datetime: to }, shortTime(to)));
    }));
    byId("leap-at").min = now;
    byId("leap-at").value = text(next(at(now), 9));
  }

  async function go(to) {
    const from = today();
    const state = byId("leap-state");
    if (!to || to <= from) { state.textContent = t("not_forward"); byId("leap-at").focus(); return; }
    busy(true);
    state.textContent = t("clock_turning");
    try {
      const news = await turn(to);
      arrived(news);
      open(false);
      opener.focus();
      tell(from, news);
    } catch (error) {
      state.textContent = t({ not_forward: "clock_not_there", not_stored: "clock_failed" }[error instanceof NotTaken ? error.why : ""] ?? "clock_failed");
    } finally {
      busy(false);
    }
  }

  function busy(isBusy) {
    panel.setAttribute("aria-busy", String(isBusy));
    for (const button of panel.querySelectorAll("button")) button.disabled = isBusy;
  }

  function tell(from, { today: to, told }) {
    const word = { 0: "passed_nothing", 1: "passed_one" }[told] ?? "passed_many";
    const sentence = `${howLong(from, to)} ${t(word, { n: told })}`.replace("， ", "，");
    byId("passed").querySelector("span").textContent = sentence;
    byId("passed").hidden = false;
  }

  byId("passed").querySelector("button").addEventListener("click", () => { byId("passed").hidden = true; byId("main-text").focus(); });
  byId("main-composer").addEventListener("submit", () => { byId("passed").hidden = true; });
  opener.addEventListener("click", () => open(panel.hidden));
  byId("leap-to").addEventListener("submit", (event) => { event.preventDefault(); go(byId("leap-at").value.slice(0, 16)); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); open(false); opener.focus(); } });
  document.addEventListener("pointerdown", (event) => { if (!panel.hidden && !event.target.closest(".clock-box")) open(false); });
}
