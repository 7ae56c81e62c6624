// @ts-check
// The one reader of clipboards: what one holds, as the text that Excel copies: tabs between cells, quotes around a cell that
// itself has tabs or line ends, and around no other. A table's HTML says which cells there are; where there is none, Excel's
// rule is read by C++ (exchange/csv.hpp).

/** Larger HTML is left alone: its text says the same, and is read in a moment. */
const mostHtml = 32 * 1024 * 1024;
/** Rows and columns that one cell may cover; more is no table of people. */
const mostCovered = 10_000;
/** The rows that a document may have, and one more, which C++ refuses with a sentence. */
const mostRows = 100_001;

/**
 * The files in it. A spreadsheet also copies a picture of its cells: that is none.
 * @param {DataTransfer} data
 */
export function copiedFiles(data) {
  const hasText = data.types.includes("text/plain") || data.types.includes("text/html");
  return [...data.files].filter((file) => !hasText || !file.type.startsWith("image/"));
}

/**
 * Its text. Where there is a table, that decides; else the plain text does, if there is any.
 * @param {DataTransfer} data
 * @returns {{text: string, hidden: number}} how many rows of it the original does not show
 */
export function copied(data) {
  const plain = data.getData("text/plain");
  const html = data.getData("text/html");
  if (html.length > mostHtml || (plain !== "" && !isFromSpreadsheet(data))) return { text: plain, hidden: 0 };
  return readHtml(html, plain);
}

/**
 * The text of a cell that was copied alone, if that is what it is: quoted because it has line ends, or followed by one.
 * @param {string} text of a spreadsheet
 * @returns {string | null}
 */
export function onlyCell(text) {
  const inner = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const quoted = /^"((?:[^"]|"")*)"$/.exec(inner)?.[1];
  if (quoted !== undefined && /[\t\n]/.test(quoted)) return quoted.replaceAll('""', '"');
  return /[\t\n]/.test(inner) ? null : inner;
}

/** @param {DataTransfer} data */
export const isFromSpreadsheet = (data) => /<table[\s>]/i.test(data.getData("text/html"));

/**
 * Its tables with their spans and the lines around them, as the draft of a form keeps them (exchange/author/given_json.hpp);
 * null where there is none.
 * @param {DataTransfer} data
 * @returns {string | null}
 */
export function copiedTables(data) {
  const html = data.getData("text/html");
  if (html.length > mostHtml || !isFromSpreadsheet(data)) return null;
  const tables = [];
  /** @type {string[]} */
  let lines = [];
  for (const part of partsOf(quietBody(html))) {
    if (part instanceof HTMLTableElement) {
      tables.push({ number: tables.length + 1, ...cellsOf(part), above: lines, below: /** @type {string[]} */ ([]) });
      lines = [];
    } else {
      lines.push(...linesOf(part).split("\n").filter((line) => line !== ""));
    }
  }
  const last = tables.at(-1);
  if (last) last.below = lines;
  return last ? JSON.stringify({ tables }) : null;
}

/** @param {HTMLTableElement} table */
function cellsOf(table) {
  const source = [...table.rows].slice(0, mostRows);
  /** @type {boolean[][]} */
  const taken = source.map(() => []);
  /** @type {(number | string)[][]} */
  const cells = [];
  for (const [at, row] of source.entries()) {
    for (const cell of row.cells) {
      let first = 0;
      while (taken[at]?.[first]) ++first;
      const height = Math.min(cell.rowSpan || source.length, source.length - at);
      const width = Math.min(cell.colSpan, mostCovered);
      for (const covered of taken.slice(at, at + height)) {
        for (let column = first; column < first + width; ++column) covered[column] = true;
      }
      cells.push([at, first, height, width, linesOf(cell)]);
    }
  }
  return { rows: source.map((_, at) => at + 1), cells };
}

/**
 * Nothing in it runs or is fetched: a parsed document has no window. The page's own policy also holds for the styles and
 * handlers of what it parses: they are moved aside, and nothing is reported.
 * @param {string} html
 */
function quietBody(html) {
  const quiet = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\bstyle\b|\bon(?=\w+\s*=)|(?<=^<)base\b/gi, "data-$&"));
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

/**
 * @param {string} html
 * @param {string} plain what stands for it where it holds no table of its own
 */
function readHtml(html, plain) {
  const body = quietBody(html);
  if (!body.querySelector("table")) return { text: plain || linesOf(body), hidden: 0 };
  /** @type {string[]} */
  const lines = [];
  let hidden = 0;
  // What stands above and below a table stays there: a title, a note.
  for (const part of partsOf(body)) {
    const table = part instanceof HTMLTableElement ? readTable(part) : { text: linesOf(part), hidden: 0 };
    if (table.text !== "") lines.push(table.text);
    hidden += table.hidden;
  }
  return { text: lines.join("\n"), hidden };
}

/**
 * Tables that lie in no other, and what lies between them.
 * @param {Node} node
 * @returns {Node[]}
 */
function partsOf(node) {
  if (node instanceof HTMLTableElement || !(node instanceof Element) || !node.querySelector("table")) return [node];
  return [...node.childNodes].flatMap(partsOf);
}

/**
 * A cell's text stands in every row that it covers, as each of them is a line of the table; beside it, in the columns it
 * covers, nothing.
 * @param {HTMLTableElement} table
 */
function readTable(table) {
  const source = [...table.rows];
  const isTooLong = source.length >= mostRows && source.filter((row) => !/^\s*$/.test(row.textContent ?? "")).length >= mostRows;
  if (isTooLong) return { text: "-\n".repeat(mostRows), hidden: 0 }; // refused whatever they say
  /** @type {string[][]} */
  const rows = source.map(() => []);
  let hidden = 0;
  const texts = source.map((row) => Array.from(row.cells, linesOf));
  /** Rows that say nothing of their own: a cell from above makes none of them a row. */
  const bare = texts.map((all) => all.every((text) => text === ""));
  for (const [at, row] of source.entries()) {
    if (isHidden(row) && !bare[at]) ++hidden; // Excel ends tables with a row that only gives the widths
    for (const [index, cell] of [...row.cells].entries()) {
      let first = 0;
      while (rows[at]?.[first] !== undefined) ++first;
      const text = texts[at]?.[index] ?? "";
      const height = cell.rowSpan === 0 ? source.length - at : Math.min(cell.rowSpan, mostCovered);
      for (const covered of rows.slice(at, at + height)) {
        for (let column = first; column < first + Math.min(cell.colSpan, mostCovered); ++column) {
          covered[column] ??= column === first ? text : "";
        }
      }
    }
  }
  return { text: rows.map((cells, at) => Array.from(cells, (cell) => (bare[at] ? "" : quote(cell ?? ""))).join("\t")).join("\n"), hidden };
}

/** @param {HTMLElement} element */
const isHidden = (element) =>
  element.hidden || /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden/i.test(element.dataset["style"] ?? "");

/** @param {string} cell */
const quote = (cell) => (/[\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

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
  if (/^(DATA-STYLE|SCRIPT|STYLE|TEMPLATE|DEL|RP|RT|#comment)$/i.test(node.nodeName)) return ""; // small letters in SVG
  if (node instanceof HTMLSpanElement && isHidden(node)) return "";  // hidden text of Word is no part of the cell
  const inner = [...node.childNodes].map(shownText).join("");
  if (node.nodeName === "TD" || node.nodeName === "TH") return `${inner} `;  // of a table within a cell
  return /^(P|DIV|LI|TR|H[1-6]|TABLE|UL|OL|DD|DT)$/.test(node.nodeName) ? `\n${inner}\n` : inner;
}
