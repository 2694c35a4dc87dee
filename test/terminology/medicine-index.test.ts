import { expect, test } from '@jest/globals'
import { readText } from '../../src/terminology/text/read-text.js'
import { textWords } from '../reading/word-files.js'
import { testCodeBook } from './test-code-book.js'

const rx = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const atc = 'http://www.whocc.no/atc'
const words = textWords()
const namesIn = (text: string): readonly string[] =>
  readText({ kind: 'medicine', text }, words).readings.flatMap(({ term, value }) =>
    term === 'ingredient' && typeof value === 'string' ? [value] : [],
  )
const byWords = (text: string) => testCodeBook().medicine(undefined, namesIn(text))
const byCodes = (system: string, ...codes: readonly string[]) =>
  testCodeBook().medicine({ coding: codes.map((code) => ({ system, code })) })

test.each([
  ['Dicloxacillin 500 mg capsule', ['dicloxacillin'], 'appropriate', 'inactive'],
  ['FLUCLOXACILLIN', ['flucloxacillin'], 'appropriate', 'inactive'],
  ['floxacillin', ['flucloxacillin'], 'appropriate', 'inactive'],
  ['cloxacillin', ['cloxacillin'], 'appropriate', 'inactive'],
  ['oxacillin', ['oxacillin'], 'appropriate', 'inactive'],
  ['nafcillin', ['nafcillin'], 'appropriate', 'inactive'],
  ['cefalexin', ['cephalexin'], 'appropriate', 'inactive'],
  ['cefazolin', ['cefazolin'], 'appropriate', 'inactive'],
  ['cefadroxil', ['cefadroxil'], 'appropriate', 'inactive'],
  ['cefuroxime', ['cefuroxime'], 'appropriate', 'inactive'],
  ['ceftriaxone', ['ceftriaxone'], 'appropriate', 'inactive'],
  ['amoxicillin-clavulanate 875 mg-125 mg', ['amoxicillin-clavulanate'], 'appropriate', 'inactive'],
  ['amoxicillin 875 mg / clavulanic acid 125 mg', ['amoxicillin-clavulanate'], 'appropriate', 'inactive'],
  ['co-amoxiclav', ['amoxicillin-clavulanate'], 'appropriate', 'inactive'],
  ['flucloxacillin-amoxicillin', ['flucloxacillin-amoxicillin'], 'appropriate', 'inactive'],
  ['ampicillin-sulbactam', ['ampicillin-sulbactam'], 'appropriate', 'inactive'],
  ['ampicillin 2 g + sulbactam 1 g', ['ampicillin-sulbactam'], 'appropriate', 'inactive'],
  ['piperacillin/tazobactam', ['piperacillin-tazobactam'], 'appropriate', 'inactive'],
  ['ertapenem', ['ertapenem'], 'appropriate', 'inactive'],
  ['clindamycin', ['clindamycin'], 'appropriate', 'by-result'],
  ['erythromycin', ['erythromycin'], 'appropriate', 'inactive'],
  ['clarithromycin', ['clarithromycin'], 'appropriate', 'inactive'],
  ['pristinamycin', ['pristinamycin'], 'appropriate', 'active'],
  ['sulfamethoxazole 800 mg trimethoprim 160 mg', ['sulfamethoxazole-trimethoprim'], 'appropriate', 'active'],
  ['co-trimoxazole', ['sulfamethoxazole-trimethoprim'], 'appropriate', 'active'],
  ['vancomycin', ['vancomycin'], 'appropriate', 'active'],
  ['teicoplanin', ['teicoplanin'], 'appropriate', 'active'],
  ['ceftaroline', ['ceftaroline'], 'appropriate', 'active'],
  ['linezolid', ['linezolid'], 'appropriate', 'active'],
  ['daptomycin', ['daptomycin'], 'appropriate', 'active'],
  ['doxycycline', ['doxycycline'], 'appropriate', 'active'],
  ['minocycline', ['minocycline'], 'appropriate', 'active'],
  ['amoxicillin', ['amoxicillin'], 'other', 'inactive'],
  ['ampicillin', ['ampicillin'], 'other', 'inactive'],
  ['penicillin V', ['penicillin'], 'other', 'inactive'],
  ['metronidazole', ['metronidazole'], 'other', 'inactive'],
  ['ciprofloxacin', ['ciprofloxacin'], 'other', 'inactive'],
  ['moxifloxacin', ['moxifloxacin'], 'other', 'inactive'],
  ['norfloxacin', ['other quinolone'], 'other', 'inactive'],
  ['gentamicin', ['gentamicin'], 'other', 'inactive'],
  ['ticarcillin', ['other penicillin'], 'other', 'inactive'],
  ['tigecycline', ['other tetracycline'], 'other', 'inactive'],
  ['meropenem', ['other carbapenem'], 'other', 'inactive'],
  ['cefepime', ['other cephalosporin'], 'other', 'inactive'],
  ['cephradine', ['cefradine'], 'other', 'inactive'],
  ['azithromycin', ['azithromycin'], 'not-counted', 'inactive'],
  ['nitrofurantoin', ['nitrofurantoin'], 'not-counted', 'inactive'],
  ['paracetamol', [], 'none', 'inactive'],
  ['clavulanate', ['clavulanate'], 'none', 'inactive'],
] as const)('by words: %s', (text, ingredients, cover, mrsa) => {
  expect(byWords(text)).toMatchObject({ ingredients, cover, mrsa })
})

