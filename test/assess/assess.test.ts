import { describe, expect, test } from '@jest/globals'
import { assess } from '../../src/assess/assess.js'
import { currentFacts } from '../../src/assess/current.js'
import { findingNames } from '../../src/assess/finding-names.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { Facts } from '../../src/facts/facts.js'
import { requiredCategories } from '../../src/assess/missing.js'
import { assessed, leadingScope } from './assessed.js'
import {
  birth,
  care,
  daysAgo,
  draft,
  factsOf,
  hoursAgo,
  left,
  measure,
  medicineDraft,
  minutesAgo,
  now,
  onDay,
  order,
  parametersOf,
  problemSince,
  right,
  sign,
  statement,
  unread,
  unreadable,
} from './facts-of.js'

const mastitis = problemSince('mastitis-lactational', hoursAgo(20), left)

describe('scopes', () => {
  test('without evidence there is one scope, and it answers every finding', () => {
    const { scopes, leadingStage } = assessed()

    expect(scopes).toHaveLength(1)
    expect([...(scopes[0]?.findings.keys() ?? [])].sort()).toEqual(Object.keys(findingNames).sort())
    expect(leadingStage).toBe('none')
  })

  test('the findings of a scope are the same ones, in the same order, however they are walked', () => {
    const { scopes } = assessed({ problems: [mastitis], drafts: [medicineDraft({ cover: 'appropriate' })] })
    for (const { findings } of scopes) {
      const visited: unknown[] = []
      findings.forEach((finding, name, all) => visited.push([name, finding, all === findings]))

      expect(visited).toHaveLength(findings.size)
      expect(visited).toEqual([...findings].map(([name, finding]) => [name, finding, true]))
    }
  })

  test('one scope per breast, the leading one first, sharing what is the same for both', () => {
    const { scopes, leadingStage } = assessed({
      problems: [mastitis],
      signs: [sign('lump', hoursAgo(3), right), sign('breast-pain', hoursAgo(3), right)],
    })

    expect(scopes.map(({ side }) => side)).toEqual(['left', 'right'])
    expect(scopes.map(({ stage }) => stage)).toEqual(['inflammatory-mastitis', 'blocked-duct'])
    expect(leadingStage).toBe('inflammatory-mastitis')
    expect(scopes[0]?.findings.get('lactating')).toBe(scopes[1]?.findings.get('lactating'))
    expect(scopes[0]?.findings.get('stage-inflammatory-mastitis')?.verdict).toBe('present')
    expect(scopes[1]?.findings.get('stage-inflammatory-mastitis')?.verdict).toBe('absent')
  })

  test('one scope per breast and evaluated draft; other drafts are context', () => {
    const one = medicineDraft(
      { cover: 'appropriate', ingredients: ['cephalexin'] },
      { source: 'MedicationRequest/1' },
    )
    const two = draft({ stopsFeeding: true, source: 'NutritionOrder/2' })
    const context = draft({ needs: ['ultrasound'], evaluated: false, source: 'ServiceRequest/3' })
    const { scopes } = assessed({
      problems: [mastitis, problemSince('mastitis-lactational', hoursAgo(10), right)],
      drafts: [one, two, context],
    })
    const draftFindings: readonly FindingName[] = [
      'draft-antibiotic',
      'draft-stops-feeding',
      'ultrasound-drafted',
    ]
    const verdicts = scopes.map(({ side, draft: of, findings }) => [
      side,
      of?.source,
      ...draftFindings.map((name) => findings.get(name)?.verdict),
    ])

    expect(verdicts).toEqual([
      ['left', 'MedicationRequest/1', 'present', 'absent', 'present'],
      ['left', 'NutritionOrder/2', 'absent', 'present', 'present'],
      ['right', 'MedicationRequest/1', 'present', 'absent', 'present'],
      ['right', 'NutritionOrder/2', 'absent', 'present', 'present'],
    ])
    expect(scopes[0]?.values.drug).toBe('Cephalexin')
    expect(scopes[1]?.values.drug).toBe('')
  })

  test('drafts that are not evaluated give scopes of the breasts alone', () => {
    const [scope] = assessed({ drafts: [draft({ evaluated: false })] }).scopes

    expect(scope?.draft).toBeUndefined()
    expect(scope?.findings.get('draft-antibiotic')?.verdict).toBe('absent')
  })

  test('a patient out of scope has no scope at all', () => {
    const deceased = { source: 'Patient/p', gender: 'female', deceased: true } as const
    const { inScope, scopes, feeding, leadingStage } = assessed({ patient: deceased, problems: [mastitis] })

    expect(inScope.verdict).toBe('absent')
    expect(scopes).toEqual([])
    expect(feeding).toEqual({ phrase: 'none', sentences: [] })
    expect(leadingStage).toBe('none')
  })

  test('every finding gives a reason, and evidence never lacks a source', () => {
    const { scopes } = assessed({
      problems: [mastitis],
      signs: [sign('erythema', hoursAgo(3), left)],
      measures: [measure('temperature', 38.8, hoursAgo(1))],
      drafts: [medicineDraft({ cover: 'appropriate' })],
    })
    const findings = scopes.flatMap((scope) => [...scope.findings.values()])

    expect(findings.filter(({ because }) => because === '')).toEqual([])
    expect(findings.flatMap(({ evidence }) => evidence).filter(({ source }) => source === '')).toEqual([])
  })

  test('the same facts in another order give the same verdicts', () => {
    const facts = factsOf({
      problems: [mastitis, problemSince('hiv', daysAgo(90)), problemSince('mastitis-nos', daysAgo(3), right)],
      signs: [sign('erythema', hoursAgo(3), left), sign('lump', hoursAgo(5), right)],
      measures: [measure('temperature', 38.8, hoursAgo(1)), measure('heart-rate', 118, hoursAgo(1))],
      lactation: [statement('no', daysAgo(2)), statement('yes', daysAgo(1))],
      births: [birth('delivery', daysAgo(20)), birth('preterm', daysAgo(20))],
    })
    const turned: Facts = {
      ...facts,
      problems: facts.problems.toReversed(),
      signs: facts.signs.toReversed(),
      measures: facts.measures.toReversed(),
      lactation: facts.lactation.toReversed(),
      births: facts.births.toReversed(),
    }
    const verdictsOf = (given: Facts) =>
      assess(given, parametersOf(), now).scopes.map(({ side, findings }) => [
        side,
        [...findings].map(([name, { verdict }]) => [name, verdict]),
      ])

    expect(verdictsOf(turned)).toEqual(verdictsOf(facts))
  })

  test('a strong sign that holds keeps the moment of its first record', () => {
    const facts = {
      signs: [sign('peau-d-orange', daysAgo(4), left), sign('peau-d-orange', daysAgo(1), left)],
    }

    expect(assessed(facts).strongSince).toBe(daysAgo(4).earliest)
    expect(assessed().strongSince).toBeUndefined()
  })

  test('earlier cards are passed on', () => {
    const earlier = [
      {
        kind: 'sepsis',
        indicator: 'critical',
        at: now - 1000,
        outcome: 'overridden',
        sameUser: true,
        stage: 'none',
        sepsisCriteria: ['HR'],
      },
    ] as const

    expect(assessed({ earlier }).earlier).toEqual(earlier)
  })
})

