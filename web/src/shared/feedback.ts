import type { WireCard } from '../../../src/cards/chosen-card.js'
import type { HookName } from '../../../src/protocol/hook-request.js'
import { askJson } from './ask-json.js'
import type { CardAnswers } from './card-view.js'

/**
 * Sends what became of a card to the service, as an EHR would.
 *
 * Source: https://cds-hooks.hl7.org/2.0/#feedback
 */
export function answersTo(card: WireCard, hook: HookName): CardAnswers {
  const send = async (item: Record<string, unknown>): Promise<void> => {
    const outcomeTimestamp = new Date().toISOString()
    await askJson(`/cds-services/mastitis-${hook}/feedback`, {
      feedback: [{ card: card.uuid, outcomeTimestamp, ...item }],
    })
  }
  return {
    accept: ({ uuid }) => send({ outcome: 'accepted', acceptedSuggestions: [{ id: uuid }] }),
    override: (reasons, comment) => {
      const [reason] = reasons ?? []
      const said = {
        ...(reason && { reason }),
        ...(comment !== '' && { userComment: comment }),
      }
      return send({
        outcome: 'overridden',
        ...(Object.keys(said).length > 0 && { overrideReason: said }),
      })
    },
  }
}
