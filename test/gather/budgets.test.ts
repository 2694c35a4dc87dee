import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { makeAllowance, makeCallAllowances } from '../../src/gather/allowance.js'
import { makeBytePile } from '../../src/protocol/byte-pile.js'
import { type Chart, type ReadKey, readKeys } from '../../src/gather/chart.js'
import { budgets } from '../../src/protocol/limits.js'
import {
  answerJson,
  bundle,
  clientFor,
  condition,
  fullPrefetch,
  gatherOffline,
  hookRequest,
  sourceOf,
  subject,
  withGather,
  withServer,
} from './calls.js'

type Answer = (req: IncomingMessage, res: ServerResponse, base: string) => void

const patient1 = 1
const slow = { deadlineMs: 8_000, requestTimeoutMs: 8_000 }

/** One call in which these keys are left to a server, and what the server was asked. */
async function ask(answer: Answer, keys: readonly ReadKey[], given: Record<string, unknown> = {}) {
  const prefetch = fullPrefetch(given)
  for (const key of keys) Reflect.deleteProperty(prefetch, key)
  const urls: string[] = []
  let chart: Chart | undefined
  await withGather((gather) =>
    withServer(
      (req, res) => {
        urls.push(req.url ?? '')
        answer(req, res, `http://${req.headers.host ?? ''}`)
      },
      async (base) => {
        chart = await gather(
          hookRequest(prefetch, { fhirServer: base }),
          clientFor({ fhirServers: [base], ...slow }),
        )
      },
    ),
  )
  if (!chart) throw new Error('no chart')
  return { chart, urls }
}

/** The text of an empty Bundle that is so many bytes long. */
const bundleOfBytes = (bytes: number): string => {
  const empty = '{"resourceType":"Bundle","pad":""}'
  return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`)
}

/** The text of an empty Bundle that holds so many values, by the count of the byte scan. */
const bundleOfValues = (values: number): string => {
  const own = 4 // the object, what is in it first, the list after a comma, and what is in that first
  return `{"resourceType":"Bundle","pad":[0${',0'.repeat(values - own)}]}`
}

const send = (res: ServerResponse, text: string): void => {
  res.writeHead(200, { 'content-type': 'application/fhir+json' }).end(text)
}

const most = (name: keyof typeof budgets): number => budgets[name].most

describe('the budget of one response', () => {
  test.each([
    [0, undefined],
    [1, 'over-budget'],
  ])('SEC-028 a response with the maximum of bytes and %i more', async (more, why) => {
    const text = bundleOfBytes(most('fhirAnswerBytes') + more)
    const { chart } = await ask((_, res) => send(res, text), ['conditions'])

    expect(sourceOf(chart, 'conditions').why).toBe(why)
  })

  test.each([
    [0, undefined],
    [1, 'over-budget'],
  ])('SEC-042 a response of as many values as a body may have, and %i more', async (more, why) => {
    const text = bundleOfValues(most('bodyValues') + more)
    const { chart } = await ask((_, res) => send(res, text), ['conditions'])

    expect(sourceOf(chart, 'conditions').why).toBe(why)
  })

  const nested = (depth: number): string =>
    `{"resourceType":"Bundle","x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
  const members = (count: number): string =>
    `{"resourceType":"Bundle"${Array.from({ length: count - 1 }, (_, n) => `,"m${n}":0`).join('')}}`
  test.each([
    ['as deep as a body may be', nested(most('bodyDepth')), undefined],
    ['one level deeper', nested(most('bodyDepth') + 1), 'bad-answer'],
    ['with as many members as a body may have', members(most('bodyMembers')), undefined],
    ['with one member more', members(most('bodyMembers') + 1), 'over-budget'],
    ['that closes more than it opens', '{"resourceType":"Bundle"}}', 'bad-answer'],
  ])('SEC-042 a response %s', async (_, text, why) => {
    const { chart } = await ask((__, res) => send(res, text), ['conditions'])

    expect(sourceOf(chart, 'conditions').why).toBe(why)
  })

  test('SEC-028 a response that is not UTF-8 is a bad answer', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"resourceType":"Bundle","x":"'),
      Buffer.from([0xc0, 0xae]),
      Buffer.from('"}'),
    ])
    const { chart } = await ask(
      (_, res) => res.writeHead(200, { 'content-type': 'application/json' }).end(bytes),
      ['conditions'],
    )

    expect(sourceOf(chart, 'conditions').why).toBe('bad-answer')
  })

  test('SEC-028 brotli is neither accepted nor read', async () => {
    let accepted: unknown
    const { chart } = await ask(
      (req, res) => {
        accepted = req.headers['accept-encoding']
        res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end('x')
      },
      ['conditions'],
    )

    expect(accepted).toBe('gzip, deflate')
    expect(sourceOf(chart, 'conditions').why).toBe('bad-answer')
  })

  test('F10 the body of an error response is not kept, whatever its size, and the status gives the reason', async () => {
    const { chart } = await ask(
      (_, res) => {
        res.writeHead(503, { 'content-type': 'text/html' }).end('x'.repeat(most('fhirAnswerBytes')))
      },
      ['conditions'],
    )

    expect(sourceOf(chart, 'conditions').why).toBe('server-error')
  })
})

