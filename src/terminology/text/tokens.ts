import {
  apostrophe,
  cross,
  dash,
  digit,
  emptyBox,
  joined,
  kindOf,
  letter,
  lineEnd,
  plainWord,
  space,
  tickedBox,
} from './characters.js'
import { boxInBrackets, pickListEnd } from './brackets.js'
import { tagAt, type Tag } from './tags.js'

/**
 * A word, number or mark of a text.
 *
 * `box` is a check box: its text is `box` (empty), `ticked`, or `crossed` for a cross without a box. `blank` is a place left for an answer ("___", "***", or a
 * list of answers of which none was picked).
 * `leader` is a row of dots. `break` is a line end, `fold` one within a sentence.
 */
export type TokenKind = 'word' | 'number' | 'mark' | 'box' | 'blank' | 'leader' | 'break' | 'fold' | 'tab'

export interface Token {
  kind: TokenKind
  /** Words as the lists write them, numbers as digits with a dot, marks as one sign ("-" for any dash, "++" is "+"). */
  text: string
  /** UTF-16 units of the original text, end exclusive. */
  start: number
  end: number
  /** How many spaces stand before it. */
  spaces: number
  /** Does a word begin with a capital? */
  initial: boolean
  /** Is the whole word written in capitals? */
  capitals: boolean
}

/** The text of a blank that is a list to pick from. */
export const pickList = '{}'

/** Short forms with a slash or an ampersand that are one word ("w/o", "i&d"), in lower case. */
export type ShortForms = ReadonlySet<string>

/**
 * Cuts a text into tokens, in one pass.
 *
 * Shape:  start and end count UTF-16 units of the text as it came in.
 * Edge:   apostrophes and hyphens within a word part it ("peau-d'orange" is three words); "n't" is the word "not", "cannot" is two words; the "s" after an
 *         apostrophe is dropped; digits part words ("T38.9", "5cm"); a dot between digits stays in the number.
 * Source: clinical section 2.9 step 1.
 */
export function tokensOf(text: string, shortForms: ShortForms): readonly Token[] {
  const cutter = new Cutter(text, shortForms)
  cutter.run()
  return cutter.tokens
}

const runs: ReadonlyMap<string, TokenKind> = new Map([
  ['_', 'blank'],
  ['*', 'blank'],
  ['.', 'leader'],
  ['…', 'leader'],
])
const sameSign: ReadonlyMap<string, string> = new Map([
  ['：', ':'],
  ['？', '?'],
  ['，', ','],
  ['、', ','],
  ['；', ';'],
  ['。', '.'],
  ['＝', '='],
  ['＋', '+'],
  ['¿', '?'],
  ['•', '-'],
  ['·', '-'],
  ['‣', '-'],
  ['–', '-'],
  ['∅', 'ø'],
  ['⌀', 'ø'],
])

/** Letters with a bar above them, as prescriptions write "with" and "without". */
const barred: ReadonlyMap<string, string> = new Map([
  ['c\u0304', 'with'],
  ['c\u0305', 'with'],
  ['s\u0304', 'without'],
  ['s\u0305', 'without'],
])

const withBar = (raw: string): string | undefined => (raw.length === 2 ? barred.get(raw) : undefined)

class Cutter {
  readonly tokens: Token[] = []
  private at = 0
  private spaces = 0

  constructor(
    private readonly text: string,
    private readonly shortForms: ShortForms,
  ) {}

