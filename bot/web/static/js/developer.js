// The developer view's switch. What it shows is loaded when it is first switched on.
import { byId, h, kept } from "./dom.js";

export function developer() {
  const button = byId("dev-switch");
  let view = null;

  async function set(isOn) {
    button.setAttribute("aria-checked", String(isOn));
    kept.set("dev", isOn ? "on" : "");
    if (isOn && !view) {
      document.head.append(h("link", { rel: "stylesheet", href: "/static/dev/preview.css" }));
      view = await import("/static/dev/view.js");
    }
    view?.show(isOn);
  }

  button.addEventListener("click", () => set(button.getAttribute("aria-checked") !== "true"));
  if (new URLSearchParams(location.search).has("dev") || kept.get("dev") === "on") set(true);
}
