// The tabs of sphinx-design keep the reader's choice for one visit; this keeps
// it for the next one too.
(() => {
  const key = "sphinx-design-tab-id-framework";
  const memory = (name) => {
    try { return window[name]; } catch { return null; } // it may be forbidden
  };
  const visit = memory("sessionStorage"), all = memory("localStorage");
  if (!visit || !all) return;
  const known = all.getItem(key);
  if (known && !visit.getItem(key)) visit.setItem(key, known);
  document.addEventListener("click", (event) => {
    const label = event.target.closest?.(".sd-tab-label[data-sync-group='framework']");
    if (label) all.setItem(key, label.dataset.syncId);
  });
})();

// A page that is opened from a disk may not read others, which the search does
// to quote them.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
