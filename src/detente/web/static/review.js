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
