import type { FhirResource } from 'fhir/r4.js'
import { breastCheckKey } from '../protocol/breast-check.js'
import { type PrefetchTemplate, prefetchTemplates } from '../protocol/prefetch-templates.js'
import type { HookRequest } from '../protocol/hook-request.js'
import type { TraceContext } from '../protocol/trace-context.js'
import type { ClientSettings, Settings } from '../config/settings.js'
import { makeCallAllowances } from './allowance.js'
import { readAnswer } from './answer.js'
import { makeCircuitBreaker } from './circuit-breaker.js'
import {
  type Chart,
  type DataSource,
  type ReadKey,
  readKeys,
  type UnreadableCode,
  type UnreadCheck,
} from './chart.js'
import { Collection, type KeyAnswer } from './collection.js'
import { reachesBack } from './complete.js'
import { patientDrafts, selectedDrafts } from './drafts.js'
import { type Egress, makeEgress } from './egress.js'
import { type FhirAccess, openFhirAccess } from './fhir-access.js'
import { type FormMemory, makeFormMemory } from './form-memory.js'
import { keysNaming, linkMedications, readMedications } from './medications.js'
import { hasAllMatches } from './pages.js'
import { patientOwnership } from './patient-ownership.js'

/** Reads the chart of one call; requests to the FHIR server carry the trace `context`. */
export type Gather = (request: HookRequest, client: ClientSettings, context?: TraceContext) => Promise<Chart>

/** The dependencies of gathering; `clock` is the time of day in milliseconds since 1970. */
export interface GatherOptions {
  settings: Pick<Settings, 'mode'>
  clock: () => number
  /** The guard for outgoing requests, when the process shares one; a new guard by default. */
  egress?: Egress
  /** The templates in force, with the codes of the site; those as shipped by default. */
  templates?: () => readonly PrefetchTemplate[]
  /** The memory of search forms, when others ask the memory too; a new memory by default. */
  forms?: FormMemory
}

/** Opens the FHIR server of this call when the first key needs the server. */
type Open = () => FhirAccess | UnreadableCode

/** A key of the chart, and the search that answers it. */
interface Question {
  key: ReadKey
  template: PrefetchTemplate
}

const questionsOf = (templates: readonly PrefetchTemplate[]): readonly Question[] =>
  readKeys.map((key) => {
    const template = templates.find((one) => one.key === key)
    if (!template) throw new Error(`no template for ${key}`)
    return { key, template }
  })

/**
 * Makes the function that reads all data that the rules need for one call: from prefetch first, then from the FHIR
 * server.
 *
 * Shape:   one answer for each key of discovery, in the order of discovery. With a complete prefetch no request is
 *          sent.
 * Missing: never throws for missing data; each source that could not be read says `why`.
 * Source:  https://cds-hooks.hl7.org/2.0/#providing-fhir-resources-to-a-cds-service
 */
export function makeGather({
  settings,
  clock,
  egress = makeEgress(settings),
  templates = () => prefetchTemplates,
  forms = makeFormMemory(() => undefined),
}: GatherOptions): Gather {
  const breaker = makeCircuitBreaker()
  const options = { mode: settings.mode, egress, clock, breaker, forms, allowanceFor: makeCallAllowances() }
  return async (request, client, context) => {
    let access: FhirAccess | UnreadableCode | undefined
    const open: Open = () => (access ??= openFhirAccess(request, client, options, context))
    try {
      const questions = questionsOf(templates())
      const answers: KeyAnswer[] = []
      const pending: Promise<void>[] = []
      questions.forEach(({ key, template }, place) => {
        const answer = answerFor(template, request.prefetch.get(key), open, clock)
        if (answer instanceof Promise) {
          pending.push(
            answer.then((found) => {
              answers[place] = found
            }),
          )
        } else answers[place] = answer
      })
      if (pending.length > 0) await Promise.all(pending)
      return await chartFrom(request, { questions, answers }, open)
    } finally {
      if (typeof access === 'object') await access.close()
    }
  }
}

