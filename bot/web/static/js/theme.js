// Runs before the first paint, so that a dark page never flashes white. A classic script: modules come too late for that.
(function () {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  function kept() {
    try { return localStorage.getItem("tenday.theme") || "auto"; } catch { return "auto"; }
  }
  function paint() {
    const choice = root.dataset.themeChoice || kept();
    root.dataset.theme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
  }
  window.tendayTheme = {
    get: () => root.dataset.themeChoice || kept(),
    set(choice) {
      root.dataset.themeChoice = choice;
      try { localStorage.setItem("tenday.theme", choice); } catch { /* private mode: until the page is closed */ }
      paint();
    },
  };
  system.addEventListener("change", paint);
  paint();
})();
