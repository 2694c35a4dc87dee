import { expect, test } from '@jest/globals'
import type { CodeableConcept, Coding } from 'fhir/r4.js'
import type { CodeBook } from '../../src/terminology/code-book.js'
import { compileCodeBook } from '../../src/terminology/compile-code-book.js'
import { codeFilesOnDisk, testCodeBook } from './test-code-book.js'

const sct = 'http://snomed.info/sct'
const loinc = 'http://loinc.org'
const icd = 'http://hl7.org/fhir/sid/icd-10-cm'
const concept = (coding: Coding, text?: string): CodeableConcept => ({
  coding: [coding],
  ...(text === undefined ? {} : { text }),
})
const setsIn = (book: CodeBook, of: CodeableConcept | undefined, breast = false) =>
  book
    .codedSets(of, { breast })
    .map(({ set }) => set)
    .sort()
const sets = (of: CodeableConcept | undefined, breast = false) => setsIn(testCodeBook(), of, breast)

test.each([
  ['with the dot', { system: icd, code: 'O91.23' }, ['mastitis-lactational', 'says-lactation']],
  ['without the dot', { system: icd, code: 'O9123' }, ['mastitis-lactational', 'says-lactation']],
  ['in lower case', { system: icd, code: 'o91.23' }, ['mastitis-lactational', 'says-lactation']],
  ['by prefix', { system: icd, code: 'O91.211' }, ['mastitis-pregnancy']],
  ['by prefix without the dot', { system: icd, code: 'C50911' }, ['breast-cancer']],
  ['the category of a prefix itself', { system: icd, code: 'C50' }, ['breast-cancer']],
  ['a code just outside a prefix', { system: icd, code: 'O91.20' }, []],
  ['a longer code of a whole code', { system: icd, code: 'O91.231' }, []],
  ['a code of another system', { system: sct, code: 'O91.23' }, []],
  ['without system, unique in the set', { code: 'O91.23' }, ['mastitis-lactational', 'says-lactation']],
  ['without system, by prefix', { code: 'O91.211' }, ['mastitis-pregnancy']],
  [
    'as an OID',
    { system: 'urn:oid:2.16.840.1.113883.6.90', code: 'O91.23' },
    ['mastitis-lactational', 'says-lactation'],
  ],
  ['with https', { system: 'https://snomed.info/sct', code: '78697003' }, ['mastitis-lactational']],
  [
    'with a slash at the end',
    { system: 'http://snomed.info/sct/', code: '78697003' },
    ['mastitis-lactational'],
  ],
  [
    'a long SNOMED code',
    { system: sct, code: '10745131000119107' },
    ['abscess-lactational', 'says-lactation'],
  ],
  ['ICPC-2', { system: 'http://hl7.org/fhir/sid/icpc-2', code: 'W94' }, ['mastitis-lactational']],
  ['in two sets', { system: icd, code: 'O92.13' }, ['lactation-condition', 'nipple-fissure']],
  ['a miscarriage', { system: icd, code: 'O03.9' }, ['loss-in-pregnancy']],
  ['a missed abortion', { system: icd, code: 'O02.1' }, ['loss-in-pregnancy']],
  ['a termination', { system: icd, code: 'Z33.2' }, ['loss-in-pregnancy']],
  [
    'a termination, in the international list',
    { system: 'http://hl7.org/fhir/sid/icd-10', code: 'O06.4' },
    ['loss-in-pregnancy'],
  ],
  ['an ectopic pregnancy, which is none', { system: icd, code: 'O00.9' }, []],
  ['no code', { system: icd }, []],
] as const)('a coding matches %s', (_, coding, expected) => {
  expect(sets(concept(coding))).toEqual(expected)
})

test('nothing belongs to no set', () => {
  expect(sets(undefined)).toEqual([])
  expect(sets({})).toEqual([])
  expect(testCodeBook().codingIn('mastitis-nos', undefined)).toBe(false)
})

test('the words of a concept are no code', () => {
  expect(sets({ text: 'Lactational mastitis' })).toEqual([])
  expect(sets(concept({ system: 'urn:local', code: '1', display: 'Lactational mastitis' }))).toEqual([])
  expect(sets(concept({ system: icd, code: 'N61.0' }, 'Lactational mastitis'))).toEqual(['mastitis-nos'])
})

test('a recognised system is one of ours, or a code without system that a set has', () => {
  const recognised = (coding: Coding) => testCodeBook().hasRecognisedSystem(concept(coding))
  expect(recognised({ system: sct, code: '1' })).toBe(true)
  expect(recognised({ code: 'O91.23' })).toBe(true)
  expect(recognised({ code: '1' })).toBe(false)
  expect(recognised({ system: 'urn:local', code: 'O91.23' })).toBe(false)
  expect(recognised({ system: 'http://www.ama-assn.org/go/cpt', code: '76641' })).toBe(false)
  expect(testCodeBook().hasRecognisedSystem(undefined)).toBe(false)
})

