"use strict";
// Tables whose rows are sorted, searched and filtered: in the pages, and as an extension of
// JupyterLab in notebooks. What is saved stays the plain table; nothing is loaded or sent.
globalThis.parallaxTables = (() => {
  const NUMBER = /^[-+\u2212]?\d[\d,]*(\.\d+)?\s?%?$/;
  const MANY = 8; // rows from which on they can be searched
  const CHOICES = 12, LONGEST = 40, CHOSEN = 3; // values of a column, their length, columns
  const words = (cell) => cell.textContent.replace(/\s?\u2192$/, "").trim();
  const numeric = (table, head, column) => {
    if (head.classList.contains("number")) return true;
    const said = [...table.tBodies[0].rows].map((row) => words(row.cells[column])).filter(Boolean);
    return said.length > 0 && said.every((text) => NUMBER.test(text) || text === "NaN");
  };
  const value = (row, column, isNumber) => {
    const text = words(row.cells[column]);
    if (!isNumber) return text.toLocaleLowerCase();
    const number = parseFloat(text.replaceAll(",", "").replace("\u2212", "-"));
    return Number.isNaN(number) ? -Infinity : number;
  };
  const make = (tag, given = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...inside);
    return made;
  };
  const heads = (table) => [...table.tHead.rows[0].cells];

  // A button in each head sorts by its column: numbers largest first, words from A.
  const sortable = (table, after = () => {}) => heads(table).forEach((head, column) => {
    if (head.querySelector(".unseen") || !head.textContent.trim()) return;
    const press = make("button", { type: "button" }, ...head.childNodes);
    head.append(press);
    press.addEventListener("click", () => {
      const isNumber = numeric(table, head, column);
      const now = head.getAttribute("aria-sort");
      const next = now ? (now === "ascending" ? "descending" : "ascending") : (isNumber ? "descending" : "ascending");
      heads(table).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", next);
      const body = table.tBodies[0];
      const sign = next === "ascending" ? 1 : -1;
      const rows = [...body.rows].map((row) => [value(row, column, isNumber), row]);
      rows.sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0));
      body.append(...rows.map(([, row]) => row));
      after();
    });
  });

  // Columns that repeat a few values, to choose one of each.
  const chosen = (table) => {
    const rows = [...table.tBodies[0].rows];
    return heads(table).map((head, column) => {
      const values = [...new Set(rows.map((row) => words(row.cells[column])))].filter(Boolean).sort();
      const few = values.length > 1 && values.length <= Math.min(CHOICES, rows.length / 2);
      const able = few && values.every((text) => text.length <= LONGEST) && !numeric(table, head, column);
      return able && head.textContent.trim() ? { column, values, name: head.textContent.trim() } : null;
    }).filter(Boolean).slice(0, CHOSEN);
  };

  // A field and lists before `place`; rows that do not fit are hidden, and how many do is said.
  const searchable = (table, place = table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < MANY) return;
    const field = make("input", { type: "search" });
    const lists = chosen(table).map(({ column, values, name }) => {
      const list = make("select", {}, new Option("any", ""), ...values.map((text) => new Option(text, text)));
      return { column, list, label: make("label", {}, `${name} `, list) };
    });
    const told = make("output");
    const show = () => {
      const asked = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !(asked.every((word) => text.includes(word))
          && lists.every(({ column, list }) => !list.value || words(row.cells[column]) === list.value));
        left += row.hidden ? 0 : 1;
      }
      const all = !asked.length && lists.every(({ list }) => !list.value);
      table.classList.toggle("searched", !all);
      told.textContent = all ? "" : `${left} of ${rows.length} rows`;
    };
    field.addEventListener("input", show);
    lists.forEach(({ list }) => list.addEventListener("change", show));
    place.before(make("div", { className: "find" }, make("label", {}, "Find in rows ", field), ...lists.map(({ label }) => label), told));
  };

  // In JupyterLab: each table of one head and one body, as it appears.
  const STYLE = `.jp-OutputArea-output .find { display: flex; flex-wrap: wrap; gap: 0.3em 1.2em; align-items: center; margin: 0.5em 0; font-size: var(--jp-ui-font-size1); }
.jp-OutputArea-output .find :is(input, select) { font: inherit; color: inherit; background: var(--jp-layout-color1); border: 1px solid var(--jp-ui-font-color2); padding: 0.15em 0.3em; }
.jp-OutputArea-output th > button { all: unset; cursor: pointer; }
.jp-OutputArea-output th > button:focus-visible { outline: 2px solid var(--jp-brand-color1); }
.jp-OutputArea-output th > button::after { content: "\\a0\u2195"; opacity: 0.4; }
.jp-OutputArea-output th[aria-sort="ascending"] > button::after { content: "\\a0\u2191"; opacity: 1; }
.jp-OutputArea-output th[aria-sort="descending"] > button::after { content: "\\a0\u2193"; opacity: 1; }`;
  const plain = (table) => table.tHead?.rows.length === 1 && table.tBodies.length === 1 && !table.dataset.rows
    && (table.caption || table.classList.contains("dataframe")) && !table.querySelector("[colspan], [rowspan], table")
    && table.tBodies[0].rows.length > 1 && [...table.tBodies[0].rows].every((row) => row.cells.length === heads(table).length);
  const watch = (root) => {
    document.head.append(make("style", { textContent: STYLE }));
    const look = (node) => node.querySelectorAll?.(".jp-OutputArea-output table").forEach((table) => {
      if (plain(table)) {
        table.dataset.rows = "watched";
        searchable(table);
        sortable(table);
      }
      table.querySelectorAll("th:empty").forEach((head) => head.replaceWith(make("td"))); // pandas' corner heads nothing
      const box = table.closest(".jp-OutputArea-output");
      requestAnimationFrame(() => { if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; }); // keys move what is wide
    });
    look(root);
    new MutationObserver((changes) => changes.forEach((each) => each.addedNodes.forEach((node) => look(node.parentNode ?? node)))).observe(root, { childList: true, subtree: true });
  };
  return { sortable, searchable, watch };
})();

if (document.querySelector("#jupyter-config-data")) { // as JupyterLab loads an extension built apart
  const extension = { id: "parallax-tables:rows", autoStart: true, activate: () => globalThis.parallaxTables.watch(document.body) };
  (globalThis._JUPYTERLAB ??= {})["parallax-tables"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: extension })),
  };
}