test.each([
  ['ingredient', rx, ['3356'], ['dicloxacillin'], 'appropriate'],
  ['product', rx, ['309114'], ['cephalexin'], 'appropriate'],
  ['two ingredients of a combination', rx, ['723', '48203'], ['amoxicillin-clavulanate'], 'appropriate'],
  ['one of them', rx, ['723'], ['amoxicillin'], 'other'],
  [
    'two ingredients of co-trimoxazole',
    rx,
    ['10180', '10829'],
    ['sulfamethoxazole-trimethoprim'],
    'appropriate',
  ],
  ['the combination', rx, ['19711'], ['amoxicillin-clavulanate'], 'appropriate'],
  ['ATC', atc, ['J01CF05'], ['flucloxacillin'], 'appropriate'],
  ['another ATC J01', atc, ['J01MA14'], ['other quinolone'], 'other'],
  ['ATC nitrofurantoin', atc, ['J01XE01'], ['nitrofurantoin'], 'not-counted'],
  ['ATC azithromycin', atc, ['J01FA10'], ['azithromycin'], 'not-counted'],
  ['ATC outside J01', atc, ['N02BE01'], [], 'none'],
  ['an unknown code', rx, ['1'], [], 'none'],
] as const)('by code: %s', (_, system, codes, ingredients, cover) => {
  expect(byCodes(system, ...codes)).toMatchObject({ ingredients, cover })
})

test('words complete a code: amoxicillin by code, clavulanate by name', () => {
  const match = testCodeBook().medicine({ coding: [{ system: rx, code: '723' }] }, namesIn('clavulanic acid'))
  expect(match.ingredients).toEqual(['amoxicillin-clavulanate'])
})

test('an unlisted product code leaves the names to speak', () => {
  const product = { coding: [{ system: rx, code: '1' }] }
  expect(testCodeBook().medicine(product, namesIn('cephalexin 500 MG')).cover).toBe('appropriate')
  expect(testCodeBook().medicine(undefined)).toMatchObject({ ingredients: [], cover: 'none' })
})

test.each([
  ['J01CF06', 'other antistaphylococcal penicillin', 'appropriate', 'inactive'],
  ['J01DB07', 'other first-generation cephalosporin', 'appropriate', 'inactive'],
  ['J01FF02', 'other lincosamide', 'appropriate', 'by-result'],
  ['J01EE05', 'other sulfonamide with trimethoprim', 'appropriate', 'active'],
  ['J01XA05', 'other glycopeptide', 'appropriate', 'active'],
  ['J01CA12', 'other penicillin', 'other', 'inactive'],
  ['J01EC02', 'other sulfonamide', 'other', 'inactive'],
])('the narrowest ATC group of %s counts: %s (C3)', (code, name, cover, mrsa) => {
  expect(byCodes(atc, code)).toMatchObject({ ingredients: [name], cover, mrsa })
})

