import type { RuleVerdict } from '../invocation-body.js'
import type { CallRow, CardOutcome, GivenCard } from './call-rows.js'

const start = Date.parse('2026-03-02T08:00:00Z') // a Monday
const hour = 3_600_000

const verdicts = (
  fired: readonly string[],
  unread: readonly string[] = [],
): ReadonlyMap<string, RuleVerdict> =>
  new Map(
    ['ultrasound', 'sepsis'].map((kind) => [
      kind,
      fired.includes(kind) ? 'fire' : unread.includes(kind) ? 'insufficient-data' : 'no-fire',
    ]),
  )

const answer = (
  outcome: 'accepted' | 'overridden',
  secondsAfter: number,
  at: number,
  why = { category: 'none given', reason: 'none given' },
): CardOutcome => ({
  outcome,
  ...why,
  at: at + secondsAfter * 1_000,
  receivedAt: at + secondsAfter * 1_000,
})

let count = 0
const card = (kind: string, indicator: string, feedback?: CardOutcome): GivenCard => ({
  uuid: `card-${(count += 1)}`,
  kind,
  version: '1.0.0',
  indicator,
  contentHash: '',
  ...(feedback && { feedback }),
})

const call = (place: number, changes: Partial<CallRow>): CallRow => ({
  invocationId: `call-${place}`,
  client: 'hospital-a',
  at: start + place * hour,
  week: '2026-W10',
  hook: 'patient-view',
  mode: 'live',
  role: 'Practitioner',
  patient: 'p1',
  user: 'u1',
  encounter: 'e1',
  status: 200,
  durationMs: { gather: 10, facts: 1, assess: 1, cards: 1 },
  rules: verdicts([]),
  missing: [],
  cards: [],
  ...changes,
})

/**
 * Ten calls that every metric is worked out on by hand: the fixture of the tests, and the example of docs/generated/metrics.md.
 *
 * | call | encounter | user, day | cards                                                  |
 * |------|-----------|-----------|--------------------------------------------------------|
 * | 0    | e1        | u1, 1     | ultrasound warning, accepted after 60 s                |
 * | 1    | e1        | u1, 1     | ultrasound warning, overridden (not applicable), 120 s |
 * | 2    | e2        | u1, 1     | ultrasound info, no feedback                           |
 * | 3    | e3        | u2, 1     | sepsis critical, overridden (patient-refuses), 300 s   |
 * | 4    | e3        | u2, 1     | none; ultrasound undecidable, vital signs missing      |
 * | 5    | e4        | u2, 1     | none                                                   |
 * | 6    | none      | u2, 1     | none; 412, conditions and vital signs missing          |
 * | 7    | e5        | u2, 1     | none; 600 ms                                           |
 * | 8    | e5        | u2, 1     | ultrasound warning, accepted 10 s before (skew)        |
 * | 9    | e5        | u2, 1     | none                                                   |
 */
export const exampleCalls: readonly CallRow[] = [
  call(0, {
    rules: verdicts(['ultrasound']),
    cards: [card('ultrasound', 'warning', answer('accepted', 60, start))],
  }),
  call(1, {
    rules: verdicts(['ultrasound']),
    cards: [
      card(
        'ultrasound',
        'warning',
        answer('overridden', 120, start + hour, {
          category: 'cds-not-applicable',
          reason: 'improving-clinically',
        }),
      ),
    ],
  }),
  call(2, { encounter: 'e2', rules: verdicts(['ultrasound']), cards: [card('ultrasound', 'info')] }),
  call(3, {
    encounter: 'e3',
    user: 'u2',
    rules: verdicts(['sepsis']),
    cards: [
      card(
        'sepsis',
        'critical',
        answer('overridden', 300, start + 3 * hour, {
          category: 'patient-refuses',
          reason: 'patient-declines',
        }),
      ),
    ],
  }),
  call(4, { encounter: 'e3', user: 'u2', rules: verdicts([], ['ultrasound']), missing: ['vital signs'] }),
  call(5, { encounter: 'e4', user: 'u2' }),
  ((row: CallRow): CallRow => {
    const { encounter: _encounter, ...rest } = row
    return rest
  })(
    call(6, {
      user: 'u2',
      status: 412,
      rules: verdicts([], ['ultrasound', 'sepsis']),
      missing: ['conditions', 'vital signs'],
    }),
  ),
  call(7, { encounter: 'e5', user: 'u2', durationMs: { gather: 580, facts: 5, assess: 5, cards: 10 } }),
  call(8, {
    encounter: 'e5',
    user: 'u2',
    rules: verdicts(['ultrasound']),
    cards: [card('ultrasound', 'warning', answer('accepted', -10, start + 8 * hour))],
  }),
  call(9, { encounter: 'e5', user: 'u2' }),
]
