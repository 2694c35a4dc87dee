import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import type { Trace } from '../src/audit/trace.js'
import { requestBody } from '../src/cli/evaluate.js'
import { fixtureNames, readFixture, type Fixture } from '../src/cli/fixture.js'
import { decideOnce } from '../src/service/decide-once.js'
import type { Library } from '../src/service/library.js'
import { compileCodeBook } from '../src/terminology/compile-code-book.js'
import { libraryWith } from './cases/ask.js'
import { someOf } from './depth.js'
import { filesWithout, usedEntries, type ListEntry } from './silence/used-entries.js'

/** A chart to ask about, by name. */
interface Story {
  name: string
  fixture: Fixture
}

interface Style {
  id: string
  now: string
  states: Readonly<Record<string, { bundle: Bundle }>>
}

const stylesFolder = 'fhir-fixtures/styles'

const styles = readdirSync(stylesFolder)
  .sort()
  .flatMap((file): readonly Story[] => {
    const { id, now, states } = JSON.parse(readFileSync(`${stylesFolder}/${file}`, 'utf8')) as Style
    return Object.entries(states).map(([state, { bundle }]) => {
      const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
        resource ? [resource as FhirResource] : [],
      )
      const patientId = resources.find(({ resourceType }) => resourceType === 'Patient')?.id ?? ''
      return { name: `${id}, ${state}`, fixture: { patientId, at: Date.parse(now), resources } }
    })
  })

const fixtures = fixtureNames('fhir-fixtures').map((name): Story => ({
  name,
  fixture: readFixture('fhir-fixtures', name, 0),
}))

const library = libraryWith()

const without = (entry: ListEntry): Library => ({
  ...library,
  reading: { ...library.reading, codes: compileCodeBook(filesWithout(entry), { allowUnverified: false }) },
})

const ask = async ({ fixture }: Story, asked: Library): Promise<Trace> =>
  (
    await decideOnce(requestBody({ fixture, hook: 'patient-view', orders: [] }), {
      library: asked,
      now: fixture.at,
    })
  ).trace

const loudness = ['info', 'warning', 'critical']

/** The indicator of each kind of card shown; 412 is an answer that says that something is missing. */
const cardsOf = ({ shown }: Trace): ReadonlyMap<string, number> =>
  new Map(shown.map(({ kind, wire }) => [kind, loudness.indexOf(wire?.indicator ?? '')]))

/** Is one answer quieter than another: a card is gone or lower? */
const isQuieter = (after: Trace, before: Trace): boolean => {
  const now = cardsOf(after)
  return [...cardsOf(before)].some(([kind, level]) => (now.get(kind) ?? -1) < level)
}

/** Does an answer name something that the other did not? */
const namesMore = (after: Trace, before: Trace): boolean =>
  after.status === 412 || after.facts.unreadable.length > before.facts.unreadable.length

/** The entries whose loss makes the answer to a story quieter without a word. */
async function silences(story: Story): Promise<readonly string[]> {
  const before = await ask(story, library)
  if (before.shown.length === 0) return []
  const found: string[] = []
  for (const entry of usedEntries(story.fixture.resources)) {
    const after = await ask(story, without(entry))
    if (isQuieter(after, before) && !namesMore(after, before)) found.push(`${entry.system} ${entry.code}`)
  }
  return found
}

test.each(someOf(styles, 1).map((story) => [story.name, story] as const))(
  'style %s: no lost code of our lists makes the answer quieter without a word',
  async (_, story) => {
    expect(await silences(story)).toEqual([])
  },
)

test.each(someOf(fixtures, 8).map((story) => [story.name, story] as const))(
  'fixture %s: no lost code of our lists makes the answer quieter without a word',
  async (_, story) => {
    expect(await silences(story)).toEqual([])
  },
)
