// Downloads: the rows of each table, and each drawing.

function save(name, parts, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

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
      save(`${table.id}.${ending}`, [write(await completed(table))], type);
    });
  }
}

for (const table of document.querySelectorAll("#report table[id]")) {
  if (!table.tHead) continue;
  const tools = toolbar(`Download ${table.caption.textContent.trim()}`);
  addFormats(tools, table, ["CSV", "LaTeX", "Markdown"]);
  table.closest(".scroll").after(tools);
}

const LINE = 20;
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

// Words in lines of so many characters, and as Plotly's own markup.
function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > most) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.replace(/[&<>]/g, (sign) => ESCAPES[sign]));
}

// A picture on its own: with its title and legend, on white.
function alone(place, width) {
  const figure = place.closest("figure");
  const panel = place.closest(".panel").querySelector(".name");
  const most = Math.floor(width / 8);
  const title = wrapped(figure.querySelector("figcaption").textContent, most);
  const keys = [...figure.querySelectorAll(".keys li")].map((item) => {
    const [sign] = item.children;
    const text = item.textContent.replace(sign.textContent, "").trim();
    return `<span style="color:${sign.style.color}">${sign.textContent}</span> ${text}`;
  });
  const lines = [
    ...title.map((line) => `<b>${line}</b>`),
    ...panel ? [panel.textContent] : [],
    ...keys.length ? [keys.join("   ")] : [],
  ];
  const { layout } = place;
  const legend = layout.showlegend === false ? 0 : 1.5;
  const top = LINE * (lines.length + legend + 1);
  const [xaxis, yaxis] = [layout.xaxis, layout.yaxis].map(
    (axis) => ({ ...axis, gridcolor: "#ddd" }));
  return { top, layout: {
    ...layout, xaxis, yaxis,
    font: { ...layout.font, color: "#1b1f24" },
    paper_bgcolor: "#fff",
    plot_bgcolor: "#fff",
    margin: { ...layout.margin, t: top },
    title: {
      text: lines.join("<br>"), font: { size: 13 },
      x: 0, xref: "container", xanchor: "left", pad: { l: 10, t: 16 },
      y: 1, yref: "container", yanchor: "top",
    },
  } };
}

async function saveDrawing(place, format) {
  await draw(place);
  const { width, height } = place.getBoundingClientRect();
  const scale = format === "png" ? 2 : 1;
  const { top, layout } = alone(place, width);
  const text = await Plotly.toImage(
    { data: place.data, layout }, { format, width, height: height + top, scale });
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
