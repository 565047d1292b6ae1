// Menus and lists that open beside what opened them, and how the keyboard moves in them.

export function placeBeside(popup, opener, { wide = false } = {}) {
  const at = opener.getBoundingClientRect();
  const style = { top: "auto", bottom: "auto", left: "auto", right: "auto", width: wide ? `${at.width}px` : "" };
  const above = innerHeight - at.bottom < 290 && at.top > innerHeight - at.bottom;
  if (above) style.bottom = `${innerHeight - at.top + 4}px`;
  else style.top = `${at.bottom + 4}px`;
  if (wide || at.left + 330 < innerWidth) style.left = `${at.left}px`;
  else if (at.right > 340) style.right = `${innerWidth - at.right}px`;
  else style.left = "8px";
  Object.assign(popup.style, style);
}

// One menu may have many openers: that of the message actions has one in every message.
let opener = null;
export const opened = () => opener;
document.addEventListener("click", ({ target }) => (opener = target.closest?.("[popovertarget]") ?? opener), true);

document.addEventListener("beforetoggle", ({ target, newState }) => {
  if (target.popover !== "auto" || opener?.getAttribute("popovertarget") !== target.id) return;
  opener.setAttribute("aria-expanded", String(newState === "open"));
  if (newState === "open") placeBeside(target, opener);
}, true);

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState !== "open") return;
  if (target.matches?.("[data-menu]")) items(target)[0]?.focus();
  else if (target.matches?.(".clock-menu")) target.querySelector("button:not(:disabled)")?.focus();
}, true);

const items = (menu) => [...menu.querySelectorAll('[role^="menuitem"]')];

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  } else if (event.key === "Tab") {
    menu.hidePopover();
  }
});

document.addEventListener("click", ({ target }) => {
  const menu = target.closest?.(".menu");
  if (menu?.matches(":popover-open") && target.closest('[role^="menuitem"], .jump')) menu.hidePopover();
});

// One question with two answers, asked before a press that a confirm dialog guards.
export function ask(template) {
  const dialog = document.querySelector("dialog.confirm");
  const [no, yes] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = template.dataset.title;
  dialog.querySelector(".confirm-text").replaceChildren(template.content.cloneNode(true));
  no.textContent = template.dataset.no;
  yes.textContent = template.dataset.yes;
  yes.className = `button ${template.dataset.style}`;
  return new Promise((resolve) => {
    let answer = false;
    no.onclick = () => dialog.close();
    yes.onclick = () => {
      answer = true;
      dialog.close();
    };
    dialog.onclose = () => resolve(answer);
    dialog.showModal();
    yes.focus();
  });
}
