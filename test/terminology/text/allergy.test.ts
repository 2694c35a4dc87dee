import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()
const saidBy = (text: string, state = 'present') =>
  readText({ kind: 'allergy', text }, words)
    .readings.filter((reading) => reading.state === state)
    .map(({ term }) => term)

test.each([
  ['Sulfonamide antibiotics: rash', ['sulfonamide', 'allergic-reaction']],
  ['Sulfa', ['sulfonamide']],
  ['Macrolides', ['macrolide']],
  ['Fluoroquinolones (tendon pain)', ['quinolone']],
  ['Beta-lactam antibiotics', ['beta-lactam']],
  ['Penicillins', ['penicillin']],
  ['Penicillin: anaphylactic shock', ['anaphylaxis']],
  ['Penicillin (lip swelling)', ['angioedema']],
  ['Angio-oedema after amoxicillin', ['angioedema']],
  ['Swelling of the tongue', ['angioedema']],
  ['Throat closing', ['angioedema']],
  ['History of anaphylaxis', ['anaphylaxis']],
  ['Rash as a child', ['allergic-reaction']],
  ['Nausea', ['intolerance']],
  ['GI upset', ['intolerance']],
  ['Nausea, no rash', ['intolerance']],
  ['Penicillin intolerance', ['intolerance']],
  ['Did not tolerate: vomiting', ['intolerance', 'intolerance']],
  ['De-labelled after an oral challenge', ['no-allergy']],
  ['Penicillin allergy, tolerates cephalexin', ['allergy', 'tolerated']],
])('"%s" says %j', (text, terms) => {
  expect(saidBy(text)).toEqual(terms)
})

test.each([
  ['No known penicillin allergy', 'allergy'],
  ['Not allergic to penicillin', 'allergy'],
  ['No allergy to antibiotics', 'allergy'],
  ['No anaphylaxis', 'anaphylaxis'],
  ['Sister is allergic to penicillin', 'allergy'],
])('"%s" denies it of the patient', (text, term) => {
  expect(saidBy(text)).not.toContain(term)
})

test('a plan to take the label away does not take it away', () => {
  expect(saidBy('Refer for penicillin allergy de-labelling')).not.toContain('no-allergy')
})
