// On the review's page: keys press the buttons that show them. Without this script the buttons do the same.
"use strict";

const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function open(id) {
  const part = document.getElementById(id);
  if (part instanceof HTMLDialogElement) return part.open ? part.close() : part.showModal();
  part.open = true;
  part.querySelector("input, select, textarea")?.focus();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches(typing)) return event.target.blur();
  const busy = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  if (busy || event.target.closest?.(typing)) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog && event.key !== "?") return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => open(button.dataset.opens));
}

// While a name is written, whom the ledger and the registry know by it is offered beside the article's people.
const people = document.getElementById("people");
const own = people ? [...people.options] : [];
let waiting = 0, written = 0;

async function suggest(input) {
  const text = input.value.split(";").pop().trim(), before = input.value.slice(0, input.value.lastIndexOf(";") + 1), mine = ++written;
  const answer = text.length > 1 ? await fetch(`/names.json?${new URLSearchParams({ text })}`).catch(() => null) : null;
  const found = answer?.ok ? (await answer.json()).names : [];
  if (mine !== written) return;  // more was written meanwhile
  const offered = found.map((one) => {
    const option = document.createElement("option");
    [option.value, option.textContent] = [before ? `${before} ${one.name}` : one.name, one.who ?? one.type];
    return option;
  });
  people.replaceChildren(...(before ? [] : own), ...offered.filter((o) => before || !own.some((p) => p.value === o.value)));
}

document.getElementById("editing")?.addEventListener("input", (event) => {
  if (event.target.getAttribute("list") !== "people") return;
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150, event.target);
});
