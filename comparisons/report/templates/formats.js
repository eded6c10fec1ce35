// A table as text: CSV and Markdown with all columns, LaTeX with those shown.

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

// What means something else to LaTeX, or what its font lacks.
const SPECIAL = {
  "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "<": "\\textless{}",
  ">": "\\textgreater{}", "|": "\\textbar{}", "[": "{[}", "]": "{]}",
  "α": "$\\alpha$", "~": "$\\sim$", "±": "$\\pm$", "−": "$-$",
};

function inLatex(text) {
  return text.replace(/[\\^<>|[\]α~±−&%$#_{}]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`);
}

// The best is bold in place of its star.
function latexCell(cell) {
  const text = textOf(cell).replace(/ ?~$/, " ~");
  if (!cell.classList.contains("best")) return inLatex(text);
  return `\\textbf{${inLatex(text.replace(/ ?\*$/, ""))}}`;
}

function latexOf(table) {
  const [head] = table.tHead.rows;
  const shown = [...head.cells].map((cell) => getComputedStyle(cell).display !== "none");
  const own = (row) => [...row.cells].filter((_, place) => shown[place]);
  const line = (row) => `${own(row).map(latexCell).join(" & ")} \\\\`;
  const sides = own(head).map((cell) => (cell.classList.contains("n") ? "r" : "l"));
  const caption = table.dataset.latex ?? textOf(table.caption);
  return [
    "\\begin{table}", "\\centering", "\\small", `\\caption{${inLatex(caption)}}`,
    `\\label{tab:${table.id}}`, `\\begin{tabular}{@{}${sides.join("")}@{}}`,
    "\\toprule", line(head), "\\midrule", ...[...table.tBodies[0].rows].map(line),
    "\\bottomrule", "\\end{tabular}", "\\end{table}",
  ].join("\n") + "\n";
}

const FORMATS = {
  CSV: {
    ending: "csv",
    type: "text/csv",
    write: (table) => rowsOf(table).map((row) => row.map((text) => {
      const safe = FORMULA.test(text) ? `'${text}` : text;
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    }).join(",")).join("\n") + "\n",
  },
  Markdown: {
    ending: "md",
    type: "text/markdown",
    write: (table) => {
      const [head, ...rows] = rowsOf(table);
      return [head, head.map(() => "---"), ...rows].map(
        (row) => `| ${row.map((text) => text.replace(/[\\|]/g, "\\$&")).join(" | ")} |`,
      ).join("\n") + "\n";
    },
  },
  LaTeX: { ending: "tex", type: "application/x-tex", write: latexOf },
};
