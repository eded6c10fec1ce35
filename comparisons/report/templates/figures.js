let plots = {};
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

async function unpacked(name) {
  const packed = atob(document.getElementById(name).textContent.trim());
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
}

async function loadPlotly() {
  plots = JSON.parse(await unpacked("plots"));
  const script = document.createElement("script");
  script.textContent = await unpacked("plotly");
  document.head.append(script);
}

async function draw(place) {
  if (place.dataset.drawn) return;
  place.dataset.drawn = "true";
  const { data, layout } = plots[place.dataset.plot];
  const [xaxis, yaxis] = [layout.xaxis, layout.yaxis].map(
    (own) => ({ ...AXIS, ...own }));
  const whole = { ...BASE, ...layout, xaxis, yaxis };
  await Plotly.newPlot(place, data, whole, CONFIG);
  drawn.push(place);
}

// A drawing is made when it comes near: a page may have hundreds.
const NEAR = { rootMargin: "600px" };

async function drawNear() {
  if (!places.length) return;
  await loadPlotly();
  const waiting = [];
  await new Promise((resolve) => {
    const watch = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        waiting.push(draw(target));
      }
      resolve();
    }, NEAR);
    for (const place of places) watch.observe(place);
  });
  await Promise.all(waiting);
}

drawNear().catch((error) => {
  for (const place of places) {
    place.textContent = `Not drawn (${error}); the data are in the table below.`;
  }
}).finally(() => {
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
