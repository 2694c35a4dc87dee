import type { Token } from './tokens.js'
import { KnownWordsBuilder, type KnownWords, type WordNumber } from './known-words.js'
import type { Entry, Role, WordList } from './word-lists.js'

/** Everything that one phrase means. */
export interface Phrase {
  entries: readonly Entry[]
  /** Bits of the roles of the entries, for a quick look. */
  roles: number
  /** The names of the lists and targets, and what they mean. */
  names: ReadonlySet<string>
}

/** A phrase found in a text: tokens from `first` to `last`, the last one not counted. */
export interface Hit {
  phrase: Phrase
  first: number
  last: number
}

/** A place in the tree: the words that a phrase goes on with, and what a phrase means that ends here. */
export interface PhraseNode {
  /** The nodes that the next words lead to; undefined at the end of all phrases. */
  next: Map<WordNumber, PhraseNode> | undefined
  entries: readonly Entry[]
  phrase: Phrase | undefined
}

/** All phrases of the lists in one tree, by their words. */
export interface PhraseTree {
  knownWords: KnownWords
  root: PhraseNode
}

/** One bit for each role. Written out, because every look at a hit reads it. */
const bits: Readonly<Record<Role, number>> = {
  target: 1,
  modifier: 2,
  pseudo: 4,
  heading: 8,
  value: 16,
  place: 32,
  side: 64,
  time: 128,
  grade: 256,
  unit: 512,
  cut: 1024,
  joiner: 2048,
  verb: 4096,
  normal: 8192,
  subject: 16384,
  term: 32768,
}

/** Has the hit an entry of this role? */
export const hasRole = (hit: Hit, role: Role): boolean => (hit.phrase.roles & bits[role]) !== 0

/** The entry of the hit with this role. */
export function entryOf(hit: Hit, role: Role): Entry | undefined {
  if (!hasRole(hit, role)) return undefined
  for (const entry of hit.phrase.entries) if (entry.role === role) return entry
  return undefined
}

/** Is the hit a word of the list or target, or with the meaning, of this name? */
export const isNamed = (hit: Hit, name: string): boolean => hit.phrase.names.has(name)

/** Is one of the hits named so? */
export function names(hits: readonly Hit[], wanted: readonly string[]): boolean {
  for (const hit of hits) for (const name of wanted) if (hit.phrase.names.has(name)) return true
  return false
}

/** The hits that lie between two tokens, the last one not counted; the hits are in the order of the text. */
export function hitsBetween(hits: readonly Hit[], first: number, last: number): readonly Hit[] {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle]?.first ?? 0) < first) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < hits.length && (hits[end]?.last ?? 0) <= last) end++
  return hits.slice(low, end)
}

/**
 * Puts the phrases of all lists into one tree.
 *
 * Edge: what the lists of a kind of text say by a phrase takes the place of what the lists for all kinds say by it: a modifier or
 *       pseudo word of theirs that of a modifier or pseudo word, a heading that of a heading.
 */
export function phraseTree(lists: readonly WordList[]): PhraseTree {
  const builder = new KnownWordsBuilder()
  const root = newNode()
  const general = new Set(lists.filter(({ own }) => !own).map(({ entry }) => entry))
  for (const { entry, words, own } of [...lists].sort((one, other) => Number(one.own) - Number(other.own))) {
    for (const phrase of words)
      for (const node of nodesOf(phrase, root, builder)) {
        if (own) node.entries = node.entries.filter((known) => !general.has(known) || !replaces(entry, known))
        if (!node.entries.includes(entry)) node.entries = [...node.entries, entry]
      }
  }
  finish(root, new Map())
  return { knownWords: builder.build(), root }
}

const saying: ReadonlySet<Role> = new Set(['modifier', 'pseudo'])

const replaces = ({ role }: Entry, known: Entry): boolean =>
  saying.has(role) ? saying.has(known.role) : role === 'heading' && known.role === 'heading'

const newNode = (): PhraseNode => ({ next: undefined, entries: noEntries, phrase: undefined })

const noEntries: readonly Entry[] = []

const phraseOf = (entries: readonly Entry[]): Phrase => ({
  entries,
  roles: entries.reduce((all, { role }) => all | bits[role], 0),
  names: new Set(entries.flatMap(({ id, as }) => [id, as])),
})

