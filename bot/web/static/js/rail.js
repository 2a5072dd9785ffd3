// The left rail: who I am, where I can talk, and how the page looks.
import { avatar, byId, h, icon, personNames } from "./dom.js";
import { GENERAL, direct, isUnread, log, today } from "./log.js";
import { locale, shortTime, speak, t } from "./words.js";

export function rail({ become, go, relabel }) {
  const picker = byId("picker");
  const search = byId("picker-search");
  let active = 0;
  let shown = [];

  function open(isOpen) {
    picker.hidden = !isOpen;
    byId("me").setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    search.value = "";
    list();
    search.focus();
  }

  function list() {
    const wanted = search.value.trim().toLowerCase();
    shown = log.people.filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(wanted));
    active = Math.max(0, shown.findIndex((one) => one.user === log.me.user));
    drawList();
  }

  function drawList() {
    const choices = shown.map((one, i) => h("div", {
      class: i === active ? "choice is-active" : "choice", role: "option", id: `person-${i}`,
      "aria-selected": String(one.user === log.me.user), onclick: () => choose(i),
    }, avatar(one), personNames(one), one.user === log.me.user ? icon("on_track") : null));
    byId("picker-list").replaceChildren(...(choices.length ? choices : [h("p", { class: "nobody" }, t("nobody_found"))]));
    if (choices.length) search.setAttribute("aria-activedescendant", `person-${active}`);
    byId("picker-list").children[active]?.scrollIntoView({ block: "nearest" });
  }

  function choose(i) {
    open(false);
    byId("me").focus();
    if (shown[i] && shown[i].user !== log.me.user) become(shown[i].user);
  }

  search.addEventListener("input", list);
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); active = (active + step + shown.length) % shown.length; drawList(); }
    else if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); choose(active); }
    else if (event.key === "Tab") open(false);
  });
  byId("me").addEventListener("click", () => open(picker.hidden));
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".who")) open(false); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!picker.hidden) { open(false); byId("me").focus(); }
    else if (byId("rail").classList.contains("is-open")) drawer(false);
  });

  function drawer(isOpen) {
    byId("rail").classList.toggle("is-open", isOpen);
    byId("rail-open").setAttribute("aria-expanded", String(isOpen));
    (isOpen ? byId("rail-close") : byId("rail-open")).focus();
  }
  byId("rail-open").addEventListener("click", () => drawer(true));
  byId("rail-close").addEventListener("click", () => drawer(false));
  byId("shade").addEventListener("click", () => drawer(false));

  for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => { speak(button.dataset.language); relabel(); });
  for (const button of document.querySelectorAll("[data-theme-choice]")) button.addEventListener("click", () => { window.tendayTheme.set(button.dataset.themeChoice); draw(); });

  function conversation(place, sign, name) {
    const isUnreadHere = isUnread(place) && place !== log.conversation;
    return h("button", {
      type: "button", class: isUnreadHere ? "conversation is-unread" : "conversation", "data-place": place,
      "aria-current": place === log.conversation ? "true" : null,
      onclick: () => { if (byId("rail").classList.contains("is-open")) drawer(false); go(place); },
    }, sign, h("span", { class: "name" }, name), isUnreadHere ? h("span", { class: "dot" }, h("span", { class: "spoken" }, t("unread"))) : null);
  }

  function draw() {
    byId("me").replaceChildren(avatar(log.me), personNames(log.me), icon("down"), h("span", { class: "spoken" }, t("be_other")));
    const focused = document.activeElement?.dataset?.place;
    byId("conversations").replaceChildren(
      h("p", { class: "rail-title" }, t("with_tenday")), conversation(direct(), icon("tenday", "mark"), t("tenday")),
      h("p", { class: "rail-title" }, t("channels")), conversation(GENERAL, h("span", { class: "hash", "aria-hidden": "true" }, "#"), t("general")));
    if (focused) byId("conversations").querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
    byId("rail-open").querySelector(".dot").hidden = ![direct(), GENERAL].some((place) => place !== log.conversation && isUnread(place));
    byId("clock").textContent = shortTime(today());
    byId("clock").dateTime = today();
    for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === locale()));
    for (const button of document.querySelectorAll("[data-theme-choice]")) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === window.tendayTheme.get()));
  }
  return { draw };
}
