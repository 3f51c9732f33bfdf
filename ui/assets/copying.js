// Stands in the page itself: a table that is copied keeps its cells in WPS and Excel, a row a line and a tab between cells,
// however its cells are drawn. What is copied with words around the table is left to the browser.
(() => {
function copied(event) {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0), rest = range.cloneContents();
  const place = range.commonAncestorContainer, around = place instanceof Element ? place : place.parentElement;
  if (!around || around.closest("td, th, input, textarea")) return;
  if (!around.closest("table")) {
    rest.querySelectorAll("table, style").forEach((table) => table.remove());
    if (rest.textContent.trim()) return;
  }
  const within = around.closest("table") || around;
  const tables = within.matches("table") ? [within] : [...within.querySelectorAll("table")];
  const made = tables.filter((table) => range.intersectsNode(table) && seen(table)).map((table) => grid(table, range));
  const full = made.filter((rows) => rows.length);
  if (!full.length) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", full.map(plain).join("\n\n"));
  event.clipboardData.setData("text/html", full.map(page).join("<br>"));
}

// Rows of places; null where a cell that began above or before reaches in.
function grid(table, range) {
  const rows = [...table.rows].filter((row) => range.intersectsNode(row) && seen(row)), filled = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      if (!range.intersectsNode(cell) || !seen(cell)) continue;
      while (filled[y][x] !== undefined) x++;
      const down = Math.min(cell.rowSpan, rows.length - y);
      for (let dy = 0; dy < down; dy++) for (let dx = 0; dx < cell.colSpan; dx++) filled[y + dy][x + dx] = null;
      filled[y][x] = {words: words(cell), across: cell.colSpan, down};
      x += cell.colSpan;
    }
  });
  return filled;
}

function seen(part) {
  return part.checkVisibility({visibilityProperty: true}) && part.getClientRects().length > 0;
}

// A mark with a look of its own, and whatever stands on a line of its own, is a word of its own.
function words(cell) {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let said = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (holder.closest("style, script") || !seen(holder)) continue;
    const apart = holder !== cell && (holder.className || getComputedStyle(holder).display !== "inline");
    said += (apart ? " " : "") + node.data + (apart ? " " : "");
  }
  // a minus as it is printed is no number to a spreadsheet
  return said.replace(/\s+/g, " ").trim().replace(/^−(?=[\d.]+%?$)/, "-");
}

function plain(rows) {
  return rows.map((row) => row.map((cell) => (cell ? cell.words : "")).join("\t")).join("\n");
}

function page(rows) {
  const table = document.createElement("table");
  table.border = "1";
  for (const row of rows) {
    const line = table.insertRow();
    for (const cell of row) {
      if (!cell) continue;
      const made = line.insertCell();
      made.textContent = cell.words;
      made.colSpan = cell.across;
      made.rowSpan = cell.down;
    }
  }
  return table.outerHTML;
}

document.addEventListener("copy", copied);
})();
