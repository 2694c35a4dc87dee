import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import type { ReadKey } from '../../src/gather/chart.js'
import { makeGather } from '../../src/gather/gather.js'
import {
  bundle,
  clientFor,
  condition,
  fullPrefetch,
  hookRequest,
  now,
  patientId,
  sourceOf,
  subject,
} from './calls.js'

const fhirServer = 'https://fhir.good.org/r4'
const client = clientFor({ fhirServers: [fhirServer] })

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

/** What a server answers to one search: a refusal, or a body. */
type Habit = (asked: URLSearchParams, url: URL) => number | object

/** A server with a habit, and what the server was asked, without the patient. */
function serverThat(habit: Habit) {
  const asked: string[] = []
  nock(fhirServer)
    .persist()
    .get(/.*/)
    .reply((uri) => {
      const url = new URL(uri, fhirServer)
      const { searchParams } = url
      asked.push(
        decodeURIComponent(`${url.pathname.slice(4)}${url.search}`).replace(`patient=${patientId}`, ''),
      )
      const said = habit(searchParams, url)
      return typeof said === 'number' ? [said, {}] : [200, said]
    })
  const gather = makeGather({ settings: { mode: 'production' }, clock: () => now })
  return {
    asked,
    ask: async (key: ReadKey, scope?: string) => {
      const prefetch = fullPrefetch()
      Reflect.deleteProperty(prefetch, key)
      const chart = await gather(
        hookRequest(prefetch, {
          fhirServer,
          fhirAuthorization: { accessToken: 'secret-1', ...(scope !== undefined && { scope }) },
        }),
        client,
      )
      return { chart, source: sourceOf(chart, key) }
    },
  }
}

const order = (id: string, changes: object = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  subject,
  ...changes,
})
const sign = (id: string) => ({ resourceType: 'Observation', id, subject })
const temperature = (id: string, at: string) => ({ ...sign(id), effectiveDateTime: at })
const hasList = (asked: URLSearchParams, name: string): boolean => asked.get(name)?.includes(',') === true

describe('a server that refuses a part of the search is asked without that part', () => {
  test.each([[400], [405], [422], [501]])('_sort refused with %i', async (status) => {
    const { ask, asked } = serverThat((each) => (each.has('_sort') ? status : bundle(condition('c1'))))

    expect((await ask('conditions')).source).toMatchObject({ state: 'ok', count: 1 })
    expect(asked).toEqual(['Condition?&_sort=-recorded-date&_count=200', 'Condition?&_count=200'])
  })

  test.each<[string, ReadKey, Habit, string]>([
    [
      'a _count above 50',
      'conditions',
      (each) => (Number(each.get('_count')) > 50 ? 400 : bundle(condition('a'))),
      'Condition?&_sort=-recorded-date&_count=50',
    ],
    [
      'any _count',
      'conditions',
      (each) => (each.has('_count') ? 400 : bundle(condition('a'))),
      'Condition?&_sort=-recorded-date',
    ],
    [
      '_sort and _count',
      'conditions',
      (each) => (each.has('_count') || each.has('_sort') ? 400 : bundle(condition('a'))),
      'Condition?',
    ],
    [
      '_include',
      'medicationRequests',
      (each) => (each.has('_include') ? 400 : bundle(order('a'))),
      'MedicationRequest?&intent=order,original-order,reflex-order,filler-order,instance-order&_sort=-authoredon&_count=200',
    ],
    [
      'the filter itself',
      'breastSigns',
      (each) => (each.has('category') ? 400 : bundle(sign('a'))),
      'Observation?',
    ],
  ])('%s refused', async (_, key, habit, last) => {
    const { ask, asked } = serverThat(habit)

    expect((await ask(key)).source).toMatchObject({ state: 'ok', count: 1 })
    expect(asked.at(-1)).toBe(last)
  })

  test('several values refused: one search for each, and all their resources are in the chart', async () => {
    const { ask } = serverThat((each) =>
      hasList(each, 'category') ? 400 : bundle(sign(`of-${each.get('category') ?? ''}`)),
    )
    const { chart, source } = await ask('breastSigns')

    expect(source).toMatchObject({ state: 'ok', count: 3 })
    expect(chart.resources.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['of-exam', 'of-survey', 'of-imaging']),
    )
  })

  test('several values and _sort refused together', async () => {
    const { ask } = serverThat((each) =>
      hasList(each, 'intent') || each.has('_sort') ? 422 : bundle(order(`of-${each.get('intent') ?? ''}`)),
    )

    expect((await ask('medicationRequests')).source).toMatchObject({ state: 'ok', count: 5 })
  })

  test('of divided searches one that fails leaves the key partly read', async () => {
    const { ask } = serverThat((each) => {
      if (!each.has('category') || hasList(each, 'category')) return 400
      return each.get('category') === 'imaging' ? 500 : bundle(sign(`of-${each.get('category') ?? ''}`))
    })

    expect((await ask('breastSigns')).source).toMatchObject({
      state: 'partial',
      why: 'server-error',
      count: 2,
    })
  })

  test('Medications of a refused _include are read singly, also those that have a display', async () => {
    const { ask, asked } = serverThat((each, { pathname }) => {
      if (pathname.endsWith('/Medication/m1')) return { resourceType: 'Medication', id: 'm1' }
      if (each.has('_include')) return 403
      return bundle(order('a', { medicationReference: { reference: 'Medication/m1', display: 'KEFLEX' } }))
    })
    const { chart, source } = await ask('medicationRequests')

    expect(source.state).toBe('ok')
    expect(asked.at(-1)).toBe('Medication/m1')
    expect(chart.medications.has('Medication/m1')).toBe(true)
  })
})

