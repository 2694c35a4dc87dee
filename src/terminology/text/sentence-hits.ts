import type { Document, Sentence } from './document.js'
import type { Hit } from './phrases.js'

/** The hits of each sentence, in the order of the sentences; those of labels and headings are in none. */
export function hitsBySentence({ sentences, hits }: Document): readonly (readonly Hit[])[] {
  let at = 0
  return sentences.map(({ first, last }) => {
    const mine: Hit[] = []
    for (; at < hits.length; at++) {
      const hit = hits[at]
      if (!hit || hit.first >= last) break
      if (hit.first >= first) mine.push(hit)
    }
    return mine
  })
}

/** The sentence of a token. */
export function sentenceAt(sentences: readonly Sentence[], token: number): Sentence | undefined {
  let low = 0
  let high = sentences.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sentences[middle]?.last ?? Infinity) <= token) low = middle + 1
    else high = middle
  }
  return sentences[low]
}

/** Index of the first hit that begins at a token or behind it. */
export function hitIndexFrom(hits: readonly Hit[], token: number): number {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle]?.first ?? Infinity) < token) low = middle + 1
    else high = middle
  }
  return low
}

/** The hits between two tokens, the last one not counted. */
export function hitsWithin(first: number, last: number, { hits }: Document): readonly Hit[] {
  const from = hitIndexFrom(hits, first)
  return hits.slice(from, hitIndexFrom(hits, last)).filter((hit) => hit.last <= last)
}
