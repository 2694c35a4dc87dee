import { evidenceOf } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { MilkHit, MilkQuestion } from './milk-hits.js'
import {
  contraindicatedMedicine,
  drugUse,
  ever,
  hepatitisWithBrokenNipple,
  hit,
  medicineTaken,
  perinatalVaricella,
  recent,
} from './milk-hits.js'

/**
 * The consequence of a row of clinical 1.4 for the milk; the consequence of the first row names the summary of the
 * card breastfeeding-caution.
 */
export type Milk = 'none' | 'wait' | 'shingles' | 'expressed' | 'drug-use' | 'medicine' | 'hiv' | 'infant'

/** One row of clinical 1.4 that holds for this patient. */
export interface MilkRow {
  row: `F${number}` | 'F6b' | 'F8b'
  milk: Milk
  /** The words of {finding}. */
  finding: string
  sentence: string
  evidence: readonly Evidence[]
}

interface RowRule {
  row: MilkRow['row']
  milk: Milk
  sentence: string
  holds: (question: MilkQuestion) => MilkHit | undefined
}

/** The rows of clinical 1.4, in their order; the first that holds names the summary. */
const rules: readonly RowRule[] = [
  {
    row: 'F1',
    milk: 'none',
    sentence: 'Guidance in high-resource settings is not to give the milk.',
    holds: (question) => hit('HTLV', ever(question, 'htlv')),
  },
  {
    row: 'F2',
    milk: 'none',
    sentence: 'Milk is not given.',
    holds: (question) => hit('Ebola', recent(question, 'ebola')),
  },
  {
    row: 'F3',
    milk: 'none',
    sentence: 'The infant cannot be given human milk; expressing is for comfort.',
    holds: ({ timeline }) =>
      hit(
        'infant galactosemia',
        timeline.facts.births
          .filter(({ kind }) => kind === 'galactosemia-text')
          .map((entry) => evidenceOf(entry, 'infant with classic galactosemia')),
      ),
  },
  {
    row: 'F4',
    milk: 'none',
    sentence: 'Milk is not given while exposed to {drug}; ask how long.',
    holds: contraindicatedMedicine,
  },
  {
    row: 'F5',
    milk: 'wait',
    sentence: 'No feeding and no expressed milk until treated or healed.',
    holds: (question) =>
      hit('brucellosis', recent(question, 'brucellosis')) ?? hit('mpox', recent(question, 'mpox')),
  },
  {
    row: 'F6',
    milk: 'wait',
    sentence:
      'No milk from a breast with herpes lesions until they have healed; the other breast may be used if free of lesions.',
    holds: (question) => hit('herpes on the breast', recent(question, 'herpes-simplex-breast')),
  },
  {
    row: 'F6b',
    milk: 'shingles',
    sentence: 'Cover the sores; no feeding where the infant would touch them; express from that side.',
    holds: (question) => hit('shingles on the breast', recent(question, 'shingles-breast')),
  },
  {
    row: 'F7',
    milk: 'wait',
    sentence: 'While the nipple is cracked or bleeding: express and discard from that side.',
    holds: hepatitisWithBrokenNipple,
  },
  {
    row: 'F8',
    milk: 'drug-use',
    sentence:
      'Agree one feeding plan today; stable methadone or buprenorphine treatment is no reason not to breastfeed.',
    holds: drugUse,
  },
  {
    row: 'F8b',
    milk: 'medicine',
    sentence: "Lithium: plan with psychiatry and the infant's team (levels, hydration, infant checks).",
    holds: (question) => medicineTaken(question, ['lithium']),
  },
  {
    row: 'F8b',
    milk: 'medicine',
    sentence:
      "Rituximab, ofatumumab: plan with the prescriber and the infant's team (blood count, live vaccines).",
    holds: (question) => medicineTaken(question, ['rituximab', 'ofatumumab']),
  },
  {
    row: 'F9',
    milk: 'expressed',
    sentence:
      'Feeding at the breast waits until the infection can no longer be passed on; expressed milk may be given.',
    holds: (question) =>
      hit('tuberculosis', recent(question, 'tuberculosis')) ??
      hit('chickenpox', perinatalVaricella(question)),
  },
  {
    row: 'F10',
    milk: 'hiv',
    sentence: '{hiv.text}',
    holds: (question) => hit('HIV', ever(question, 'hiv')),
  },
  {
    row: 'F11',
    milk: 'infant',
    sentence:
      'Keep expressing; ask the neonatal team about giving the milk: the reassurance about bacteria is for a healthy full-term infant.',
    holds: ({ infantAtRisk }) => hit('preterm or ill infant', infantAtRisk),
  },
]

/**
 * Lists every row of clinical 1.4 that holds, in the order of the table.
 *
 * Edge:    the last day of a limit counts; only active conditions and medicines taken now count.
 * Missing: `milkUnread` tells which facts could not be read.
 * Source:  clinical 1.4 (after CDC's table of contraindications)
 */
export function milkRows(question: MilkQuestion): readonly MilkRow[] {
  const rows: MilkRow[] = []
  for (const { row, milk, sentence, holds } of rules) {
    const held = holds(question)
    if (!held) continue
    const { finding, evidence, drug = '' } = held
    const words = sentence
      .replace('{drug}', () => drug)
      .replace('{hiv.text}', () => question.timeline.parameters['hiv.text'])
    rows.push({ row, milk, finding, sentence: words, evidence })
  }
  return rows
}
