// The box to write in: Enter sends, / offers commands, @ offers people, the up arrow brings back the last line.

import { phrases, pin, post, whenDrawn } from "./live.js";

const drafts = new Map();
const sent = [];
let recalled = -1;

const parts = (form) => ({ box: form.querySelector("textarea"), list: form.querySelector(".hints") });

export function fill(form, text) {
  const { box } = parts(form);
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  changed(form);
}

export function type(form, mark) {
  const { box } = parts(form);
  fill(form, mark === "/" ? "/" : `${box.value}${box.value && !box.value.endsWith(" ") ? " " : ""}${mark}`);
}

export async function say(form) {
  const { box } = parts(form);
  const text = box.value.trim();
  if (!text) return;
  fill(form, "");
  hide(form);
  sent.push(text);
  recalled = -1;
  pin(form);
  form.classList.add("busy");
  const answer = await post("say", { text, thread_ts: form.dataset.thread || null });
  form.classList.remove("busy");
  if (answer.failed && !box.value) fill(form, text);
}

function changed(form) {
  const { box } = parts(form);
  drafts.set(form.dataset.key, box.value);
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  offer(form);
}

function word(box) {
  const before = box.value.slice(0, box.selectionStart);
  return /(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/.exec(before)?.[1];
}

// What fits what has been typed: {insert, title, usage, note}; one without `insert` is only to be read.
function fitting(box) {
  const name = word(box)?.toLowerCase();
  if (name !== undefined) {
    const people = phrases.people.filter((p) => p.toLowerCase().includes(name));
    const whole = people.some((p) => p.toLowerCase() === name);
    if (people.length && !whole) return people.slice(0, 8).map((p) => ({ insert: `@${p} `, title: p, mention: true }));
  }
  const typed = box.value;
  if (typed.startsWith("/") && !box.closest("form").dataset.thread) {
    const low = typed.toLowerCase();
    const begun = phrases.commands.filter((c) => c.name.toLowerCase().startsWith(low.trimEnd()) && c.name.length >= low.trimEnd().length);
    if (begun.length && !(begun.length === 1 && low.length > begun[0].name.length)) {
      return begun.map((c) => ({ insert: `${c.name} `, title: c.name, usage: c.usage_hint, note: c.description }));
    }
    const inside = phrases.commands.filter((c) => low.startsWith(`${c.name.toLowerCase()} `)).sort((a, b) => b.name.length - a.name.length)[0];
    return inside ? [{ title: inside.name, usage: inside.usage_hint, note: inside.description }] : [];
  }
  return [];
}

function offer(form) {
  const { box, list } = parts(form);
  const found = document.activeElement === box ? fitting(box) : [];
  list.hidden = !found.length;
  list.replaceChildren(...found.map((hint, n) => row(list, hint, n)));
  mark(form, found[0]?.insert ? 0 : -1);
}

function row(list, hint, n) {
  const item = document.createElement("li");
  item.role = "option";
  item.id = `${list.id}-${n}`;
  if (hint.insert) item.dataset.insert = hint.insert;
  else item.ariaDisabled = "true";
  if (hint.mention) item.dataset.mention = "";
  const text = document.createElement("span");
  text.append(Object.assign(document.createElement("b"), { textContent: hint.title }));
  if (hint.usage) text.append(Object.assign(document.createElement("span"), { className: "usage", textContent: hint.usage }));
  if (hint.note) text.append(Object.assign(document.createElement("small"), { textContent: hint.note }));
  item.append(text);
  return item;
}

function mark(form, n) {
  const { box, list } = parts(form);
  const all = [...list.children];
  all.forEach((item, at) => {
    item.classList.toggle("active", at === n);
    item.setAttribute("aria-selected", String(at === n));
  });
  if (n < 0 || !all[n]) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", all[n].id);
  all[n].scrollIntoView({ block: "nearest" });
}

function take(form, item) {
  const { box } = parts(form);
  if (item.dataset.mention === undefined) return fill(form, item.dataset.insert);
  const cut = box.value.slice(0, box.selectionStart).length - word(box).length - 1;
  const after = box.value.slice(box.selectionStart);
  fill(form, box.value.slice(0, cut) + item.dataset.insert + after);
}

function hide(form) {
  parts(form).list.hidden = true;
  mark(form, -1);
}

const composer = (target) => target.closest?.("[data-composer]");

document.addEventListener("input", ({ target }) => {
  if (composer(target)) changed(composer(target));
});
document.addEventListener("focusout", ({ target }) => {
  if (composer(target) && target.tagName === "TEXTAREA") hide(composer(target));
});
document.addEventListener("mousedown", (event) => {
  const item = event.target.closest?.(".hints [data-insert]");
  if (event.target.closest?.(".hints")) event.preventDefault();
  if (item) take(composer(item), item);
});
document.addEventListener("keydown", (event) => {
  const form = composer(event.target);
  if (!form || event.target.tagName !== "TEXTAREA" || event.isComposing) return;
  const { box, list } = parts(form);
  const all = list.hidden ? [] : [...list.querySelectorAll("[data-insert]")];
  const at = all.findIndex((item) => item.classList.contains("active"));
  if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    mark(form, (at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length);
  } else if (event.key === "ArrowUp" && (box.value === "" || box.value === sent.at(recalled)) && sent.length >= -recalled) {
    event.preventDefault();
    const line = sent.at(recalled);
    if (sent.length > -recalled) recalled -= 1;
    fill(form, line);
    hide(form);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    hide(form);
  } else if (event.key === "Tab" && all[at] && !event.shiftKey) {
    event.preventDefault();
    take(form, all[at]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const whole = all[at]?.dataset.insert.trim() === box.value.trim();
    if (all[at] && !whole) take(form, all[at]);
    else say(form);
  }
});
whenDrawn(() => {
  for (const form of document.querySelectorAll("[data-composer]")) {
    const { box } = parts(form);
    if (!box.value && drafts.get(form.dataset.key)) fill(form, drafts.get(form.dataset.key));
  }
});
