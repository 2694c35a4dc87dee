import { cross, digit, kindOf, lineEnd, space, tickedBox } from './characters.js'

const closing: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
  ['_', '_'],
])

const isTick = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  const kind = kindOf(code)
  return (
    (code | 32) === 120 ||
    kind === tickedBox ||
    kind === cross ||
    (code === 42 && text.charAt(at - 1) !== '*')
  )
}

/**
 * The check box that is written in brackets at this place: "[ ]", "[x]", "(X)", "[_]", "()", "_x_".
 *
 * Edge:    more than four characters between the brackets are no box; neither is anything but blanks, lines and one tick.
 * Missing: undefined when no box stands here.
 */
export function boxInBrackets(text: string, at: number): { ticked: boolean; end: number } | undefined {
  const close = closing.get(text.charAt(at))
  if (close === undefined) return undefined
  let ticked = false
  for (let next = at + 1; next < at + 6 && next < text.length; next++) {
    if (text.charAt(next) === close) {
      if (close === '_' && !ticked) return undefined
      return { ticked, end: next + 1 }
    }
    const blank = kindOf(text.charCodeAt(next)) === space || text.charAt(next) === '_'
    if (blank) continue
    if (ticked || !isTick(text, next)) return undefined
    ticked = true
  }
  return undefined
}

/**
 * Where the pick list in braces ends that begins at this place: "{YES/NO:20200}", "{none/mild/severe}".
 *
 * Edge:    braces with neither a number behind a colon nor a slash hold words of the note.
 * Missing: undefined when no pick list begins here.
 */
export function pickListEnd(text: string, at: number): number | undefined {
  let isChoice = false
  for (let next = at + 1; next < text.length; next++) {
    const sign = text.charAt(next)
    if (sign === '}') return isChoice ? next + 1 : undefined
    if (sign === '{' || kindOf(text.charCodeAt(next)) === lineEnd) return undefined
    isChoice ||= sign === '/' || (sign === ':' && kindOf(text.charCodeAt(next + 1)) === digit)
  }
  return undefined
}