test.each([
  ['L01EA01', ['contraindicated', 'immunosuppressant']],
  ['L02AE03', ['contraindicated']],
  ['L02BG04', ['contraindicated']],
  ['L04AX04', ['contraindicated', 'immunosuppressant']],
  ['V10XA01', ['contraindicated']],
  ['D05BB02', ['contraindicated']],
  ['D10BA01', ['contraindicated']],
  ['C01BD01', ['contraindicated']],
  ['N02CA02', ['contraindicated']],
  ['L02AB02', []],
  ['L01FA01', ['immunosuppressant']],
  ['L01XC10', ['immunosuppressant']],
  ['N05AN01', []],
  ['L04AX01', ['immunosuppressant']],
  ['D10AD01', []],
  ['C01BD07', []],
  ['N02CC01', []],
] as const)('ATC %s speaks against the milk or does not (C15): %j', (code, sets) => {
  expect(byCodes(atc, code).sets).toEqual(sets)
})

test.each([
  ['L04AF07', 'deucravacitinib', ['contraindicated', 'immunosuppressant']],
  ['L01BB02', 'mercaptopurine', ['contraindicated', 'immunosuppressant']],
  ['L04AC05', 'ustekinumab', ['immunosuppressant']],
  ['L04AC16', 'guselkumab', ['immunosuppressant']],
  ['L04AA57', 'a medicine that no list knows', ['immunosuppressant']],
] as const)('the ATC code %s of %s takes nothing from its words: %j', (code, text, sets) => {
  expect(testCodeBook().medicine({ coding: [{ system: atc, code }] }, namesIn(text)).sets).toEqual(sets)
})

test('rituximab keeps its name beside the code of a group that speaks against the milk', () => {
  const match = testCodeBook().medicine({ coding: [{ system: atc, code: 'L01FA' }] }, ['rituximab'])
  expect(match).toMatchObject({ ingredients: ['rituximab'], sets: ['immunosuppressant'] })
})

test('an ATC group says nothing more once the antibiotic is known', () => {
  const match = testCodeBook().medicine({ coding: [{ system: atc, code: 'J01CF' }] }, ['flucloxacillin'])
  expect(match).toMatchObject({ ingredients: ['flucloxacillin'], cover: 'appropriate' })
})

test('azithromycin counts as other with a breast reason; nothing else changes with the reason', () => {
  expect(byWords('azithromycin').coverWithBreastReason).toBe('other')
  expect(byWords('nitrofurantoin').coverWithBreastReason).toBeUndefined()
  expect(byWords('azithromycin and cefazolin').coverWithBreastReason).toBeUndefined()
})

test('the name of an unlisted antibiotic is ours, not the word of the chart', () => {
  expect(JSON.stringify(byWords('zzcanarycillin'))).not.toContain('zzcanary')
  expect(byWords('zzcanarycillin').cover).toBe('other')
})

test.each([
  ['cabergoline 0.5 mg', ['suppressant', 'cabergoline']],
  ['bromocriptine', ['suppressant', 'bromocriptine']],
  ['lactation suppression', ['suppressant']],
  ['methotrexate', ['contraindicated', 'immunosuppressant']],
  ['azathioprine', ['immunosuppressant']],
  ['Humira 40 mg', ['immunosuppressant']],
  ['canakinumab', ['immunosuppressant']],
  ['tofacitinib', ['contraindicated', 'immunosuppressant']],
  ['paclitaxel', ['contraindicated', 'immunosuppressant']],
  ['tamoxifen', ['contraindicated']],
  ['hydroxychloroquine', []],
  ['folic acid for neural tube defects', []],
  ['sodium iodide I-131', ['contraindicated']],
  ['iodine-131', ['contraindicated']],
  ['lutetium Lu 177', ['contraindicated']],
  ['codeine phosphate', ['opioid-caution']],
  ['tramadol', ['opioid-caution']],
  ['trimethoprim-sulfamethoxazole', ['sulfonamide', 'tmp-smx']],
  ['spiramycin', ['macrolide']],
  ['flucloxacillin', ['penicillin']],
  ['cefixime', ['cephalosporin']],
  ['metronidazole', []],
  ['trimethoprim', []],
  ['doxycycline', ['tetracycline']],
  ['tetracycline', ['tetracycline']],
  ['ibuprofen', ['nsaid']],
  ['methylprednisolone', ['steroid']],
  ['buprenorphine', ['opioid-agonist-treatment']],
  ['dihydrocodeine', []],
] as const)('sets of %s', (text, expected) => {
  expect(byWords(text).sets).toEqual(expected)
})
