import { expect, test } from '@jest/globals'
import type { CodeableConcept, Coding } from 'fhir/r4.js'
import { compileCodeBook } from '../../src/terminology/compile-code-book.js'
import { codeFilesOnDisk, testCodeBook } from './test-code-book.js'

const withWords = (coding: Coding, text?: string): CodeableConcept => ({
  coding: [coding],
  ...(text !== undefined && { text }),
})
const setsOf = (coding: Coding, text?: string) =>
  testCodeBook()
    .codedSets(withWords(coding, text))
    .map(({ set }) => set)

const who = 'http://hl7.org/fhir/sid/icd-10'
const cm = 'http://hl7.org/fhir/sid/icd-10-cm'

test.each([
  who,
  'https://hl7.org/fhir/sid/icd-10',
  'http://hl7.org/fhir/sid/icd-10/',
  'HTTP://HL7.org/fhir/sid/ICD-10',
  'http://hl7.org/fhir/sid/icd-10|2019',
  'http://hl7.org/fhir/sid/icd-10-am',
  'http://hl7.org/fhir/sid/icd-10-nl',
  'http://hl7.org/fhir/sid/icd-10-ca',
  'http://fhir.de/CodeSystem/bfarm/icd-10-gm',
  'http://fhir.de/CodeSystem/bfarm/icd-10-gm|2024',
  'http://fhir.de/CodeSystem/dimdi/icd-10-gm',
  'http://www.saude.gov.br/fhir/r4/CodeSystem/BRCID10',
  'https://terminologia.saude.gov.br/fhir/CodeSystem/BRCID10',
  'https://terminology.example.fr/terminologie-cim-10',
  'https://terminology.example.cl/CodeSystem/CIE10',
  'https://terminology.example.cz/CodeSystem/mkn_10',
  'http://id.who.int/icd/release/10/2019',
  'urn:oid:2.16.840.1.113883.6.3',
  '2.16.840.1.113883.6.3.1',
  'urn:oid:2.16.840.1.113883.6.3.2',
  'urn:oid:1.2.276.0.76.5.409',
  'urn:oid:2.16.578.1.12.4.1.1.7110',
  'urn:oid:1.2.246.537.6.1.1999',
  'urn:oid:1.2.752.116.1.1.1.1.3',
])('%s is ICD-10 of the WHO or a national form', (system) => {
  expect(setsOf({ system, code: 'O91.20' })).toEqual(['mastitis-lactational'])
})

test.each([
  'http://hl7.org/fhir/sid/icd-10-cm',
  'https://hl7.org/fhir/sid/icd-10-cm/',
  'https://example.tw/CodeSystem/icd-10-cm-2023-tw',
  '2.16.840.1.113883.6.90',
])('%s is ICD-10-CM, where O91.21 is a pregnancy code', (system) => {
  expect(setsOf({ system, code: 'O91.21' })).toEqual(['mastitis-pregnancy'])
})

test.each([
  ['procedures', 'http://hl7.org/fhir/sid/icd-10-pcs'],
  ['the kinds of German double codes', 'http://fhir.de/CodeSystem/icd-10-gm-mehrfachcodierungs-kennzeichen'],
  ['ICD-9', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['an unverified address', 'urn:oid:2.16.840.1.113883.6.135'],
  ['a local list', 'https://ehr.example.org/problems'],
])('%s is no ICD-10 of diagnoses', (_, system) => {
  expect(setsOf({ system, code: 'O91.20' })).toEqual([])
})

test('a site that allows unverified codes knows the unverified address of ICD-10-AM', () => {
  const book = compileCodeBook(codeFilesOnDisk(), { allowUnverified: true })
  const coding = { system: 'urn:oid:2.16.840.1.113883.6.135', code: 'O91.20' }
  expect(book.codedSets({ coding: [coding] }).map(({ set }) => set)).toEqual(['mastitis-lactational'])
})

test.each(['DO912', 'DO91.2'])('the Danish list writes a D before the diagnosis: %s', (code) => {
  expect(setsOf({ system: 'urn:oid:1.2.208.176.2.4', code })).toEqual(['mastitis-lactational'])
})

test('a code of the Danish list without its letter is none', () => {
  expect(setsOf({ system: 'urn:oid:1.2.208.176.2.4', code: 'O912' })).toEqual([])
})

test.each(['O91.2', 'O912', 'o91.2', 'O91.2+', 'O91.2-', 'O91.20', 'O91.21', 'O91.22'])(
  'in the ICD-10 of the WHO, %s is lactational mastitis',
  (code) => {
    expect(setsOf({ system: who, code })).toEqual(['mastitis-lactational'])
  },
)

test.each([
  [who, 'O91.2', 'Mastitis in pregnancy', ['mastitis-pregnancy']],
  [who, 'O91.2', 'Mastitis, gravida 3, postpartum', ['mastitis-lactational']],
  [who, 'O91.1', 'Brustabszess in der Schwangerschaft', ['abscess-pregnancy']],
  [who, 'O91.1', undefined, ['abscess-lactational']],
  [cm, 'O91.2', undefined, ['mastitis-lactational']],
  [cm, 'O91.2', 'Mastitis associated with pregnancy', ['mastitis-pregnancy']],
  [who, 'N61', undefined, ['mastitis-nos']],
  [who, 'N61', 'Breast abscess', ['abscess-nos']],
  [who, 'N61', 'Granulomatous mastitis', ['mastitis-nonlactational']],
  [who, 'O92.2', undefined, []],
  [who, 'O92.2', 'Engorgement of breasts', ['engorgement']],
] as const)('%s %s "%s" is %j', (system, code, text, sets) => {
  expect(setsOf({ system, code }, text)).toEqual(sets)
})

test.each([
  'http://www.whocc.no/atc',
  'https://whocc.no/atc/',
  'http://fhir.de/CodeSystem/bfarm/atc',
  'http://fhir.de/CodeSystem/dimdi/atc|2024',
  'https://terminology.example.fr/terminologie-atc',
  'https://terminology.example.br/CodeSystem/BRATC',
  'urn:oid:2.16.840.1.113883.6.73',
  'urn:oid:2.16.578.1.12.4.1.1.7180',
])('%s is ATC', (system) => {
  const { ingredients } = testCodeBook().medicine({ coding: [{ system, code: 'J01CF05' }] })
  expect(ingredients).toEqual(['flucloxacillin'])
})

test('an address with "atc" within a word is no ATC', () => {
  const system = 'https://ehr.example.org/batches'
  expect(testCodeBook().medicine({ coding: [{ system, code: 'J01CF05' }] }).ingredients).toEqual([])
})

test.each([
  'http://snomed.info/sct/83821000000107',
  'http://snomed.info/sct/32506021000036107/version/20241130',
  '2.16.840.1.113883.6.96',
])('%s is SNOMED CT', (system) => {
  expect(setsOf({ system, code: '78697003' })).toEqual(['mastitis-lactational'])
})

test.each(['http://hl7.org/fhir/sid/icpc-2-nl', 'urn:oid:2.16.578.1.12.4.1.1.7170'])(
  '%s is ICPC',
  (system) => {
    expect(setsOf({ system, code: 'W94' })).toEqual(['mastitis-lactational'])
  },
)
