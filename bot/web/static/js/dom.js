// Making elements. Text goes in as text; only the server's own fragments are ever parsed as HTML.

export const byId = (id) => document.getElementById(id);

/** An element: h("p", {class: "x", onclick: f}, "text", child). null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** A sign from the page's sprite; hidden from screen readers, so words must stand beside it. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A card that our server rendered and escaped. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Puts these nodes into a box in this order, touching only what differs: focus and scrolling survive. */
export function arrange(box, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...box.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (box.children[i] !== node) box.insertBefore(node, box.children[i] ?? null);
  });
}

const CJK = /[\u3400-\u9fff\uf900-\ufaff]/;

/** 陈静 is 陈静's own two letters; Mina Park is MP. */
export function initials(name) {
  const letters = [...name.trim()];
  if (letters.some((letter) => CJK.test(letter))) return letters.slice(-2).join("");
  const names = name.trim().split(/\s+/);
  return ((names[0]?.[0] ?? "?") + (names.length > 1 ? names.at(-1)[0] : "")).toUpperCase();
}

let known = [];
/** Everybody of the town, so that neighbours in the list get colours of their own. */
export const colour = (people) => { known = people.map((one) => one.user); };

export function avatar(person, size = "") {
  const hue = Math.max(0, known.indexOf(person.user)) % 8;
  return h("span", { class: `avatar hue-${hue} ${size}`, "aria-hidden": "true" }, initials(person.name));
}

export function personNames(person) {
  return h("span", { class: "person-names" }, h("b", {}, person.name), h("small", {}, person.title));
}

/** localStorage that may be missing. */
export const kept = {
  get(name) { try { return localStorage.getItem(`tenday.${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`tenday.${name}`, value); } catch { /* not kept, then */ } },
};

/** sessionStorage that may be missing: what was typed into a form, until the tab is closed. */
export const session = {
  get(name) { try { return sessionStorage.getItem(`tenday.${name}`); } catch { return null; } },
  set(name, value) { try { sessionStorage.setItem(`tenday.${name}`, value); } catch { /* not kept, then */ } },
  drop(name) { try { sessionStorage.removeItem(`tenday.${name}`); } catch { /* nothing to drop */ } },
};
