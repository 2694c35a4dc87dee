import { hash } from 'node:crypto'
import type { Assessment } from '../../assess/assessment.js'
import type { UnreadRequired } from '../../assess/missing.js'
import { categoryWords } from '../../assess/words.js'
import { idsOf } from '../card-ids.js'
import type { CardPack } from '../card-pack.js'
import type { ChosenCard, WireCard } from '../chosen-card.js'

/** The topic of the one card that is no advice: the check could not run. */
export const couldNotRunTopic = { code: 'check-not-run', display: 'Check not run' } as const

const unreadWord = (key: UnreadRequired): string =>
  key === 'draftOrders' ? 'some draft orders' : categoryWords[key]

const mostNamed = 2

/** Did the call show no card while required data could not be read? Such an answer could be taken for "all clear". */
export const couldSayNothing = ({ unreadRequired }: Assessment, chosen: readonly ChosenCard[]): boolean =>
  unreadRequired.length > 0 && !chosen.some(({ wire }) => wire)

/**
 * The card for clients that show a 412 as "all clear": it says that the check did not run, and which data were
 * missing.
 *
 * Shape:  info, without suggestions; `keys` are the required keys that could not be read.
 * Source: product decision 1, `onMissingData: card`
 */
export function couldNotRun(
  pack: CardPack,
  keys: readonly UnreadRequired[],
  invocationId: string,
): ChosenCard & { wire: WireCard } {
  const { canonicalBase, everyCard, sources } = pack
  const words = keys.map(unreadWord)
  const named = words.slice(0, mostNamed).join(', ') + (words.length > mostNamed ? ' and more' : '')
  const source = sources['CHARTER']
  const [uuid = ''] = idsOf(invocationId, couldNotRunTopic.code, 0)
  const wire: WireCard = {
    uuid,
    summary: everyCard.could_not_run.summary.replace('{{category}}', named),
    indicator: 'info',
    detail: [
      '### What is missing',
      ...words.map((word) => `- ${word}`),
      '',
      everyCard.could_not_run.detail,
    ].join('\n'),
    source: {
      label: source?.label ?? '',
      ...(source && { url: source.url }),
      topic: { system: `${canonicalBase}/CodeSystem/card-kind`, ...couldNotRunTopic },
    },
  }
  const contentHash = hash('sha256', `${couldNotRunTopic.code} ${pack.version} ${keys.join(' ')}`, 'hex')
  return {
    kind: couldNotRunTopic.code,
    version: pack.version,
    indicator: 'info',
    contentHash,
    wire,
  }
}
