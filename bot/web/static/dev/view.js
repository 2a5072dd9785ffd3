// The developer view: below each answer, how Slack and Feishu draw it, from the JSON that their renderers make.
import { h, icon } from "../js/dom.js";
import { log } from "../js/log.js";
import { locale, t } from "../js/words.js";
import { drawFeishu } from "./feishu.js";
import { drawSlack } from "./slack.js";

const PLATFORMS = [["slack", "Slack", drawSlack], ["feishu", "飞书 Feishu", drawFeishu]];
const fetched = new Map(); // "line revision": what the server said

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); fill(entry.target); }
}, { rootMargin: "400px" });
const watched = new MutationObserver(() => dressAll());
let isOn = false;

export function show(on) {
  isOn = on;
  watched.disconnect();
  if (!on) { for (const box of document.querySelectorAll(".dev")) box.remove(); return; }
  for (const id of ["main-lines", "side-lines"]) watched.observe(document.getElementById(id), { childList: true });
  dressAll();
}

function dressAll() {
  for (const answer of document.querySelectorAll(".line .answer:not(:has(+ .dev))")) {
    const box = h("section", { class: "dev", "aria-label": t("dev_of") });
    answer.after(box);
    seen.observe(box);
  }
}

async function fill(box) {
  const line = Number(box.closest(".line").dataset.line);
  try {
    const dressed = await dressedOf(line);
    if (!isOn) return;
    box.replaceChildren(...PLATFORMS.map(([name, label, draw]) => platform(name, label, draw, dressed, line)));
  } catch {
    box.replaceChildren(h("p", { class: "dev-note" }, t("dev_failed")));
  }
}

async function dressedOf(line) {
  const key = `${log.me.user} ${line} ${log.lines.get(line)?.revision}`;
  if (!fetched.has(key)) {
    const response = await fetch(`/chat/dressed?as=${encodeURIComponent(log.me.user)}&line=${line}`);
    if (!response.ok) throw new Error(response.status);
    fetched.set(key, await response.json());
  }
  return fetched.get(key);
}

function platform(name, label, draw, dressed, line) {
  const json = JSON.stringify(dressed[name], null, 1);
  const code = h("pre", { class: "dev-json", tabindex: "0", hidden: true }, json);
  const toggle = h("button", { type: "button", class: "tool", "aria-expanded": "false" }, `${t("dev_json")} · ${(new Blob([json]).size / 1024).toFixed(1)} KB`);
  toggle.addEventListener("click", () => { code.hidden = !code.hidden; toggle.setAttribute("aria-expanded", String(!code.hidden)); });
  const copy = h("button", { type: "button", class: "tool icon-only", "aria-label": t("copy_copy"), title: t("copy_copy"), onclick: () => navigator.clipboard?.writeText(json) }, icon("copy"));
  return h("div", { class: `dev-one of-${name}` },
    h("p", { class: "dev-head" }, h("b", {}, label), toggle, copy),
    draw(dressed[name], { people: dressed.people, at: log.lines.get(line)?.at ?? "", locale: locale() }),
    code);
}