describe('the budget of one call over all its responses', () => {
  /** Pages of one search, each of the text; the last has no next link. */
  const pages = (texts: readonly string[]): Answer => {
    let page = 0
    return (_, res, base) => {
      page += 1
      const text = texts[page - 1] ?? ''
      const link = page < texts.length ? `,"link":[{"relation":"next","url":"${base}?page=${page}"}]}` : '}'
      send(res, text.replace(/\}$/, link))
    }
  }
  const linkBytes = (text: string, base: string): number =>
    text.length + `,"link":[{"relation":"next","url":"${base}?page=1"}]`.length

  test.each([
    [0, undefined],
    [1, 'over-budget'],
  ])('the maximum of bytes over all searches and %i more', async (more, why) => {
    const keys: ReadKey[] = ['conditions', 'procedures', 'reports', 'encounters']
    let asked = 0
    const { chart } = await ask((_, res) => {
      asked += 1
      send(res, bundleOfBytes(most('fhirBytes') / keys.length + (asked === keys.length ? more : 0)))
    }, keys)

    expect(keys.map((key) => sourceOf(chart, key).why).filter((each) => each !== undefined)).toEqual(
      why === undefined ? [] : [why],
    )
  })

  test('the bytes of all pages of one search: pages read before stay, and the key is read in part', async () => {
    const page = JSON.stringify({ ...bundle(condition('c1')), pad: 'x'.repeat(4_500_000) })
    const { chart, urls } = await ask(pages([page, page, page, page, page]), ['conditions'])

    expect(linkBytes(page, 'http://127.0.0.1:65535') * 3).toBeLessThan(most('fhirBytes'))
    expect(sourceOf(chart, 'conditions')).toMatchObject({ state: 'partial', why: 'over-budget', count: 3 })
    expect(urls).toHaveLength(4)
  })

  test('the values of all searches, twice', async () => {
    const keys = readKeys.filter((key) => key !== 'patient').slice(0, 10)
    const each = most('fhirValues') / keys.length
    const whole = await ask((_, res) => send(res, bundleOfValues(each)), keys)
    let asked = 0
    const beyond = await ask((_, res) => send(res, bundleOfValues(each + ((asked += 1) === 1 ? 1 : 0))), keys)

    expect(each).toBeLessThan(most('bodyValues'))
    expect(whole.chart.sources.flatMap(({ why }) => why ?? [])).toEqual([])
    expect(beyond.chart.sources.flatMap(({ why }) => why ?? [])).toEqual(['over-budget'])
  })

  test('a compressed response counts its unpacked bytes', async () => {
    const keys: ReadKey[] = ['conditions', 'procedures', 'reports', 'encounters']
    const bomb = gzipSync(bundleOfBytes(4_900_000))
    const { chart } = await ask((_, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    }, keys)

    expect(bomb.length * keys.length).toBeLessThan(100_000)
    expect(keys.map((key) => sourceOf(chart, key).why ?? 'read').toSorted()).toEqual([
      'over-budget',
      'read',
      'read',
      'read',
    ])
  })

  const order = (n: number, type = 'MedicationRequest', display?: string) => ({
    resourceType: type,
    id: `${type}-${n}`,
    subject,
    medicationReference: { reference: `Medication/m${n}`, ...(display !== undefined && { display }) },
  })
  const orders = (count: number, type?: string) =>
    bundle(...Array.from({ length: count }, (_, n) => order(n, type)))
  const medication: Answer = (req, res) =>
    answerJson(res, { resourceType: 'Medication', id: req.url?.split('/').pop() })

  test.each([
    [0, undefined],
    [1, 'over-budget'],
  ])(
    'the maximum of single reads and %i more: the key whose order has no Medication is read in part',
    async (more, why) => {
      const count = most('fhirReads') + more
      const { chart, urls } = await ask(medication, [], { medicationRequests: orders(count) })

      expect(urls).toHaveLength(most('fhirReads'))
      expect(chart.medications.size).toBe(most('fhirReads'))
      expect(sourceOf(chart, 'medicationRequests')).toMatchObject({ count, state: why ? 'partial' : 'ok' })
      expect(sourceOf(chart, 'medicationRequests').why).toBe(why)
    },
  )

  test('only the key whose orders have no Medication is read in part', async () => {
    const { chart } = await ask(medication, [], {
      medicationRequests: orders(most('fhirReads')),
      medicationStatements: bundle({
        ...order(0, 'MedicationStatement'),
        medicationReference: { reference: 'Medication/last' },
      }),
      medicationAdministrations: bundle(order(99, 'MedicationAdministration', 'dicloxacillin')),
    })

    expect(chart.sources.filter(({ why }) => why !== undefined).map(({ key, why }) => [key, why])).toEqual([
      ['medicationStatements', 'over-budget'],
    ])
  })
})