/** Makes the phrases of a node and of all below; all phrases of one entry alone are the same. */
function finish(node: PhraseNode, alone: Map<Entry, Phrase>): void {
  const [first, ...others] = node.entries
  if (first && others.length > 0) node.phrase = phraseOf(node.entries)
  else if (first) {
    node.phrase = alone.get(first) ?? phraseOf(node.entries)
    alone.set(first, node.phrase)
  }
  for (const next of node.next?.values() ?? []) finish(next, alone)
}

/** Where a phrase ends in the tree: one node for each way to write it, with its choices and the words that may be left out. */
function nodesOf(phrase: string, root: PhraseNode, builder: KnownWordsBuilder): readonly PhraseNode[] {
  let nodes: readonly PhraseNode[] = [root]
  for (const piece of phrase.split(' ')) {
    const optional = piece.startsWith('~')
    const numbers = (optional ? piece.slice(1) : piece).split('|').map((choice) => builder.numberOf(choice))
    const next = nodes.flatMap((node) => numbers.map((number) => childOf(node, number)))
    nodes = optional ? [...nodes, ...next] : next
  }
  return nodes.filter((node) => node !== root)
}

function childOf(node: PhraseNode, number: WordNumber): PhraseNode {
  const next = (node.next ??= new Map<WordNumber, PhraseNode>())
  const known = next.get(number)
  if (known) return known
  const made = newNode()
  next.set(number, made)
  return made
}

/**
 * Finds the phrases of a text: from left to right the longest one that begins at each token, none within another.
 *
 * Edge: a folded line end within a phrase is skipped; no phrase crosses another line end.
 */
export function hitsOf(tokens: readonly Token[], { knownWords, root }: PhraseTree): readonly Hit[] {
  const numbers: (readonly WordNumber[] | undefined)[] = []
  for (const { kind, text } of tokens)
    numbers.push(
      kind === 'word' || kind === 'number' || kind === 'mark' ? knownWords.numbersOf(text) : undefined,
    )
  const hits: Hit[] = []
  for (let at = 0; at < tokens.length;) {
    const hit = numbers[at] ? longestAt(at, tokens, numbers, root) : undefined
    if (hit) hits.push(hit)
    at = hit ? hit.last : at + 1
  }
  return hits
}

type Numbers = readonly (readonly WordNumber[] | undefined)[]

function longestAt(
  start: number,
  tokens: readonly Token[],
  numbers: Numbers,
  root: PhraseNode,
): Hit | undefined {
  let phrase: Phrase | undefined
  let last = start
  let node: PhraseNode | undefined = root
  let nodes = nowhere
  for (let at = start; at < tokens.length; at++) {
    const known = numbers[at]
    if (!known) {
      if (tokens[at]?.kind === 'fold') continue
      break
    }
    if (node && known.length === 1) {
      node = node.next?.get(known[0] ?? 0)
      nodes = nowhere
    } else {
      nodes = stepFrom(node ? [node] : nodes, known)
      node = nodes.length === 1 ? nodes[0] : undefined
    }
    const found: Phrase | undefined = node ? node.phrase : phraseAt(nodes)
    if (found) {
      phrase = found
      last = at + 1
    }
    if (!node && nodes.length < 2) break
  }
  return phrase && { phrase, first: start, last }
}

const nowhere: readonly PhraseNode[] = []

/** Where the words that come next lead to. */
export function stepFrom(nodes: readonly PhraseNode[], known: readonly WordNumber[]): readonly PhraseNode[] {
  let next: PhraseNode[] | undefined
  for (const node of nodes)
    for (const number of known) {
      const child = node.next?.get(number)
      if (child) (next ??= []).push(child)
    }
  return next ?? nowhere
}

function phraseAt(nodes: readonly PhraseNode[]): Phrase | undefined {
  const phrases = nodes.flatMap(({ phrase }) => phrase ?? [])
  return phrases.length > 0 ? together(phrases) : undefined
}

/** A word may be a phrase both as written and by its stem. */
function together(phrases: readonly Phrase[]): Phrase {
  const [first, ...others] = phrases
  if (first && others.length === 0) return first
  return phraseOf(phrases.flatMap(({ entries }) => entries))
}