describe('what could not be read', () => {
  test.each([...requiredCategories])('%s is required', (key) => {
    expect(assessed({ reads: unread(key) }).unreadRequired).toEqual([key])
  })

  test.each(['serviceRequests', 'procedures', 'reports', 'encounters', 'allergies'] as const)(
    '%s is optional, and named',
    (key) => {
      const { unreadRequired, missing } = assessed({ reads: unread(key) })

      expect(unreadRequired).toEqual([])
      expect(missing).toHaveLength(1)
    },
  )

  test('without a Patient there is no scope, and the patient is named as unread', () => {
    const { patient: _, ...facts } = factsOf()

    expect(assess(facts, parametersOf(), now)).toMatchObject({ unreadRequired: ['patient'], scopes: [] })
  })

  test('a patient who was read and is out of scope needed nothing else', () => {
    const child = {
      source: 'Patient/p',
      gender: 'female',
      birth: onDay('2020-01-01'),
      deceased: false,
    } as const

    expect(assessed({ patient: child, reads: unread('conditions') }).unreadRequired).toEqual([])
  })

  test('categories and values are worded once, without values from the chart', () => {
    const { missing } = assessed({
      reads: unread('conditions', 'reports'),
      unreadable: [
        unreadable('temperature', 'temperature unit is not Cel or [degF]'),
        unreadable('temperature', 'temperature unit is not Cel or [degF]'),
        unreadable('medicine', 'start is not recorded'),
      ],
    })

    expect(missing).toEqual([
      'conditions could not be read',
      'reports could not be read',
      'a medicine: start is not recorded',
      'temperature unit is not Cel or [degF]',
    ])
  })
})

