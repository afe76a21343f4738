// Keeps the page of a test up to date while it runs. Only what has changed comes from the dashboard, and only what differs is replaced:
// what is open stays open, what has the focus keeps it, and nothing jumps. The markup is the dashboard's own, in which every text is
// encoded.
(() => {
  "use strict";
  const live = document.getElementById("live");
  const said = document.getElementById("said");
  let version = live.dataset.version;
  let isOver = live.dataset.over === "true";
  let updated = new Date();
  let source;

  const say = (text) => { if (said.textContent !== text) said.textContent = text; };
  const show = (text, style) => { live.textContent = text; live.className = "live " + style; };
  const showState = () => isOver
    ? show("The test has ended. This is its report.", "over")
    : show("Live, updated at " + updated.toLocaleTimeString(), "on");

  // What a node is known by among its neighbours: its name, or in a table the first foreign text of its row.
  function keyOf(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const name = node.id || node.getAttribute("aria-labelledby");
    if (name) return name;
    if (node.localName !== "tr" || node.parentNode.localName !== "tbody") return "";
    return "row " + (node.querySelector("bdi") || node.firstElementChild || node).textContent;
  }

  function update(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = fresh.nodeValue; return; }
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    const known = new Map();
    for (const child of old.childNodes) { const key = keyOf(child); if (key && !known.has(key)) known.set(key, child); }
    let at = old.firstChild;
    for (const child of [...fresh.childNodes]) {
      const key = keyOf(child);
      let found = at;
      if (key) { found = known.get(key); known.delete(key); }
      else while (found && (keyOf(found) || found.nodeName !== child.nodeName)) found = found.nextSibling;
      if (!found || found.nodeName !== child.nodeName) { old.insertBefore(child, at); continue; }
      if (found === at) at = at.nextSibling; else old.insertBefore(found, at);
      update(found, child);
    }
    while (at) { const next = at.nextSibling; at.remove(); at = next; }
  }

  function take(change) {
    const page = new DOMParser().parseFromString(change.html, "text/html");
    const focused = document.activeElement;
    for (const name of ["header", "footer"]) {
      const fresh = page.querySelector("body > " + name);
      if (fresh) update(document.querySelector("body > " + name), fresh);
    }
    const main = document.querySelector("main");
    const find = (parent, key) => [...parent.children].find((child) => keyOf(child) === key);
    for (const section of [...main.children]) if (!change.keys.includes(keyOf(section))) section.remove();
    change.keys.forEach((key, i) => {
      const fresh = find(page.querySelector("main"), key);
      const old = find(main, key);
      if (fresh && old) update(old, fresh); else if (fresh) main.insertBefore(fresh, main.children[i] || null);
    });
    // Moving an element takes the focus away from it.
    if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    document.title = change.title;
    isOver = change.over;
    updated = new Date();
    showState();
    say(change.said);
  }

  function lose() {
    if (isOver) return;
    const text = "Not connected to the test: these are the figures of " + updated.toLocaleTimeString() + ". Trying again.";
    show(text, "lost");
    say("Not connected to the test. Trying again.");
  }

  function connect() {
    source = new EventSource("/events?since=" + version);
    source.addEventListener("open", showState);
    source.addEventListener("update", (event) => { take(JSON.parse(event.data)); version = event.lastEventId; });
    source.addEventListener("end", () => {
      source.close();
      isOver = true;
      show("The test has ended. This is its report; it no longer needs the dashboard.", "over");
    });
    source.addEventListener("error", () => {
      lose();
      // The browser tries again by itself unless it was refused.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
    });
  }

  connect();
})();
