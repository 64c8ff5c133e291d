"use strict";
// Each table as a CSV file, whose cells no spreadsheet runs as formulas.
(() => {
  const NUMBER = /^[-+]?\d[\d,]*(\.\d+)?%?$/;
  const cell = (words) => {
    let text = words.trim().replace(/^\u2212(?=\d)/, "-");
    if (NUMBER.test(text)) text = text.replaceAll(",", "");
    else if (/^[=+\-@\t\r\n]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // What a cell says, without the arrows that lead on from it.
  const words = (c) => [...c.childNodes].map((node) => node.textContent.replace(/ ?→$/, "").trim()).join(" ");
  // A head carries the sign of how the table is sorted beside its words only as style.
  const lines = (table) => [...table.rows].map((row) => [...row.cells].filter((c) => !c.querySelector(":scope > .unseen, :scope > .go")).map((c) => cell(words(c))).join(","));
  for (const table of document.querySelectorAll("main table")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "unfold csv";
    button.textContent = "Save as CSV";
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", lines(table).join("\r\n"), "\r\n"], { type: "text/csv" }));
      link.download = `${table.id || "problems"}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    table.closest(".scroll").after(button);
  }
})();
