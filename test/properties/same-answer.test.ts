import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FhirResource } from 'fhir/r4.js'
import { readKeys, type ReadKey } from '../../src/gather/chart.js'
import { answerTo, ask, bodyOf, contentOf, runs } from './ask.js'
import { anyAsking, readAsking } from './asking.js'
import { patientPlan } from './patient-plan.js'
import { plannedChart } from './planned-chart.js'
import { otherMatters, otherPatient } from './unrelated.js'

/** These compare two answers each, so they are tried less often. */
const numRuns = Math.ceil(runs / 3)
const limit = 600_000

test(
  'the same input gives the same cards, and the input is left as it was',
  async () => {
    await fc.assert(
      fc.asyncProperty(patientPlan, anyAsking, async (plan, asking) => {
        const body = bodyOf(plannedChart(plan), asking)
        const before = JSON.stringify(body)
        const first = contentOf(await answerTo(body))

        expect(contentOf(await answerTo(body))).toEqual(first)
        expect(JSON.stringify(body)).toBe(before)
      }),
      { numRuns },
    )
  },
  limit,
)

interface PrefetchBundle {
  entry?: readonly unknown[]
}

/** The body with the entries of every Bundle in another order, as other servers break ties in other ways. */
function reordered(body: Record<string, unknown>, swap: (length: number) => readonly number[]) {
  const prefetch = body['prefetch'] as Record<string, PrefetchBundle | null>
  const turned = Object.entries(prefetch).map(([key, bundle]) => {
    const entry = bundle?.entry
    if (!entry) return [key, bundle] as const
    return [key, { ...bundle, entry: swap(entry.length).map((place) => entry[place]) }] as const
  })
  return { ...body, prefetch: Object.fromEntries(turned.reverse()) }
}

/** A permutation of 0 to length - 1 that a seed decides. */
function permutation(seed: number): (length: number) => readonly number[] {
  return (length) => {
    const keyed = Array.from(
      { length },
      (_none, place) => [(place * 7919 + seed * 104_729) % 1009, place] as const,
    )
    return keyed.sort(([one], [other]) => one - other).map(([, place]) => place)
  }
}

test(
  'reordering the entries and the keys of the prefetch changes nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(patientPlan, anyAsking, fc.nat({ max: 1000 }), async (plan, asking, seed) => {
        const body = bodyOf(plannedChart(plan), asking)

        expect(contentOf(await answerTo(reordered(body, permutation(seed))))).toEqual(
          contentOf(await answerTo(body)),
        )
      }),
      { numRuns },
    )
  },
  limit,
)

test(
  'resources about other matters change nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        patientPlan,
        readAsking,
        fc.subarray([...otherMatters], { minLength: 1 }),
        async (plan, asking, matters) => {
          const chart = plannedChart(plan)

          expect(contentOf(await ask([...matters, ...chart], asking))).toEqual(
            contentOf(await ask(chart, asking)),
          )
        },
      ),
      { numRuns },
    )
  },
  limit,
)

/** Keys under which a client sent another woman's resources and none of hers. */
function strangersOnly(body: Record<string, unknown>): readonly ReadKey[] {
  const prefetch = body['prefetch'] as Record<
    string,
    { entry?: readonly { resource: FhirResource }[] } | null
  >
  return readKeys.filter((key) => {
    const { entry = [] } = prefetch[key] ?? {}
    return (
      entry.length > 0 && entry.every(({ resource }) => JSON.stringify(resource).includes('zz-neighbour'))
    )
  })
}

test(
  "another woman's resources are dropped; where there is nothing else, the category counts as unreadable",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        patientPlan,
        readAsking,
        fc.subarray([...otherPatient], { minLength: 1 }),
        async (plan, asking, others) => {
          const chart = plannedChart(plan)
          const mixed = bodyOf([...others, ...chart], asking)
          const expected = await ask(chart, { ...asking, failed: strangersOnly(mixed) })

          expect(contentOf(await answerTo(mixed))).toEqual(contentOf(expected))
        },
      ),
      { numRuns },
    )
  },
  limit,
)

/** The resource with one more coding, without a system, on every concept that has codings. */
function withLocalCodings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLocalCodings)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => {
    const inner = withLocalCodings(member)
    return [
      key,
      key === 'coding' && Array.isArray(inner) ? [...(inner as unknown[]), { code: 'ZZ-LOCAL-17' }] : inner,
    ]
  })
  return Object.fromEntries(entries)
}

test(
  'one more coding without a system on every concept changes nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(patientPlan, readAsking, async (plan, asking) => {
        const chart = plannedChart(plan)
        const localised = withLocalCodings(chart) as readonly FhirResource[]

        expect(contentOf(await ask(localised, asking))).toEqual(contentOf(await ask(chart, asking)))
      }),
      { numRuns },
    )
  },
  limit,
)
