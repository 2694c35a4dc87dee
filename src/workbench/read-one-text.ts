import { severeSoftTissueSigns } from '../terminology/breast-conditions.js'
import { ProtocolError } from '../errors.js'
import { isObject } from '../gather/fhir-shape.js'
import { budgets } from '../protocol/limits.js'
import { saysLoss } from '../terminology/text/losses.js'
import { readText } from '../terminology/text/read-text.js'
import { textKinds, type AskedText, type Reading, type TextReading } from '../terminology/text/reading.js'
import type { TextWords } from '../terminology/text/text-words.js'

/** The reading of one text. */
export type OneText = Pick<TextReading, 'readings' | 'language' | 'unread'>

const modalities = ['ultrasound', 'mammogram'] as const

const refused = (path: string, says: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FIELD_INVALID', says, path)

/**
 * Reads one text without a chart, with the reader that the cards use.
 *
 * Shape:  body and response of `POST /workbench/read`.
 * Edge:   a loss that counts only with what else is on record is left out; one in pregnancy counts from `lossFromWeek`.
 * Throws: `ProtocolError` (400) that names the field.
 */
export function readOneText(body: unknown, words: TextWords, lossFromWeek: number): OneText {
  const { readings, language, unread, gestation } = readText(askedText(body), words)
  const counts = (reading: Reading): boolean =>
    isAnswered(reading) && (reading.value !== 'loss' || saysLoss(reading, gestation, lossFromWeek))
  return { readings: readings.filter(counts), language, unread }
}

const isAnswered = ({ term, value }: Reading): boolean =>
  !notAnswered.has(term === 'set' ? String(value) : term)

/** Signs of grave illness, and rare sets, which the cards read but the closed lists of this route do not contain. */
const notAnswered: ReadonlySet<string> = new Set([
  ...['phlegmon-text', 'altered-mental-state', 'oxygen-need', 'low-urine-output'],
  ...severeSoftTissueSigns,
  ...['ebola', 'mpox', 'infant-galactosemia'],
])

function askedText(body: unknown): AskedText {
  if (!isObject(body)) throw new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body is not an object.')
  const { kind, text, about, modality } = body
  const known = textKinds.find((name) => name === kind)
  if (!known) throw refused('kind', `Use one of ${textKinds.join(', ')}.`)
  if (typeof text !== 'string' || text.length > budgets.textCharacters.most)
    throw refused('text', `Must be a text of at most ${budgets.textCharacters.most} characters.`)
  if (about !== undefined && typeof about !== 'string') throw refused('about', 'Must be a text.')
  const imaging = modalities.find((name) => name === modality)
  if (modality !== undefined && !imaging) throw refused('modality', `Use one of ${modalities.join(', ')}.`)
  return { kind: known, text, ...(about !== undefined && { about }), ...(imaging && { modality: imaging }) }
}
