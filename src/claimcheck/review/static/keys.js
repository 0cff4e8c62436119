// Keys for the desk. Everything here is also a link or a button: the pages work without this file.
"use strict";

const items = () => [...document.querySelectorAll("[data-item]")];
const press = (selector) => {
  const found = document.querySelector(selector);
  if (found) found.click();
};

function step(by) {
  const all = items();
  if (document.getElementById("decision") || !all.length) {
    press(by > 0 ? 'a[rel="next"]' : 'a[rel="prev"]');
    return;
  }
  const here = all.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  if (next >= 0 && next < all.length) all[next].focus();
  else press(by > 0 ? 'a[rel="next"]' : 'a[rel="prev"]');
}

function openAndFocus(details, field) {
  const box = document.getElementById(details);
  if (!box) return;
  box.open = true;
  const first = field ? document.getElementById(field) : box.querySelector("select, input:not([type=hidden])");
  if (first) first.focus();
}

function undo() {
  const form = document.getElementById("undo-last") || document.querySelector(".log form");
  if (form) form.requestSubmit();
}

// The keys over the page, which stays where it is; closed, the focus is where it was.
function help() {
  let box = document.getElementById("keys-over");
  if (!box) {
    box = document.createElement("dialog");
    box.id = "keys-over";
    box.setAttribute("aria-label", "Keys");
    box.append(document.querySelector("#keys dl").cloneNode(true));
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => box.close());
    box.append(close);
    document.body.append(box);
  }
  if (box.open) box.close();
  else box.showModal();
}

function tick() {
  const line = document.activeElement.closest(".queue li");
  const box = line && line.querySelector(".tick");
  if (box) box.checked = !box.checked;
}

// On the queue a key decides on what is ticked, and on nothing where nothing is.
function decideBy(key) {
  if (document.getElementById("several") && !document.querySelector(".tick:checked")) return;
  press(`[data-key="${key}"]`);
}

function focusOn(selector) {
  const field = document.querySelector(selector);
  if (field) field.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => (document.getElementById("decision") ? press('[data-key="x"]') : tick()),
  s: () => focusOn("#find"),
  ...Object.fromEntries([..."0123456789"].map((key) => [key, () => press(`[data-key="${key}"]`)])),
  a: () => focusOn('[data-focus="a"]'),
  m: () => press('[data-key="m"]'),
  l: () => press('[data-key="l"]'),
  c: () => decideBy("c"),
  o: () => focusOn('[data-focus="o"]'),
  d: () => focusOn('[data-focus="d"]'),
  f: () => decideBy("f"),
  e: () => openAndFocus("correct", document.getElementById("value") ? "value" : "measure"),
  n: () => focusOn("#note"),
  r: () => press('[data-key="r"]'),
  u: undo,
  q: () => press("#to-queue, .home"),
  "/": () => focusOn("#f-text"),
  "?": help,
};

// Enter in a choice or in a corrected field presses the button that belongs to it; elsewhere in the form it
// decides nothing (the form's first button is disabled for that).
function enterIn(field, event) {
  if (field.id === "find") {
    const first = document.querySelector("#found .pick");
    if (!first || field.dataset.shown !== field.value) return;  // the form asks for it
    event.preventDefault();
    first.focus();
    return;
  }
  const box = field.matches("[data-focus]") ? field.parentElement : field.closest(".fix");
  if (!box) return;
  event.preventDefault();
  box.querySelector("button").click();
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not(.tick), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter") enterIn(field, event);
    return;
  }
  const over = document.getElementById("keys-over");
  if (over && over.open && event.key !== "?") return;  // Escape closes it by itself
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  if (event.repeat && !"jk".includes(event.key)) return;  // held down it would decide on claims that nobody saw
  act();
});

// Rows are searched while their words are typed; without this the form shows them.
const find = document.getElementById("find");
if (find) {
  let waiting = 0;
  find.dataset.shown = find.value;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const wanted = find.value;
      const answer = await fetch(`${find.dataset.rows}?find=${encodeURIComponent(wanted)}`);
      if (!answer.ok || wanted !== find.value) return;
      document.getElementById("found").innerHTML = await answer.text();
      find.dataset.shown = wanted;
    }, 120);
  });
}
