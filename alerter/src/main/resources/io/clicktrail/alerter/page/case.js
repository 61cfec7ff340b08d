(() => {
  "use strict";
  const all = () => Array.from(document.querySelectorAll(".evidence details"));

  // What a link leads to is opened, so that a mark of the timeline shows its evidence.
  const show = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.querySelector("summary").focus({ preventScroll: true });
      target.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", show);
  show();

  const step = by => {
    const summaries = all().map(each => each.querySelector("summary"));
    const at = summaries.indexOf(document.activeElement);
    const next = summaries[at < 0 ? (by > 0 ? 0 : summaries.length - 1) : at + by];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  };

  addEventListener("keydown", event => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || all().length === 0) {
      return;
    }
    if (event.key === "j") {
      step(1);
    } else if (event.key === "k") {
      step(-1);
    } else if (event.key === "e") {
      const open = all().some(each => !each.open);
      all().forEach(each => { each.open = open; });
    }
  });

  // Paper has no keys: everything is open on it.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])")).filter(each => !each.closest(".search"));
    closed.forEach(each => { each.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach(each => { each.open = false; }));
})();