describe('what a smaller search cannot mend', () => {
  test.each([
    [401, 'refused', 1],
    [403, 'refused', 1],
    [404, 'not-supported', 1],
    [410, 'not-supported', 1],
    [500, 'server-error', 1],
    [400, 'not-supported', 5],
    [501, 'not-supported', 5],
  ])(
    'a server that always answers %i leaves the Conditions %s after %i requests',
    async (status, why, times) => {
      const { ask, asked } = serverThat(() => status)

      expect((await ask('conditions')).source).toMatchObject({ state: 'error', why })
      expect(asked).toHaveLength(times)
    },
  )

  test('403 for one category: the others are read, and the key is read in part', async () => {
    const { ask, asked } = serverThat((each) =>
      each.get('category')?.includes('imaging') === false
        ? bundle(sign(`of-${each.get('category') ?? ''}`))
        : 403,
    )

    expect((await ask('breastSigns')).source).toMatchObject({ state: 'partial', why: 'refused', count: 2 })
    expect(asked.filter((each) => !each.includes('category'))).toEqual([])
  })

  test('after 403 the filter is never left out, because the server may hide what the token may not see', async () => {
    const { ask, asked } = serverThat((each) => {
      if (!each.has('category')) return bundle()
      return hasList(each, 'category') ? 403 : 400
    })

    expect((await ask('breastSigns')).source.state).toBe('error')
    expect(asked.filter((each) => !each.includes('category'))).toEqual([])
  })
})

describe('SEC-027 scopes that grant some categories', () => {
  const category = 'http://terminology.hl7.org/CodeSystem/observation-category'
  const limited = (...codes: readonly string[]): string =>
    codes.map((code) => `patient/Observation.rs?category=${category}|${code}`).join(' ')

  test.each([
    ['all categories of the key are granted', limited('vital-signs', 'exam'), 'ok', undefined],
    ['a category of the key is not granted', limited('laboratory', 'exam'), 'partial', 'refused'],
  ])('SEC-027 %s', async (_, scope, state, why) => {
    const { ask } = serverThat(() => bundle(temperature('t', '2026-03-03T08:00:00Z')))
    const { source } = await ask('temperatures', scope)

    expect([source.state, source.why]).toEqual([state, why])
  })

  test('SEC-027 an empty answer under a category that is not granted is never "nothing found"', async () => {
    const { ask } = serverThat(() => bundle())

    expect((await ask('temperatures', limited('exam'))).source).toMatchObject({
      state: 'error',
      why: 'refused',
    })
    expect((await ask('temperatures', limited('vital-signs'))).source).toMatchObject({ state: 'empty' })
  })

  test('SEC-027 a server that wants the granted categories named gets their names', async () => {
    const { ask, asked } = serverThat((each) => (each.has('category') ? bundle(sign('t')) : 403))

    expect((await ask('temperatures', limited('vital-signs'))).source.state).toBe('ok')
    expect(asked.at(-1)).toContain(`category=${category}|vital-signs`)
  })
})

describe('an answer without _sort is complete with its last page alone', () => {
  const newestFirst = bundle(
    temperature('t2', '2026-03-03T08:00:00Z'),
    temperature('t1', '2026-02-01T08:00:00Z'),
  )
  const paged =
    (habit: Habit): Habit =>
    (each, url) => {
      if (each.has('page')) return bundle(temperature('t3', '2026-03-03T08:30:00Z'))
      const said = habit(each, url)
      return typeof said === 'number'
        ? said
        : { ...said, link: [{ relation: 'next', url: `${fhirServer}/Observation?page=2` }] }
    }

  test.each([
    ['sorted: the first page reaches back, so no further page is read', paged(() => newestFirst), 2],
    [
      'unsorted in the same order: the next page is read',
      paged((each) => (each.has('_sort') ? 400 : newestFirst)),
      3,
    ],
  ])('%s', async (_, habit, count) => {
    const { ask } = serverThat(habit)

    expect((await ask('temperatures')).source).toMatchObject({ state: 'ok', count })
  })

  test('unsorted with a last page that fails: read in part', async () => {
    const { ask } = serverThat((each, url) => {
      if (each.has('page')) return 500
      return paged((first) => (first.has('_sort') ? 400 : newestFirst))(each, url)
    })

    expect((await ask('temperatures')).source).toMatchObject({ state: 'partial', why: 'server-error' })
  })
})

