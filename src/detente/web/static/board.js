// On the deal board: a switch acts at once, and the address and the files keep in step. Without this script the button does it.
"use strict";

const form = document.getElementById("switches");
let asked = 0;

async function weigh() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${form.action}${query.size ? `?${query}` : ""}`;
  const mine = ++asked;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;  // a later switch was thrown meanwhile
  const held = document.activeElement?.id;
  for (const part of ["#board", "main > .lead"]) {
    document.querySelector(part)?.replaceWith(document.adoptNode(page.querySelector(part)));
  }
  for (const link of document.querySelectorAll(".foot .files a")) link.search = query.size ? `?${query}` : "";
  history.replaceState(null, "", address);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

if (form) {
  document.documentElement.classList.add("scripted");
  addEventListener("change", (event) => { if (event.target.form === form) weigh(); });
}
