"use strict";
// A number opens what it counts: sentences, those counted apart from the rest of the whole.
(() => {
  const drawer = document.querySelector("dialog.drawer");
  const title = document.getElementById("drawer-title");
  const held = drawer.querySelector(".held");
  const { element, numbers } = parallax;
  const STEP = 40;
  const known = new Map();

  // The places of a block, and the numbers of those behind each figure.
  const leads = async (id) => {
    if (!known.has(id)) {
      const block = (await parallax.leads())[id];
      if (!block) return null;
      known.set(id, { places: parallax.spans(block.p), refs: block.r });
    }
    return known.get(id);
  };

  const list = (places, articles) => {
    const shown = element("ul", "sentences");
    const here = places.filter(([anchor]) => articles.has(anchor));
    const more = element("button", "unfold");
    more.type = "button";
    let at = 0;
    const add = () => {
      for (const [anchor, start, end] of here.slice(at, at + STEP)) shown.append(parallax.item(articles.get(anchor), start, end));
      at += STEP;
      more.hidden = at >= here.length;
      more.textContent = `Show ${Math.min(STEP, here.length - at)} more of ${here.length - at}`;
    };
    more.addEventListener("click", add);
    add();
    const made = [shown, more];
    const missing = places.filter(([anchor]) => !articles.has(anchor));
    if (missing.length) {
      made.push(element("p", "note", `${missing.length} in articles that this page does not print; the tables beside it hold all places.`));
      const named = element("ul", "places");
      for (const [, start, end, name] of missing.slice(0, 200)) named.append(element("li", "name", `${name} ${start}–${end}`));
      made.push(named);
    }
    return made;
  };

  const show = async (heading, id, ref) => {
    title.textContent = heading;
    held.replaceChildren(element("p", "note", "…"));
    drawer.showModal();
    title.focus();
    let data;
    let articles;
    try {
      data = await leads(id);
      articles = parallax.held ? await parallax.articles() : new Map();
    } catch {
      held.replaceChildren(element("p", "note", "This browser cannot unpack the articles."));
      return;
    }
    const [counted, rest] = data.refs[ref].map((side) => numbers(side).map((n) => data.places[n]));
    const made = [element("h3", "side", `${counted.length.toLocaleString("en")} counted`), ...list(counted, articles)];
    if (rest.length) {
      const others = element("details", "rest");
      others.append(element("summary", "", `${rest.length.toLocaleString("en")} others that the number is held against`));
      others.addEventListener("toggle", () => { if (others.children.length === 1) others.append(...list(rest, articles)); });
      others.open = !counted.length;
      made.push(others);
    }
    held.replaceChildren(...made);
    held.scrollTop = 0;
  };

  // The name of a row or column, without the small print below it.
  const named = (cell) => (cell.querySelector("small") ? cell.firstChild : cell).textContent.trim();
  // What a number is of: its row, its column, and the table or chart that it stands in.
  const heading = (button) => {
    const cell = button.closest("td, th");
    const own = button.textContent.trim();
    const claim = button.closest(".finding, .evidence, .contrast");
    if (claim) return claim.querySelector("h3, .caption").firstChild.textContent.trim() || own;
    if (!cell) return own;
    const table = cell.closest("table");
    const head = table.tHead.rows[0].cells[cell.cellIndex];
    if (table.matches(".sides")) {  // the question, whose cell it is, and what was pressed there
      const entry = [...button.closest(".entry").childNodes].filter((node) => node !== button && !(node.matches && node.matches(".go")));
      const words = entry.map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();
      return [named(cell.parentElement.cells[0]), named(head), words, own].filter(Boolean).join(" · ");
    }
    const row = [...cell.parentElement.cells].filter((other) => other !== cell && !other.classList.contains("number")).slice(0, 2);
    return [own, named(head), ...row.map((other) => other.textContent.trim())].join(" · ");
  };
  const blockOf = (node) => node.closest(".chart, .finding, .evidence, .contrast, table").id;
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.open");
    if (button) show(heading(button), blockOf(button), Number(button.dataset.ref));
  });
  // Each mark of a chart in words, for those who cannot point at it; made when it is asked for.
  const worded = (chart) => {
    const list = chart.querySelector(".marks ul");
    if (!list || list.children.length) return list;
    const { data } = JSON.parse(document.getElementById(chart.querySelector(".plot").dataset.drawing).textContent);
    for (const { customdata, hovertext, text } of data) {
      if (!customdata) continue;
      const told = (hovertext || text).flat();
      customdata.flat().forEach((ref, i) => {
        if (ref < 0) return;
        const button = element("button", "open", plain(told[i]));
        button.type = "button";
        button.dataset.ref = ref;
        const item = element("li");
        item.append(button);
        list.append(item);
      });
    }
    return list;
  };
  // A label of a chart as words: its one tag is a line break, its entities are a few.
  const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#36;": "$" };
  const plain = (label) => label.split("<br>").join(" · ").replace(/&(?:amp|lt|gt|#36);/g, (name) => ENTITIES[name]);
  document.querySelectorAll(".marks").forEach((marks) => {
    marks.addEventListener("toggle", () => worded(marks.closest(".chart")));
  });
  for (const button of document.querySelectorAll("button.open")) {
    button.setAttribute("aria-label", `${button.textContent.trim()}: show the sentences`);
  }
  for (const plot of document.querySelectorAll(".plot")) {
    plot.addEventListener("drawn", () => {
      if (plot.dataset.led || !plot.on) return;
      plot.dataset.led = "true";
      plot.on("plotly_click", (event) => {
        const { data, pointNumber } = event.points[0];
        let ref = data.customdata;
        for (const n of [].concat(pointNumber)) ref = ref && ref[n];
        const list = worded(plot.closest(".chart"));
        const told = [...(list ? list.querySelectorAll("button") : [])].find((mark) => Number(mark.dataset.ref) === ref);
        if (ref >= 0 && told) show(told.textContent, plot.closest(".chart").id, ref);
      });
    });
  }
  drawer.querySelector(".close").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer || event.target.closest("a[href]")) drawer.close();
  });
})();
