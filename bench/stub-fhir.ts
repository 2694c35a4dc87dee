import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FhirResource } from 'fhir/r4.js'
import { readFixture } from '../src/cli/fixture.js'
import { answerRead, answerSearch } from '../src/sandbox/answers.js'
import { shiftBundle } from '../src/sandbox/shift-bundle.js'
import { threeCards } from './patients.js'

/**
 * A FHIR server that takes a given time for every answer, whoever asks for whatever.
 *
 * Shape: `/<delay in ms>/Observation?patient=…` is answered after that delay, about the one patient it has under any id
 *        that begins with hers; `/asked` lists the paths it was asked for so far, without the delay. Prints its port.
 */
const now = Math.floor(Date.now() / 60_000) * 60_000
const story = readFixture('fhir-fixtures', threeCards.fixture, now)
const resources = story.resources.map((resource) => shiftBundle(resource, now - story.at))
const patients = { ids: () => [story.patientId], of: (): readonly FhirResource[] => resources }
const anyId = new RegExp(`${story.patientId}[\\w-]*`, 'g')

/** Answers by what was asked, worked out once. */
const answers = new Map<string, string>()

function answerTo(asked: string, base: string): string {
  const known = answers.get(asked)
  if (known !== undefined) return known
  const herId = anyId.exec(asked)?.[0] ?? story.patientId
  anyId.lastIndex = 0
  const [path = '', query] = asked.replaceAll(anyId, story.patientId).split('?', 2)
  const [type = '', id = ''] = path.split('/')
  const { resource } =
    query === undefined
      ? answerRead(type, id, patients)
      : answerSearch(type, new URLSearchParams(query), base, patients)
  const text = JSON.stringify(resource).replaceAll(story.patientId, herId)
  answers.set(asked, text)
  return text
}

const server = createServer((req, res) => {
  const [, first = '', ...rest] = (req.url ?? '').split('/')
  res.setHeader('content-type', 'application/fhir+json')
  if (first === 'asked') {
    res.end(JSON.stringify([...answers.keys()]))
    return
  }
  const text = answerTo(rest.join('/'), `http://${req.headers.host ?? ''}/${first}`)
  setTimeout(() => res.end(text), Number(first))
})
server.keepAliveTimeout = 65_000
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`)
})
