/** The file of each chapter of the clinical rule book, by its number. */
const chapters: Readonly<Record<string, string>> = {
  1: '1-patient',
  2: '2-codes-and-words',
  3: '3-reading',
  4: '4-timeline',
  5: '5-stages-and-flags',
  6: '6-cards',
  7: '7-orders',
  8: '8-suppression',
}

/** The section that holds the rules of a letter: "R1" is a rule of section 5.3. */
const sectionOfLetter: Readonly<Record<string, string>> = { F: '1.4', R: '5.3' }

const references =
  /\b(?<section>\d\.\d)(?: row (?<row>\d+))?\b|\b7 rule (?<order>\d\w?)\b|\b(?<letter>[FR])(?<place>\d+b?)\b|^8(?=,)|\bwith 8(?=,)/g

/** The named parts of one reference; chapter 8 alone has none. */
type Reference = Partial<Record<'section' | 'row' | 'order' | 'letter' | 'place', string>>

/** The id of the section, row or rule that a reference names. */
function idOf({ section, row, order, letter, place = '' }: Reference): string {
  if (section !== undefined) return row === undefined ? section : `${section}-row-${row}`
  if (order !== undefined) return `7-rule-${order}`
  return letter === undefined ? '8' : `${sectionOfLetter[letter]}-${letter}${place}`
}

/**
 * Writes the rule of a row with a link to each section that it names: "6.1 row 2, R5 of 5.3" has three links.
 *
 * Shape: `book` is the path of the rule book relative to the page, such as "../clinical".
 */
export const withRuleLinks = (rule: string, book: string): string =>
  rule.replaceAll(references, (words: string, ...matched: readonly unknown[]) => {
    const id = idOf(matched.at(-1) as Reference)
    return `[${words}](${book}/${chapters[id.charAt(0)]}.md#${id})`
  })
