// A card (JSON 2.0) as Feishu draws it. It reads the JSON that would be sent, and shows what it does not know as a gap.
import { h, icon } from "../js/dom.js";

export function drawFeishu(card, context) {
  return h("div", { class: "fs fs-message" }, icon("tenday", "fs-face"),
    h("div", { class: "fs-said" },
      h("p", { class: "fs-by" }, "Tenday", h("span", { class: "fs-bot" }, context.locale === "zh" ? "机器人" : "BOT")),
      h("div", { class: "fs-card" }, header(card.header, context), h("div", { class: "fs-body" }, ...all(card.body?.elements, context)))));
}

function header(it, context) {
  if (!it) return null;
  return h("div", { class: `fs-header is-${it.template ?? "default"}` }, h("b", {}, ...text(it.title, context)), it.subtitle ? h("small", {}, ...text(it.subtitle, context)) : null);
}

const all = (elements, context) => (elements ?? []).map((one) => element(one, context));
const look = (one) => [`is-size-${one.text_size ?? "normal"}`, one.text_color ? `is-${one.text_color}` : ""].join(" ");

/** plain_text as it is, lark_md and markdown with what it means. */
function text(it, context) {
  if (!it) return [];
  return it.tag === "lark_md" || it.tag === "markdown" ? markdown(it.content, context) : [it.content];
}

const entities = (letters) => letters.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const PIECES = /(\*\*[^\n]+?\*\*|<at [^>]*><\/at>|<font [^>]*>[\s\S]*?<\/font>|\[[^\]\n]*\]\([^)\s]*\)|`[^`\n]+`)/;

function markdown(content, context) {
  return content.split(PIECES).map((piece) => {
    let found;
    if ((found = /^\*\*(.+)\*\*$/.exec(piece))) return h("b", {}, ...markdown(found[1], context));
    if ((found = /^<at id=["']?([^"'>]*)["']?><\/at>$/.exec(piece))) return h("span", { class: "fs-at" }, `@${context.people[found[1]] ?? found[1]}`);
    if ((found = /^<font color=["']?([^"'>]*)["']?>([\s\S]*)<\/font>$/.exec(piece))) return h("span", { class: `is-${found[1]}` }, ...markdown(found[2], context));
    if ((found = /^\[(.*)\]\((.*)\)$/.exec(piece))) return h("span", { class: "fs-link" }, entities(found[1]));
    if ((found = /^`(.+)`$/.exec(piece))) return h("code", { class: "fs-code" }, entities(found[1]));
    return entities(piece);
  });
}

const label = (one, context) => (one.label ? h("p", { class: "fs-label" }, ...text(one.label, context), one.required ? h("span", { class: "fs-required" }, "*") : null) : null);
const control = (one, value, sign, context) => h("div", { class: `fs-field is-${one.label_position ?? "top"}` }, label(one, context),
  h("div", { class: one.input_type === "multiline_text" ? "fs-control is-tall" : "fs-control" }, h("span", { class: value ? "" : "fs-placeholder" }, value || (one.placeholder?.content ?? "\u00a0")), sign ? h("span", { class: "fs-sign" }, sign) : null));
const chosen = (one) => one.options?.find((option) => option.value === one.initial_option)?.text?.content ?? "";
const names = (users, { people }) => (users ?? []).map((user) => people[user] ?? user).join("、");

const ELEMENTS = {
  markdown: (one, context) => h("div", { class: `fs-text ${look(one)}` }, ...markdown(one.content, context)),
  div: (one, context) => h("div", { class: `fs-text ${look(one.text ?? {})}` }, ...text(one.text, context),
    one.fields ? h("div", { class: "fs-fields" }, ...one.fields.map((field) => h("div", {}, ...text(field.text, context)))) : null),
  hr: () => h("hr", { class: "fs-rule" }),
  button: (one, context) => h("span", { class: `fs-button is-${one.type ?? "default"} is-${one.size ?? "medium"} is-width-${one.width ?? "default"}`, title: JSON.stringify(one.behaviors ?? "") }, ...text(one.text, context)),
  column_set: (one, context) => h("div", { class: `fs-columns is-${one.flex_mode ?? "none"} has-${one.background_style ?? "default"} is-align-${one.horizontal_align ?? "left"}` },
    ...(one.columns ?? []).map((column) => h("div", { class: `fs-column is-${column.width ?? "weighted"} is-grow-${column.weight ?? 1} is-v-${column.vertical_align ?? "top"} has-${column.background_style ?? "default"}` }, ...all(column.elements, context)))),
  form: (one, context) => h("div", { class: "fs-form" }, ...all(one.elements, context)),
  input: (one, context) => control(one, one.default_value, "", context),
  select_static: (one, context) => control(one, chosen(one), "⌄", context),
  multi_select_static: (one, context) => control(one, (one.selected_values ?? []).join("、"), "⌄", context),
  select_person: (one, context) => control(one, names(one.initial_option ? [one.initial_option] : [], context), "⌄", context),
  multi_select_person: (one, context) => control(one, names(one.selected_values, context), "⌄", context),
  date_picker: (one, context) => control(one, one.initial_date, "▦", context),
  picker_time: (one, context) => control(one, one.initial_time, "◷", context),
  picker_datetime: (one, context) => control(one, one.initial_datetime, "▦", context),
  collapsible_panel: (one, context) => h("div", { class: "fs-panel" }, h("p", { class: "fs-panel-head" }, ...text(one.header?.title, context)), ...all(one.elements, context)),
  interactive_container: (one, context) => h("div", { class: "fs-panel" }, ...all(one.elements, context)),
};

const element = (one, context) => ELEMENTS[one.tag]?.(one, context) ?? h("span", { class: "dev-note" }, `[${one.tag}]`);
