// Block Kit as Slack draws it: messages and modals. It reads the JSON that would be sent, and shows what it does not know as a gap.
import { h, icon } from "../js/dom.js";

const isView = (json) => json.type === "modal";

/** json: a message {text, blocks} or a view, or {message, view}. */
export function drawSlack(json, context) {
  if (json.view || json.message) return h("div", { class: "sl-both" }, json.message && drawSlack(json.message, context), json.view && drawSlack(json.view, context));
  return isView(json) ? modal(json, context) : message(json, context);
}

function message(json, context) {
  return h("div", { class: "sl sl-message" },
    icon("tenday", "sl-face"),
    h("div", { class: "sl-said" },
      h("p", { class: "sl-by" }, h("b", {}, "Tenday"), h("span", { class: "sl-app" }, "APP"), h("time", {}, context.at.slice(11, 16))),
      ...(json.blocks ?? []).map((block) => drawBlock(block, context))));
}

function modal(view, context) {
  const word = { submit: "Submit", close: "Cancel" };
  return h("div", { class: "sl sl-modal" },
    h("div", { class: "sl-modal-head" }, h("b", {}, view.title?.text ?? ""), h("span", { "aria-hidden": "true" }, "✕")),
    h("div", { class: "sl-modal-body" }, ...(view.blocks ?? []).map((block) => drawBlock(block, context))),
    h("div", { class: "sl-modal-foot" },
      h("span", { class: "sl-button is-large" }, view.close?.text ?? word.close),
      view.submit ? h("span", { class: "sl-button is-large is-primary" }, view.submit.text) : null));
}

const BLOCKS = {
  header: (block) => h("p", { class: "sl-header" }, block.text.text),
  divider: () => h("hr", { class: "sl-divider" }),
  section: (block, context) => h("div", { class: "sl-section" },
    h("div", { class: "sl-grow" }, block.text ? h("p", { class: "sl-text" }, ...textOf(block.text, context)) : null,
      block.fields ? h("div", { class: "sl-fields" }, ...block.fields.map((field) => h("p", { class: "sl-text" }, ...textOf(field, context)))) : null),
    block.accessory ? element(block.accessory, context) : null),
  context: (block, context) => h("p", { class: "sl-context" }, ...block.elements.map((one) => h("span", {}, ...textOf(one, context)))),
  actions: (block, context) => h("div", { class: "sl-actions" }, ...block.elements.map((one) => element(one, context))),
  rich_text: (block, context) => h("div", { class: "sl-text" }, ...block.elements.map((one) => rich(one, context))),
  input: (block, context) => h("div", { class: "sl-input" },
    h("p", { class: "sl-label" }, block.label.text, block.optional ? h("span", { class: "sl-optional" }, " (optional)") : null),
    element(block.element, context),
    block.hint ? h("p", { class: "sl-hint" }, block.hint.text) : null),
  image: (block) => h("p", { class: "sl-context" }, block.alt_text ?? ""),
};

function drawBlock(block, context) {
  const draw = BLOCKS[block.type];
  return h("div", { class: "sl-block" }, draw ? draw(block, context) : h("p", { class: "dev-note" }, `[${block.type}]`));
}

const RICH = {
  rich_text_section: (one, context) => h("div", { class: "sl-rich" }, ...one.elements.flatMap((piece) => inline(piece, context))),
  rich_text_preformatted: (one, context) => h("div", { class: "sl-pre" }, ...one.elements.flatMap((piece) => inline(piece, context))),
  rich_text_quote: (one, context) => h("div", { class: "sl-quote" }, ...one.elements.flatMap((piece) => inline(piece, context))),
  rich_text_list: (one, context) => h(one.style === "ordered" ? "ol" : "ul", { class: "sl-list" }, ...one.elements.map((row) => h("li", {}, rich(row, context)))),
};

const rich = (one, context) => RICH[one.type]?.(one, context) ?? h("span", { class: "dev-note" }, `[${one.type}]`);

