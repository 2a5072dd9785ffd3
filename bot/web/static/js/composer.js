// Where one writes. What was typed is never lost: it comes back into the box when it could not be stored.
import { byId, h } from "./dom.js";
import { MentionList } from "./mentions.js";
import { NotTaken, newDelivery } from "./server.js";
import { t } from "./words.js";

export class Composer {
  /** send(text, delivery) resolves when it is stored; last() gives what I sent last. */
  constructor(name, { send, last }) {
    this.form = byId(`${name}-composer`);
    this.box = byId(`${name}-text`);
    this.chips = this.form.querySelector(".chips");
    this.trouble = this.form.querySelector(".trouble");
    this.where = this.form.querySelector(".hint-where");
    this.send = send;
    this.last = last;
    this.drafts = new Map();
    this.place = "";
    this.failed = null;
    this.mentions = new MentionList(this.box, byId(`${name}-people`));
    this.#listen();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.box.addEventListener("input", () => { this.mentions.look(); this.#fit(); });
    this.box.addEventListener("click", () => this.mentions.look());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.trouble.querySelector("button").addEventListener("click", () => { this.trouble.hidden = true; this.box.focus(); });
  }

  #key(event) {
    // An input method's Enter chooses characters (229: Safari tells it late).
    if (event.isComposing || event.keyCode === 229) return;
    if (this.mentions.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey) { event.preventDefault(); this.submit(); }
    else if (event.key === "ArrowUp" && !this.box.value) { const text = this.last(); if (text) { event.preventDefault(); this.fill(text); } }
  }

  /** Another conversation or thread: each keeps its own draft. */
  at(place) {
    if (place === this.place) return;
    this.drafts.set(this.place, this.box.value);
    this.place = place;
    this.failed = null;
    this.trouble.hidden = true;
    this.mentions.close();
    this.box.value = this.drafts.get(place) ?? "";
    this.#fit();
  }

  words({ label, hint }) {
    this.box.placeholder = label;
    this.box.setAttribute("aria-label", label);
    this.where.textContent = hint;
  }

  /** chips: [{label, text, now}]: `now` is sent at once, the others are put into the box to be changed. */
  suggest(chips) {
    this.chips.replaceChildren(...chips.map((chip) => h("button",
      { type: "button", class: "chip", title: chip.text, onclick: () => this.use(chip) }, chip.label)));
  }

  use(chip) {
    if (chip.now) this.#deliver(chip.text);
    else this.fill(chip.text);
  }

  fill(text) {
    this.box.value = text;
    this.#fit();
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
  }

  submit() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.box.value = "";
    this.#fit();
    this.#deliver(text);
  }

  async #deliver(text) {
    const place = this.place;
    // The same text again is the same delivery: what did arrive the first time has no second effect.
    const delivery = this.failed?.text === text ? this.failed.delivery : newDelivery();
    this.failed = null;
    this.trouble.hidden = true;
    try {
      await this.send(text, delivery);
    } catch (error) {
      this.#giveBack(text, delivery, place, error instanceof NotTaken ? error.why : "not_taken");
    }
  }

  #giveBack(text, delivery, place, why) {
    if (place !== this.place) {
      this.drafts.set(place, [text, this.drafts.get(place)].filter(Boolean).join("\n"));
      return;
    }
    this.failed = { text, delivery };
    this.box.value = [text, this.box.value].filter(Boolean).join("\n");
    this.#fit();
    this.trouble.querySelector("span").textContent = t(why);
    this.trouble.hidden = false;
  }

  #fit() {
    this.box.style.height = "auto";
    // A box that is not shown has no height yet: its one row will do.
    if (this.box.scrollHeight) this.box.style.height = `${this.box.scrollHeight}px`;
    this.form.querySelector(".send").disabled = !this.box.value.trim();
  }
}
