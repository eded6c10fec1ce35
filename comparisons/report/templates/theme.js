"use strict";
// Before the first paint, so that a dark page does not flash white.
const THEME = "rnn-comparisons-theme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function stored(action) {
  try {
    return action(localStorage);
  } catch {
    return null; // a browser may refuse storage to a file
  }
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

const lastTheme = stored((storage) => storage.getItem(THEME));
if (["light", "dark"].includes(lastTheme)) root.dataset.theme = lastTheme;
