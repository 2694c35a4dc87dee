import type { Observation } from 'fhir/r4.js'
import type * as Assessing from '../src/assess/assess.js'
import type * as Cards from '../src/cards/choose/choose-cards.js'
import type * as Clients from '../src/config/development-client.js'
import type * as Facts from '../src/facts/read-facts.js'
import type * as Gathering from '../src/gather/gather.js'
import type * as Content from '../src/service/load-library.js'
import type * as Requests from '../src/protocol/parse-hook-request.js'
import { median } from './in-turns.js'

/** What it costs to decide a call once its body is parsed, by the number of Observations in it. */
export interface RoomCost {
  observations: number
  cpuMs: number
}

/** A module as it was built: what runs the sources wraps each inner function, and that would be measured too. */
const built = async <Module>(path: string): Promise<Module> =>
  (await import(new URL(`../dist/${path}.js`, import.meta.url).href)) as Module

/** The rooms of the service, as they were built. */
async function builtRooms() {
  const { loadLibrary } = await built<typeof Content>('service/load-library')
  const { makeGather } = await built<typeof Gathering>('gather/gather')
  const { parseHookRequest } = await built<typeof Requests>('protocol/parse-hook-request')
  const { readFacts } = await built<typeof Facts>('facts/read-facts')
  const { assess } = await built<typeof Assessing>('assess/assess')
  const { chooseCards } = await built<typeof Cards>('cards/choose/choose-cards')
  const { developmentClient } = await built<typeof Clients>('config/development-client')
  return { loadLibrary, makeGather, parseHookRequest, readFacts, assess, chooseCards, developmentClient }
}

const patientId = 'zz-bench'
const hourMs = 3_600_000
const codes = ['8867-4', '8310-5', '9279-1', '69725-0', '72514-3'] as const
const units: Readonly<Record<string, string>> = { '8310-5': 'Cel', '72514-3': '{score}' }

function observation(place: number, now: number): Observation {
  const code = codes[place % codes.length] as string
  const unit = units[code] ?? '/min'
  return {
    resourceType: 'Observation',
    id: `o-${place}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: new Date(now - place * (hourMs / 50)).toISOString(),
    valueQuantity: { value: unit === 'Cel' ? 37 : 5, system: 'http://unitsofmeasure.org', code: unit },
  }
}

const bundle = (resources: readonly unknown[]): unknown => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})

/** A call with a woman, her problem, and so many Observations, half among the vital signs and half among the signs. */
function callWith(observations: number, now: number): unknown {
  const all = Array.from({ length: observations }, (_item, place) => observation(place, now))
  const half = Math.ceil(observations / 2)
  const none = bundle([])
  const condition = {
    resourceType: 'Condition',
    id: 'c',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '45198002', display: 'Mastitis' }] },
    subject: { reference: `Patient/${patientId}` },
    onsetDateTime: new Date(now - 30 * hourMs).toISOString(),
  }
  return {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/zz', patientId },
    prefetch: {
      patient: { resourceType: 'Patient', id: patientId, gender: 'female', birthDate: '1996-01-01' },
      conditions: bundle([condition]),
      lactationStatus: none,
      temperatures: none,
      vitalSigns: bundle(all.slice(0, half)),
      laboratory: none,
      breastSigns: bundle(all.slice(half)),
      medicationRequests: none,
    },
  }
}

/**
 * Measures gather, facts, assess and cards together, as built, in this process, on a parsed body.
 *
 * Units: milliseconds of CPU per call, the middle of the rounds; `told` hears of each size when it is done.
 */
export async function roomCosts(
  sizes: readonly number[],
  rounds: number,
  told: (cost: RoomCost) => void,
): Promise<readonly RoomCost[]> {
  const { loadLibrary, makeGather, parseHookRequest, readFacts, assess, chooseCards, developmentClient } =
    await builtRooms()
  const { reading, parameters, pack } = loadLibrary({
    cardsDir: 'cards',
    mode: 'development',
    canonicalBase: 'http://bench.invalid',
  })
  const now = Date.now()
  const gather = makeGather({ settings: { mode: 'development' }, clock: () => now })
  const client = developmentClient
  const costs: RoomCost[] = []
  for (const observations of sizes) {
    const request = parseHookRequest('mastitis-patient-view', callWith(observations, now))
    const decideOnce = async (): Promise<void> => {
      const facts = readFacts(await gather(request, client), reading)
      chooseCards(
        pack,
        { request, client, invocationId: request.hookInstance },
        assess(facts, parameters, now),
      )
    }
    const times = Math.max(2, Math.round(5_000 / (observations + 100)))
    for (let warm = 0; warm < 60 * times; warm += 1) await decideOnce()
    const found: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage()
      for (let time = 0; time < times; time += 1) await decideOnce()
      const { user, system } = process.cpuUsage(before)
      found.push((user + system) / 1000 / times)
    }
    const cost = { observations, cpuMs: median(found) }
    costs.push(cost)
    told(cost)
  }
  return costs
}
