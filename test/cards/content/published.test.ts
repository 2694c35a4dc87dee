import { describe, expect, test } from '@jest/globals'
import {
  cardKindCodeSystem,
  overrideReasonCodeSystem,
  sourceAttributes,
} from '../../../src/cards/content/published.js'
import { realPack } from '../content-of.js'

const pack = realPack()

describe('the code system of card kinds', () => {
  const system = cardKindCodeSystem(pack)

  test('holds every topic that a card can carry, with its display', () => {
    const published = new Map((system.concept ?? []).map(({ code, display }) => [code, display]))

    for (const { topic } of pack.cards) {
      expect(topic.system).toBe(system.url)
      expect(published.get(topic.code)).toBe(topic.display)
    }
    expect(published.get('check-not-run')).toBe('Check not run')
    expect(system.count).toBe(pack.cards.length + 1)
  })
})

describe('the code system of override reasons', () => {
  const system = overrideReasonCodeSystem(pack)

  test.each([
    // clinical 6.3: mapping to HL7's non-adherence reasons
    ['patient-declines', 'patient-refuses'],
    ['weaning-decided', 'patient-refuses'],
    ['benefit-outweighs-risk', 'recipient-concerns-outcomes'],
    ['specialist-advised-otherwise', 'recipient-concerns-outcomes'],
    ['hyperlactation-plan', 'recipient-concerns-outcomes'],
    ['culture-not-available', 'service-not-available'],
    ['aspiration-not-available', 'service-not-available'],
    ['aspiration-not-suitable', 'patient-contraindication'],
    ['improving-clinically', 'cds-not-applicable'],
    ['other-cause-of-vital-signs', 'cds-not-applicable'],
    ['erroneous-vitals', 'cds-not-applicable'],
    ['infant-not-at-breast', 'cds-not-applicable'],
    ['infant-status-different', 'cds-not-applicable'],
    ['not-current', 'cds-not-applicable'],
    ['other-indication', 'cds-not-applicable'],
    ['culture-directed-change', 'cds-not-applicable'],
    ['not-clinically-relevant', 'cds-not-applicable'],
    ['other', 'cds-not-applicable'],
    ['sepsis-pathway-active', 'action-completed'],
    ['biopsy-already-arranged', 'action-completed'],
    ['specialist-reviewed-benign', 'action-completed'],
    ['known-ibc-under-treatment', 'action-completed'],
    ['already-ordered-elsewhere', 'action-completed'],
    ['bedside-ultrasound-done', 'action-completed'],
    ['drainage-already-arranged', 'action-completed'],
    ['already-advised', 'action-completed'],
    ['culture-pending', 'action-completed'],
    ['reassessed-not-yet-charted', 'action-completed'],
    ['care-elsewhere', 'action-completed'],
    ['follow-up-arranged', 'action-completed'],
    ['already-asked', 'action-completed'],
    ['already-managed', 'action-completed'],
  ])('R12 %s maps to %s', (code, category) => {
    const concept = system.concept?.find((one) => one.code === code)

    expect(concept?.property?.[0]?.valueCoding).toMatchObject({
      system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
      code: category,
    })
  })

  test('holds exactly the 33 codes of the clinical rule book', () => {
    expect(system.concept).toHaveLength(33)
  })
})

describe('the source attributes of each card', () => {
  const thirteen = [
    'bibliographic_citation',
    'developer',
    'funding',
    'release_and_revision',
    'race',
    'ethnicity',
    'language',
    'sexual_orientation',
    'gender_identity',
    'sex',
    'date_of_birth',
    'social_determinants',
    'health_status_assessments',
  ]

  test.each(pack.cards.map(({ kind }) => kind))('AUD-040 %s states all thirteen', (kind) => {
    const published = sourceAttributes(pack, kind)

    expect(thirteen.filter((name) => !published?.attributes[name])).toEqual([])
    expect(published?.citations.length).toBeGreaterThan(0)
    expect(published?.logic.length).toBeGreaterThan(0)
    expect(published?.review).toContain('No clinician has reviewed this card yet')
  })

  test('a row is published in plain words', () => {
    expect(sourceAttributes(pack, 'ultrasound')?.logic).toContainEqual(
      expect.stringMatching(
        /^after-drainage: warning, variant after-drainage, on patient-view, when all of .*; none of /u,
      ),
    )
  })

  test('an unknown kind has none', () => {
    expect(sourceAttributes(pack, '__proto__')).toBeUndefined()
  })
})
