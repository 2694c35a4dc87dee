import { bodyOfSize, forPatients } from './bodies.js'

/** The two patients the bench asks about: one about whom nothing is said, one about whom three cards are. */
export const askedAbout = [
  { fixture: 'healthy-lactating', called: 'quiet' },
  { fixture: 'antibiotic-48h-not-improving', called: 'three cards' },
] as const
export const [quiet, threeCards] = askedAbout

/** Each patient is opened about so often: more than a chart is in the days a record looks back. */
const opened = 80

/** Bodies for as many patients as so many calls would open some eighty times each. */
export function bodiesFor(fixture: string, kilobytes: number, calls: number): readonly string[] {
  const begunMinute = Math.floor(Date.now() / 60_000) * 60_000
  const patients = Math.max(10, Math.round(calls / opened))
  return forPatients(bodyOfSize(fixture, kilobytes, begunMinute), patients, `${kilobytes}`)
}
