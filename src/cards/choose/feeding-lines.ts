import { inflamedStages } from '../../assess/stages.js'
import { longestLine, packed } from './lines.js'
import type { Rendering } from './rendering.js'

/**
 * The words on feeding of one card.
 *
 * Shape:  the feeding card itself says the reasons for care with the milk; of the other cards, only the first one of an
 *         answer without a feeding card speaks of feeding.
 * Edge:   beside a known inflammatory breast cancer no card says that feeding can go on; that the milk is safe is told at
 *         the stages of inflammation, where the line has room.
 * Source: clinical 1.4, clinical changes C30
 */
export function feedingLines({ variant, saysFeeding, assessment, merged }: Rendering): readonly string[] {
  const { phrase, sentences, safeMilk } = assessment.feeding
  if (variant.feeding === 'own') return phrase === 'caution' ? packed(sentences, ' ') : []
  if (!saysFeeding || merged.lead.scope.findings.get('known-ibc')?.verdict === 'present') return []
  const line = sentences.join(' ')
  const withMilk = `${line} ${safeMilk ?? ''}`
  const isInflamed = inflamedStages.has(merged.lead.scope.stage)
  if (line !== '' && safeMilk !== undefined && isInflamed && withMilk.length <= longestLine) return [withMilk]
  return packed(sentences, ' ')
}
