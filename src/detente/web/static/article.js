// On the article's page: switches that act at once and keep the address in step, and all pieces of a record lit together.
// Without this script the switches work by their button, and the first piece is lit by the style sheet.
"use strict";

document.documentElement.classList.add("scripted");

const form = document.getElementById("switches");
const reading = document.getElementById("reading");

function switched() {
  const all = [...form.querySelectorAll("input[type=checkbox]")];
  for (const box of all) reading.classList.toggle(`hide-${box.value}`, !box.checked);
  const query = new URLSearchParams();
  if (!all.every((box) => box.checked)) {
    query.append("show", "none");
    for (const box of all) if (box.checked) query.append("show", box.value);
  }
  const search = query.size ? `?${query}` : "";
  history.replaceState(null, "", location.pathname + search + location.hash);
  for (const link of document.querySelectorAll(".foot .files a")) link.search = search;
}

function light() {
  for (const lit of document.querySelectorAll(".chosen")) lit.classList.remove("chosen");
  const id = decodeURIComponent(location.hash.slice(1));
  if (!/^[rl]-/.test(id)) return;
  for (const piece of document.querySelectorAll(`[data-r="${CSS.escape(id.slice(2))}"]`)) piece.classList.add("chosen");
  const item = document.getElementById(`l-${id.slice(2)}`);
  if (item) {
    item.classList.add("chosen");
    const list = item.closest(".beside");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = item.offsetTop - list.clientHeight / 3;
  }
}

form.addEventListener("change", switched);
addEventListener("hashchange", light);
light();
