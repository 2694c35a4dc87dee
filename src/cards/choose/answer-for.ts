import type { ClientSettings } from '../../config/settings.js'
import type { WireCard, WireSuggestion } from '../chosen-card.js'

/** The body of an answer with cards. */
export interface CardsAnswer {
  cards: readonly WireCard[]
}

/**
 * Makes the body of an answer: the cards as decided, with members beyond CDS Hooks 2.0 that this client understands.
 *
 * Shape:  with `cdsHooks.actionSelectionBehavior` each suggestion says that all its actions belong together; without
 *         that setting the member is never sent.
 * Edge:   the record and the content hash cover the cards as decided, so they are the same for every client.
 * Source: CDS Hooks 3.0.0-ballot, Suggestion; conformance R7
 */
export const answerFor = (
  { actionSelectionBehavior }: Pick<ClientSettings, 'actionSelectionBehavior'>,
  cards: readonly WireCard[],
): CardsAnswer => ({ cards: actionSelectionBehavior ? cards.map(allTogether) : cards })

const allTogether = (card: WireCard): WireCard =>
  card.suggestions ? { ...card, suggestions: card.suggestions.map(allActions) } : card

const allActions = ({ actions, ...suggestion }: WireSuggestion): WireSuggestion => ({
  ...suggestion,
  actionSelectionBehavior: 'all',
  actions,
})
