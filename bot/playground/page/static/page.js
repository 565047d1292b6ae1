// What a click, a choice or a key does. Elements say it themselves: data-do="…" and data-do-submit="…".

import { held, unchip } from "./combobox.js";
import { fill, say, type } from "./composer.js";
import { atEnd, go, more, phrases, post, refresh, start, toast, whenDrawn } from "./live.js";
import { ask, opened } from "./menus.js";

function surfaceOf(element) {
  const surface = element.closest("[data-surface]");
  const { view, message, channel } = surface.dataset;
  const fields = {};
  for (const input of surface.querySelectorAll("[data-element] [name]")) {
    const list = (fields[input.name] ??= []);
    if (!["radio", "checkbox"].includes(input.type) || input.checked) list.push(input.value);
  }
  return { view, message, channel, fields };
}

// A file goes to the pretend Slack as soon as it is chosen; the form keeps what Slack calls it.
async function upload(input) {
  const box = input.closest("[data-files]");
  for (const file of input.files) {
    if (box.querySelectorAll(".chip").length >= Number(box.dataset.most)) break;
    const address = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(file);
    });
    const answer = await post("upload", { name: file.name, content: address.split(",")[1] ?? "" });
    if (answer.file) box.querySelector(".chips").append(chipOf(answer.file, box.dataset.name));
  }
  input.value = "";
}

function chipOf(file, name) {
  const chip = document.createElement("span");
  chip.className = "chip";
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value: JSON.stringify(file) });
  const text = Object.assign(document.createElement("span"), { textContent: file.name });
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.dataset.do = "unfile";
  button.setAttribute("aria-label", phrases.remove.replace("{name}", file.name));
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-close"></use></svg>';
  chip.append(kept, text, button);
  return chip;
}

async function press(element, value, source) {
  const question = element.querySelector(":scope > template[data-confirm]");
  if (question && !(await ask(question))) return refresh();
  if (source?.dataset.url) open(source.dataset.url, "_blank", "noopener");
  source?.classList.add("busy");
  const { block, action } = element.dataset;
  await post("press", { ...surfaceOf(element), block, action, value });
  source?.classList.remove("busy");
}

// Everything that falls due on the way is sent before the clock stands, which may take a moment.
async function move(source, to) {
  const clock = source.closest(".clock");
  clock.classList.add("busy");
  await post("clock", { to });
  clock.classList.remove("busy");
}

const main = () => document.querySelector(".main [data-composer]");
const DO = {
  press: (button) => press(button.closest("[data-element]"), button.value, button),
  unchip,
  unfile: (button) => button.closest(".chip").remove(),
  clock: (button) => move(button, button.value),
  language: (button) => post("language", { locale: button.value }),
  shortcut: (button) => post("shortcut", { callback_id: button.value }),
  "message-shortcut": (button) => {
    const { message, channel } = opened().closest("[data-message]").dataset;
    return post("message-shortcut", { callback_id: button.value, message, channel });
  },
  react: (button) => {
    const { message, channel } = opened().closest("[data-message]").dataset;
    return post("react", { emoji: button.value, message, channel });
  },
  dismiss: (button) => post("dismiss", { message: button.closest("[data-message]").dataset.message }),
  copy: () => {
    const text = [...opened().closest(".message").querySelectorAll(".text, .header")].map((t) => t.innerText);
    return navigator.clipboard.writeText(text.join("\n")).then(() => toast(phrases.copied));
  },
  earlier: (button) => more(button.closest("[data-scroll]")),
  "close-modal": (button) => post("close", { view: button.closest("dialog").dataset.modal, all: button.value === "all" }),
  type: (button) => type(button.closest("[data-composer]"), button.value),
  example: (button) => fill(main(), button.value),
  newest: () => document.querySelector(".main .scroll").scrollTo({ top: 1e9, behavior: "smooth" }),
  drawer: (button) => {
    const opened = document.body.classList.toggle("drawer-open");
    button.setAttribute("aria-expanded", String(opened));
    if (opened) document.querySelector(".side a")?.focus();
  },
  guide: () => {
    localStorage.removeItem("guide-dismissed");
    document.querySelector("[data-guide]") ? showGuide(true) : go(document.querySelector(".side a").pathname).then(() => showGuide(true));
  },
  "dismiss-guide": () => {
    localStorage.setItem("guide-dismissed", "yes");
    showGuide();
    document.querySelector(".guide-button").focus();
  },
};
const SUBMIT = {
  say,
  "clock-to": async (form) => {
    form.closest("[popover]").hidePopover();
    await move(form, form.elements.to.value);
  },
  submit: async (form) => {
    const button = form.querySelector("footer [value=submit]");
    button.classList.add("busy");
    const { view, fields } = surfaceOf(form);
    await post("submit", { view, fields });
    button.classList.remove("busy");
    form.isConnected && form.querySelector("[aria-invalid=true]")?.focus();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && !button.disabled) return void DO[button.dataset.do](button);
  const link = event.target.closest("a[href^='/']");
  if (link?.matches(".news")) link.remove();
  const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
  if (link && plain && link.target !== "_blank" && link.dataset.whole === undefined) {
    event.preventDefault();
    const closing = link.dataset.closeThread !== undefined;
    go(link.pathname).then(() => focusAfter(link, closing));
  } else if (!event.target.closest(".side, .drawer-button")) document.body.classList.remove("drawer-open");
});