/** Reads one key: from prefetch when that is complete, else with requests to the FHIR server. */
function answerFor(
  template: PrefetchTemplate,
  supplied: unknown,
  open: Open,
  clock: () => number,
): KeyAnswer | Promise<KeyAnswer> {
  if (supplied === undefined) {
    const access = open()
    if (typeof access === 'string') return { origin: 'none', entries: [], why: access, ms: 0 }
    return timed('callback', access.ask(template), clock)
  }
  const answer = readAnswer(supplied)
  const { entries, next, why } = answer
  if (why !== undefined) return { origin: 'prefetch', entries, why, ms: 0 }
  if (next === undefined && !hasAllMatches(template, answer, clock()))
    return { origin: 'prefetch', entries, why: 'truncated', ms: 0 }
  if (next === undefined || reachesBack(template, entries, clock()))
    return { origin: 'prefetch', entries, ms: 0 }
  const access = open()
  if (typeof access === 'string') return { origin: 'prefetch', entries, why: 'truncated', ms: 0 }
  return timed('mixed', access.askRest(template, answer), clock)
}

async function timed(
  origin: KeyAnswer['origin'],
  asked: ReturnType<FhirAccess['ask']>,
  clock: () => number,
): Promise<KeyAnswer> {
  const started = clock()
  const { entries, why } = await asked
  return { origin, entries, ms: clock() - started, ...(why !== undefined && { why }) }
}

/** Builds the chart from the answers: each resource of the patient once, medications linked, draft orders separate. */
async function chartFrom(
  request: HookRequest,
  { questions, answers }: { questions: readonly Question[]; answers: readonly KeyAnswer[] },
  open: Open,
): Promise<Chart> {
  const { patientId } = request
  const whose = patientOwnership(patientId, () => [
    ...answers.flatMap(({ entries }) => entries),
    ...request.draftOrders,
  ])
  const collection = new Collection(whose)
  const drafts = patientDrafts(request.draftOrders, whose, collection)
  const found = questions.flatMap(({ key }, place) => {
    const answer = answers[place]
    return answer ? [collection.add(key, answer)] : []
  })
  const unreadChecks = addChecks(request.prefetch.get(breastCheckKey) ?? null, collection)
  const { resources, medications, named } = collection
  for (const [name, draft] of drafts.named) if (!named.has(name)) named.set(name, draft)
  const sources = await withMedications(drafts.draftOrders, collection, found, open)
  return {
    hook: request.hook,
    patientId,
    userId: request.userId,
    ...(request.encounterId !== undefined && { encounterId: request.encounterId }),
    resources,
    named,
    medications,
    sources,
    unreadChecks,
    droppedForeign: collection.droppedForeign,
    draftOrders: drafts.draftOrders,
    selections: selectedDrafts(request.selections, drafts.named),
  }
}

/** Takes the breast checks that the client sent beside the keys of discovery; without any there is nothing to read. */
function addChecks(supplied: unknown, collection: Collection): readonly UnreadCheck[] {
  const { entries, why } = readAnswer(supplied)
  const unread = collection.addChecks(entries)
  if (why === undefined) return unread
  return [why === 'client-failed' ? why : 'malformed', ...unread]
}

/**
 * Links orders to their Medications, reads Medications that no answer supplied, and marks the keys of those over the
 * budget.
 */
async function withMedications(
  drafts: readonly FhirResource[],
  { resources, medications }: Collection,
  sources: readonly DataSource[],
  open: Open,
): Promise<readonly DataSource[]> {
  const orders = [...drafts, ...resources] // drafts first, because the hook is about them
  const unnamed = linkMedications(orders, medications)
  const access = unnamed.length > 0 ? open() : undefined
  if (typeof access !== 'object') return sources
  const beyond = await readMedications(new Set(unnamed), access, medications)
  linkMedications(orders, medications)
  const inPart = keysNaming(beyond, resources)
  return sources.map((source) =>
    source.why === undefined && inPart.has(source.key)
      ? { ...source, state: 'partial', why: 'over-budget' }
      : source,
  )
}
