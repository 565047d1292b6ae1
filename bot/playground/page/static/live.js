// What the server draws, kept up to date: regions are fetched when the feed says that something changed, and only
// what differs is put into the page, so that focus, typed text and open menus stay.

const sources = new WeakMap(); // a control → the HTML that the server last sent for it
const pinned = new WeakMap(); // a scrolling pane → whether it stands at its end
const placed = new WeakMap(); // a scrolling pane → where it was put, which is no one's wish to look elsewhere
const waiting = { running: null, again: false };
const listeners = [];
let shown = location.pathname;

export const whenDrawn = (listener) => listeners.push(listener);
export const reader = () => document.body.dataset;
export const phrases = JSON.parse(document.getElementById("phrases").textContent);

export async function post(what, data = {}) {
  const [, , , place, thread] = location.pathname.split("/");
  let answer = {};
  try {
    const response = await fetch(`/do/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ person: reader().person, place, thread, ...data }),
    });
    answer = await response.json();
  } catch {
    answer = { notice: phrases.unreachable, failed: true };
  }
  if (answer.notice) toast(answer.notice);
  if (!answer.quiet) await refresh();
  return answer;
}

export function toast(text) {
  const box = document.createElement("p");
  box.className = "toast";
  box.textContent = text;
  document.querySelector(".toasts").append(box);
  setTimeout(() => box.remove(), 7000);
}

function offline(is) {
  document.querySelector(".offline").hidden = !is;
}

// What comes in where one is not looking is announced once, as a card that leads there.
let heard = null;
function announce(news) {
  const before = heard ?? new Map(news.map((each) => [each.address, each.count]));
  heard = new Map(news.map((each) => [each.address, each.count]));
  for (const { address, count, title, text } of news) {
    if (count <= (before.get(address) ?? 0)) continue;
    const card = Object.assign(document.createElement("a"), { className: "toast news", href: address });
    card.append(Object.assign(document.createElement("b"), { textContent: title }));
    card.append(Object.assign(document.createElement("span"), { textContent: text }));
    document.querySelector(`.news[href="${address}"]`)?.remove(); // one card a channel, with its latest
    document.querySelector(".tidings").append(card);
    setTimeout(() => card.remove(), 12000);
  }
}

// A long channel shows its newest messages; what is read stays where it is when earlier ones come in above.
let rows = 100;
export async function more(pane) {
  const below = pane.scrollHeight - pane.scrollTop;
  rows += 200;
  await refresh();
  pane.scrollTop = pane.scrollHeight - below;
}

export async function go(address, { push = true } = {}) {
  if (push && address !== location.pathname) history.pushState(null, "", address);
  document.body.classList.remove("drawer-open");
  await refresh();
}

export function refresh() {
  if (waiting.running) {
    waiting.again = true;
    return waiting.running;
  }
  waiting.running = (async () => {
    do {
      waiting.again = false;
      await draw();
    } while (waiting.again);
  })().finally(() => (waiting.running = null));
  return waiting.running;
}

async function draw() {
  const regions = [...document.querySelectorAll("[data-region]")];
  const have = regions.map((region) => `${region.dataset.region}=${region.dataset.hash ?? ""}`).join(" ");
  const asked = location.pathname;
  let answer;
  try {
    const headers = { Accept: "application/json", "X-Have": have, "X-Seen": document.hidden ? "no" : "yes", "X-Rows": rows };
    const response = await fetch(asked, { headers });
    if (response.status === 404) return location.assign("/");
    if (!response.ok) throw new Error(response.statusText);
    answer = await response.json();
  } catch {
    return offline(true);
  }
  offline(false);
  if (asked !== location.pathname) return (waiting.again = true);
  if (answer.lang !== document.documentElement.lang) return location.reload();
  document.title = answer.title;
  document.body.dataset.number = answer.number;
  announce(answer.news);
  for (const region of regions) {
    const news = answer.regions[region.dataset.region];
    if (!news) continue;
    const fresh = document.createElement(region.tagName);
    fresh.innerHTML = news.html;
    region.dataset.hash = news.hash;
    children(region, fresh);
  }
  const moved = shown !== asked;
  shown = asked;
  settle(moved);
}

// A pane that stood at its end still does when the window or what stands below it changes its height.
const resized = new ResizeObserver((changes) => {
  for (const { target } of changes) if (pinned.get(target) ?? true) toEnd(target);
});

export function settle(moved = false) {
  remember(document.body);
  for (const pane of document.querySelectorAll("[data-scroll]")) {
    if (pane.dataset.scroll === "home") continue;
    if (pinned.get(pane) ?? true) toEnd(pane);
    resized.observe(pane);
  }
  listeners.forEach((listener) => listener(moved));
}

// Who speaks wants to see the answer, wherever they had scrolled to.
export function pin(element) {
  const pane = element.closest("[data-region]").querySelector("[data-scroll]");
  if (pane) pinned.set(pane, true);
}

// A new message that is longer than the pane is read from its beginning.
function toEnd(pane) {
  const last = pane.querySelector(".messages")?.lastElementChild;
  const isLong = last?.classList.contains("fresh") && last.offsetHeight > pane.clientHeight;
  pane.scrollTop = isLong ? last.offsetTop - pane.offsetTop - 16 : pane.scrollHeight;
  pinned.set(pane, !isLong);
  placed.set(pane, pane.scrollTop);
}

function remember(root) {
  for (const control of root.querySelectorAll("[data-element]")) {
    if (!sources.has(control)) sources.set(control, control.outerHTML);
  }
}

function children(from, to) {
  const keyed = new Map([...from.children].filter((c) => c.dataset.key).map((c) => [c.dataset.key, c]));
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const key = next.dataset?.key;
    const same = key ? keyed.get(key) : at && !at.dataset?.key && at.nodeName === next.nodeName ? at : null;
    if (!same) {
      from.insertBefore(next, at);
      if (next.classList?.contains("message") && keyed.size) next.classList.add("fresh");
      continue;
    }
    if (same === at) at = at.nextSibling;
    else from.insertBefore(same, at);
    patch(same, next);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    const wasOpen = gone.open;
    if (wasOpen) gone.close(); // gives the focus back to where it was before
    gone.remove();
    if (wasOpen) wake(document.activeElement);
  }
}

// Chromium gives the focus back while the page behind the dialog is still inert: keys arrive, but nothing can be
// typed until the box is focused anew.
function wake(box) {
  box.blur();
  box.focus({ preventScroll: true });
}

const OURS = new Set(["hidden", "open", "aria-expanded", "aria-activedescendant", "data-hash"]);

function patch(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.hasAttribute("data-element")) return control(old, next);
  if (old.hasAttribute("data-scroll") && old.dataset.scroll !== next.dataset.scroll) return old.replaceWith(next);
  for (const { name, value } of next.attributes) {
    if (!OURS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    const placed = name === "style" && (old.popover || old.tagName === "TEXTAREA");
    if (!next.hasAttribute(name) && !OURS.has(name) && !placed) old.removeAttribute(name);
  }
  if (old.tagName !== "TEXTAREA" && !old.classList.contains("hints")) children(old, next);
}

// A control keeps what a person put into it until the server has something new to show in it.
function control(old, next) {
  if (sources.get(old) === next.outerHTML) return;
  sources.set(next, next.outerHTML);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
  old.replaceWith(next);
  if (focused?.id) document.getElementById(focused.id)?.focus();
}

export function atEnd(pane) {
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight < 48;
}

document.addEventListener("scroll", ({ target }) => {
  if (target.dataset?.scroll) {
    if (placed.get(target) !== target.scrollTop) pinned.set(target, atEnd(target));
    listeners.forEach((listener) => listener(false));
  }
}, true);
document.addEventListener("load", ({ target }) => {
  const pane = target.closest?.("[data-scroll]");
  if (pane && pane.dataset.scroll !== "home" && (pinned.get(pane) ?? true)) toEnd(pane);
}, true);
addEventListener("popstate", () => go(location.pathname, { push: false }));

// The feed tells only that something changed. Where it is cut off the page asks every three seconds instead.
let feed = null;
function listen() {
  feed?.close();
  feed = null;
  if (document.hidden) return;
  feed = new EventSource(`/feed/${reader().person}?after=${reader().number}`);
  feed.onmessage = () => refresh();
}
export function start() {
  settle();
  listen();
  refresh();
  document.addEventListener("visibilitychange", () => {
    listen();
    if (!document.hidden) refresh();
  });
  setInterval(() => {
    if (!document.hidden && feed?.readyState !== EventSource.OPEN) refresh();
    if (feed?.readyState === EventSource.CLOSED) listen();
  }, 3000);
}