function focusAfter(link, closing) {
  if (link.isConnected && !closing && !link.closest(".side")) {
    if (document.querySelector(".thread textarea") && link.closest(".message")) document.querySelector(".thread textarea").focus();
    return;
  }
  if (matchMedia("(hover: hover)").matches) document.querySelector(".main textarea")?.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const what = event.target.dataset.doSubmit;
  if (!what) return;
  event.preventDefault();
  SUBMIT[what](event.target);
});

// Controls outside of plain input blocks tell the bot as soon as they are changed.
function changed(target) {
  const element = target.closest("[data-dispatch]");
  if (!element || target.closest("[data-composer]")) return;
  const combo = element.querySelector("[data-combo]");
  if (combo) return press(element, held(combo));
  const typed = /_input$/.test(element.dataset.type);
  if (!typed) press(element, [...element.querySelectorAll("[name]")].filter((i) => !["radio", "checkbox"].includes(i.type) || i.checked).map((i) => i.value));
}
document.addEventListener("chosen", ({ target }) => changed(target));
document.addEventListener("change", ({ target }) => target.matches("[data-files] input") && upload(target));
document.addEventListener("change", ({ target }) => target.matches("[data-element] :is(input, textarea):not([role=combobox])") && changed(target));

let typing = 0;
document.addEventListener("input", ({ target }) => {
  const element = target.closest?.("[data-dispatch*=on_character_entered]");
  if (!element || !/_input$/.test(element.dataset.type)) return;
  clearTimeout(typing);
  typing = setTimeout(() => press(element, [target.value]), 350);
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const element = event.target.closest?.("[data-dispatch*=on_enter_pressed]");
  if (event.key === "Enter" && element && /_input$/.test(element.dataset.type) && event.target.tagName === "INPUT") {
    event.preventDefault();
    press(element, [event.target.value]);
  } else if (event.key === "Escape" && document.body.classList.contains("drawer-open")) {
    document.body.classList.remove("drawer-open");
    document.querySelector(".drawer-button").focus();
  } else if (event.key === "Escape" && event.target.closest?.(".thread") && !event.defaultPrevented) {
    document.querySelector("[data-close-thread]").click();
  } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && event.target.tagName === "TEXTAREA") {
    event.target.closest("dialog form")?.requestSubmit();
  }
});
document.addEventListener("cancel", (event) => {
  const modal = event.target.closest?.("dialog.modal");
  if (!modal) return;
  event.preventDefault();
  post("close", { view: modal.dataset.modal });
}, true);

// A modal opens when the server draws one, with the focus in its first field.
whenDrawn(() => {
  for (const modal of document.querySelectorAll("dialog.modal:not([open])")) {
    modal.showModal();
    const first = modal.querySelector("[autofocus]") ?? modal.querySelector(".modal-body :is(.field, input:not([type=hidden]))");
    (first ?? modal.querySelector("h2")).focus();
  }
});

function showGuide(attention = false) {
  const guide = document.querySelector("[data-guide]");
  if (!guide) return;
  guide.hidden = localStorage.getItem("guide-dismissed") === "yes";
  if (attention) guide.querySelector("ol button")?.focus();
}
whenDrawn(() => showGuide());
whenDrawn(() => {
  const pane = document.querySelector(".main .scroll[role=log]");
  const button = document.querySelector(".newest");
  if (pane && button) button.hidden = atEnd(pane) || pane.scrollHeight - pane.scrollTop - pane.clientHeight < 300;
});

// The demo's clock runs on between two looks at the server.
function tick() {
  const shown = document.querySelector("[data-now]");
  if (shown.dataset.now !== tick.given) [tick.given, tick.at] = [shown.dataset.now, performance.now()];
  const now = new Date(Date.parse(tick.given) + performance.now() - tick.at);
  const date = innerWidth < 760 ? {} : { month: "short", day: "numeric" };
  const style = { weekday: "short", ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: document.body.dataset.zone };
  const text = new Intl.DateTimeFormat(document.documentElement.lang, style).format(now);
  if (shown.textContent !== text) shown.textContent = text;
}
whenDrawn(tick);
setInterval(tick, 1000);

whenDrawn((moved) => {
  if (moved || !whenDrawn.opened) {
    whenDrawn.opened = true;
    if (document.querySelector(".tabs")) post("opened");
  }
});
start();