test.each([
  ['erythema', { system: sct, code: '247441003' }, 'erythema'],
  ['skin biopsy', { system: sct, code: '240977001' }, 'skin-biopsy'],
] as const)('a general code counts only where the breast is named: %s', (_, coding, set) => {
  expect(sets(concept(coding))).not.toContain(set)
  expect(sets(concept(coding), true)).toContain(set)
  expect(sets(concept(coding, 'left breast'))).toContain(set)
  expect(testCodeBook().codingIn(set, coding)).toBe(true)
})

test('herpes counts for the breast only with the breast named', () => {
  expect(sets(concept({ system: icd, code: 'B00.9' }))).toEqual(['herpes-simplex'])
  expect(sets(concept({ system: icd, code: 'B00.9' }), true)).toEqual([
    'herpes-simplex',
    'herpes-simplex-breast',
  ])
})

test('O92.29 is engorgement, and any surgeon a breast referral, only if the text says so', () => {
  expect(sets(concept({ system: icd, code: 'O92.29' }))).toEqual([])
  expect(sets(concept({ system: icd, code: 'O92.29' }, 'Breast engorgement'))).toEqual(['engorgement'])
  expect(sets(concept({ system: sct, code: '183541002' }, 'Referral to surgeon'))).toEqual([])
  expect(sets(concept({ system: sct, code: '183541002' }, 'Referral to breast surgeon'))).toEqual([
    'referral',
  ])
})

test.each([
  ['mammographic skin thickening', { system: sct, code: '129797000' }],
  ['mammographic nipple retraction', { system: sct, code: '129796009' }],
  ['inverted nipple in the puerperium', { system: icd, code: 'O92.02' }],
  ['another code called inflammatory carcinoma in one list', { system: sct, code: '3898006' }],
  ['mastitis of the newborn', { system: icd, code: 'P39.0' }],
] as const)('trap: %s is no sign or diagnosis of hers', (_, coding) => {
  expect(
    sets(concept({ ...coding, display: 'Breast skin thickening, mastitis' }), true).filter(
      (set) => set !== 'neonatal-mastitis',
    ),
  ).toEqual([])
})

test('trap: O92.03 says that she lactates, not that the nipple retracts', () => {
  expect(
    sets(concept({ system: icd, code: 'O92.03', display: 'Retracted nipple associated with lactation' })),
  ).toEqual(['lactation-condition'])
})

test('SNOMED 290080002 is pain of the breast, and of one place', () => {
  expect(sets(concept({ system: sct, code: '290080002' }))).toEqual(['breast-pain', 'focal-tenderness'])
})

test('the breast is named by a site code, by the name of a known code, or by words', () => {
  const names = (of: CodeableConcept | undefined) => testCodeBook().namesBreast(of)
  expect(names(concept({ system: sct, code: '82038008' }))).toBe(true)
  expect(names(concept({ system: sct, code: '290070001' }))).toBe(true)
  expect(names({ text: 'Nipple' })).toBe(true)
  expect(names(concept({ system: 'urn:local', code: '1', display: 'Left breast' }))).toBe(true)
  expect(names(concept({ system: loinc, code: '8310-5', display: 'Body temperature' }))).toBe(false)
  expect(names(undefined)).toBe(false)
})

test('unverified codes and CPT numbers are off unless asked for', () => {
  const unverified = concept({ system: sct, code: '402773007' })
  const licensed = concept({ system: 'http://www.ama-assn.org/go/cpt', code: '11104' })
  const both = compileCodeBook(codeFilesOnDisk(), { allowUnverified: true, cpt: true })
  expect(sets(unverified)).toEqual([])
  expect(sets(licensed, true)).toEqual([])
  expect(setsIn(both, unverified)).toEqual(['colour-change'])
  expect(setsIn(both, licensed, true)).toEqual(['skin-biopsy'])
  expect(setsIn(both, concept({ system: 'http://www.ama-assn.org/go/cpt', code: '76641' }))).toEqual([
    'ultrasound',
  ])
})

test('a site adds its own codes to a set or an ingredient', () => {
  const book = compileCodeBook(codeFilesOnDisk(), {
    allowUnverified: false,
    localCodes: {
      fluctuance: [{ system: 'urn:site', code: 'FLUCT', display: 'Fluctuant' }],
      erythema: [{ system: sct, code: '123' }],
      flucloxacillin: [{ system: 'urn:site', code: 'FLU500' }],
    },
  })
  expect(setsIn(book, concept({ system: 'urn:site', code: 'FLUCT' }))).toEqual(['fluctuance'])
  expect(book.hasRecognisedSystem(concept({ system: 'urn:site', code: 'FLUCT' }))).toBe(true)
  expect(book.hasRecognisedSystem(concept({ system: 'urn:site', code: 'other' }))).toBe(false)
  expect(setsIn(book, concept({ system: sct, code: '123' }))).toEqual(['erythema'])
  expect(setsIn(book, concept({ system: sct, code: '290070001' }))).toEqual(['erythema'])
  expect(book.medicine(concept({ system: 'urn:site', code: 'FLU500' })).cover).toBe('appropriate')
})
