// The legend of a shape's letters, on hover and on focus.
(() => {
  const reader = document.getElementById("code-reader");
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
})();
