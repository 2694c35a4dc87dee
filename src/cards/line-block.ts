import { fillInLine, type SlotValues, type Template } from './template.js'

/** The bullet lines of a card, compiled once; neighbouring lines without values are one text. */
export type LineBlock = readonly (string | Template)[]

/** Joins lines that hold no values, so that a call fills in only the others. */
export function compileBlock(lines: readonly Template[]): LineBlock {
  const block: (string | Template)[] = []
  for (const line of lines) {
    const last = block.at(-1)
    if (line.slots.length > 0) block.push(line)
    else if (typeof last === 'string') block[block.length - 1] = `${last}- ${line.texts[0] ?? ''}\n`
    else block.push(`- ${line.texts[0] ?? ''}\n`)
  }
  return block
}

/** The block as Markdown, each line ended; a line with an empty value is left out. */
export function fillInBlock(block: LineBlock, values: SlotValues): string {
  let text = ''
  for (const part of block) {
    if (typeof part === 'string') text += part
    else {
      const line = fillInLine(part, values)
      if (line !== undefined) text += `- ${line}\n`
    }
  }
  return text
}
