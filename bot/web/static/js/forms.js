// Forms in a line. What was typed is never lost: not by a failed request, a reload, or a form that changed meanwhile.
import { ask, isWaiting, wait } from "./cards.js";
import { h, icon, session } from "./dom.js";
import { log } from "./log.js";
import { PeoplePicker } from "./picker.js";
import { NotTaken, newDelivery } from "./server.js";
import { t } from "./words.js";

const sending = new Set(); // lines whose form is under way
const failed = new Map(); // line: {sign, delivery}: the same again is the same delivery

const fieldsOf = (form) => [...form.querySelectorAll("[data-field]")];
const lineOf = (element) => Number(element.closest(".line").dataset.line);
const controlOf = (field) => field.querySelector(".control, input:checked, input");

function valueOf(field) {
  const picks = field.querySelector(".picks");
  if (picks) return picks.picker.users;
  if (field.matches("fieldset")) return field.querySelector("input:checked")?.value ?? "";
  return field.querySelector(".control").value;
}

function put(field, value) {
  const picks = field.querySelector(".picks");
  if (picks) return Array.isArray(value) && picks.picker.hold(value);
  if (field.matches("fieldset")) { for (const radio of field.querySelectorAll("input")) radio.checked = radio.value === value; return; }
  const control = field.querySelector(".control");
  if (!control.matches("select") || [...control.options].some((option) => option.value === value)) control.value = value;
}

const read = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.dataset.field, valueOf(field)]));

// ---- what was typed and not sent yet

const place = (line) => `form.${log.me.user}.${line}`;
const draftOf = (line) => JSON.parse(session.get(place(line)) ?? "null");
const dropDraft = (line) => session.drop(place(line));

function keepDraft(form) {
  const line = lineOf(form);
  session.set(place(line), JSON.stringify({ revision: Number(form.dataset.revision), values: read(form) }));
}

/** Makes the server's form alive, and puts back what was typed into it. box: the answer; line: of the log. */
export function dressForm(box, line) {
  const form = box.querySelector("form.form");
  const draft = sending.has(line.id) ? null : draftOf(line.id);
  if (!form) {
    if (draft) box.append(leftOver(line.id, draft));
    return;
  }
  form.dataset.revision = draft ? draft.revision : line.revision;
  for (const picks of form.querySelectorAll(".picks")) new PeoplePicker(picks, () => keepDraft(form));
  for (const control of form.querySelectorAll("textarea")) fit(control);
  if (!draft) return;
  const before = JSON.stringify(read(form));
  for (const field of fieldsOf(form)) if (field.dataset.field in draft.values) put(field, draft.values[field.dataset.field]);
  if (JSON.stringify(read(form)) === before) { dropDraft(line.id); form.dataset.revision = line.revision; return; }
  if (draft.revision !== line.revision) form.querySelector(".fields").before(notice(t("form_redrawn")));
}

const notice = (text) => h("p", { class: "form-notice", role: "status" }, icon("hint"), h("span", {}, text));

/** The form was answered in another tab: what stood here is shown, to be copied. */
function leftOver(line, draft) {
  const texts = Object.values(draft.values).filter((value) => typeof value === "string" && value.trim());
  if (!texts.length) { dropDraft(line); return ""; }
  const away = (event) => { dropDraft(line); event.target.closest(".form-left").remove(); };
  return h("div", { class: "form-left" }, notice(t("form_left")), h("pre", { tabindex: "0" }, texts.join("\n")),
    h("button", { type: "button", class: "tool", onclick: away }, t("dismiss")));
}

function fit(control) {
  if (CSS.supports("field-sizing", "content")) return;
  control.style.height = "auto";
  if (control.scrollHeight) control.style.height = `${control.scrollHeight + 2}px`;
}

// ---- sending

/** send(body) resolves with {redrawn} when the desk has answered. */
export function tendForms(root, send) {
  const formOf = (event) => event.target.closest?.("form.form");
  root.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (form) { event.preventDefault(); submit(form, form.dataset.send, send); }
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-send]");
    if (!button || isWaiting(button)) return;
    const go = () => submit(button.form, button.dataset.send, send);
    if (button.dataset.confirm) ask(button, go); else go();
  });
  root.addEventListener("input", (event) => {
    const form = formOf(event);
    if (!form || event.target.closest(".picks")) return;
    if (event.target.matches("textarea")) fit(event.target);
    if (event.target.dataset.most) count(event.target);
    keepDraft(form);
  });
  root.addEventListener("change", (event) => { const form = formOf(event); if (form && !event.target.closest(".picks")) keepDraft(form); });
  // While it is under way nothing can be typed: it would be gone with the answer.
  root.addEventListener("beforeinput", (event) => { if (formOf(event)?.ariaBusy === "true") event.preventDefault(); });
}

/** Says how much too long a text is; true when it is. */
function count(control) {
  const field = control.closest("[data-field]");
  const over = control.value.length - Number(control.dataset.most);
  field.querySelector(".field-over")?.remove();
  if (over > 0) field.append(h("p", { class: "field-error field-over", role: "status" }, icon("apology"), h("span", {}, t("form_too_long", { n: over }))));
  return over > 0;
}

async function submit(form, text, send) {
  const line = lineOf(form);
  if (sending.has(line)) return;
  const tooLong = [...form.querySelectorAll("[data-most]")].filter(count);
  if (tooLong.length) { tooLong[0].focus(); return; }
  const { version, card } = form.dataset;
  const fields = read(form);
  const sign = JSON.stringify([text, fields]);
  const delivery = failed.get(line)?.sign === sign ? failed.get(line).delivery : newDelivery();
  keepDraft(form);
  begin(form, line);
  try {
    const { redrawn } = await send({ delivery, line, text, version: Number(version), card, fields });
    failed.delete(line);
    if (redrawn) dropDraft(line); else delete form.dataset.sent;
    end(form, line, "");
  } catch (error) {
    delete form.dataset.sent;
    failed.set(line, { sign, delivery });
    end(form, line, { not_reached: "form_not_reached", not_stored: "form_not_stored" }[error instanceof NotTaken ? error.why : ""] ?? "form_not_taken");
  }
}

function begin(form, line) {
  sending.add(line);
  form.ariaBusy = form.dataset.sent = "true";
  wait(form.querySelectorAll(".button"), true);
  state(form, "form_sending", false);
}

function end(form, line, trouble) {
  sending.delete(line);
  form.ariaBusy = null;
  wait(form.querySelectorAll(".button"), false);
  state(form, trouble, Boolean(trouble));
}

function state(form, word, isTrouble) {
  const told = form.querySelector(".form-state");
  told.textContent = word ? t(word) : "";
  told.classList.toggle("is-trouble", isTrouble);
}

/** Where the keyboard goes on when a line was drawn anew: the first mistake of a sent form, else the same field. */
export function sameField(old, node, focused) {
  const form = node.querySelector("form.form");
  if (!form || !old.contains(focused)) return null;
  const wrong = node.querySelector(".has-error");
  if (old.querySelector("form.form")?.dataset.sent && wrong) return controlOf(wrong);
  const name = focused.closest("[data-field]")?.dataset.field;
  const same = name && node.querySelector(`[data-field="${CSS.escape(name)}"]`);
  if (same) return controlOf(same);
  const said = focused.dataset?.send;
  return [...node.querySelectorAll("button[data-send]")].find((button) => button.dataset.send === said) ?? null;
}
