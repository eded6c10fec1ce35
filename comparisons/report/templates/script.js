"use strict";

// Packed parts of the page.

function bytesOf(text) {
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  return bytes;
}

async function unpacked(name) {
  const packed = atob(document.getElementById(name).textContent.trim());
  const stream = new Blob([bytesOf(packed)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
}

function runScript(text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  script.remove();
}

// Theme.

const themeButton = document.getElementById("theme");

function showTheme() {
  themeButton.setAttribute("aria-pressed", String(isDark()));
}

themeButton.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  stored((storage) => storage.setItem(THEME, root.dataset.theme));
  showTheme();
});
system.addEventListener("change", showTheme);
showTheme();

// Tabs.

const tabs = [...document.querySelectorAll('[role="tab"]')];

function panelOf(tab) {
  return document.getElementById(tab.getAttribute("aria-controls"));
}

// The code is large: its tab is filled when it is first opened.
const code = document.getElementById("view-code");
let codeShown = null;

async function fillCode() {
  const { html, script } = JSON.parse(await unpacked("code"));
  code.innerHTML = html;
  runScript(script);
}

function showCode() {
  codeShown ??= fillCode().catch((error) => {
    code.textContent = `Not shown (${error}).`;
  });
  return codeShown;
}

function openTab(chosen, focus) {
  if (!chosen) return;
  for (const tab of tabs) {
    const open = tab === chosen;
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    panelOf(tab).hidden = !open;
  }
  if (focus) chosen.focus();
  if (panelOf(chosen) === code) showCode();
  // A drawing that was hidden has no size of its own.
  dispatchEvent(new Event("resize"));
}

function chooseTab(chosen, focus) {
  openTab(chosen, focus);
  history.replaceState(null, "", `#${panelOf(chosen).id}`);
}

for (const [place, tab] of tabs.entries()) {
  tab.addEventListener("click", () => chooseTab(tab, false));
  tab.addEventListener("keydown", (event) => {
    const next = {
      ArrowRight: (place + 1) % tabs.length,
      ArrowLeft: place - 1,
      Home: 0,
      End: -1,
    }[event.key];
    if (next === undefined) return;
    chooseTab(tabs.at(next), true);
    event.preventDefault();
  });
}

// A link into a hidden tab opens it.
async function followLink() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (code && name && !document.getElementById(name)) await showCode();
  const target = document.getElementById(name);
  const tab = tabs.find((item) => panelOf(item).contains(target));
  if (!target || !tab || tab.getAttribute("aria-selected") === "true") return;
  openTab(tab, false);
  if (target !== panelOf(tab)) target.scrollIntoView();
}
addEventListener("hashchange", followLink);
openTab(tabs[0], false);
const followed = followLink();

// Tables.

const sortStatus = document.getElementById("sort-status");

function compareValues(one, other) {
  const numbers = [Number(one), Number(other)];
  if (numbers.some(Number.isNaN)) return one.localeCompare(other);
  return numbers[0] - numbers[1];
}

// Puts the rows in an order, marks the column or the group that they follow.
function arrange(table, compare, { column = null, order = "none", group = null }) {
  const [body] = table.tBodies;
  body.append(...[...body.rows].sort(compare));
  for (const [place, head] of [...table.tHead.rows[0].cells].entries()) {
    head.setAttribute("aria-sort", place === column ? order : "none");
  }
  let last = null;
  for (const row of body.rows) {
    const key = row.dataset[group] ?? null;
    row.classList.toggle("first", last !== null && key !== last);
    last = key;
  }
  for (const button of document.querySelectorAll(`[data-for="${table.id}"] [data-order]`)) {
    button.setAttribute("aria-pressed", String(button.dataset.order === group));
  }
}

function sortBy(table, column) {
  const head = table.tHead.rows[0].cells[column];
  const up = head.getAttribute("aria-sort") !== "ascending";
  const order = up ? "ascending" : "descending";
  arrange(table, (a, b) => {
    const [one, other] = [a, b].map((row) => row.cells[column].dataset.value);
    // What has no value comes last in both orders.
    if (one === "" || other === "") return (one === "") - (other === "");
    return compareValues(one, other) * (up ? 1 : -1);
  }, { column, order });
  sortStatus.textContent = `Sorted by ${head.textContent.trim()}, ${order}`;
}

for (const table of document.querySelectorAll("table.sortable")) {
  const buttons = table.querySelectorAll("thead button");
  for (const [column, button] of buttons.entries()) {
    button.addEventListener("click", () => sortBy(table, column));
  }
}

for (const choice of document.querySelectorAll(".switch[data-for]")) {
  const table = document.getElementById(choice.dataset.for);
  const rows = [...table.tBodies[0].rows];
  const places = (key) => rows.map((row) => row.dataset[key]);
  const known = { framework: places("framework"), cell: places("cell") };
  const place = (row, key) => known[key].indexOf(row.dataset[key]);
  const group = (name) => {
    const other = name === "cell" ? "framework" : "cell";
    arrange(table, (a, b) =>
      place(a, name) - place(b, name) || place(a, other) - place(b, other),
    { group: name });
  };
  for (const button of choice.querySelectorAll("[data-order]")) {
    button.addEventListener("click", () => group(button.dataset.order));
  }
  const wider = choice.querySelector(".wider");
  wider?.addEventListener("click", () => {
    const wide = table.classList.toggle("wide");
    wider.setAttribute("aria-pressed", String(wide));
  });
  group("framework");
}
