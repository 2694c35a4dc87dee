import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeOf } from './rooms-of-frames.js'

/** A `.cpuprofile` file, as far as it is read here; times are microseconds of the monotonic clock. */
interface CpuProfile {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
    children?: number[]
  }[]
  startTime: number
  samples: number[]
  timeDeltas: number[]
}

/** Where the CPU of the main thread went, in milliseconds. */
export interface CpuSpent {
  /** By part: time in its functions, and in what they call that belongs to no other part. */
  parts: ReadonlyMap<string, number>
  /** By function: time in its own code. */
  functions: ReadonlyMap<string, number>
}

/** The monotonic clock that profiles tell their time by. */
export const profileClock = (): number => Number(process.hrtime.bigint() / 1_000n)

/** Which part a function belongs to; `undefined`: to that of whoever called it. */
export type PartOf = (functionName: string, url: string) => string | undefined

/**
 * Reads the only profile of a folder, between two moments of `profileClock`.
 *
 * Shape:   idle time is left out. A sample belongs to the part of its innermost function that has one.
 * Missing: what no part claims is under `otherwise`.
 */
export function readCpuProfile(
  folder: string,
  { from, to }: { from: number; to: number },
  partOf: PartOf,
  otherwise: string,
): CpuSpent {
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
  if (file === undefined) throw new Error('the service left no profile')
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile
  const partById = partsById(profile, partOf)
  const nameById = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const parts = new Map<string, number>()
  const functions = new Map<string, number>()
  let at = profile.startTime
  profile.samples.forEach((id, place) => {
    at += profile.timeDeltas[place] ?? 0
    const ms = (profile.timeDeltas[place + 1] ?? 0) / 1_000 // a sample lasts until the next one
    const name = nameById.get(id) ?? ''
    if (at < from || at > to || name === '(idle)') return
    const part = partById.get(id) ?? otherwise
    parts.set(part, (parts.get(part) ?? 0) + ms)
    functions.set(name, (functions.get(name) ?? 0) + ms)
  })
  return { parts, functions }
}

/** The part of every node: its own, else that of its caller. */
function partsById({ nodes }: CpuProfile, partOf: PartOf): ReadonlyMap<number, string> {
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  )
  const own = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => [id, partOf(functionName, url)]),
  )
  const found = new Map<number, string>()
  for (const { id } of nodes) {
    let at: number | undefined = id
    while (at !== undefined && own.get(at) === undefined) at = callers.get(at)
    const part = at === undefined ? undefined : own.get(at)
    if (part !== undefined) found.set(id, part)
  }
  return found
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName
  return url === '' ? name : `${name} ${placeOf(url)}:${lineNumber + 1}`
}
