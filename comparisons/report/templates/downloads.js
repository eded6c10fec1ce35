// Downloads: the rows of each table, and each drawing.

function save(name, parts, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const other of copy.querySelectorAll(".spoken, .under, details")) other.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function rowsOf(table) {
  return [...table.rows].map((row) => [...row.cells].map(textOf));
}

// A spreadsheet takes what begins with one of these for a formula.
const FORMULA = /^[=+@\t\r]|^-(?![\d.])/;
const LATEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

const FORMATS = {
  CSV: {
    ending: "csv",
    type: "text/csv",
    write: (rows) => rows.map((row) => row.map((text) => {
      const safe = FORMULA.test(text) ? `'${text}` : text;
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    }).join(",")).join("\n") + "\n",
  },
  Markdown: {
    ending: "md",
    type: "text/markdown",
    write: ([head, ...rows]) => [head, head.map(() => "---"), ...rows].map(
      (row) => `| ${row.map((text) => text.replace(/[\\|]/g, "\\$&")).join(" | ")} |`,
    ).join("\n") + "\n",
  },
  LaTeX: {
    ending: "tex",
    type: "application/x-tex",
    write: ([head, ...rows]) => {
      const line = (row) => `${row.map((text) => text.replace(
        /[\\~^&%$#_{}]/g, (sign) => LATEX[sign] ?? `\\${sign}`,
      )).join(" & ")} \\\\`;
      return [
        `\\begin{tabular}{${"l".repeat(head.length)}}`, "\\toprule", line(head),
        "\\midrule", ...rows.map(line), "\\bottomrule", "\\end{tabular}",
      ].join("\n") + "\n";
    },
  },
};

function toolbar(label) {
  const tools = document.createElement("p");
  tools.className = "tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", label);
  return tools;
}

function addButton(tools, text, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", action);
  tools.append(button);
}

function addFormats(tools, table, names) {
  for (const name of names) {
    const { ending, type, write } = FORMATS[name];
    addButton(tools, name, async () => {
      save(`${table.id}.${ending}`, [write(rowsOf(await completed(table)))], type);
    });
  }
}

for (const table of document.querySelectorAll("#report table[id]")) {
  if (!table.tHead) continue;
  const tools = toolbar(`Download ${table.caption.textContent.trim()}`);
  addFormats(tools, table, ["CSV", "LaTeX", "Markdown"]);
  table.closest(".scroll").after(tools);
}

async function saveDrawing(place, format) {
  await draw(place);
  const { width, height } = place.getBoundingClientRect();
  const scale = format === "png" ? 2 : 1;
  const text = await Plotly.toImage(place, { format, width, height, scale });
  const data = await (format === "svg"
    ? decodeURIComponent(text.slice(text.indexOf(",") + 1))
    : Uint8Array.from(atob(text.slice(text.indexOf(",") + 1)), (c) => c.charCodeAt(0)));
  save(`${place.dataset.plot}.${format}`, [data], `image/${format}`);
}

for (const figure of document.querySelectorAll("figure")) {
  const own = [...figure.querySelectorAll(".plot")];
  if (!own.length) continue;
  const tools = toolbar(`Download ${figure.querySelector("figcaption").textContent}`);
  for (const format of ["svg", "png"]) {
    addButton(tools, format.toUpperCase(), async () => {
      for (const place of own) await saveDrawing(place, format);
    });
  }
  addFormats(tools, figure.querySelector("details table"), ["CSV"]);
  figure.querySelector(".panels").after(tools);
}
