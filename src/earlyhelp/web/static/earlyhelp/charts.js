// Draws a chart into each `<div class="eh-chart" aria-hidden="true" data-spec="ID">`, which stands inside an element with
// role="img" and a label. ID is that of a `<script type="application/json">` with a Vega-Lite specification and its data.
// Nothing is fetched but the drawing library, and that only where there is a chart. `data-drawn` becomes "true" when the
// chart stands; where it cannot be drawn it becomes "failed", the page says so, and the table of the same figures is opened.

const NARROW = 520; // pixels of width below which names of rows, titles and keys go over several lines
const LINE = 14; // pixels of height of a line of the letters in a chart
const ROUND = 65; // pixels of height that a chart takes beside its plot, for axes and padding
const OPTIONS = {
  ast: true, // expressions are interpreted: the page allows no code made from text
  actions: false,
  renderer: "svg",
  defaultStyle: false, // styles are in site.css: the page allows none from scripts
  tooltip: { disableDefaultStyle: true },
};
const drawings = new Map(); // element -> what vega-embed returned, so that it can be let go, and whether it is narrow
const pen = document.createElement("canvas").getContext("2d");

let library;

/** The function that draws. The page can give its address, so that the address may carry the file's fingerprint. */
async function embed() {
  const address = document.querySelector("script[data-vega]")?.dataset.vega ?? "./vega.js";
  library ??= import(new URL(address, import.meta.url));
  return (await library).default;
}

async function draw(element) {
  element.dataset.drawn = "waiting";
  const target = document.createElement("div");
  target.className = "eh-chart__drawing";
  element.replaceChildren(target);
  try {
    const narrow = isNarrow(element);
    const spec = fitted(JSON.parse(document.getElementById(element.dataset.spec).textContent), element);
    if (spec.height) element.style.minHeight = `${spec.height + ROUND}px`; // kept free, so that nothing below it jumps
    const vegaEmbed = await embed();
    drawings.set(element, { narrow, drawn: await vegaEmbed(target, spec, OPTIONS) });
    element.dataset.drawn = "true";
  } catch (error) {
    console.warn(`The chart ${element.dataset.spec} was not drawn: ${error.name}`); // its message would repeat the data
    say(element);
  }
}

/** Words in the place of a chart, for every reader, and the table of the same figures open. */
function say(element) {
  element.dataset.drawn = "failed";
  const picture = element.closest("[role=img]") ?? element;
  const words = document.createElement("p");
  words.className = "govuk-body eh-chart__failed";
  words.textContent = "This chart could not be drawn. The table has the same figures.";
  picture.hidden = true;
  picture.after(words);
  const table = element.closest("figure, .eh-figure")?.querySelector("details");
  if (table) table.open = true;
}

/** The specification made to fill its element, and to stay readable where that is narrow. */
function fitted(spec, element) {
  if (typeof spec.width !== "number") return spec;
  const width = room(element);
  pen.font = `12px ${spec.config?.font ?? "sans-serif"}`;
  const filling = element.clientWidth ? { width: "container" } : { width, autosize: { type: "fit-x", contains: "padding" } };
  const wide = { ...spec, ...filling, ...heading(spec, width) };
  return isNarrow(element) ? narrowed(wide, width) : wide;
}

function isNarrow(element) {
  return room(element) < NARROW;
}

/** The width of an element, or of the nearest one around it that is shown: a chart may be folded away. */
function room(element) {
  let each = element;
  while (!each.clientWidth && each.parentElement) each = each.parentElement;
  return each.clientWidth;
}

/** The words under a chart in as many lines as they need. */
function heading(spec, width) {
  return spec.title?.text ? { title: { ...spec.title, text: lines(spec.title.text, width - 50), limit: width } } : {};
}

function narrowed(spec, width) {
  const beside = Math.floor(width * 0.4); // for the names of rows
  const key = { columns: 1, labelLimit: width - 60 };
  const names = [...new Set((spec.layer ?? [spec]).flatMap((each) => rowNames(each.encoding?.y)))];
  const plot = names.length ? width - beside - 50 : width - 90;
  const layer = spec.layer?.map((each) => ({
    ...each,
    ...(each.mark?.limit && each.encoding?.text?.field && wrapped(each, plot)),
    encoding: Object.fromEntries(Object.entries(each.encoding ?? {}).map(([channel, told]) => {
      const legend = told.legend ? { legend: { ...told.legend, ...key } } : {};
      const title = channel === "x" && told.title ? { title: lines(told.title, plot) } : {};
      const axis = channel === "y" && rowNames(told).length ? { axis: { ...told.axis, ...folded(names, beside) } } : {};
      return [channel, Array.isArray(told) ? told : { ...told, ...legend, ...title, ...axis }];
    })),
  }));
  const config = { ...spec.config, legend: { ...spec.config?.legend, ...key } };
  const most = Math.max(1, ...names.map((each) => lines(each, beside).length));
  const height = most > 1 ? Math.max(spec.height, names.length * (most * LINE + 6)) : spec.height;
  return { ...spec, ...(layer && { layer }), config, height };
}

/** A layer of words with its words over several lines. */
function wrapped(layer, width) {
  const field = layer.encoding.text.field;
  const values = layer.data.values.map((each) => ({ ...each, [field]: lines(each[field], width) }));
  const most = Math.max(1, ...values.map((each) => each[field].length));
  return { data: { values }, mark: { ...layer.mark, limit: width, lineHeight: LINE, dy: (-LINE * (most - 1)) / 2 } };
}

/** The names of an axis of rows; none of any other axis. */
function rowNames(y) {
  return y?.type === "nominal" && Array.isArray(y.scale?.domain) ? y.scale.domain : [];
}

/** Names of rows over several lines. The library puts the first line at the row: each is moved up by half of the others. */
function folded(names, width) {
  const table = Object.fromEntries(names.map((each) => [each, lines(each, width)]));
  const counts = [...new Set(Object.values(table).map((each) => each.length))].filter((each) => each > 1);
  const condition = counts.map((count) => ({
    test: `(${JSON.stringify(table)})[datum.value].length === ${count}`,
    value: (-LINE * (count - 1)) / 2,
  }));
  return {
    labelExpr: `(${JSON.stringify(table)})[datum.value]`,
    labelLimit: width,
    labelLineHeight: LINE,
    ...(condition.length && { labelOffset: { condition, value: 0 } }),
  };
}

/** `words` in lines of at most `width` pixels, broken between words. */
function lines(words, width) {
  return [words].flat().join(" ").split(" ").reduce((all, word) => {
    const longer = all.length ? `${all.at(-1)} ${word}` : word;
    return all.length && pen.measureText(longer).width <= width ? [...all.slice(0, -1), longer] : [...all, word];
  }, []);
}

/** Draws what is new on the page, and lets go of what has left it. */
function refresh() {
  for (const element of drawings.keys()) {
    if (!element.isConnected) letGo(element);
  }
  document.querySelectorAll("[data-spec]:not([data-drawn])").forEach(draw);
}

function letGo(element) {
  drawings.get(element).drawn.finalize();
  drawings.delete(element);
}

// The library itself fits a chart to a new width; what is folded for narrow pages is drawn again, also when letters are made
// four times as large.
addEventListener("resize", () => {
  for (const [element, { narrow }] of drawings) {
    if (isNarrow(element) === narrow) continue;
    letGo(element);
    delete element.dataset.drawn;
  }
  refresh();
});

// Parts of a page are swapped in several ways, and each of them adds elements.
new MutationObserver(refresh).observe(document.body, { childList: true, subtree: true });
refresh();
