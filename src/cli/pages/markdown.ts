/** The first line of every generated page. */
export const generatedMark =
  '<!-- Made from cards/ and src/ by `npm run docs`; edit those, not this page. -->'

/** One row of a table; a bar inside a cell is escaped, because it would end the cell. */
export const tableRow = (cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`

/** A whole table with its heading row. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] => [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)]

/** Bullets, or one sentence when the list is empty. */
export const bullets = (lines: readonly string[], whenNone: string): readonly string[] =>
  lines.length > 0 ? lines.map((line) => `- ${line}`) : [whenNone]

/** A page from its blocks: one empty line between them, one line end at the end. */
export const page = (...blocks: readonly (string | readonly string[])[]): string =>
  `${[generatedMark, ...blocks.map((block) => (typeof block === 'string' ? block : block.join('\n')))].join('\n\n')}\n`
