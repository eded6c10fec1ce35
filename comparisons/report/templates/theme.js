"use strict";
// Before the first paint, so that a dark page does not flash white.
const THEME = "rnn-comparisons-theme";
const theme = {
  read() {
    try {
      return localStorage.getItem(THEME);
    } catch {
      return null; // a browser may refuse storage to a file
    }
  },
  keep(name) {
    try {
      localStorage.setItem(THEME, name);
    } catch {
      return;
    }
  },
  isDark() {
    const chosen = document.documentElement.dataset.theme;
    if (chosen) return chosen === "dark";
    return matchMedia("(prefers-color-scheme: dark)").matches;
  },
};
if (["light", "dark"].includes(theme.read())) {
  document.documentElement.dataset.theme = theme.read();
}
