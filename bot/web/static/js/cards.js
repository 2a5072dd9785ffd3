// What can be done with a card: press (some buttons ask first), copy, put into the box.
import { h } from "./dom.js";

/** press(lineId, button) resolves when answered; fill(text, from) puts a text into the nearest box; show(lineId) leads to a line. */
export function tend(root, { press, fill, show }) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || isWaiting(button) || !button.closest(".answer")) return;
    if (button.dataset.say !== undefined) pressed(button, press);
    else if (button.dataset.copy !== undefined) copy(button);
    else if (button.dataset.to !== undefined) show(Number(button.dataset.to));
    else if (button.dataset.fill !== undefined) fill(textOf(button), button);
  });
}

/** A button that waits keeps the keyboard's place; a disabled one would lose it. */
export const isWaiting = (button) => button.disabled || button.getAttribute("aria-disabled") === "true";
export const wait = (buttons, isOn) => { for (const one of buttons) if (isOn) one.setAttribute("aria-disabled", "true"); else one.removeAttribute("aria-disabled"); };

const textOf = (button) => button.closest(".copy").querySelector("pre").textContent;

function pressed(button, press) {
  if (button.dataset.confirm) return ask(button, () => go(button, press));
  return go(button, press);
}

/** Every button of the card waits for the answer: a second press would only be told that it came too late. */
async function go(button, press) {
  const line = button.closest(".line");
  const buttons = [...line.querySelectorAll("[data-say]")];
  wait(buttons, true);
  line.setAttribute("aria-busy", "true");
  try {
    await press(Number(line.dataset.line), button.dataset);
  } finally {
    wait(buttons, false);
    line.removeAttribute("aria-busy");
  }
}

/** "Discard O3?" takes the buttons' place until it is answered; yes() when it is. */
export function ask(button, agreed) {
  const row = button.parentElement;
  const others = [...row.children];
  const kind = [...button.classList].find((name) => name.startsWith("is-")) ?? "is-plain";
  const back = () => { asks.remove(); for (const one of others) one.hidden = false; button.focus(); };
  const yes = h("button", { type: "button", class: `button ${kind}` }, button.textContent);
  const no = h("button", { type: "button", class: "button is-plain", onclick: back }, button.dataset.cancel);
  const asks = h("div", { class: `asks ${kind}`, role: "alertdialog", "aria-label": button.dataset.confirm },
    h("span", {}, button.dataset.confirm), h("div", { class: "asks-buttons" }, no, yes));
  yes.addEventListener("click", () => { back(); agreed(); });
  asks.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); back(); } });
  for (const one of others) one.hidden = true;
  row.append(asks);
  no.focus();
}

async function copy(button) {
  const words = button.querySelector("span");
  const before = words.dataset.before ?? words.textContent;
  words.dataset.before = before;
  try {
    await navigator.clipboard.writeText(textOf(button));
  } catch {
    // No clipboard here: select it, so that one key copies it.
    getSelection().selectAllChildren(button.closest(".copy").querySelector("pre"));
    return;
  }
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = before; }, 1600);
}
