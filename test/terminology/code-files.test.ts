import { expect, test } from '@jest/globals'
import { CardError } from '../../src/errors.js'
import { conditionSets, medicineSets, signNames } from '../../src/terminology/concepts.js'
import { compileCodeBook } from '../../src/terminology/compile-code-book.js'
import { listCodeSets } from '../../src/terminology/list-code-sets.js'
import { codeFilesOnDisk } from './test-code-book.js'

const code = { system: 'icd', code: 'O91.23', display: 'Mastitis', grade: 'C' }
const set = { title: 'Mastitis', kind: 'diagnosis', codes: [code] }
const file = (sets: unknown, more: object = {}) => ({
  file: 'codes.yaml',
  content: { title: 'A', source: 'B', sets, ...more },
})

function problemsOf(...files: Parameters<typeof compileCodeBook>[0]): readonly string[] {
  try {
    compileCodeBook(files, { allowUnverified: false })
  } catch (error) {
    if (error instanceof CardError) return error.problems.map(({ says }) => says)
    throw error
  }
  return []
}

test('a well-formed file compiles', () => {
  expect(problemsOf(file({ mastitis: set }))).toEqual([])
})

test.each([
  ['not a mapping', 'x', 'sets: is not a mapping'],
  ['a set without title', { m: { ...set, title: undefined } }, 'sets.m.title: is missing'],
  ['a title left empty', { m: { ...set, title: null } }, 'sets.m.title: is not text'],
  ['an unknown kind', { m: { ...set, kind: 'illness' } }, 'sets.m.kind: knows no "illness"'],
  ['no kind', { m: { title: 'M', codes: [code] } }, 'sets.m.kind: is missing'],
  ['an unknown key', { m: { ...set, colour: 'red' } }, 'sets.m.colour: is not a word of this file'],
  ['neither codes nor words', { m: { ...set, codes: [] } }, 'sets.m: has neither codes nor words'],
  ['codes that are no list', { m: { ...set, codes: code } }, 'sets.m.codes: is not a list'],
  [
    'a code that YAML read as a number',
    { m: { ...set, codes: [{ ...code, code: 76752008 }] } },
    'sets.m.codes.0.code: is not text',
  ],
  [
    'an unknown system',
    { m: { ...set, codes: [{ ...code, system: 'icd9' }] } },
    'sets.m.codes.0.system: knows no "icd9"',
  ],
  [
    'an unknown grade',
    { m: { ...set, codes: [{ ...code, grade: 'F' }] } },
    'sets.m.codes.0.grade: knows no "F"',
  ],
  [
    'a code without display',
    { m: { ...set, codes: [{ ...code, display: undefined }] } },
    'sets.m.codes.0.display: is missing',
  ],
  [
    'a prefix outside ICD',
    { m: { ...set, codes: [{ ...code, system: 'sct', code: '12*' }] } },
    'sets.m.codes.0.code: ends in "*"',
  ],
  [
    'a star inside a code',
    { m: { ...set, codes: [{ ...code, code: 'O9*1' }] } },
    'sets.m.codes.0.code: is no code',
  ],
  [
    'a CPT description',
    { m: { ...set, codes: [{ ...code, system: 'cpt', code: '1' }] } },
    'sets.m.codes.0.display: is not allowed for CPT',
  ],
  [
    'an unknown condition',
    { m: { ...set, codes: [{ ...code, needs: 'leg' }] } },
    'sets.m.codes.0.needs: knows no "leg"',
  ],
  [
    'words of a set, which stand in cards/words',
    { m: { ...set, text: [{ words: ['mastitis'] }] } },
    'sets.m.text: is not a word of this file',
  ],
  ...(['fièvre', 'peau-d-orange', '*red', 'breast surgeon', 'Breast'] as const).map(
    (word) =>
      [
        `a condition on "${word}", which is no single plain word`,
        { m: { ...set, codes: [{ ...code, if_text: [word] }] } },
        `sets.m.codes.0.if_text: cannot read "${word}"`,
      ] as const,
  ),
  [
    'a YAML no among words',
    { m: { ...set, codes: [{ ...code, if_text: [false] }] } },
    'sets.m.codes.0.if_text: holds something that is not a word',
  ],
] as const)('refused: %s', (_, sets, says) => {
  expect(problemsOf(file(sets))).toContain(says)
})

test.each([
  ['additions to an unknown set', { adds: { n: [code] } }, 'adds: knows no set "n"'],
  [
    'words of an ingredient, which stand in cards/words',
    { ingredients: { x: { words: ['x'], cover: 'other' } } },
    'ingredients.x.words: is not a word of this file',
  ],
  [
    'a group that is no ATC group',
    { families: { x: { atc: ['*'], cover: 'other' } } },
    'families.x.atc: cannot read "*"',
  ],
  [
    'an ATC code where a group belongs',
    { families: { x: { atc: ['J01CF05'], cover: 'other' } } },
    'families.x.atc: cannot read "J01CF05"',
  ],
  ['an unknown cover', { ingredients: { x: { cover: 'good' } } }, 'ingredients.x.cover: knows no "good"'],
  [
    'an unknown part',
    { ingredients: { x: { cover: 'other', made_of: ['y'] } } },
    'ingredients.x.made_of: knows no "y"',
  ],
  [
    'an unknown medicine set',
    { ingredients: { x: { cover: 'other', sets: ['y'] } } },
    'ingredients.x.sets: knows no "y"',
  ],
] as const)('refused: %s', (_, more, says) => {
  expect(problemsOf(file({ m: set }, more))).toContain(says)
})

