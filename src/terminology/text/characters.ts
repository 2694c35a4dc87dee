/** What a character is to the cutter of tokens. */
export const letter = 1
export const digit = 2
export const space = 3
export const lineEnd = 4
export const apostrophe = 5
export const dash = 6
export const emptyBox = 7
export const tickedBox = 8
export const cross = 9
/** Part of the letter before it: an accent of its own, a soft hyphen, a character without width. */
export const joined = 10
export const mark = 0

const ascii = new Uint8Array(128)
for (let code = 97; code <= 122; code++) {
  ascii[code] = letter
  ascii[code - 32] = letter
}
for (let code = 48; code <= 57; code++) ascii[code] = digit
for (const code of [9, 11, 12, 32]) ascii[code] = space
for (const code of [10, 13]) ascii[code] = lineEnd
for (const one of "'`") ascii[one.charCodeAt(0)] = apostrophe
ascii['-'.charCodeAt(0)] = dash

const beyond = new Map<number, number>()
const put = (characters: string, kind: number): void => {
  for (const one of characters) beyond.set(one.charCodeAt(0), kind)
}
put('\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000', space)
put('\u0085\u2028\u2029', lineEnd)
put('\u2018\u2019\u02bc\u00b4\u2032\u201b', apostrophe)
put('\u2010\u2011\u2012\u2013\u2014\u2212\u2015', dash)
put('☐□◻⬜❏❐○◯▢◽▫', emptyBox)
put('☑☒✓✔√■◼⬛●◾▪', tickedBox)
put('✗✘✕✖❌', cross)
put('\u00ad\u200b\u200c\u200d\u2060\ufeff', joined)

const letterShape = /\p{L}/u
const joinedShape = /\p{M}/u

/**
 * The kind of the UTF-16 unit.
 *
 * Edge: halves of characters beyond the first plane are marks, except those of CJK, which are letters.
 */
export function kindOf(code: number): number {
  if (code < 128) return ascii[code] ?? mark
  const known = beyond.get(code)
  if (known !== undefined) return known
  if (code >= 0xd800 && code <= 0xdfff) return mark
  const one = String.fromCharCode(code)
  if (letterShape.test(one)) return letter
  return joinedShape.test(one) ? joined : mark
}

const spelledOut: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
])

/**
 * A word as the lists write it: lower case, accents away, ligatures spelled out.
 *
 * Edge: what cannot be written so (Greek, Cyrillic, CJK) stays in its own letters.
 */
export function plainWord(word: string): string {
  const lower = word.toLowerCase()
  if (isAscii(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/[œæß]/g, (one) => spelledOut.get(one) ?? one)
}

function isAscii(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) > 127) return false
  return true
}