describe('the resources of one call', () => {
  const conditions = (count: number) => bundle(...Array.from({ length: count }, (_, n) => condition(`c${n}`)))
  const all = most('resources') - patient1

  test.each([
    [0, 'ok', undefined],
    [1, 'partial', 'over-budget'],
  ])('the maximum of resources and %i more', async (more, state, why) => {
    const chart = await gatherOffline(
      hookRequest(fullPrefetch({ conditions: conditions(all + more) })),
      clientFor(),
    )

    expect(chart.resources).toHaveLength(most('resources'))
    expect(chart.resources.at(-1)?.id).toBe(`c${all - 1}`)
    expect(sourceOf(chart, 'conditions')).toMatchObject({ state, count: all })
    expect(sourceOf(chart, 'conditions').why).toBe(why)
  })

  test('prefetch and server count together; a key without room for any resource is unreadable', async () => {
    const { chart } = await ask(
      (_, res) => answerJson(res, bundle({ resourceType: 'Encounter', id: 'e1', subject })),
      ['encounters'],
      { conditions: conditions(all), procedures: null },
    )

    expect(sourceOf(chart, 'encounters')).toMatchObject({ state: 'error', why: 'over-budget', count: 0 })
    expect(sourceOf(chart, 'conditions').why).toBeUndefined()
    expect(sourceOf(chart, 'procedures')).toMatchObject({ state: 'empty' })
  })

  test('a resource that is in the chart already does not count again', async () => {
    const chart = await gatherOffline(
      hookRequest(fullPrefetch({ conditions: conditions(all), reports: bundle(condition('c0')) })),
      clientFor(),
    )

    expect(chart.sources.filter(({ why }) => why === 'over-budget')).toEqual([])
  })

  test('Medications and drafts count too, drafts first, and no draft is left out', async () => {
    const medicationRequests = bundle(
      ...Array.from({ length: 10 }, (_, n) => ({ resourceType: 'Medication', id: `m${n}` })),
    )
    const draftOrders = Array.from({ length: all - 10 }, (_, n) => ({
      resource: { resourceType: 'ServiceRequest', id: `d${n}`, subject },
    }))
    const fits = await gatherOffline(
      hookRequest(fullPrefetch({ medicationRequests }), { draftOrders }),
      clientFor(),
    )
    const beyond = await gatherOffline(
      hookRequest(fullPrefetch({ medicationRequests }), { draftOrders: [...draftOrders, ...draftOrders] }),
      clientFor(),
    )

    expect(fits.sources.filter(({ why }) => why !== undefined)).toEqual([])
    expect(fits.medications.size).toBe(10)
    expect(beyond.draftOrders).toHaveLength(2 * draftOrders.length)
    expect(sourceOf(beyond, 'patient')).toMatchObject({ state: 'error', why: 'over-budget' })
  })

  test('resources of another patient do not count', async () => {
    const foreign = Array.from({ length: 2_500 }, (_, n) =>
      condition(`f${n}`, { subject: { reference: 'Patient/zz-2' } }),
    )
    const { chart } = await ask(() => undefined, [], { conditions: bundle(...foreign, condition('c1')) })

    expect(sourceOf(chart, 'conditions')).toMatchObject({ state: 'ok', count: 1 })
    expect(chart.droppedForeign).toBe(2_500)
  })
})

