// @ts-check
// What a clipboard holds, as the text that a spreadsheet copies: tabs between cells, quotes around a cell that itself has
// tabs or line feeds.

/**
 * The files in it. A spreadsheet also copies a picture of its cells: that is none.
 * @param {DataTransfer} data
 */
export function copiedFiles(data) {
  const hasText = data.types.includes("text/plain") || data.types.includes("text/html");
  return [...data.files].filter((file) => !hasText || !file.type.startsWith("image/"));
}

/**
 * Its text, with line feeds; made from the HTML when there is no other.
 * @param {DataTransfer} data
 */
export function copiedText(data) {
  return (data.getData("text/plain") || textOfHtml(data.getData("text/html"))).replace(/\r\n?/g, "\n");
}

/**
 * The text of a cell that was copied alone, if that is what it is: quoted because it has line feeds, or followed by one.
 * @param {string} text of a spreadsheet
 * @returns {string | null}
 */
export function onlyCell(text) {
  const inner = text.replace(/\n$/, "");
  const quoted = /^"((?:[^"]|"")*)"$/.exec(inner)?.[1];
  if (quoted !== undefined && /[\t\n]/.test(quoted)) return quoted.replaceAll('""', '"');
  return /[\t\n]/.test(inner) ? null : inner;
}

/** @param {DataTransfer} data */
export const isFromSpreadsheet = (data) => /<table[\s>]/i.test(data.getData("text/html"));

/** @param {string} html */
function textOfHtml(html) {
  // The page's own policy also holds for the styles of what it parses: they are left out, and nothing is reported.
  const plain = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\bstyle\b/gi, "data-style"));
  const body = new DOMParser().parseFromString(plain, "text/html").body;
  const table = body.querySelector("table");
  return table ? textOfTable(table) : linesOf(body);
}

/**
 * Merged cells hold their text in the first of the places they cover.
 * @param {HTMLTableElement} table
 */
function textOfTable(table) {
  /** @type {string[][]} */
  const rows = [...table.rows].map(() => []);
  for (const [at, row] of [...table.rows].entries()) {
    for (const cell of row.cells) {
      let first = 0;
      while (rows[at]?.[first] !== undefined) ++first;
      for (const covered of rows.slice(at, at + cell.rowSpan)) {
        for (let column = first; column < first + cell.colSpan; ++column) covered[column] = "";
      }
      /** @type {string[]} */ (rows[at])[first] = linesOf(cell);
    }
  }
  return rows.map((cells) => Array.from(cells, (cell) => quote(cell ?? "")).join("\t")).join("\n");
}

/** @param {string} cell */
const quote = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * The text as it shows: source line ends are blanks, breaks and paragraphs are lines.
 * @param {Node} node
 */
function linesOf(node) {
  const lines = shownText(node).split("\n").map((line) => line.replaceAll("\u00a0", " ").trim());
  return lines.filter((line) => line !== "").join("\n");
}

/**
 * @param {Node} node
 * @returns {string}
 */
function shownText(node) {
  if (node.nodeType === Node.TEXT_NODE) return (node.nodeValue ?? "").replace(/[ \t\r\n\f]+/g, " ");
  if (node.nodeName === "BR") return "\n";
  if (/^(DATA-STYLE|SCRIPT|#comment)$/.test(node.nodeName)) return "";
  const inner = [...node.childNodes].map(shownText).join("");
  return /^(P|DIV|LI|TR|H[1-6])$/.test(node.nodeName) ? `\n${inner}\n` : inner;
}
