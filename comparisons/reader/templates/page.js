(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const key = "rnn-comparisons-theme";
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  try {
    const last = localStorage.getItem(key);
    if (["light", "dark"].includes(last)) root.dataset.theme = last;
  } catch { /* a page from disk may have no storage */ }
  button.hidden = false;
  label();
  system.addEventListener("change", label);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.theme); } catch { /* as above */ }
    label();
  });
})();
