// Who can be named behind an @: a list above the box, for mouse, keyboard and screen reader.
import { avatar, h, icon, personNames } from "./dom.js";
import { isShared, log } from "./log.js";
import { t } from "./words.js";

const SIGN = /(?:^|[^A-Za-z0-9_.+-])[@＠]([^@＠\n]{0,30})$/;

const tenday = () => ({ user: "", name: "Tenday", title: t("bot") });

function candidates(typed) {
  const wanted = typed.toLowerCase();
  const people = [...(isShared() ? [tenday()] : []), ...log.people.filter((one) => one.user !== log.me.user), log.me];
  const starts = (one) => one.name.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)) || one.name.toLowerCase().startsWith(wanted);
  const holds = (one) => wanted.length > 0 && (one.name.includes(typed) || (!typed.includes(" ") && one.title.toLowerCase().includes(wanted)));
  return [...people.filter(starts), ...people.filter((one) => !starts(one) && holds(one))].slice(0, 8);
}

export class MentionList {
  constructor(box, list) {
    Object.assign(this, { box, list, choices: [], active: 0 });
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const index = [...list.children].indexOf(event.target.closest(".choice"));
      if (index >= 0) this.#take(index);
    });
    box.addEventListener("blur", () => this.close());
  }

  get isOpen() { return !this.list.hidden; }

  /** After each change of the text or the caret. */
  look() {
    const match = SIGN.exec(this.box.value.slice(0, this.box.selectionStart));
    this.choices = match && this.box.selectionStart === this.box.selectionEnd ? candidates(match[1]) : [];
    // A name that stands there whole needs no list any more.
    if (match && this.choices.some((one) => match[1].startsWith(`${one.name} `))) this.choices = [];
    this.active = 0;
    this.#draw();
  }

  /** Returns true when the list used the key. */
  key(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.active = (this.active + step + this.choices.length) % this.choices.length;
    else if (event.key === "Enter" || event.key === "Tab") return this.#take(this.active);
    else if (event.key === "Escape") { this.close(); return true; }
    else return false;
    this.#draw();
    return true;
  }

  close() {
    this.choices = [];
    this.#draw();
  }

  #take(index) {
    const end = this.box.selectionStart;
    const sign = SIGN.exec(this.box.value.slice(0, end));
    this.box.setRangeText(`@${this.choices[index].name} `, end - sign[1].length - 1, end, "end");
    this.close();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  #draw() {
    this.list.hidden = this.choices.length === 0;
    this.list.replaceChildren(...this.choices.map((one, i) => h("div",
      { class: i === this.active ? "choice is-active" : "choice", role: "option", id: `${this.list.id}-${i}`, "aria-selected": String(i === this.active) },
      one.user ? avatar(one) : icon("tenday", "mark avatar"), personNames(one))));
    this.box.setAttribute("aria-expanded", String(this.isOpen));
    if (this.isOpen) {
      this.box.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }
}
