import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { setOfReading } from '../../../src/facts/sets-of-concept.js'
import { listCodeSets } from '../../../src/terminology/list-code-sets.js'
import { readWordFiles } from '../../../src/terminology/text/read-word-files.js'
import { readDocument } from '../../../src/terminology/text/read-document.js'
import { wordsByTarget } from '../../../src/terminology/text/words-of-targets.js'
import { englishWords, wordFiles } from '../../reading/word-files.js'
import { codeFilesOnDisk } from '../test-code-book.js'

// One list of names: `cards/words` has the names of medicines, `cards/codes` says what a medicine of that name is.

const files = wordFiles()
const targets = files.filter(({ kinds }) => kinds.includes('medicine')).flatMap((file) => file.targets)
const words = wordsByTarget(files, 'medicine')
const { medicines, sets } = listCodeSets(codeFilesOnDisk())
const byName = new Map(medicines.map((medicine) => [medicine.name, medicine]))

const targetsOfSets = files
  .filter(({ kinds }) => kinds.some((kind) => ['exam', 'condition', 'order'].includes(kind)))
  .flatMap((file) => file.targets)
  .map(({ id }) => ({ term: 'set', state: 'present' as const, value: id }))

/** Targets that are no medicine of the codes: "an antibiotic" without a name, and pain relief by the words of an examination alone. */
const notCoded = ['antibiotic', 'other analgesic']

test('every medicine that words name is one that the codes know, and every medicine of the codes has a name or a group', () => {
  const named = targets.map(({ id }) => id)
  const withGroup = medicines.filter(({ rules }) => rules.some((rule) => rule.includes('ATC code')))

  expect(named.filter((id) => !byName.has(id))).toEqual(notCoded)
  expect(
    medicines
      .map(({ name }) => name)
      .filter((name) => !named.includes(name) && !withGroup.some((group) => group.name === name)),
  ).toEqual([])
})

test('a medicine covers by its words as by its codes', () => {
  const covers: Readonly<Record<string, readonly string[]>> = {
    antibiotic: ['appropriate', 'other', 'not-counted'],
    'urinary antibiotic': ['not-counted'],
    'local antibiotic': ['not-counted'],
  }
  const wrong = targets.filter(({ id, class: group = '' }) => {
    const { cover = 'none' } = byName.get(id) ?? {}
    return !(covers[group] ?? ['none']).includes(cover)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('a medicine speaks against the milk by its words as by its codes', () => {
  const byWords = targets.filter((target) => target.class === 'contraindicated').map(({ id }) => id)
  const byCodes = medicines
    .filter(({ name, sets }) => sets.includes('contraindicated') && words.has(name))
    .map(({ name }) => name)
  expect([...byWords].sort()).toEqual([...byCodes].sort())
})

test('no name of a medicine stands for two medicines', () => {
  const all = [...words].flatMap(([id, own]) => own.map((word) => [word, id] as const))
  const twice = all.filter(([word, id]) => all.some(([other, of]) => other === word && of !== id))
  expect(twice).toEqual([])
})

test('no file of words but that of medicines writes a name of a medicine', () => {
  const unnamed = words.get('antibiotic') ?? []
  const names = new Set(
    [...words.values()].flat().filter((word) => /^[a-z]{6,}$/.test(word) && !unnamed.includes(word)),
  )
  const others = readdirSync('cards/words', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.yaml') && name !== 'every/medicine.yaml' && name !== 'languages.yaml',
  )
  const written = (content: unknown): readonly string[] => {
    if (typeof content === 'string') return content.split(/[ |]/)
    if (typeof content !== 'object' || content === null) return []
    return Object.entries(content).flatMap(([key, value]: [string, unknown]) =>
      key === 'examples' || key === 'note' || key === 'title' || key === 'source' ? [] : written(value),
    )
  }
  const double = others.flatMap((file) =>
    written(parse(readFileSync(`cards/words/${file}`, 'utf8')))
      .filter((word) => names.has(word))
      .map((word) => `${file}: ${word}`),
  )
  expect(double).toEqual([])
})

/** Does the id of a target or list name the set, or the beginning of its name ("mastitis" of mastitis-nos)? */
const isWordOf = (id: string, set: string): boolean =>
  set.startsWith(setOfReading({ term: 'set', state: 'present', value: id }))

test('the file that a set names has its words in English', () => {
  const lost = sets.filter(({ id: set, wordsIn }) => {
    const lists = files.find(({ file }) => file === `cards/words/en/${wordsIn}`)?.lists ?? []
    return wordsIn !== undefined && !lists.some(({ entry }) => isWordOf(entry.id, set))
  })

  expect(lost.map(({ id }) => id)).toEqual([])
})

test('a set that words of examinations, diagnoses or orders name says where they are', () => {
  const known = new Set(sets.filter(({ wordsIn }) => wordsIn !== undefined).map(({ id }) => id))
  const unnamed = sets
    .map(({ id }) => id)
    .filter((id) => targetsOfSets.some((target) => setOfReading(target) === id) && !known.has(id))

  expect(unnamed).toEqual([])
})

const file = (name: string, rest: object) => ({
  file: `cards/words/en/${name}.yaml`,
  content: { title: name, source: 'test', ...rest },
})
const borrowing = (wordsOf: string) =>
  readWordFiles([
    file('medicine', {
      kinds: ['medicine'],
      targets: { iron: { class: 'mineral', groups: [{ words: ['ferrum'] }] } },
    }),
    file('course', { kinds: ['exam'], lists: { mineral: { role: 'term', words_of: [wordsOf] } } }),
  ])

test.each(['iron', 'mineral'])(
  'a list has the words of the target or class %s, in a file of another kind',
  (name) => {
    const { hits } = readDocument('on ferrum', englishWords('exam', borrowing(name)))
    expect(hits.flatMap(({ phrase }) => phrase.names)).toContain('mineral')
  },
)

test('a list with the words of a target that does not exist is refused', () => {
  expect(() => borrowing('gold')).toThrow('lists.mineral.words_of: knows no target or class "gold"')
})
