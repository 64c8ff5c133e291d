"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const codes = new Map();
  const done = [];
  let place = 0;
  let told = "";

  function kept() {
    try {
      const saved = JSON.parse(localStorage.getItem(data.key) || "{}");
      for (const item of data.items) if (item.choices.includes(saved[item.item])) codes.set(item.item, saved[item.item]);
    } catch { /* a browser that keeps nothing: the codes can still be saved to a file */ }
  }
  function keep() {
    try { localStorage.setItem(data.key, JSON.stringify(Object.fromEntries(codes))); } catch { /* as above */ }
  }
  function firstOpen() {
    const open = data.items.findIndex((item) => !codes.has(item.item));
    return open < 0 ? data.items.length - 1 : open;
  }
  function element(name, words) { const made = document.createElement(name); made.textContent = words; return made; }
  function key(i) { return i < 9 ? String(i + 1) : String.fromCharCode(97 + i - 9); }

  function show() {
    const item = data.items[place];
    at("text").replaceChildren(...item.pieces.map(([words, kind]) =>
      kind ? element(kind === "mark" ? "mark" : "u", words) : document.createTextNode(words)));
    at("asked").textContent = [item.asked && "Asked for: " + item.asked, item.note].filter(Boolean).join(" · ");
    at("labels").replaceChildren(...item.choices.map((label, i) => {
      const button = element("button", label + " ");
      button.type = "button";
      button.append(element("kbd", key(i)));
      button.setAttribute("aria-pressed", String(codes.get(item.item) === label));
      button.addEventListener("click", () => code(label));
      return button;
    }));
    at("progress").textContent = `Item ${place + 1} of ${data.items.length}; ${codes.size} coded` + (codes.size === data.items.length ? ". All done: save the codes." : ".") + told;
    at("bar").max = data.items.length;
    at("bar").value = codes.size;
  }
  function code(label) {
    const item = data.items[place];
    done.push([place, item.item, codes.get(item.item)]);
    codes.set(item.item, label);
    told = "";
    keep();
    if (place < data.items.length - 1) place += 1;
    show();
  }
  function undo() {
    const last = done.pop();
    if (!last) return;
    place = last[0];
    if (last[2] === undefined) codes.delete(last[1]); else codes.set(last[1], last[2]);
    keep();
    show();
  }
  function cell(words) { return '"' + (/^[=+\-@\t\r]/.test(words) ? "'" : "") + words.replaceAll('"', '""') + '"'; }
  function save() {
    const rows = data.items.filter((item) => codes.has(item.item)).map((item) => [item.item, codes.get(item.item), data.coder].map(cell).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["item,label,coder\n" + rows.join("\n") + "\n"], { type: "text/csv" }));
    link.download = data.file;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  function load(text) {
    let lost = 0;
    for (const line of text.split(/\r?\n/).slice(1).filter((one) => one.trim())) {
      const cells = (line.match(/"(?:[^"]|"")*"|[^,]+/g) || []).map((c) => c.startsWith('"') ? c.slice(1, -1).replaceAll('""', '"').replace(/^'(?=[=+\-@])/, "") : c);
      const item = data.items.find((one) => one.item === cells[0]);
      if (item && item.choices.includes(cells[1])) codes.set(cells[0], cells[1]); else lost += 1;
    }
    told = lost ? ` Of the file, ${lost} row${lost > 1 ? "s are" : " is"} of no item or label of this sheet, and not used.` : "";
    keep();
    place = firstOpen();
    show();
  }
  function move(step) { place = Math.min(Math.max(place + step, 0), data.items.length - 1); show(); }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
    const pressed = event.key.toLowerCase();
    const choices = data.items[place].choices;
    const label = choices.findIndex((_, i) => key(i) === pressed);
    if (label >= 0) code(choices[label]);
    else if (pressed === "u" || pressed === "backspace") undo();
    else if (pressed === "s") save();
    else if (pressed === "arrowleft") move(-1);
    else if (pressed === "arrowright") move(1);
    else return;
    event.preventDefault();
  });
  at("back").addEventListener("click", () => move(-1));
  at("next").addEventListener("click", () => move(1));
  at("undo").addEventListener("click", undo);
  at("save").addEventListener("click", save);
  at("load").addEventListener("change", async (event) => { if (event.target.files.length) load(await event.target.files[0].text()); });

  at("question").textContent = data.question;
  at("about").textContent = data.about;
  at("rows").replaceChildren(...data.labels.map((label) => {
    const row = document.createElement("tr");
    const head = element("th", label.name);
    head.scope = "row";
    row.append(head, ...[label.meaning, label.example, label.counter].map((words) => element("td", words)));
    return row;
  }));
  kept();
  place = firstOpen();
  show();
})();
