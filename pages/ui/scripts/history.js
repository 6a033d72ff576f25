// The browser's back and forward: every choice is a step that can be gone back.
// Streamlit replaces the address when a choice changes, so that back would leave the page with all its choices.
if (!window.storeledgerSteps) {
  window.storeledgerSteps = true;
  let byHand = false;
  let shown = location.pathname + location.search;
  const replace = history.replaceState.bind(history);
  const push = history.pushState.bind(history);
  const write = (step, given) => {
    step(...given);
    byHand = false;
    shown = location.pathname + location.search;
  };
  for (const hand of ["pointerdown", "keydown"]) addEventListener(hand, () => (byHand = true), true);
  history.pushState = (...given) => write(push, given);
  history.replaceState = (...given) => {
    const next = new URL(given[2] ?? location.href, location.href);
    // what the app itself puts right on opening is no step: going back to it would only put it right again
    const isChoice = byHand && next.pathname === location.pathname && next.search !== location.search;
    write(isChoice ? push : replace, given);
  };
  addEventListener(
    "popstate",
    (event) => {
      const before = shown.split("?")[0];
      const isOther = location.pathname + location.search !== shown;
      shown = location.pathname + location.search;
      // another page without choices opens by itself; a view is opened afresh from its address
      if (isOther && (location.search || location.pathname === before)) {
        event.stopImmediatePropagation();
        location.reload();
      }
    },
    true,
  );
}
