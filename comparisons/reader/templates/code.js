(() => {
  const reader = document.getElementById("code-reader");
  const [task, cell, part] = ["task", "cell", "part"].map(
    (name) => document.getElementById(`code-${name}`));
  const marked = [...reader.querySelectorAll("[data-views]")];
  const parts = [...reader.querySelectorAll("[data-part]")];
  // The key Tab goes from definition to definition, not from line to line.
  for (const link of reader.querySelectorAll("pre > span > a")) {
    link.tabIndex = -1;
  }
  // The reader itself may be hidden, such as in a closed tab.
  const isHidden = (element) => {
    const hidden = element.closest("[hidden]");
    return hidden !== null && hidden !== reader && reader.contains(hidden);
  };
  const viewsOf = (element) => element.dataset.views.split(" ");

  const show = () => {
    const view = `${task.value}-${cell.value}`;
    for (const element of marked) {
      element.hidden = !viewsOf(element).includes(view);
    }
    for (const section of parts) {
      section.hidden = part.value !== "" && part.value !== section.dataset.part;
    }
    const rows = [...reader.querySelectorAll(".code-row")];
    const count = rows.filter((row) => !isHidden(row)).length;
    document.getElementById("code-count").value = `${count} definitions`;
  };

  // A link may lead to what the chosen view hides: choose one that shows it.
  const reveal = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target || !reader.contains(target)) return;
    if (isHidden(target)) {
      let views = [];
      for (let at = target; at !== reader; at = at.parentElement) {
        if (at.dataset.views) {
          views = views.length
            ? views.filter((view) => viewsOf(at).includes(view)) : viewsOf(at);
        }
      }
      const own = views.find((view) => view.startsWith(`${task.value}-`));
      const [first, ...rest] = (own || views[0] || "").split("-");
      if (first) [task.value, cell.value] = [first, rest.join("-")];
      part.value = "";
      show();
    }
    target.scrollIntoView();
  };

  const tip = Object.assign(document.createElement("div"), {
    className: "code-tip", ariaHidden: "true", hidden: true,
  });
  document.body.append(tip);
  const shapeOf = (element) => element?.closest?.(".code-shape");
  const open = (shape) => {
    tip.textContent = shape.getAttribute("aria-label");
    tip.hidden = false;
    tip.style.left = "0"; // its width is what the window leaves right of it
    const box = shape.getBoundingClientRect();
    const right = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const below = box.bottom + 4;
    const fits = below + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, right))}px`;
    tip.style.top = `${fits ? below : box.top - tip.offsetHeight - 4}px`;
  };
  const close = () => { tip.hidden = true; };
  // What takes the focus may scroll into sight and move below the pointer.
  const settle = () => {
    if (tip.hidden) return;
    const shape = shapeOf(document.activeElement);
    if (shape) open(shape);
    else close();
  };
  const enter = (event) => {
    const shape = shapeOf(event.target);
    if (shape) open(shape);
  };
  for (const name of ["mouseover", "focusin"]) reader.addEventListener(name, enter);
  for (const name of ["mouseout", "focusout"]) reader.addEventListener(name, settle);
  addEventListener("scroll", settle, { passive: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  const form = document.getElementById("code-switches");
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  show();
  reveal();
})();
