let plots = null;
let plotly = null;
const drawings = new Map();
const drawn = [];
const places = [...document.querySelectorAll(".plot")];
const BASE = {
  autosize: true,
  height: 330,
  margin: { l: 10, r: 10, t: 10, b: 10 },
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  font: { family: "system-ui, sans-serif", size: 12 },
  legend: { orientation: "h", yanchor: "bottom", y: 1.02, x: 0 },
  hoverlabel: { namelength: -1 },
};
const AXIS = { automargin: true, zeroline: false, gridcolor: "#888", linecolor: "#888" };
const CONFIG = { responsive: true, displaylogo: false, displayModeBar: false, typesetMath: false };

async function loadPlots() {
  plots ??= JSON.parse(await unpacked("plots"));
}

// Parsing Plotly takes longer than all else: not before a drawing needs it.
function loadPlotly() {
  plotly ??= Promise.all([loadPlots(), unpacked("plotly")])
    .then(([, script]) => runScript(script));
  return plotly;
}

// A long table gets its last rows when it is opened or saved.
async function completed(table) {
  if (!table.dataset.rest) return table;
  await loadPlots();
  const [body] = table.tBodies;
  const like = body.rows[0];
  for (const texts of table.dataset.rest ? plots[table.id] : []) {
    const row = like.cloneNode(true);
    for (const [place, text] of texts.entries()) row.cells[place].textContent = text;
    body.append(row);
  }
  delete table.dataset.rest;
  return table;
}

document.addEventListener("toggle", ({ target }) => {
  for (const table of target.querySelectorAll("[data-rest]")) completed(table);
}, true);

function draw(place) {
  if (!drawings.has(place)) drawings.set(place, drawAnew(place));
  return drawings.get(place);
}

async function drawAnew(place) {
  if (!window.Plotly) await loadPlotly();
  const { data, layout } = plots[place.dataset.plot];
  const [xaxis, yaxis] = [layout.xaxis, layout.yaxis].map(
    (own) => ({ ...AXIS, ...own }));
  const whole = { ...BASE, ...layout, xaxis, yaxis };
  await Plotly.newPlot(place, data, whole, CONFIG);
  drawn.push(place);
}

// A drawing is made when it comes near: a page may have hundreds.
function watch(rootMargin) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      const near = entries.filter((entry) => entry.isIntersecting);
      for (const { target } of near) observer.unobserve(target);
      resolve(Promise.all(near.map(({ target }) => draw(target))));
    }, { rootMargin });
    for (const place of places) observer.observe(place);
  });
}

function giveUp(error) {
  for (const place of places) {
    place.textContent = `Not drawn (${error}); the data are in the table below.`;
  }
}

// Those in sight come first; the rest, and paper, find Plotly loaded.
async function drawNear() {
  await followed;
  if (!places.length) return;
  if (!window.IntersectionObserver) throw new Error("this browser is too old");
  await watch("0px");
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  whenIdle(
    () => loadPlotly().then(() => watch("600px")).catch(giveUp), { timeout: 2000 });
}

drawNear().catch(giveUp).finally(() => {
  root.dataset.ready = "true";
});

// Paper is narrower than the screen: it has three panels in a row.
const PAPER = 680;
const PANEL = { autosize: false, width: PAPER / 3 - 6, height: 230 };
addEventListener("beforeprint", () => {
  for (const place of places) if (window.Plotly) draw(place);
  for (const place of drawn) {
    const alone = place.closest(".panels").children.length === 1;
    Plotly.relayout(place, alone ? { autosize: false, width: PAPER } : PANEL);
  }
});
addEventListener("afterprint", () => {
  for (const place of drawn) {
    const height = plots[place.dataset.plot].layout.height ?? BASE.height;
    Plotly.relayout(place, { autosize: true, width: null, height });
  }
});
