import { expect, test } from '@jest/globals'
import { forbiddenIn, forbiddenInSummary } from '../../../src/cards/content/forbidden-phrases.js'

test.each([
  'Stop breastfeeding until the fever is gone.',
  'Stop the breastfeeding.',
  'Pause breastfeeding on that side.',
  'Advise her to discontinue breast-feeding.',
  'Ceasing milk removal is advised.',
  'Rest the breast for two days.',
  'Pump and dump for 24 h.',
  'Start dicloxacillin 500 mg.',
  'Give her an antibiotic.',
  'Switch to clindamycin.',
  'Prescribe cephalexin for 10 days.',
  'Change to oral cefalexin.',
  'She was noncompliant.',
  'She is breastfeeding, and nothing on record speaks against giving the milk.',
  'Patients with mastitis and no finding that speaks against giving the milk.',
])('no card may say: %s', (text) => {
  expect(forbiddenIn(text)).toHaveLength(1)
})

test.each([
  'Milk removal should not stop suddenly: it makes inflammation worse.',
  'Breastfeeding can continue, also on the affected side; milk removal should not stop suddenly.',
  'Order to stop feeding during breast inflammation: continuing is advised; a sudden stop can worsen it.',
  'Clindamycin: no reason to stop breastfeeding, another may be preferred.',
  'Do not stop breastfeeding.',
  'Codeine/tramadol: FDA advises against use while breastfeeding; consider another analgesic.',
  'Another antibiotic course must not delay imaging or biopsy.',
  'Culture supports the new antibiotic: plan a review at 48 h.',
  'Of what speaks against giving the milk, none of the findings this service looks for is on record.',
])('a card may say: %s', (text) => {
  expect(forbiddenIn(text)).toEqual([])
})

test.each([
  [
    'ultrasound',
    'Abscess: continue breastfeeding and arrange ultrasound.',
    'has a feeding phrase in its summary',
  ],
  ['reassess', 'Breastfeeding can continue; review advised.', 'has a feeding phrase in its summary'],
  ['ultrasound', 'Antibiotics have failed: ultrasound advised.', 'says "failed" or "wrong" in a summary'],
  ['ultrasound', 'Wrong antibiotic: ultrasound advised.', 'says "failed" or "wrong" in a summary'],
  ['ultrasound', 'Two\nlines.', 'has a line break in a summary'],
])('a summary of %s may not be %j', (kind, summary, says) => {
  expect(forbiddenInSummary(kind, summary)).toEqual([says])
})

test.each([
  ['continue-breastfeeding', 'Mastitis: keep the milk flowing. Advise to continue breastfeeding.'],
  ['drug-caution', 'Tramadol: milk is usually not given. Milk removal should not stop suddenly.'],
  ['culture', 'Mastitis again on the same side: consider a milk culture.'],
])('a summary of %s may be %j', (kind, summary) => {
  expect(forbiddenInSummary(kind, summary)).toEqual([])
})
