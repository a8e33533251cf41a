// Where articles are brought: files that are too large are told of before they are sent, and the page of a batch follows its reading.
// Without this script the server says the first, and the page loads itself anew.
"use strict";

const form = document.getElementById("adding");

function tooMuch() {
  const files = [...document.getElementById("files").files];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const [mostBytes, mostFiles] = [Number(form.dataset.mostBytes), Number(form.dataset.mostFiles)];
  if (files.length > mostFiles) return `These are ${files.length} files: at most ${mostFiles} go at once.`;
  if (bytes > mostBytes) return `These are ${Math.ceil(bytes / 1e6)} MB: at most ${mostBytes / 1e6} MB go at once.`;
  return "";
}

if (form) {
  const button = form.querySelector("button");
  const say = () => { document.getElementById("wrong").textContent = tooMuch(); };
  document.getElementById("files").addEventListener("change", say);
  form.addEventListener("submit", (event) => {
    say();
    if (tooMuch()) return event.preventDefault();
    button.disabled = true;
    button.textContent = "Sending …";
  });
  addEventListener("pageshow", () => { button.disabled = false; button.textContent = "Read them"; });
}

async function follow() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("brought");
    if (now.dataset.lands) return location.replace(now.dataset.lands);
    document.getElementById("brought").replaceWith(document.adoptNode(now));
    document.title = page.title;
  }
  if (document.getElementById("brought").dataset.running !== undefined) setTimeout(follow, 700);
}

if (document.getElementById("brought")?.dataset.running !== undefined) setTimeout(follow, 700);
