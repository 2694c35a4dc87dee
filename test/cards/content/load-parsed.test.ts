import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { fileHash } from '../../../src/cards/content/file-hash.js'
import { answerFiles, readContent } from '../../../src/cards/content/load-content.js'
import { keepParsed, loadParsed } from '../../../src/cards/content/load-parsed.js'
import { readYaml, takeParsed, type ContentFile } from '../../../src/cards/content/yaml-file.js'

const folder = mkdtempSync(join(tmpdir(), 'parsed-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const place = (name: string): URL => pathToFileURL(join(folder, name))

const keptOf = (content: string): ReadonlyMap<string, unknown> => {
  keepParsed([{ file: 'cards/some.yaml', content }], place('some.json'))
  return loadParsed(place('some.json'))
}

test('every file that answers stand on is kept at build, exactly as its text says', () => {
  const files = answerFiles(readContent('cards'))
  keepParsed(files, place('all.json'))
  const kept = loadParsed(place('all.json'))

  expect(kept.size).toBe(files.length)
  for (const file of files) expect(kept.get(fileHash(file))).toStrictEqual(readYaml(file).value)
})

test.each([
  ['is not valid YAML', 'a: [1'],
  ['has a key twice', 'a: 1\na: 2'],
  ['has a number that JSON cannot say', 'a: .inf'],
])('a file that %s is left to the start', (_, content) => {
  expect(keptOf(content).size).toBe(0)
})

test('without a build nothing is kept', () => {
  expect(loadParsed(place('never-built.json')).size).toBe(0)
})

test('a file as it was at build has the value that was kept; changed by one byte, it is parsed', () => {
  const cardsDir = join(folder, 'cards')
  cpSync('cards', cardsDir, { recursive: true })
  const path = join(cardsDir, 'sources.yaml')
  const content = `${readFileSync(path, 'utf8')}# of this test\n`
  writeFileSync(path, content)
  const parsed = new Map([[fileHash({ file: path, content }), { kept: true }]])
  const asBuilt = readYaml(readContent(cardsDir, undefined, parsed).sources)
  writeFileSync(path, `${content}\n`)
  const changed = readYaml(readContent(cardsDir, undefined, parsed).sources)

  expect(asBuilt.value).toEqual({ kept: true })
  expect(changed.value).toHaveProperty('CHARTER')
})

test('of a kept file, the lines are still those of its text', () => {
  const file: ContentFile = { file: 'cards/some.yaml', content: 'a: 1\nb:\n  - c\n  - d\n' }
  takeParsed(file, { a: 1, b: ['c', 'd'] })

  expect(readYaml(file).lineOf(['b', 1])).toBe(4)
})
