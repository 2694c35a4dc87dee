import type { ReadComment } from './read-comments.js'

const lineBreak = /\r\n|[\r\n\u2028\u2029]/u
/** Characters that could control a terminal, or reverse the direction of the text. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const indented = (comment: string): readonly string[] =>
  comment.split(lineBreak).map((line) => `  ${line.replace(unprintable, ' ')}`)

function foundLines({ found }: ReadComment): readonly string[] {
  if (found.state === 'whole') return indented(found.comment)
  if (found.state === 'altered')
    return ['  does not fit its record: these are not the words that were sent', ...indented(found.comment)]
  if (found.state === 'other-key') return [`  cannot be opened with this key: sealed for key ${found.keyId}`]
  if (found.state === 'damaged') return ['  cannot be opened: it was altered or cut']
  return ['  is missing: its record is there, the comment was taken away']
}

/** Writes one comment for a terminal: its time and card, then its words or the reason why there are none. */
export function commentText(read: ReadComment): string {
  const { at, client, card, outcome, reason } = read
  const about = [at, client, `card ${card}`, outcome, ...(reason === undefined ? [] : [reason])].join('  ')
  return [about.replace(unprintable, ' '), ...foundLines(read)].join('\n')
}
