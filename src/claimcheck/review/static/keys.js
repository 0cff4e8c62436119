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

function help() {
  const box = document.getElementById("keys");
  box.open = !box.open;
  if (box.open) box.querySelector("summary").focus();
}

function focusOn(selector) {
  const field = document.querySelector(selector);
  if (field) field.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  c: () => press('[data-key="c"]'),
  o: () => focusOn('[data-focus="o"]'),
  d: () => focusOn('[data-focus="d"]'),
  f: () => press('[data-key="f"]'),
  e: () => openAndFocus("correct", document.getElementById("value") ? "value" : "measure"),
  n: () => focusOn("#note"),
  u: undo,
  q: () => press("#to-queue, .home"),
  "/": () => focusOn("#f-text"),
  "?": help,
};

// Enter in a choice or in a corrected field presses the button that belongs to it; elsewhere in the form it
// decides nothing (the form's first button is disabled for that).
function enterIn(field, event) {
  const box = field.matches("[data-focus]") ? field.parentElement : field.closest(".fix");
  if (!box) return;
  event.preventDefault();
  box.querySelector("button").click();
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter") enterIn(field, event);
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