  run(): void {
    const { text } = this
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at)
      const kind = kindOf(code)
      if (kind === space) this.gap(code)
      else if (kind === letter) this.word()
      else if (kind === digit) this.number()
      else if (kind === lineEnd) this.lineEnd(code)
      else if (kind === joined || kind === apostrophe) this.at++
      else if (kind === emptyBox) this.push('box', 'box', this.at + 1)
      else if (kind === tickedBox) this.push('box', 'ticked', this.at + 1)
      else if (kind === cross) this.push('box', 'crossed', this.at + 1)
      else this.sign(code, kind === dash)
    }
  }

  private push(kind: TokenKind, text: string, end: number): void {
    this.tokens.push({
      kind,
      text,
      start: this.at,
      end,
      spaces: this.spaces,
      initial: false,
      capitals: false,
    })
    this.at = end
    this.spaces = 0
  }

  private gap(code: number): void {
    if (code === 9) this.push('tab', '\t', this.at + 1)
    else {
      this.at++
      this.spaces++
    }
  }

  private lineEnd(code: number): void {
    const pair = code === 13 && this.text.charCodeAt(this.at + 1) === 10
    if (this.follows('break')) {
      this.at += pair ? 2 : 1
      return
    }
    this.push('break', '\n', this.at + (pair ? 2 : 1))
  }

  private word(): void {
    const { text } = this
    let end = this.at + 1
    for (; end < text.length; end++) {
      const kind = kindOf(text.charCodeAt(end))
      if (kind !== letter && kind !== joined) break
    }
    const short = this.shortForm(end)
    if (short !== undefined) {
      this.push('word', short, this.at + short.length)
      return
    }
    const raw = text.slice(this.at, end)
    const plain = withBar(raw) ?? plainWord(raw)
    const first = raw.charAt(0)
    const before = this.tokens.length
    if (plain === 'cannot') {
      this.push('word', 'can', this.at + 3)
      this.push('word', 'not', end)
    } else if (kindOf(text.charCodeAt(end)) !== apostrophe || !this.afterApostrophe(plain, end))
      this.push('word', plain, end)
    const word = this.tokens[before]
    if (!word || first === first.toLowerCase()) return
    word.initial = true
    word.capitals = raw === raw.toUpperCase()
  }

  /** "n't" becomes "not"; "'s" is dropped. Says whether it took the word. */
  private afterApostrophe(plain: string, end: number): boolean {
    const next = this.text.charCodeAt(end + 1) | 32
    if (kindOf(this.text.charCodeAt(end + 2)) === letter) return false
    if (next === 116 && plain.endsWith('n')) {
      this.push('word', plain === 'can' ? 'can' : plain.slice(0, -1), end - (plain === 'can' ? 0 : 1))
      this.push('word', 'not', end + 2)
      return true
    }
    if (next !== 115) return false
    this.push('word', plain, end + 2)
    return true
  }

  /** A short form that begins here ("w/o", "f/c", "i&d"), as the lists write it. */
  private shortForm(end: number): string | undefined {
    const sign = this.text.charCodeAt(end)
    if ((sign !== 47 && sign !== 38) || end - this.at > 3) return undefined
    let last = end + 1
    while (last - end <= 4 && kindOf(this.text.charCodeAt(last)) === letter) last++
    const form = this.text.slice(this.at, last).toLowerCase()
    return this.shortForms.has(form) ? form : undefined
  }

  private number(): void {
    const { text } = this
    let end = this.at + 1
    while (end < text.length) {
      const code = text.charCodeAt(end)
      const inNumber =
        kindOf(code) === digit || ((code === 46 || code === 44) && kindOf(text.charCodeAt(end + 1)) === digit)
      if (!inNumber) break
      end++
    }
    this.push('number', text.slice(this.at, end).replace(',', '.'), end)
  }

  private sign(code: number, isDash: boolean): void {
    const { text } = this
    const tag = code === 60 || code === 38 ? tagAt(text, this.at) : undefined
    if (tag) {
      this.tag(tag)
      return
    }
    if ((isDash || code === 43) && this.scored()) return
    if (isDash && this.betweenWords()) {
      this.at++
      return
    }
    const box = code === 91 || code === 40 || code === 95 ? boxInBrackets(text, this.at) : undefined
    if (box) {
      this.push('box', box.ticked ? 'ticked' : 'box', box.end)
      return
    }
    const choice = code === 123 ? pickListEnd(text, this.at) : undefined
    if (choice !== undefined) {
      this.push('blank', pickList, choice)
      return
    }
    const one = isDash ? '-' : text.charAt(this.at)
    const row = runs.get(one)
    const many = one === '+' || one === '-' || one === '?' || one === '!' || one === '=' || one === '>'
    let end = this.at + 1
    // a run of other signs is many tokens: to count it anew at each of them would take the square of its length
    if (row || many) while (end < text.length && text.charAt(end) === text.charAt(this.at)) end++
    if (row && (end - this.at > 1 || one === '…')) this.push(row, one === '…' ? '.' : one, end)
    else this.push('mark', sameSign.get(one) ?? one, many ? end : this.at + 1)
  }

  /** A tag is what stands in its place; the last cell of a row has no border, and no empty line comes of tags that follow one another. */
  private tag({ as, end }: Tag): void {
    const { at, tokens } = this
    if (as === 'label') this.label(end)
    else if (as === 'box' || as === 'ticked') this.push('box', as, end)
    else if (as === 'tab') this.push('tab', '\t', end)
    else if (as === 'gap') this.spaces++
    else if (as === 'break') {
      if (tokens.length > 0 && this.follows('tab')) tokens.pop()
      if (tokens.length > 0 && tokens[tokens.length - 1]?.kind !== 'break') this.push('break', '\n', end)
    }
    this.at = Math.max(end, at)
  }

  /** The name of an element, with a colon. */
  private label(end: number): void {
    const { at, text } = this
    for (const word of text.slice(at + 1, end - 1).split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)) {
      if (word !== '') this.push('word', plainWord(word), end)
      this.at = at
    }
    this.push('mark', ':', end)
  }

  /** Was the last token made from a tag? */
  private follows(kind: TokenKind): boolean {
    const last = this.tokens[this.tokens.length - 1]
    return last?.kind === kind && this.text.charAt(last.start) === '<'
  }

  /** "+ve" and "-ve" are words, and "+nt" is written for "present". Says whether there was one. */
  private scored(): boolean {
    const { text, at } = this
    const behind = text.slice(at + 1, at + 3).toLowerCase()
    if (behind !== 've' && !(behind === 'nt' && text.charAt(at) === '+')) return false
    if (kindOf(text.charCodeAt(at + 3)) === letter) return false
    this.push('word', text.charAt(at) === '+' ? '+ve' : '-ve', at + 3)
    return true
  }

  /** A hyphen between letters only joins two words. */
  private betweenWords(): boolean {
    const before = this.at > 0 ? kindOf(this.text.charCodeAt(this.at - 1)) : 0
    const after = kindOf(this.text.charCodeAt(this.at + 1))
    return (
      (before === letter || before === digit || before === lineEnd) && after === letter && before !== lineEnd
    )
  }
}
