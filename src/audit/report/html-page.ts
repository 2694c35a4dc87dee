import { escaped } from './plots.js'

const style =
  'body{font:15px/1.4 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1a1a1a}' +
  'table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:.2em .8em .2em 0;text-align:left}' +
  'svg{max-width:100%;height:auto}@media print{body{margin:0}}'

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** Converts one line of Markdown, of the few kinds that a report uses. */
function htmlLine(line: string, next: string | undefined): string {
  if (line.startsWith('<svg')) return line
  if (line.startsWith('# ')) return `<h1>${escaped(line.slice(2))}</h1>`
  if (line.startsWith('## ')) return `<h2>${escaped(line.slice(3))}</h2>`
  if (line.startsWith('- ')) return `<p>• ${escaped(line.slice(2))}</p>`
  if (line.startsWith('|---')) return ''
  if (line.startsWith('|')) {
    const tag = next?.startsWith('|---') ? 'th' : 'td'
    return `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${escaped(cell)}</${tag}>`)
      .join('')}</tr>`
  }
  return line === '' ? '' : `<p>${escaped(line)}</p>`
}

/** Writes a report as one HTML page without scripts, links or further files. */
export function htmlPage(markdown: string): string {
  const lines = markdown.split('\n')
  const body: string[] = []
  let inTable = false
  for (const [at, line] of lines.entries()) {
    const isRow = line.startsWith('|')
    if (isRow && !inTable) body.push('<table>')
    if (!isRow && inTable) body.push('</table>')
    inTable = isRow
    body.push(htmlLine(line, lines[at + 1]))
  }
  const title = lines[0]?.replace(/^# /, '') ?? ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style>${body.join('\n')}</html>\n`
}
