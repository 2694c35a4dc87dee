import { Buffer } from 'node:buffer'
import { answerFor } from '../cards/answer-for.js'
import type { FormAnswer } from '../decide.js'

/** An answer with cards as it goes out, and what the log says of it. */
export interface WrittenAnswer {
  invocationId: string
  cards: number
  /** JSON in UTF-8. */
  body: Buffer
}

/** Writes out the answer with the cards, for this client. */
export const writeAnswer: FormAnswer<WrittenAnswer> = ({ invocationId, cards }, client) => ({
  invocationId,
  cards: cards.length,
  body: Buffer.from(JSON.stringify(answerFor(client, cards))),
})