describe('the budget of a process', () => {
  const bytes = (count: number) => ({ bytes: count })

  test('all calls of one client have half of it together, and another client has the other half', () => {
    const allowanceFor = makeCallAllowances()
    const half = most('fhirBytesAtOnce') / 2
    const calls = Array.from({ length: half / most('fhirBytes') }, () => allowanceFor('a'))

    expect(calls.every((call) => call.take(bytes(most('fhirBytes'))))).toBe(true)
    expect(allowanceFor('a').take(bytes(1))).toBe(false)
    expect(allowanceFor('b').take(bytes(most('fhirBytes')))).toBe(true)
    calls[0]?.end()
    expect(allowanceFor('a').take(bytes(most('fhirBytes')))).toBe(true)
    expect(allowanceFor('a').take(bytes(1))).toBe(false)
  })

  test('three clients together have no more than the whole budget', () => {
    const allowanceFor = makeCallAllowances()
    const take = (client: string): boolean => allowanceFor(client).take({ values: most('fhirValues') })
    const perClient = most('fhirValuesAtOnce') / 2 / most('fhirValues')
    const taken = ['a', 'b'].flatMap((client) => Array.from({ length: perClient }, () => take(client)))

    expect(taken).toEqual(Array(2 * perClient).fill(true))
    expect(allowanceFor('c').take({ values: 1 })).toBe(false)
  })

  test('the amount of a response is given back once, at its end, and then nothing can be taken', () => {
    const call = makeAllowance({ bytes: 10, values: 10 })
    const answer = makeAllowance({ bytes: 8, values: 8 }, call)

    expect(answer.take(bytes(9))).toBe(false)
    expect(answer.take({ bytes: 8, values: 8 })).toBe(true)
    expect(call.take(bytes(3))).toBe(false)
    answer.giveBack(bytes(1))
    expect(call.take(bytes(3))).toBe(true)
    answer.end()
    answer.end()
    answer.giveBack(bytes(5))
    expect(answer.take(bytes(1))).toBe(false)
    expect(call.take(bytes(8))).toBe(false)
    expect(call.take({ bytes: 7, values: 10 })).toBe(true)
  })

  test('a call that has ended has given everything back, whatever the result of its searches', async () => {
    let asked = 0
    const moods: Answer[] = [
      (_, res) => send(res, bundleOfBytes(4_000_000)),
      (_, res) => send(res, bundleOfBytes(most('fhirAnswerBytes') + 1)),
      (_, res) => send(res, '{'),
      (_, res) => res.writeHead(500).end('x'.repeat(100_000)),
      (req) => req.socket.resetAndDestroy(),
    ]
    await withGather((gather) =>
      withServer(
        (req, res) => moods[(asked += 1) % moods.length]?.(req, res, ''),
        async (base) => {
          const client = clientFor({ fhirServers: [base], ...slow })
          for (let n = 0; n < 12; n += 1) await gather(hookRequest({}, { fhirServer: base }), client)
          const prefetch = fullPrefetch()
          Reflect.deleteProperty(prefetch, 'conditions')
          moods.splice(0, moods.length, (_, res) => send(res, bundleOfBytes(most('fhirAnswerBytes'))))
          const chart = await gather(hookRequest(prefetch, { fhirServer: base }), client)

          expect(sourceOf(chart, 'conditions').why).toBeUndefined()
        },
      ),
    )
  })
})

test('bytes that arrive one by one are kept in their order, in one buffer', () => {
  const pile = makeBytePile()
  const text = 'x'.repeat(40_000) + 'end'
  for (const byte of Buffer.from(text)) pile.add(Buffer.from([byte]))

  expect(pile.bytes().toString()).toBe(text)
  expect(pile.bytes().buffer.byteLength).toBeLessThan(2.1 * text.length)
  expect(makeBytePile().bytes()).toHaveLength(0)
})
