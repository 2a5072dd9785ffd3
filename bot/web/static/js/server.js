// What goes over the wire, and nothing of how it looks.

/** A request that was not taken: `why` names the words that say so. */
export class NotTaken extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

// 30 s: longer than a busy database is waited for. Typed text is never lost, so giving up is safe.
async function post(path, body, seconds = 30) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(seconds * 1000),
    });
  } catch {
    throw new NotTaken("not_reached");
  }
  if (response.ok) return response.json();
  throw new NotTaken({ 409: "not_forward", 413: "too_long", 503: "not_stored" }[response.status] ?? "not_taken");
}

export const say = (body) => post("/chat/say", body);
export const press = (body) => post("/chat/press", body);
export const form = (body) => post("/chat/form", body);
/** A quarter of a year passes in some seconds. */
export const turn = (body) => post("/chat/clock", body, 120);

/** An id for one send: a repeat carries the same one, and has no second effect. */
export const newDelivery = () => crypto.randomUUID();

export async function state(user) {
  const response = await fetch(`/chat/state?as=${encodeURIComponent(user)}`);
  if (!response.ok) throw new NotTaken("not_reached");
  return response.json();
}

/** Live news; returns a function that ends it. The browser reconnects by itself, and tells where it was. */
export function follow(user, after, { onLines, onClock, onLink }) {
  const source = new EventSource(`/chat/stream?as=${encodeURIComponent(user)}&after=${after}`);
  source.addEventListener("lines", (event) => onLines(JSON.parse(event.data)));
  source.addEventListener("clock", (event) => onClock(JSON.parse(event.data)));
  source.addEventListener("open", () => onLink(true));
  source.addEventListener("error", () => onLink(false));
  return () => source.close();
}