describe('what a server answers is remembered', () => {
  test('the next call begins with the form that was answered', async () => {
    const { ask, asked } = serverThat((each) => (each.has('_sort') ? 400 : bundle(condition('c1'))))
    await ask('conditions')
    asked.length = 0
    await ask('conditions')

    expect(asked).toEqual(['Condition?&_count=200'])
  })

  test('a server that refuses a remembered form is asked for still less', async () => {
    let refused = ['_sort']
    const { ask, asked } = serverThat((each) =>
      refused.some((name) => each.has(name)) ? 400 : bundle(condition('c1')),
    )
    await ask('conditions')
    refused = ['_sort', '_count']
    asked.length = 0

    expect((await ask('conditions')).source.state).toBe('ok')
    expect(asked[0]).toBe('Condition?&_count=200')
    expect(asked.at(-1)).toBe('Condition?')
  })

  test('when every form is refused nothing is remembered, and the next call asks for the template as written', async () => {
    let refuses: (each: URLSearchParams) => boolean = (each) => each.has('_sort')
    const { ask, asked } = serverThat((each) => (refuses(each) ? 400 : bundle(condition('c1'))))
    await ask('conditions')
    refuses = () => true
    await ask('conditions')
    refuses = () => false
    asked.length = 0
    await ask('conditions')

    expect(asked).toEqual(['Condition?&_sort=-recorded-date&_count=200'])
  })

  test('a refusal for one patient changes nothing for the next', async () => {
    let status = 403
    const { ask, asked } = serverThat(() => (status === 403 ? status : bundle(condition('c1'))))
    await ask('conditions')
    status = 200
    asked.length = 0
    await ask('conditions')

    expect(asked).toEqual(['Condition?&_sort=-recorded-date&_count=200'])
  })
})

describe('a count of the server that is larger than what came', () => {
  const counted = (total: unknown, ...resources: readonly object[]): Habit => {
    const answer = { ...bundle(...resources), total }
    return () => answer
  }

  test.each([
    ['larger by one', counted(2, condition('c1')), 'partial', 'truncated'],
    ['equal', counted(1, condition('c1')), 'ok', undefined],
    ['smaller', counted(0, condition('c1')), 'ok', undefined],
    [
      'larger, and a resource came twice',
      counted(2, condition('c1'), condition('c1')),
      'partial',
      'truncated',
    ],
    ['absent', counted(undefined, condition('c1')), 'ok', undefined],
    ['larger than nothing', counted(1), 'error', 'truncated'],
    ['zero of nothing', counted(0), 'empty', undefined],
  ])('%s', async (_, habit, state, why) => {
    const { ask } = serverThat(habit)
    const { source } = await ask('conditions')

    expect([source.state, source.why]).toEqual([state, why])
  })

  test('included resources are not matches', async () => {
    const medication = { resourceType: 'Medication', id: 'm1' }

    expect((await serverThat(counted(2, order('a'), medication)).ask('medicationRequests')).source.why).toBe(
      'truncated',
    )
  })

  test.each([
    ['all pages together have them', 3, 'ok', undefined],
    ['one is missing on all pages together', 4, 'partial', 'truncated'],
  ])('over pages: %s', async (_, total, state, why) => {
    const { ask } = serverThat((each) =>
      each.has('page')
        ? bundle(condition('c3'))
        : {
            ...bundle(condition('c1'), condition('c2')),
            total,
            link: [{ relation: 'next', url: `${fhirServer}/Condition?page=2` }],
          },
    )
    const { source } = await ask('conditions')

    expect([source.state, source.why]).toEqual([state, why])
  })

  test('newest first and back beyond every look-back, what is missing is older still', async () => {
    const { ask } = serverThat(
      counted(9, temperature('t2', '2026-03-03T08:00:00Z'), temperature('t1', '2026-02-01T08:00:00Z')),
    )

    expect((await ask('temperatures')).source.state).toBe('ok')
  })

  test('in prefetch the same rule holds', async () => {
    const gather = makeGather({ settings: { mode: 'production' }, clock: () => now })
    const whyOf = async (total: number) => {
      const conditions = { ...bundle(condition('c1')), total }
      return sourceOf(await gather(hookRequest(fullPrefetch({ conditions })), clientFor()), 'conditions').why
    }

    expect([await whyOf(1), await whyOf(2)]).toEqual([undefined, 'truncated'])
  })
})
