"use strict";

// Theme.

const themeButton = document.getElementById("theme");

function showTheme() {
  themeButton.setAttribute("aria-pressed", String(theme.isDark()));
}

themeButton.addEventListener("click", () => {
  const name = theme.isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = name;
  theme.keep(name);
  showTheme();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
showTheme();

// Tabs.

const tabs = [...document.querySelectorAll('[role="tab"][aria-controls^="view-"]')];

function openTab(chosen, focus) {
  for (const tab of tabs) {
    const open = tab === chosen;
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !open;
  }
  if (focus) chosen.focus();
  // A drawing that was hidden has no size of its own.
  dispatchEvent(new Event("resize"));
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
const ENDS = { Home: 0, End: -1 };
for (const [place, tab] of tabs.entries()) {
  tab.addEventListener("click", () => openTab(tab, false));
  tab.addEventListener("keydown", (event) => {
    if (event.key in STEPS) {
      const next = (place + STEPS[event.key] + tabs.length) % tabs.length;
      openTab(tabs[next], true);
    } else if (event.key in ENDS) {
      openTab(tabs.at(ENDS[event.key]), true);
    } else {
      return;
    }
    event.preventDefault();
  });
}

// A link into a hidden tab opens it.
function followLink() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const tab = tabs.find((item) =>
    document.getElementById(item.getAttribute("aria-controls")).contains(target));
  if (!target || !tab || tab.getAttribute("aria-selected") === "true") return;
  openTab(tab, false);
  target.scrollIntoView();
}
addEventListener("hashchange", followLink);
followLink();

// Tables.

const said = document.getElementById("said");

function rowsOf(table) {
  return [...table.tBodies[0].rows];
}

function put(table, rows) {
  table.tBodies[0].append(...rows);
}

function compareValues(one, other) {
  const numbers = [Number(one), Number(other)];
  if (numbers.some(Number.isNaN)) return one.localeCompare(other);
  return numbers[0] - numbers[1];
}

function sortBy(table, column) {
  const heads = [...table.tHead.rows[0].cells];
  const old = heads[column].getAttribute("aria-sort");
  const order = old === "ascending" ? "descending" : "ascending";
  const sign = order === "ascending" ? 1 : -1;
  for (const head of heads) head.setAttribute("aria-sort", "none");
  heads[column].setAttribute("aria-sort", order);
  const value = (row) => row.cells[column].dataset.value;
  const rows = rowsOf(table).sort((a, b) => {
    // What has no value stands last either way.
    if (value(a) === "" || value(b) === "") {
      return (value(a) === "") - (value(b) === "");
    }
    return sign * compareValues(value(a), value(b));
  });
  put(table, rows);
  markGroups(table, null);
  said.textContent = `Sorted by ${heads[column].textContent.trim()}, ${order}`;
}

function markGroups(table, name) {
  let last = null;
  for (const row of rowsOf(table)) {
    const key = name === null ? null : row.dataset[name];
    row.classList.toggle("first", name !== null && last !== null && key !== last);
    last = key;
  }
  const group = document.querySelector(`.switch[data-for="${table.id}"]`);
  for (const button of group?.querySelectorAll("button") ?? []) {
    button.setAttribute("aria-pressed", String(button.dataset.order === name));
  }
}

for (const table of document.querySelectorAll("table.sortable")) {
  const buttons = table.querySelectorAll("thead button");
  for (const [column, button] of buttons.entries()) {
    button.addEventListener("click", () => sortBy(table, column));
  }
}

for (const group of document.querySelectorAll(".switch[data-for]")) {
  const table = document.getElementById(group.dataset.for);
  const places = { framework: new Map(), cell: new Map() };
  for (const row of rowsOf(table)) {
    for (const [name, known] of Object.entries(places)) {
      const key = row.dataset[name];
      if (!known.has(key)) known.set(key, known.size);
    }
  }
  const orders = { framework: ["framework", "cell"], cell: ["cell", "framework"] };
  const arrange = (name) => {
    const place = (row, key) => places[key].get(row.dataset[key]);
    const rows = rowsOf(table).sort((a, b) => {
      const [first, second] = orders[name];
      return place(a, first) - place(b, first) || place(a, second) - place(b, second);
    });
    put(table, rows);
    for (const head of table.tHead.rows[0].cells) head.setAttribute("aria-sort", "none");
    markGroups(table, name);
  };
  for (const button of group.querySelectorAll("button")) {
    button.addEventListener("click", () => arrange(button.dataset.order));
  }
  arrange("framework");
}

// Drawings.

const plots = JSON.parse(document.getElementById("plots").textContent);
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
const CONFIG = { responsive: true, displaylogo: false, displayModeBar: false };

function layoutOf(own) {
  return {
    ...BASE,
    ...own,
    xaxis: { ...AXIS, ...own.xaxis },
    yaxis: { ...AXIS, ...own.yaxis },
  };
}

async function loadPlotly() {
  const packed = atob(document.getElementById("plotly").textContent.trim());
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  const code = stream.pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(code).text();
  document.head.append(script);
}

async function drawAll() {
  if (places.length) await loadPlotly();
  for (const place of places) {
    const { data, layout } = plots[place.dataset.plot];
    await Plotly.newPlot(place, data, layoutOf(layout), CONFIG);
    drawn.push(place);
  }
}

function sayFailure(error) {
  for (const place of places) {
    place.textContent = `Not drawn (${error}); the data are in the table below.`;
  }
}

drawAll().catch(sayFailure).finally(() => {
  document.documentElement.dataset.ready = "true";
});

// Paper is narrower than the screen: three panels stand in a row of it.
const PAPER = 680;
const PANEL = { autosize: false, width: PAPER / 3 - 6, height: 230 };
addEventListener("beforeprint", () => {
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
