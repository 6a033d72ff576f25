// What can be saved: every chart as a drawing, too: beside the toolbar's own PNG, in the colours that are on the screen.
if (!window.storeledgerPictures) {
  window.storeledgerPictures = true;
  const name = (chart) => (chart.getAttribute("aria-label") || "chart").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const drawing = (chart) => {
    const shown = chart.querySelector("svg.marks");
    const copy = shown.cloneNode(true);
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", shown.style.backgroundColor || "#FFFFFF");
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  };
  const save = (chart) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([drawing(chart)], { type: "image/svg+xml" }));
    link.download = `${name(chart)}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const offer = () => {
    // the grid's own CSV would hand a spreadsheet text that it runs; the buttons under every table do not
    for (const own of document.querySelectorAll('button[aria-label^="Download as CSV"]')) own.style.display = "none";
    for (const png of document.querySelectorAll('button[aria-label^="Download as PNG"]:not([data-svg])')) {
      const chart = png.closest('[data-testid="stElementContainer"]')?.querySelector('[data-testid="stVegaLiteChart"]');
      if (!chart?.querySelector("svg.marks")) continue;
      png.dataset.svg = "offered";
      const button = png.cloneNode(true);
      button.setAttribute("aria-label", "Download as SVG");
      button.title = "Download as SVG";
      button.textContent = "SVG";
      button.addEventListener("click", () => save(chart));
      png.after(button);
    }
  };
  new MutationObserver(offer).observe(document.body, { childList: true, subtree: true });
}
