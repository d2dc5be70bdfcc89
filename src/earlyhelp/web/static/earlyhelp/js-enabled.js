// Tells the style sheets, before anything is drawn, that scripts run here: the marks go on <body> as soon as there is one.
// A file of its own, not a module, in <head>: the page allows no inline script, and a module would come too late.
function mark() {
  document.body?.classList.add("js-enabled", "govuk-frontend-supported");
  return Boolean(document.body);
}

if ("noModule" in HTMLScriptElement.prototype && !mark()) {
  new MutationObserver((_, watching) => { if (mark()) watching.disconnect(); }).observe(document.documentElement, { childList: true });
}
