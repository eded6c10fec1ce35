// What is shown: task, cell, part, columns and a search, kept in the address.
(() => {
  const reader = document.getElementById("code-reader");
  const [task, cell, part, search, count, form] = [
    "task", "cell", "part", "search", "count", "switches",
  ].map((name) => document.getElementById(`code-${name}`));
  const all = "all";
  const inside = (selector) => [...reader.querySelectorAll(selector)];
  const marked = inside("[data-views]");
  const parts = inside("[data-part]");
  const rows = inside(".code-row, .code-difference");
  const columns = inside("[name=code-column]");
  const singles = inside("[name=code-only]");
  const chapters = inside("[data-chapter]");
  const known = new Map();
  const viewsOf = (element) => {
    const words = element.dataset.views;
    if (!known.has(words)) known.set(words, words.split(" "));
    return known.get(words);
  };
  // The reader itself may be hidden, such as in a closed tab.
  const isHidden = (element) => {
    const hidden = element.closest("[hidden]");
    return hidden !== null && hidden !== reader && reader.contains(hidden);
  };
  // An address for each line would be a tenth of the page. The key Tab goes
  // from definition to definition, not from line to line.
  for (const link of inside(".code-line > a")) {
    link.href = `#${link.id}`;
    link.tabIndex = -1;
  }
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };

  const showColumns = () => {
    const chosen = columns.filter((box) => box.checked);
    for (const box of columns) box.disabled = chosen.length === 1 && box.checked;
    const off = columns.filter((box) => !box.checked).map((box) => box.value);
    reader.dataset.off = off.join(" ");
    reader.dataset.one = chosen.length === 1 ? chosen[0].value : "";
    reader.dataset.only = singles.find((radio) => radio.checked).value;
    reader.style.setProperty("--code-columns", chosen.length);
  };

  const highlight = (words) => {
    if (!CSS.highlights) return;
    CSS.highlights.delete("code-found");
    if (words.length < 2) return;
    const ranges = [];
    for (const row of rows.filter((found) => !isHidden(found))) {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.toLowerCase();
        for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + words.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("code-found", new Highlight(...ranges));
  };

  const show = () => {
    const view = `${task.value}-${cell.value}`;
    const words = search.value.trim().toLowerCase();
    const seen = new Map();
    for (const element of marked) {
      const names = element.dataset.views;
      if (!seen.has(names)) seen.set(names, viewsOf(element).includes(view));
      const hidden = !seen.get(names);
      if (element.hidden !== hidden) element.hidden = hidden;
    }
    for (const section of parts) {
      section.hidden = !words && part.value !== all && part.value !== section.dataset.part;
    }
    for (const row of rows) {
      const shown = !row.dataset.views || viewsOf(row).includes(view);
      const found = !words || textOf(row).includes(words);
      row.hidden = !(shown && found);
      const details = row.querySelector("details");
      if (details && words) details.open = true;
    }
    for (const section of words ? parts : []) {
      section.hidden = !rows.some((row) => section.contains(row) && !row.hidden);
    }
    for (const link of chapters) {
      if (link.dataset.chapter === part.value && !words) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const number = rows.filter((row) => row.matches(".code-row") && !isHidden(row)).length;
    count.value = number || words ? `${number} definitions${words ? " found" : ""}` : "";
    showColumns();
    highlight(words);
  };

  const keep = () => {
    const shown = columns.filter((box) => box.checked).map((box) => box.value.split("_")[0]);
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries({
      task: task.value, cell: cell.value, part: part.value, columns: shown.join(","),
    })) query.set(name, value);
    const address = `?${String(query).replaceAll("%2C", ",")}${location.hash}`;
    try { history.replaceState(null, "", address); } catch { /* no address to keep it in */ }
  };

  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const [name, select] of Object.entries({ task, cell, part })) {
      const known = [...select.options].some((option) => option.value === query.get(name));
      if (known) select.value = query.get(name);
    }
    const names = (query.get("columns") ?? "").split(",");
    const found = columns.filter((box) => names.includes(box.value.split("_")[0]));
    if (found.length) for (const box of columns) box.checked = found.includes(box);
    if (found.length === 1) singles.find((radio) => radio.value === found[0].value).checked = true;
  };

  // A link may lead to what the chosen view hides: choose one that shows it.
  const reveal = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target || !reader.contains(target) || target === reader) return;
    for (let at = target; at !== reader; at = at.parentElement) {
      if (at.matches("details")) at.open = true;
    }
    const section = target.closest("[data-part]");
    if (isHidden(target)) {
      let views = [];
      for (let at = target; at !== reader; at = at.parentElement) {
        if (at.dataset.views) {
          views = views.length
            ? views.filter((view) => viewsOf(at).includes(view)) : viewsOf(at);
        }
      }
      const wanted = `${task.value}-${cell.value}`;
      const own = views.find((view) => view === wanted)
        || views.find((view) => view.startsWith(`${task.value}-`));
      const [first, ...rest] = (own || views[0] || "").split("-");
      if (first) [task.value, cell.value] = [first, rest.join("-")];
      search.value = "";
      if (part.value !== all && section) part.value = section.dataset.part;
      show();
      keep();
    }
    target.scrollIntoView();
  };

  const codeOf = (button) => {
    const name = button.closest("[data-package]").dataset.package;
    const lines = [...button.closest(".code-table").querySelectorAll(
      `.code-cell[data-package="${name}"] .code-line`)].filter((line) => !isHidden(line));
    let last = 0;
    return lines.map((line) => {
      const number = Number(line.firstElementChild.textContent);
      const gap = last && number > last + 1 ? "\n" : "";
      last = number;
      return gap + line.querySelector("code").textContent;
    }).join("");
  };
  const copy = async (button) => {
    const text = button.dataset.place ?? codeOf(button);
    const label = button.textContent;
    if (label === "Copied") return;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  };

  form.hidden = false;
  for (const button of inside(".code-copy")) button.hidden = false;
  reader.addEventListener("click", (event) => {
    const button = event.target.closest?.(".code-copy, .code-place");
    if (button) copy(button);
    const link = event.target.closest?.("[data-chapter]");
    if (!link) return;
    event.preventDefault();
    [part.value, search.value] = [link.dataset.chapter, ""];
    history.replaceState(null, "", location.search || location.pathname);
    show();
    keep();
    reader.scrollIntoView();
  });
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  restore();
  show();
  reveal();
})();