describe('facts from the future', () => {
  const ahead = minutesAgo(-16)
  const withinSkew = minutesAgo(-15)
  const {
    measures,
    care: kept,
    medicines,
  } = currentFacts(
    factsOf({
      measures: [measure('lactate', 3.1, ahead), measure('lactate', 3.2, withinSkew)],
      care: [care('ultrasound', ahead), care('drainage', ahead, { kind: 'procedure' })],
      medicines: [order('dicloxacillin', ahead), order('dicloxacillin', ahead, { kind: 'administration' })],
    }),
    parametersOf(),
    now,
  )

  test('values more than 15 minutes ahead are dropped, those within it count', () => {
    expect(measures.map(({ value }) => value)).toEqual([3.2])
    expect(assessed({ measures: [measure('lactate', 3.1, withinSkew)] }).sepsisCriteria).toEqual(['lactate'])
    expect(assessed({ measures: [measure('lactate', 3.1, ahead)] }).sepsisCriteria).toEqual([])
  })

  test('orders may be planned, procedures and doses may not', () => {
    expect(kept.map(({ kind }) => kind)).toEqual(['order'])
    expect(medicines.map(({ kind }) => kind)).toEqual(['request'])
  })

  test('a date that includes now is no future', () => {
    expect(assessed({ measures: [measure('lactate', 3.1, onDay('2026-03-03'))] }).sepsisCriteria).toEqual([
      'lactate',
    ])
  })

  test('lists without a fact from the future are not copied', () => {
    const facts = factsOf({ measures: [measure('lactate', 3.1, hoursAgo(1))] })

    expect(currentFacts(facts, parametersOf(), now).measures).toBe(facts.measures)
  })
})

describe('the words cards print', () => {
  const allergy = (...ingredients: readonly string[]) => ({
    source: 'AllergyIntolerance/1',
    fromText: false,
    ingredients,
    classes: [],
    reaction: 'unknown' as const,
  })

  test.each<[string, Partial<Facts>, string]>([
    ['delivered 12.9 days ago', { births: [birth('delivery', daysAgo(12.9))] }, 'infant age 12 days'],
    [
      'delivered a few minutes ahead',
      { births: [birth('delivery', minutesAgo(-5))] },
      'infant age not known',
    ],
    ['delivery not known', {}, 'infant age not known'],
  ])('infant age: %s', (_, facts, words) => {
    expect(leadingScope(facts).values.infantAge).toBe(words)
  })

  test.each<[string, Partial<Facts>, string]>([
    ['none', {}, 'none on record'],
    [
      'two, one twice',
      { allergies: [allergy('penicillin'), allergy('penicillin', 'clindamycin')] },
      'penicillin, clindamycin',
    ],
    [
      'a class, without a medicine',
      { allergies: [{ ...allergy(), classes: ['sulfonamide' as const] }] },
      'sulfonamide',
    ],
    [
      'a side effect',
      { allergies: [{ ...allergy('penicillin'), reaction: 'intolerance' as const }] },
      'penicillin (intolerance)',
    ],
    ['unread', { reads: unread('allergies') }, 'could not be read'],
  ])('allergies: %s', (_, facts, words) => {
    expect(leadingScope(facts).values.allergies).toBe(words)
  })

  test.each([
    ['a known medicine', ['tramadol'], 'Tramadol'],
    ['a combination', ['amoxicillin', 'clavulanate'], 'Amoxicillin + clavulanate'],
    ['a class only', [], 'This medicine'],
    ['a long name', ['sulfamethoxazole', 'trimethoprim', 'other'], 'Sulfamethoxazole + trimethopr…'],
  ])('drug: %s', (_, ingredients, words) => {
    const { drug } = leadingScope({ drafts: [medicineDraft({ ingredients })] }).values

    expect(drug).toBe(words)
    expect(drug.length).toBeLessThanOrEqual(30)
  })
})
