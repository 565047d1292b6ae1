// Selects that one can type into: the list is filtered here, or asked for where it is external.

import { phrases, post } from "./live.js";
import { placeBeside } from "./menus.js";

const list = (combo) => combo.querySelector("[role=listbox]");
const box = (combo) => combo.querySelector("[role=combobox]");
const options = (combo) => [...list(combo).querySelectorAll("[role=option]")].filter((o) => !o.hidden);
const isOpen = (combo) => list(combo).matches(":popover-open");
const label = (option) => option.querySelector(".option-text").textContent;

export function held(combo) {
  return [...combo.querySelectorAll("input[type=hidden]")].map((input) => input.value);
}

function open(combo) {
  if (isOpen(combo)) return;
  list(combo).showPopover();
  placeBeside(list(combo), box(combo), { wide: true });
  box(combo).setAttribute("aria-expanded", "true");
}

function close(combo) {
  if (isOpen(combo)) list(combo).hidePopover();
  box(combo).setAttribute("aria-expanded", "false");
  box(combo).removeAttribute("aria-activedescendant");
}

function activate(combo, option) {
  options(combo).forEach((o) => o.classList.toggle("active", o === option));
  if (!option) return box(combo).removeAttribute("aria-activedescendant");
  box(combo).setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function none(combo, text) {
  list(combo).querySelector(".none")?.remove();
  if (!text) return;
  const item = document.createElement("li");
  item.className = "none";
  item.role = "presentation";
  item.textContent = text;
  list(combo).append(item);
}

function filter(combo, typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const item of list(combo).querySelectorAll("[role=option]")) {
    const text = item.textContent.toLocaleLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of list(combo).querySelectorAll(".option-group")) {
    let next = group.nextElementSibling;
    while (next?.role === "option" && next.hidden) next = next.nextElementSibling;
    group.hidden = next?.role !== "option";
  }
  const left = options(combo);
  none(combo, left.length ? "" : phrases.nothing_found);
  activate(combo, left.find((o) => o.getAttribute("aria-selected") === "true") ?? left[0]);
}

let timer = 0;
function suggest(combo, typed) {
  open(combo);
  if (combo.dataset.external === undefined) return filter(combo, typed);
  clearTimeout(timer);
  if (typed.length < Number(combo.dataset.least)) {
    list(combo).replaceChildren();
    return none(combo, phrases.keep_typing);
  }
  none(combo, phrases.searching);
  timer = setTimeout(async () => {
    const element = combo.closest("[data-element]");
    const surface = combo.closest("[data-surface]").dataset;
    const { view, message, channel } = surface;
    const { block, action } = element.dataset;
    const answer = await post("options", { view, message, channel, block, action, typed, prefix: box(combo).id });
    if (box(combo).value.trim() !== typed && document.activeElement === box(combo) && typed) return;
    list(combo).innerHTML = answer.html ?? "";
    const found = options(combo);
    none(combo, found.length ? "" : answer.notice ?? phrases.nothing_found);
    activate(combo, found[0]);
  }, 160);
}

function chooseOption(combo, option) {
  const multi = combo.dataset.multi !== undefined;
  if (multi) {
    const chosen = held(combo).includes(option.dataset.value);
    const full = held(combo).length >= Number(combo.dataset.most ?? Infinity);
    if (chosen) combo.querySelector(`.chip[data-value="${CSS.escape(option.dataset.value)}"]`)?.remove();
    else if (!full) addChip(combo, option);
    option.setAttribute("aria-selected", String(!chosen && !full));
    box(combo).value = "";
    filter(combo, "");
    placeBeside(list(combo), box(combo), { wide: true });
  } else {
    combo.querySelector("input[type=hidden]").value = option.dataset.value;
    options(combo).forEach((o) => o.setAttribute("aria-selected", String(o === option)));
    box(combo).value = label(option);
    box(combo).dataset.label = label(option);
    close(combo);
  }
  combo.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

function addChip(combo, option) {
  const chip = document.createElement("span");
  chip.className = "chip";
  chip.dataset.value = option.dataset.value;
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: combo.dataset.name, value: option.dataset.value });
  const text = Object.assign(document.createElement("span"), { textContent: label(option) });
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.do = "unchip";
  button.setAttribute("aria-label", phrases.remove.replace("{name}", label(option)));
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-close"></use></svg>';
  chip.append(hidden, text, button);
  combo.querySelector(".chips").append(chip);
}

export function unchip(button) {
  const combo = button.closest("[data-combo]");
  const value = button.closest(".chip").dataset.value;
  button.closest(".chip").remove();
  list(combo).querySelector(`[data-value="${CSS.escape(value)}"]`)?.setAttribute("aria-selected", "false");
  box(combo).focus();
  combo.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

// What was typed without choosing is not a choice: the label comes back, or the choice goes with an emptied box.
function leave(combo) {
  close(combo);
  const input = box(combo);
  if (combo.dataset.multi !== undefined) return (input.value = "");
  const hidden = combo.querySelector("input[type=hidden]");
  if (input.value.trim() === "" && hidden.value) {
    hidden.value = "";
    input.dataset.label = "";
    list(combo).querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    return combo.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }
  input.value = input.dataset.label ?? input.defaultValue;
}

const within = (target) => (target.matches?.("[role=combobox]") ? target.closest("[data-combo]") : null);

document.addEventListener("input", ({ target }) => {
  const combo = within(target);
  if (combo) suggest(combo, target.value.trim());
});
document.addEventListener("click", (event) => {
  const option = event.target.closest?.("[data-combo] [role=option]");
  if (option) return chooseOption(option.closest("[data-combo]"), option);
  const combo = within(event.target);
  if (combo && !isOpen(combo)) {
    event.target.select();
    suggest(combo, "");
  }
});
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("[data-combo] [role=listbox]")) event.preventDefault(); // the box keeps the focus
});
document.addEventListener("focusout", ({ target }) => {
  const combo = within(target);
  if (combo) leave(combo);
});
document.addEventListener("scroll", ({ target }) => {
  const combo = document.activeElement && within(document.activeElement);
  if (combo && isOpen(combo) && target !== list(combo)) placeBeside(list(combo), box(combo), { wide: true });
}, true);
document.addEventListener("keydown", (event) => {
  const combo = within(event.target);
  if (!combo || event.isComposing) return;
  const all = options(combo);
  const at = all.findIndex((o) => o.classList.contains("active"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen(combo)) return suggest(combo, "");
    activate(combo, all.at((at + (event.key === "ArrowDown" ? 1 : -1)) % all.length));
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (isOpen(combo) && all[at]) chooseOption(combo, all[at]);
  } else if (event.key === "Escape" && isOpen(combo)) {
    event.preventDefault(); // closes the list, not the modal around it
    event.stopPropagation();
    leave(combo);
  } else if (event.key === "Backspace" && !event.target.value && combo.dataset.multi !== undefined) {
    const last = [...combo.querySelectorAll(".chip button")].at(-1);
    if (last) unchip(last);
  }
}, true);
