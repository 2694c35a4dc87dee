import { expect, test } from '@jest/globals'
import type { QuestionnaireResponse } from 'fhir/r4.js'
import { extract } from '../../../src/check/extract.js'
import type { Facts } from '../../../src/facts/facts.js'
import { responseOf, type AnswersGiven } from '../../check/response.js'
import { testQuestionnaire } from '../../check/test-questionnaire.js'
import { factsIn, recordedAt } from '../reading.js'

/** The facts without the resource that each was read from. */
const withoutSources = (facts: Facts): unknown =>
  JSON.parse(JSON.stringify(facts, (name, value: unknown) => (name === 'source' ? undefined : value)))

const writtenBy = (response: QuestionnaireResponse): readonly unknown[] =>
  extract(testQuestionnaire(), { ...response }).resources.map((resource, at) => ({
    ...resource,
    id: `w${at}`,
  }))

const everything: AnswersGiven = {
  baby: 'Infant preterm or ill',
  feeding: 'Not currently breastfeeding',
  side: 'Right breast',
  temperature: [101.3, '[degF]'],
  pain: 7,
  treated: true,
  course: 'No better',
  redness: 'A third or more',
  'redness-since': [15, 'd'],
  'redness-size': 6.5,
  ...Object.fromEntries(
    ['warmth', 'lump', 'fluctuance', 'peau-d-orange', 'skin-thickening', 'nipple-retraction', 'enlarged']
      .concat(['axillary-node', 'nipple-fissure', 'bloody-discharge', 'skin-blisters', 'skin-necrosis'])
      .concat('pain-out-of-proportion')
      .map((sign, at) => [sign, at % 3 === 0 ? 'No' : 'Yes']),
  ),
  'lump-since': [3, 'wk'],
  'heart-rate': 112,
  'respiratory-rate': 22,
  systolic: 96,
  diastolic: 60,
}

test.each([
  ['in which everything is answered', everything],
  ['of a death', { baby: 'Infant died', lump: 'Yes' }],
  [
    'of an infant cared for by others',
    { baby: 'Infant cared for by others (adoption, foster care, surrogacy)' },
  ],
  ['of a well infant', { baby: 'Infant well, born at term', feeding: 'Currently breastfeeding' }],
  ['without a side', { lump: 'Yes', pain: 3 }],
])('a response %s is read as the same facts as what it writes', (_, given) => {
  const response = responseOf(given)
  const facts = factsIn([response])

  expect(withoutSources(facts)).toEqual(withoutSources(factsIn(writtenBy(response))))
  expect(facts.unreadable).toEqual([])
})

const signsOf = ['warmth', 'lump', 'fluctuance', 'peau-d-orange', 'skin-thickening', 'nipple-retraction']
const rareSigns = ['enlarged', 'axillary-node', 'nipple-fissure', 'bloody-discharge', 'skin-blisters']
test.each([...signsOf, ...rareSigns, 'skin-necrosis', 'pain-out-of-proportion'])(
  '%s is read with its state, its side and its start, which only a sign that is there has',
  (sign) => {
    const read = (answer: string) =>
      factsIn([responseOf({ side: 'Left breast', [sign]: answer, [`${sign}-since`]: [2, 'd'] })]).signs
    const began = recordedAt.latest - 2 * 86_400_000

    expect(read('Yes')).toMatchObject([
      { sign, state: 'present', side: 'left', fromText: false, began: { latest: began }, when: recordedAt },
    ])
    expect(read('No')).toMatchObject([{ sign, state: 'absent', side: 'left', fromText: false }])
    expect(read('No')[0]?.began).toBeUndefined()
  },
)

test.each([
  ['None', 'absent', undefined],
  ['Less than a third', 'present', 0.15],
  ['A third or more', 'present', 0.4],
  ['Whole breast', 'present', 1],
])('redness of %p is read as %s with the share %p', (redness, state, share) => {
  const [sign] = factsIn([responseOf({ redness })]).signs

  expect([sign?.sign, sign?.state, sign?.share]).toEqual(['erythema', state, share])
})

test.each([
  ['Better', 'improved'],
  ['No better', 'not-improved'],
  ['Worse', 'worse'],
])('a course of %p is read as %s', (course, says) => {
  expect(factsIn([responseOf({ side: 'Both breasts', treated: true, course })]).course).toMatchObject([
    { says, side: 'both', fromText: false },
  ])
})

test.each([
  ['Infant well, born at term', 'infant-well'],
  ['Infant preterm or ill', 'infant-at-risk-text'],
  ['Infant cared for by others (adoption, foster care, surrogacy)', 'infant-elsewhere'],
  ['Infant died', 'infant-loss'],
])('"%s" is read as %s, and as no delivery', (baby, kind) => {
  expect(factsIn([responseOf({ baby })]).births).toEqual([
    { kind, source: 'QuestionnaireResponse/check', fromText: false, when: recordedAt },
  ])
})

test('a share that another system writes as a code is read as the same share', () => {
  const coding = { system: 'https://cds.example.org/CodeSystem/breast-check' }
  const observation = {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    code: { coding: [{ ...coding, code: 'redness-or-colour-change' }] },
    effectiveDateTime: '2026-03-03T09:00:00Z',
    valueCodeableConcept: { coding: [{ ...coding, code: 'share-third-or-more' }] },
  }

  expect(factsIn([observation]).signs).toMatchObject([{ sign: 'erythema', state: 'present', share: 0.4 }])
})

test('a response that is not understood is named as a breast sign, an answer as what it answers', () => {
  const lump = [{ linkId: 'lump', answer: [{ valueString: 'yes' }] }]
  const namedBy = (more: object) =>
    factsIn([{ ...responseOf({}), ...more }]).unreadable.map(({ subject, why }) => [subject, why])

  expect(namedBy({ status: 'in-progress' })).toEqual([['breast-sign', 'breast check is not completed']])
  expect(namedBy({ item: lump })).toEqual([['lump', 'breast check has an answer that is not understood']])
})

test('a response to another questionnaire beside the chart says nothing', () => {
  const other = responseOf({ lump: 'Yes' }, { questionnaire: 'http://loinc.org/q/44249-1' })

  expect(factsIn([other])).toEqual(factsIn([]))
})
