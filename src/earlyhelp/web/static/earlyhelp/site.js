// What every page does with a script, and could do without: components, copying a sentence, printing what is folded away.
import { initAll } from "./govuk.js";

const SHOWN_FOR = 6000; // milliseconds that "Copied" stays beside a button

/** Starts the design system's components in `scope`, and gives each copy button a place where its outcome is said. */
function start(scope) {
  initAll({ scope, onError: complain });
  for (const button of scope.querySelectorAll("[data-copy]")) {
    if (button.nextElementSibling?.matches(".eh-copied")) continue;
    const said = document.createElement("span");
    said.className = "eh-copied govuk-body";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
  }
}

/** A component that was started before is no fault: a part of the page was swapped, and its surroundings were not. */
function complain(error) {
  if (error.name !== "InitError") console.error(error);
}

/** Copies `data-copy`, or the text of the element of that id, and says whether it worked. In one line, or with `data-copy-lines` as it stands. */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = button.nextElementSibling;
  try {
    const text = source?.textContent ?? button.dataset.copy;
    const asked = "copyLines" in button.dataset ? text : text.replace(/\s+/g, " ");
    await navigator.clipboard.writeText(asked.trim());
    said.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; }, SHOWN_FOR);
  } catch {
    said.textContent = "Your browser does not let this page copy. Select the sentence and copy it with the keyboard.";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details:not([open])")) {
    each.open = true;
    each.dataset.openedToPrint = "";
  }
});

addEventListener("afterprint", () => {
  for (const each of document.querySelectorAll("details[data-opened-to-print]")) {
    each.open = false;
    delete each.dataset.openedToPrint;
  }
});

// Every kind and version of swap adds elements; none of them has to be told apart by name.
new MutationObserver((changes) => {
  for (const added of changes.flatMap((each) => [...each.addedNodes])) {
    if (added instanceof HTMLElement && added.isConnected && added.querySelector("[data-module], [data-copy]")) start(added);
  }
}).observe(document.body, { childList: true, subtree: true });

start(document);
