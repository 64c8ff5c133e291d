"use strict";
(() => {
  const root = document.documentElement;
  const plots = [...document.querySelectorAll(".plot")];
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const PRINT_WIDTH = 660;
  const PATTERNS = ["", "/", "x", ".", "\\", "-", "+", "|"];
  // The colours that charts leave to the page: words, light cells and the words on them.
  const GROUNDS = {
    light: { "#70757d": "#4a525a", "#e4eff3": "#e4eff3", "#1c2126": "#1c2126" },
    dark: { "#70757d": "#b4bcc4", "#e4eff3": "#1c2c35", "#1c2126": "#e6e9ec" },
  };
  const theme = () => root.dataset.theme || (query.matches ? "dark" : "light");

  // -- charts: the library is unpacked once, drawings follow when they come into view ---------
  let ready = null;
  const library = () => {
    if (ready) return ready;
    const packed = document.getElementById("plotly-packed");
    if (!packed || typeof DecompressionStream === "undefined") return Promise.reject();
    ready = (async () => {
      const bytes = Uint8Array.from(atob(packed.textContent.trim()), (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      const script = document.createElement("script");
      script.textContent = await new Response(stream).text();
      document.head.append(script);
      return window.Plotly;
    })();
    return ready;
  };

  const shorten = (label, limit) => {
    const [name, ...rest] = label.split("  <span");
    const letters = name.match(/&[a-z#0-9]+;|./gu) || [];
    const cut = letters.length > limit ? letters.slice(0, limit - 1).join("") + "…" : name;
    return [cut, ...rest].join("  <span");
  };

  const drawing = (plot, ground, width, printing) => {
    let text = document.getElementById(plot.dataset.drawing).textContent;
    for (const [from, to] of Object.entries(GROUNDS[ground])) text = text.replaceAll(from, to);
    const { data, layout } = JSON.parse(text);
    layout.width = width;
    layout.autosize = false;
    if (width < 520) {
      layout.font.size = 11;
      for (const axis of [layout.xaxis, layout.yaxis]) {
        if (axis && axis.ticktext) axis.ticktext = axis.ticktext.map((t) => shorten(t, 17));
        if (axis && axis.nticks) axis.nticks = 4;
      }
      if (layout.margin) layout.margin.r = Math.min(layout.margin.r || 0, 44);
    }
    // Light bars have an edge that stands out from the page, in either colours.
    for (const trace of data) if (trace.type === "bar") Object.assign(trace.marker, { line: { color: "#70757d", width: 1 } });
    if (printing) {
      const bars = data.filter((t) => t.type === "bar" && t.showlegend);
      if (bars.length > 1) bars.forEach((t, i) => {
        t.marker.pattern = { shape: PATTERNS[i % PATTERNS.length], bgcolor: t.marker.color, fgcolor: "#ffffff", fgopacity: 0.45, size: 6, solidity: 0.22 };
      });
    }
    return [data, layout];
  };

  const draw = (plot, { ground = theme(), width = plot.parentElement.clientWidth, printing = false } = {}) => {
    const state = `${ground} ${width} ${printing}`;
    if (!window.Plotly || plot.dataset.state === state) return;
    plot.dataset.state = state;
    // Of a chart that cannot be drawn its words are left; the others are drawn all the same.
    const lose = () => { plot.hidden = true; };
    try {
      const [data, layout] = drawing(plot, ground, width, printing);
      Promise.resolve(window.Plotly.react(plot, data, layout, { displayModeBar: false, typesetMath: false, staticPlot: printing })).catch(lose);
      thin(plot);
    } catch {
      lose();
      return;
    }
    plot.dispatchEvent(new Event("drawn"));
  };
  // Numbers in a drawing that would run into each other: those of cells lose their decimals, and all
  // of them go where that is not enough; of others the later one goes. What they say is in the list.
  const thin = (plot) => {
    const words = [...plot.querySelectorAll(".barlayer text, .scatterlayer text")].filter((t) => t.textContent.trim());
    for (const word of words) word.style.visibility = "";
    const crowded = () => {
      const kept = [];
      return words.filter((word) => {
        const box = word.getBoundingClientRect();
        const free = kept.every((other) => Math.min(box.right, other.right) - Math.max(box.left, other.left) < 1
          || Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) < 2);
        if (free) kept.push(box);
        return !free;
      });
    };
    let late = crowded();
    if (late.length && plot.querySelector(".heatmaplayer .hm")) {
      for (const word of words) word.textContent = word.textContent.replace(/\.\d+/, "");
      late = crowded().length ? words : [];
    }
    for (const word of late) word.style.visibility = "hidden";
  };

  const fail = () => plots.forEach((plot) => { plot.hidden = true; });
  if (plots.length) {
    for (const plot of plots) plot.style.minHeight = `${plot.dataset.height}px`;
    const seen = new Set();
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.add(entry.target);
        watch.unobserve(entry.target);
        library().then(() => draw(entry.target)).catch(fail);
      }
    }, { rootMargin: "600px 0px" });
    plots.forEach((plot) => watch.observe(plot));
    // The library is made ready early, so that printing finds it without waiting.
    window.addEventListener("load", () => setTimeout(() => library().catch(fail), 200));
    const redraw = () => plots.filter((p) => seen.has(p)).forEach((p) => draw(p));
    query.addEventListener("change", redraw);
    let timer = 0;
    window.addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(redraw, 150); });
    window.addEventListener("beforeprint", () => plots.forEach((p) => draw(p, { ground: "light", width: PRINT_WIDTH, printing: true })));
    window.addEventListener("afterprint", redraw);
    root.addEventListener("theme", redraw);
  }

  // -- light and dark --------------------------------------------------------------------------
  const button = document.querySelector("button.theme");
  const name = () => {
    button.textContent = theme() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-pressed", String(theme() === "dark"));
    button.setAttribute("aria-label", `Switch to ${theme() === "dark" ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = theme() === "dark" ? "light" : "dark";
    name();
    root.dispatchEvent(new Event("theme"));
  });
  query.addEventListener("change", name);

  // -- a link into a folded article opens it ---------------------------------------------------
  const reveal = async () => {
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (id) await articleReader.reveal(id);
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: target.matches("section, details, article") ? "start" : "center" });
  };
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();

  // -- paper shows the sentences of the findings and what stands aside, folded on screen or not --
  const folds = [...document.querySelectorAll(".finding details, .aside")];
  window.addEventListener("beforeprint", () => folds.forEach((d) => { d.dataset.was = d.open; d.open = true; }));
  window.addEventListener("afterprint", () => folds.forEach((d) => { d.open = d.dataset.was === "true"; }));

  // -- contents: folded on narrow screens, only the chapter in view lists its sections -----------------------
  const contents = document.querySelector(".contents details");
  root.classList.add("folding");
  if (contents && window.matchMedia("(max-width: 62rem)").matches) contents.open = false;
  const entries = new Map([...document.querySelectorAll(".contents > details > ol > li > a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const chapters = new IntersectionObserver((found) => {
    for (const entry of found) {
      const link = entries.get(entry.target.id);
      if (!link) continue;
      if (entry.isIntersecting) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-15% 0px -80% 0px" });
  document.querySelectorAll(".chapter").forEach((chapter) => chapters.observe(chapter));

  // -- two sides of the reader's choice: the other columns of the table are put away -------------
  for (const table of document.querySelectorAll("table[data-choose]")) {
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const open = table.dataset.choose.split(" ").map(Number);
    const show = () => {
      for (const row of table.rows) {
        const cells = [...row.cells].slice(1);
        cells.forEach((cell, i) => cell.classList.toggle("off", !open.includes(i)));
        if (row.parentElement === table.tBodies[0]) {
          const empty = (i) => cells[i].querySelector(".entry") === null;
          const same = () => cells[open[0]].dataset.words === cells[open[1]].dataset.words;
          row.classList.toggle("off", "differs" in row.dataset ? open.some(empty) || same() : open.every(empty));
        }
      }
    };
    const bar = document.createElement("div");
    bar.className = "choose";
    ["Compare", "with"].forEach((words, side) => {
      const label = document.createElement("label");
      const select = document.createElement("select");
      heads.forEach((head, i) => select.add(new Option(head.firstChild.textContent, String(i))));
      select.value = String(open[side]);
      select.addEventListener("change", () => { open[side] = Number(select.value); show(); });
      label.append(`${words} `, select);
      bar.append(label);
    });
    table.closest(".scroll").before(bar);
  }

  // -- long tables show their first rows; paper and search engines get all of them ---------------
  const ROWS = 12;
  const fold = (table) => [...table.tBodies[0].rows].forEach((row, i) => row.classList.toggle("folded", i >= ROWS));
  for (const table of document.querySelectorAll("main table:not(.sides)")) {
    const rows = table.tBodies[0].rows.length;
    if (rows <= ROWS + 4) continue;
    fold(table);
    table.dataset.folded = "true";
    const more = document.createElement("button");
    more.type = "button";
    more.className = "unfold";
    more.textContent = `Show ${rows - ROWS} more rows`;
    more.addEventListener("click", () => {
      delete table.dataset.folded;
      table.querySelectorAll("tr.folded").forEach((row) => row.classList.remove("folded"));
      more.remove();
      table.closest(".scroll").focus({ preventScroll: true });
    });
    table.closest(".scroll").after(more);
  }

  // -- tables sort by a click on a head, and many rows are searched ------------------------------
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    parallaxTables.searchable(table, table.closest(".scroll"));
    parallaxTables.sortable(table, () => { if (table.dataset.folded) fold(table); });
  }
})();
