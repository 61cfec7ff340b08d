(() => {
  "use strict";
  const news = document.getElementById("news");
  const queue = document.getElementById("queue");
  const watched = document.body.dataset.case;
  const rows = root => Array.from(root.querySelectorAll(".row[data-id]"));

  const say = (text, action, run) => {
    news.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action;
    button.addEventListener("click", run);
    news.append(button);
    news.hidden = false;
  };

  const fresh = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) {
      throw new Error("the page is not available");
    }
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  // The reader keeps the place: rows that are there are renewed where they are, and others wait behind a button unless
  // the reader is at the top and has nothing in hand.
  const renewQueue = async () => {
    const page = await fresh();
    const next = page.getElementById("queue");
    const count = page.getElementById("open-count");
    document.getElementById("open-count").textContent = count.textContent;
    const show = () => {
      const held = document.activeElement && document.activeElement.closest(".row[data-id]");
      queue.replaceChildren(...next.childNodes);
      news.hidden = true;
      const again = held && rows(queue).find(row => row.dataset.id === held.dataset.id);
      if (again) {
        again.querySelector(".title").focus({ preventScroll: true });
      }
    };
    const old = rows(queue).map(row => row.dataset.id);
    const now = rows(next).map(row => row.dataset.id);
    const busy = scrollY > 40 || queue.contains(document.activeElement);
    if (!busy || old.join() === now.join()) {
      show();
      return;
    }
    for (const row of rows(queue)) {
      const renewed = rows(next).find(each => each.dataset.id === row.dataset.id);
      if (renewed && renewed.dataset.revision !== row.dataset.revision) {
        const focus = row.contains(document.activeElement);
        const copy = renewed.cloneNode(true);
        row.replaceWith(copy);
        if (focus) {
          copy.querySelector(".title").focus({ preventScroll: true });
        }
      }
    }
    const added = now.filter(id => !old.includes(id)).length;
    say(added === 0 ? "The list has changed." : added === 1 ? "1 new case." : added + " new cases.", "Show", show);
  };

  // An answer may come back between the page and its connection.
  const renewCase = async () => {
    const page = await fresh();
    const now = document.querySelector(".bar-top").dataset.revision;
    const next = page.querySelector(".bar-top");
    if (next && Number(next.dataset.revision) > Number(now)) {
      location.replace("/cases/" + encodeURIComponent(watched));
    }
  };

  // Only what differs is replaced: the reader's place in the rest stays, and a verdict is announced when it changes.
  const renewPipeline = async () => {
    const shown = document.querySelector(".health");
    const verdict = shown.querySelector("[role=status]");
    const showState = (state, ...words) => {
      shown.className = "health " + state;
      if (verdict.textContent !== words.map(word => word.textContent).join("")) {
        verdict.replaceChildren(...words);
      }
    };
    try {
      const page = await fresh();
      const now = page.querySelector(".health");
      const sections = Array.from(page.querySelectorAll("main .panel"));
      showState(now.classList[1], ...now.querySelector("[role=status]").childNodes);
      document.getElementById("as-of").textContent = page.getElementById("as-of").textContent;
      document.querySelectorAll("main .panel").forEach((old, at) => {
        if (sections[at] && !old.isEqualNode(sections[at]) && !old.contains(document.activeElement)) {
          old.replaceWith(sections[at]);
        }
      });
      news.hidden = true;
    } catch (e) {
      const state = document.createElement("b");
      state.id = "health";
      state.textContent = "unknown";
      showState("unknown", state, document.createTextNode(" the console does not answer; what follows is old"));
      throw e;
    }
  };

  let timer = 0;
  const soon = run => {
    clearTimeout(timer);
    timer = setTimeout(() => run().catch(() => say("The page could not be renewed.", "Try again", () => location.reload())), 250);
  };

  if (document.getElementById("health")) {
    const renew = () => {
      if (!document.hidden) {
        soon(renewPipeline);
      }
    };
    setInterval(renew, 5000);
    addEventListener("visibilitychange", renew);
  }

  if (queue || watched) {
    const source = new EventSource("/updates");
    let opened = false;
    source.addEventListener("open", () => {
      // What happened while there was no connection is in the page itself.
      if (opened && queue) {
        soon(renewQueue);
      }
      if (watched && document.querySelector(".bar-top").dataset.sent) {
        soon(renewCase);
      }
      opened = true;
    });
    source.addEventListener("revision", event => {
      const space = event.data.indexOf(" ");
      const revision = Number(event.data.slice(0, space));
      const id = event.data.slice(space + 1);
      if (queue) {
        soon(renewQueue);
      } else if (id === watched) {
        const bar = document.querySelector(".bar-top");
        if (revision > Number(bar.dataset.revision)) {
          const open = () => location.replace("/cases/" + encodeURIComponent(watched));
          if (bar.dataset.sent) {
            open();
          } else {
            say("The case has revision " + revision + ".", "Show", open);
          }
        }
      }
    });
    addEventListener("pagehide", () => source.close());
  }

  // A browser offers its clipboard to pages that came over TLS or from this machine; others can save the same.
  const copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async event => {
      const button = event.target.closest("button");
      if (!button) {
        return;
      }
      const done = button.textContent;
      try {
        const answer = await fetch(button.dataset.from, { credentials: "same-origin", cache: "no-store" });
        if (!answer.ok) {
          throw new Error("the case is not available");
        }
        await navigator.clipboard.writeText(await answer.text());
        say(done + " is in the clipboard.", "Close", () => { news.hidden = true; });
      } catch {
        say(done + " could not be copied.", "Close", () => { news.hidden = true; });
      }
    });
  }

  // The answer may have come back before this page was open for it.
  const bar = document.querySelector(".bar-top[data-sent='sent']");
  if (bar) {
    const sent = Number(new URLSearchParams(location.search).get("sent"));
    if (Number(bar.dataset.revision) > sent) {
      history.replaceState(null, "", location.pathname);
      bar.dataset.sent = "";
      const note = document.querySelector(".note");
      if (note) {
        note.textContent = "Recorded.";
      }
    }
  }

  if (queue) {
    addEventListener("keydown", event => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const titles = Array.from(queue.querySelectorAll(".title"));
      const at = titles.findIndex(title => title.closest(".row").contains(document.activeElement));
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("q").focus();
      } else if (event.key === "j" || event.key === "k") {
        const next = titles[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
        if (next) {
          next.focus();
        }
      }
    });
  }
})();
