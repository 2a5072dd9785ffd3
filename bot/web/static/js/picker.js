// A field that holds people: chips, a search by name, a list for mouse, keyboard and screen reader.
import { avatar, h, personNames } from "./dom.js";
import { log, person } from "./log.js";
import { t } from "./words.js";

export class PeoplePicker {
  /** box: the server's .picks; changed() after each pick. */
  constructor(box, changed) {
    Object.assign(this, { box, changed, shown: [], active: 0 });
    this.input = box.querySelector("input");
    this.list = box.querySelector(".people-list");
    this.single = box.dataset.picks === "person";
    this.users = JSON.parse(box.dataset.users);
    box.picker = this;
    this.#listen();
    this.#draw();
  }

  hold(users) {
    this.users = users.filter((user) => person(user));
    this.#draw();
  }

  #listen() {
    this.input.addEventListener("input", () => this.#look());
    this.input.addEventListener("click", () => this.#look());
    this.input.addEventListener("blur", () => this.#close());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("click", (event) => { if (event.target === this.box) this.input.focus(); });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const index = [...this.list.children].indexOf(event.target.closest(".choice"));
      if (index >= 0) this.#take(index);
    });
  }

  #look() {
    const wanted = this.input.value.trim().toLowerCase();
    const starts = (one) => one.name.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted));
    const found = log.people.filter((one) => !this.users.includes(one.user) && `${one.name} ${one.title}`.toLowerCase().includes(wanted));
    this.shown = [...found.filter(starts), ...found.filter((one) => !starts(one))];
    this.active = 0;
    this.#drawList(true);
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!isOpen) this.#look();
      else if (this.shown.length) { this.active = (this.active + step + this.shown.length) % this.shown.length; this.#drawList(true); }
    } else if (event.key === "Enter") { event.preventDefault(); if (isOpen && this.shown.length) this.#take(this.active); }
    else if (event.key === "Escape" && isOpen) { event.preventDefault(); event.stopPropagation(); this.#close(); }
    else if (event.key === "Backspace" && !this.input.value && this.users.length) this.#drop(this.users.at(-1));
  }

  #take(index) {
    this.users = this.single ? [this.shown[index].user] : [...this.users, this.shown[index].user];
    this.input.value = "";
    this.#close();
    this.#draw();
    this.changed();
  }

  #drop(user) {
    this.users = this.users.filter((one) => one !== user);
    this.#draw();
    this.changed();
    this.input.focus();
  }

  #close() {
    this.shown = [];
    this.#drawList(false);
  }

  #draw() {
    for (const chip of this.box.querySelectorAll(".pick")) chip.remove();
    for (const user of this.users) {
      const who = person(user) ?? { user, name: user, title: "" };
      this.input.before(h("span", { class: "pick" }, avatar(who, "is-small"), h("span", {}, who.name),
        h("button", { type: "button", class: "pick-off", "aria-label": t("form_remove", { name: who.name }), onclick: () => this.#drop(user) }, "×")));
    }
    this.input.classList.toggle("is-beside", this.users.length > 0);
    this.input.setAttribute("aria-label", [this.box.closest(".field").querySelector("label").textContent.trim(), ...this.users.map((user) => person(user)?.name ?? user)].join(", "));
  }

  #drawList(isOpen) {
    this.list.hidden = !isOpen;
    this.list.replaceChildren(...this.shown.map((one, i) => h("div",
      { class: i === this.active ? "choice is-active" : "choice", role: "option", id: `${this.list.id}-${i}`, "aria-selected": String(i === this.active) },
      avatar(one), personNames(one))));
    if (isOpen && !this.shown.length) this.list.append(h("p", { class: "nobody" }, t("nobody_found")));
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && this.shown.length) {
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }
}
