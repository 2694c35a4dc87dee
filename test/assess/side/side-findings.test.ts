import { expect, test } from '@jest/globals'
import { findingNames, type FindingName } from '../../../src/assess/finding-names.js'
import { sideFindings } from '../../../src/assess/side/side-findings.js'
import { momentOf } from '../facts-of.js'
import { patientOf } from './patient-view-of.js'
import { sideViews } from '../../../src/assess/side/side-views.js'

const elsewhere: readonly FindingName[] = ['care-allowed', 'ultrasound-allowed']
const patientScoped: readonly FindingName[] = [
  'both-breasts-febrile',
  'ultrasound-drafted',
  'biopsy-drafted',
  'drainage-drafted',
  'culture-drafted',
  'referral-active',
]

test('every finding that is asked of one breast has a page, once', () => {
  const asked = (Object.keys(findingNames) as FindingName[]).filter(
    (name) => findingNames[name] === 'side' && !elsewhere.includes(name),
  )

  expect(sideFindings.map(({ name }) => name).sort()).toEqual([...asked, ...patientScoped].sort())
})

test.each(sideFindings.map((definition) => [definition.name, definition] as const))(
  '%s can be asked of an empty chart, and its page has whole sentences',
  (_, { find, means, edge, missing, facts }) => {
    const moment = momentOf()
    const patient = patientOf(moment)
    const sides = sideViews(moment, patient)
    const [side] = sides
    const finding = side && find({ moment, patient, sides, side })

    expect(finding?.because).not.toBe('')
    expect(means).toMatch(/\?$/)
    expect(edge).toMatch(/\.$/)
    expect(missing).toMatch(/\.$/)
    expect(facts.length).toBeGreaterThan(0)
  },
)

test('an empty chart has one breast without side, stage none and no alarm', () => {
  const moment = momentOf()
  const sides = sideViews(moment, patientOf(moment))

  expect(sides.map(({ side, stage }) => [side, stage])).toEqual([['unspecified', 'none']])
  const present = [...(sides[0]?.findings ?? [])].filter(([, { verdict }]) => verdict === 'present')
  expect(present.map(([name]) => name)).toEqual(['stage-none', 'window-none'])
})

test('a finding that was not worked out is a mistake of ours, not a silent absence', () => {
  const moment = momentOf()
  const patient = patientOf(moment)
  const sides = sideViews(moment, patient)
  const [first] = sides
  const definition = sideFindings.find(({ name }) => name === 'failed')
  const side = first && { ...first, findings: new Map() }

  expect(() => side && definition?.find({ moment, patient, sides, side })).toThrow('failed')
})