test('all problems of all files come out at once, with file, line and fix', () => {
  const first = { ...file({ m: { ...set, kind: 'x' } }), lineOf: () => 7 }
  const second = { file: 'other.yaml', content: [] }
  let problems: CardError['problems'] = []
  try {
    compileCodeBook([first, second], { allowUnverified: false })
  } catch (error) {
    if (error instanceof CardError) problems = error.problems
  }
  expect(problems).toContainEqual({
    file: 'codes.yaml',
    line: 7,
    says: 'sets.m.kind: knows no "x"',
    fix: 'use one of sign, systemic-sign, diagnosis, care, result, observation, value, site, chapter',
  })
  expect(problems.some(({ file }) => file === 'other.yaml')).toBe(true)
})

test('the same set in two files is refused', () => {
  expect(problemsOf(file({ m: set }), file({ m: set }))).toEqual(['sets.m: is defined twice'])
})

test('a local code for an unknown set is refused and names the site file', () => {
  expect(() =>
    compileCodeBook(codeFilesOnDisk(), { allowUnverified: false, localCodes: { nonsense: [] } }),
  ).toThrow('site.yaml localCodes knows no set "nonsense"')
})

test('every sign, condition and medicine set of the house has its entry on disk', () => {
  const { sets, medicines } = listCodeSets(codeFilesOnDisk())
  const listed = new Set(sets.map(({ id }) => id))
  const ofMedicines = new Set(medicines.flatMap((medicine) => medicine.sets))
  expect([...signNames, ...conditionSets].filter((id) => !listed.has(id))).toEqual([])
  expect(medicineSets.filter((id) => !ofMedicines.has(id))).toEqual([])
})

test('every other set that readers ask for has its entry on disk', () => {
  const listed = new Set(listCodeSets(codeFilesOnDisk()).sets.map(({ id }) => id))
  const asked =
    'bf-status bf-yes bf-no delivery-date pregnancy-status pregnant not-pregnant gestational-age ultrasound mammogram imaging-text imaging-impression skin-biopsy breast-biopsy referral drainage incision culture ultrasound-normal birads-1 birads-2 birads-3 birads-4 birads-5 breast-site skin-of-breast-site nipple-site left right both present-value absent-value unknown-value some-infants-lost living-infant preterm premature-history no-response focal-tenderness blood-pressure due-date infant-galactosemia neonatal-mastitis temperature heart-rate respiratory-rate systolic diastolic mean-arterial-pressure oxygen-saturation white-cells platelets c-reactive-protein lactate creatinine bilirubin inr pain'
  expect(asked.split(' ').filter((id) => !listed.has(id))).toEqual([])
})

test('a set without codes says where its words are', () => {
  expect(problemsOf(file({ m: { ...set, codes: [], words_in: 'exam' } }))).toEqual([])
})

test('the list for generated pages shows codes with address, grade and condition, and where the words are', () => {
  const { sets, medicines } = listCodeSets(codeFilesOnDisk())
  const erythema = sets.find(({ id }) => id === 'erythema')
  expect(erythema?.codes).toContainEqual({
    system: 'http://snomed.info/sct',
    code: '247441003',
    display: 'Erythema',
    grade: 'B',
    only: 'only when the record names the breast',
  })
  expect(erythema?.source).toContain('2.2')
  expect(erythema?.wordsIn).toBe('exam.yaml')
  expect(sets.find(({ id }) => id === 'engorgement')?.codes).toContainEqual(
    expect.objectContaining({ code: 'O92.29', only: 'only when its text says "engorgement"' }),
  )
  expect(sets.find(({ id }) => id === 'colour-change')?.codes).toContainEqual(
    expect.objectContaining({ code: '402773007', grade: 'U', only: 'only with `codes.allowUnverified`' }),
  )
  expect(sets.find(({ id }) => id === 'ultrasound')?.codes).toContainEqual(
    expect.objectContaining({
      code: '76641',
      only: 'only with `codes.allowUnverified`, only with `cptLicence`',
    }),
  )
  expect(sets.find(({ id }) => id === 'temperature')?.plausible).toContain('30-45 °C')
  expect(medicines.find(({ name }) => name === 'ampicillin-sulbactam')?.rules).toContain(
    'ampicillin and sulbactam together',
  )
  expect(medicines.find(({ name }) => name === 'other antibiotic')?.rules).toEqual([
    'any other ATC code J01*',
  ])
})

test('no set on disk carries a CPT description, and CPT numbers live in their own file', () => {
  const codes = listCodeSets(codeFilesOnDisk()).sets.flatMap((one) => one.codes)
  const cpt = codes.filter(({ system }) => system.includes('ama-assn'))
  expect(cpt.length).toBeGreaterThan(0)
  expect(cpt.filter(({ display }) => display !== undefined)).toEqual([])
})