function inline(piece, { people }) {
  if (piece.type === "user") return [h("span", { class: "sl-user" }, `@${people[piece.user_id] ?? piece.user_id}`)];
  if (piece.type === "link") return [h("span", { class: "sl-link" }, piece.text ?? piece.url)];
  if (piece.type === "emoji") return [`:${piece.name}:`];
  if (piece.type === "channel") return [h("span", { class: "sl-user" }, `#${piece.channel_id}`)];
  if (piece.type === "date") return [piece.fallback ?? ""];
  const style = piece.style ?? {};
  let node = piece.text ?? "";
  for (const [name, tag] of [["code", "code"], ["bold", "b"], ["italic", "i"], ["strike", "s"]]) if (style[name]) node = h(tag, name === "code" ? { class: "sl-code" } : {}, node);
  return [node];
}

/** plain_text as it is; mrkdwn's bold, code and mentions. */
function textOf(text, context) {
  if (text.type !== "mrkdwn") return [text.text ?? text.alt_text ?? ""];
  const undo = (letters) => letters.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  return text.text.split(/(\*[^*\n]+\*|`[^`\n]+`|<@[^>]+>)/).map((piece) => {
    if (/^\*.+\*$/.test(piece)) return h("b", {}, undo(piece.slice(1, -1)));
    if (/^`.+`$/.test(piece)) return h("code", { class: "sl-code" }, undo(piece.slice(1, -1)));
    if (/^<@.+>$/.test(piece)) return h("span", { class: "sl-user" }, `@${context.people[piece.slice(2, -1)] ?? piece.slice(2, -1)}`);
    return undo(piece);
  });
}

const initial = (one) => one.initial_value ?? one.initial_date ?? one.initial_time ?? one.initial_option?.text?.text ?? "";
const placed = (one, value, sign) => h("div", { class: "sl-control" }, h("span", { class: value ? "" : "sl-placeholder" }, value || one.placeholder?.text || "\u00a0"), sign ? h("span", { class: "sl-sign", "aria-hidden": "true" }, sign) : null);

const ELEMENTS = {
  button: (one) => h("span", { class: `sl-button is-${one.style ?? "plain"}`, title: one.value ?? "" }, one.text.text),
  overflow: () => h("span", { class: "sl-button" }, "⋯"),
  plain_text_input: (one) => h("div", { class: one.multiline ? "sl-control is-tall" : "sl-control" }, h("span", { class: initial(one) ? "" : "sl-placeholder" }, initial(one) || one.placeholder?.text || "\u00a0")),
  number_input: (one) => placed(one, initial(one)),
  static_select: (one) => placed(one, initial(one), "⌄"),
  external_select: (one) => placed(one, initial(one), "⌄"),
  users_select: (one, { people }) => placed(one, one.initial_user ? `@${people[one.initial_user] ?? one.initial_user}` : "", "⌄"),
  multi_users_select: (one, { people }) => h("div", { class: "sl-control" },
    ...(one.initial_users ?? []).map((user) => h("span", { class: "sl-token" }, people[user] ?? user)),
    one.initial_users?.length ? null : h("span", { class: "sl-placeholder" }, one.placeholder?.text ?? ""), h("span", { class: "sl-sign" }, "⌄")),
  datepicker: (one) => placed(one, initial(one), "▦"),
  timepicker: (one) => placed(one, initial(one), "◷"),
  radio_buttons: (one) => choices(one, one.initial_option ? [one.initial_option] : [], "radio"),
  checkboxes: (one) => choices(one, one.initial_options ?? [], "checkbox"),
};

function choices(one, chosen, kind) {
  const values = chosen.map((option) => option.value);
  return h("div", { class: "sl-choices" }, ...one.options.map((option) => h("span", { class: `sl-choice is-${kind}${values.includes(option.value) ? " is-on" : ""}` }, option.text.text)));
}

const element = (one, context) => ELEMENTS[one.type]?.(one, context) ?? h("span", { class: "dev-note" }, `[${one.type}]`);
