import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Chart, ReadKey } from '../../src/gather/chart.js'
import type { ClientSettings } from '../../src/config/settings.js'
import type { HookRequest } from '../../src/protocol/hook-request.js'
import { linkMedications } from '../../src/gather/medications.js'
import { budgets } from '../../src/protocol/limits.js'
import {
  answerJson,
  bundle,
  clientFor,
  condition,
  fullPrefetch,
  hookRequest,
  now,
  patientId,
  sourceOf,
  subject,
  withCanary,
  withGather,
  withServer,
} from './calls.js'

type Answer = (req: IncomingMessage, res: ServerResponse, base: string) => void

/** Everything prefetched but `conditions` (or the keys named), which the server must give. */
function missing(keys: readonly ReadKey[] = ['conditions'], given: Record<string, unknown> = {}) {
  const prefetch = fullPrefetch(given)
  for (const key of keys) Reflect.deleteProperty(prefetch, key)
  return prefetch
}

/** One call with only `conditions` left to the server; gives the chart and what the server was asked. */
async function askConditions(
  answer: Answer,
  {
    client = {},
    request = {},
    prefetch = missing(),
    clock = Date.now,
  }: {
    client?: Partial<ClientSettings>
    request?: Partial<HookRequest>
    prefetch?: Record<string, unknown>
    clock?: () => number
  } = {},
) {
  const asked: IncomingMessage[] = []
  let chart: Chart | undefined
  await withGather(async (gather) => {
    let base = ''
    await withServer(
      (req, res) => {
        asked.push(req)
        answer(req, res, base)
      },
      async (server) => {
        base = `${server}/r4`
        chart = await gather(
          hookRequest(prefetch, { fhirServer: base, ...request }),
          clientFor({ fhirServers: [base], ...client }),
        )
      },
    )
  }, clock)
  if (!chart) throw new Error('no chart')
  return { chart, source: sourceOf(chart, 'conditions'), asked, urls: asked.map(({ url }) => url) }
}

const giveOne: Answer = (_, res) => answerJson(res, bundle(condition('c1')))
const quick = { deadlineMs: 300, requestTimeoutMs: 150 }

describe('F1 the requests', () => {
  test('F1 a search carries the token, accepts FHIR JSON, and is the template with the patient id', async () => {
    const { asked, source, chart } = await askConditions(giveOne, {
      request: { fhirAuthorization: { accessToken: 'secret-1' } },
    })

    expect(asked).toHaveLength(1)
    expect(asked[0]?.method).toBe('GET')
    expect(asked[0]?.url).toBe(`/r4/Condition?patient=${patientId}&_sort=-recorded-date&_count=200`)
    expect(asked[0]?.headers).toMatchObject({
      authorization: 'Bearer secret-1',
      accept: 'application/fhir+json',
    })
    expect(source).toMatchObject({ origin: 'callback', state: 'ok', count: 1 })
    expect(chart.resources.map(({ id }) => id)).toEqual([patientId, 'c1'])
  })

  test('F1 a trailing slash on fhirServer makes no difference', async () => {
    const plain = await askConditions(giveOne)
    let slashed: readonly (string | undefined)[] = []
    await withGather((gather) =>
      withServer(
        (req, res) => {
          slashed = [...slashed, req.url]
          giveOne(req, res, '')
        },
        async (server) => {
          const client = clientFor({ fhirServers: [`${server}/r4/`] })
          await gather(hookRequest(missing(), { fhirServer: `${server}/r4/` }), client)
        },
      ),
    )

    expect(slashed).toEqual(plain.urls)
  })

  test('F4 without fhirAuthorization no Authorization header is sent', async () => {
    const { asked } = await askConditions(giveOne)

    expect(asked[0]?.headers['authorization']).toBeUndefined()
  })

  test.each(['', ' ', '\t'])(
    'F5 the empty token %j is no token: an open server is called without one',
    async (accessToken) => {
      const { asked, source } = await askConditions(giveOne, {
        request: { fhirAuthorization: { accessToken, expiresInSeconds: 0, scope: 'patient/Patient.read' } },
      })

      expect(asked.map(({ headers }) => headers['authorization'])).toEqual([undefined])
      expect(source).toMatchObject({ origin: 'callback', state: 'ok', count: 1 })
    },
  )

  test('F5 a server that requires a token answers 401, and the key says that there was no token', async () => {
    const closed: Answer = (req, res) => {
      const status = req.headers.authorization === undefined ? 401 : 200
      answerJson(res, bundle(condition('c1')), status)
    }

    expect(
      (await askConditions(closed, { request: { fhirAuthorization: { accessToken: '' } } })).source.why,
    ).toBe('no-token')
    expect(
      (await askConditions(closed, { request: { fhirAuthorization: { accessToken: 't' } } })).source.why,
    ).toBeUndefined()
  })

  test('P10 without prefetch every key is requested, the patient by a read', async () => {
    const { urls, chart } = await askConditions(
      (req, res) => {
        if (req.url === `/r4/Patient/${patientId}`)
          answerJson(res, { resourceType: 'Patient', id: patientId })
        else answerJson(res, bundle())
      },
      { prefetch: {} },
    )

    expect(urls).toHaveLength(15)
    expect(urls).toContain(`/r4/Patient/${patientId}`)
    expect(chart.sources.every(({ why }) => why === undefined)).toBe(true)
    expect(chart.sources.every(({ origin }) => origin === 'callback')).toBe(true)
  })

  test('P5 SEC-049 only absent keys are requested, and none with complete prefetch', async () => {
    expect((await askConditions(giveOne, { prefetch: fullPrefetch() })).asked).toEqual([])
    expect(
      (await askConditions(giveOne, { prefetch: fullPrefetch({ conditions: '<html>' }) })).asked,
    ).toEqual([])
  })

  test('P6 searches run at the same time: the last begins before the first response', async () => {
    const waiting: ServerResponse[] = []
    const { source } = await askConditions(
      (_, res) => {
        waiting.push(res)
        if (waiting.length === 14) for (const each of waiting) answerJson(each, bundle())
      },
      { prefetch: { patient: { resourceType: 'Patient', id: patientId } } },
    )

    expect(source.state).toBe('empty')
  })
})

describe('F10 responses without data', () => {
  test.each([
    ['401 without a token', 401, 'no-token'],
    ['403 without a token', 403, 'no-token'],
    ['404', 404, 'not-supported'],
    ['410', 410, 'not-supported'],
    ['429 without Retry-After', 429, 'server-error'],
    ['500', 500, 'server-error'],
    ['503', 503, 'server-error'],
    ['304', 304, 'bad-answer'],
  ])('F10 a search with the response %s is sent once, and its key is %s', async (_, status, why) => {
    const { source, asked } = await askConditions((__, res) =>
      status === 304
        ? res.writeHead(304).end()
        : answerJson(res, { resourceType: 'OperationOutcome' }, status),
    )

    expect(source).toMatchObject({ state: 'error', why, count: 0 })
    expect(asked).toHaveLength(1)
  })

  test.each<[string, Answer]>([
    ['HTML', (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')],
    [
      'JSON that calls itself HTML',
      (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(bundle())),
    ],
    ['no media type', (_, res) => res.writeHead(200).end(JSON.stringify(bundle()))],
    [
      'broken JSON',
      (_, res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{"resourceType":'),
    ],
    ['nothing', (_, res) => res.writeHead(200, { 'content-type': 'application/json' }).end()],
    ['null', (_, res) => answerJson(res, null)],
    ['a number', (_, res) => answerJson(res, 5)],
    ['a list', (_, res) => answerJson(res, [bundle()])],
    ['a resource where a Bundle belongs', (_, res) => answerJson(res, condition('c1'))],
    [
      'a Patient where a Bundle belongs',
      (_, res) => answerJson(res, { resourceType: 'Patient', id: patientId }),
    ],
    [
      'an unknown encoding',
      (_, res) =>
        res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'x-new' }).end('{}'),
    ],
    [
      'gzip that is none',
      (_, res) =>
        res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('{}'),
    ],
  ])('F10 a search with the response %s is a bad answer', async (_, answer) => {
    expect((await askConditions(answer)).source).toMatchObject({ state: 'error', why: 'bad-answer' })
  })

  test('F10 an OperationOutcome with 200 is never "no data"', async () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }

    expect((await askConditions((_, res) => answerJson(res, outcome))).source.why).toBe('bad-answer')
    expect((await askConditions((_, res) => answerJson(res, bundle(outcome)))).source.why).toBe(
      'server-error',
    )
  })

  test('F10 a connection that is reset is unreachable', async () => {
    const { source } = await askConditions((req) => req.socket.resetAndDestroy())

    expect(source).toMatchObject({ state: 'error', why: 'unreachable' })
  })

  test('F10 a response cut off in the middle is unreachable', async () => {
    const { source } = await askConditions((_, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      res.write('{"resourceType"')
      setImmediate(() => res.destroy())
    })

    expect(source).toMatchObject({ state: 'error', why: 'unreachable' })
  })

  test('F10 a server that is not running is unreachable', async () => {
    let closed = ''
    await withServer(giveOne as never, (base) => {
      closed = base
      return Promise.resolve()
    })
    await withGather(async (gather) => {
      const chart = await gather(
        hookRequest(missing(), { fhirServer: closed }),
        clientFor({ fhirServers: [closed] }),
      )

      expect(sourceOf(chart, 'conditions')).toMatchObject({ state: 'error', why: 'unreachable' })
    })
  })

  test.each([[404], [410]])('F10 a read with status %i means that the resource is absent', async (status) => {
    const { chart } = await askConditions((_, res) => answerJson(res, {}, status), {
      prefetch: missing(['patient']),
    })

    expect(sourceOf(chart, 'patient')).toMatchObject({ origin: 'callback', state: 'empty', count: 0 })
  })

  test('P9 a read that returns another patient is not used', async () => {
    const { chart } = await askConditions(
      (_, res) => answerJson(res, { resourceType: 'Patient', id: 'zz-2' }),
      {
        prefetch: missing(['patient']),
      },
    )

    expect(sourceOf(chart, 'patient')).toMatchObject({ state: 'wrong-patient', why: 'wrong-patient' })
    expect(chart.resources).toEqual([])
  })

  test('F10 429 with a Retry-After before the deadline is tried once more', async () => {
    let tries = 0
    const { source, asked } = await askConditions((req, res, base) => {
      tries += 1
      if (tries > 1) giveOne(req, res, base)
      else res.writeHead(429, { 'retry-after': '0', 'content-type': 'application/json' }).end('{}')
    })

    expect(source).toMatchObject({ state: 'ok', count: 1 })
    expect(asked).toHaveLength(2)
  })

  test.each([
    ['0', 2],
    ['60', 1],
    ['Tue, 01 Jan 2999 00:00:00 GMT', 1],
    ['soon', 1],
  ])(
    'F10 a server that always answers 429 with Retry-After %s is called %i times',
    async (retryAfter, times) => {
      const { source, asked } = await askConditions((_, res) => {
        res.writeHead(429, { 'retry-after': retryAfter, 'content-type': 'application/json' }).end('{}')
      })

      expect(source.why).toBe('server-error')
      expect(asked).toHaveLength(times)
    },
  )

  test('SEC-029 only the code of an error response remains', async () => {
    const { chart } = await askConditions((_, res) => answerJson(res, { diagnostics: 'Zzcanary' }, 403), {
      request: { fhirAuthorization: { accessToken: 'Zzcanary-token' } },
    })

    expect(JSON.stringify(chart)).not.toContain('Zzcanary')
  })

  test('SEC-026 the Patient in the chart carries neither the request nor its token', async () => {
    const { chart } = await askConditions(
      (_, res) => answerJson(res, { resourceType: 'Patient', id: patientId }),
      {
        prefetch: missing(['patient']),
        request: { fhirAuthorization: { accessToken: 'secret-1' } },
      },
    )

    expect(Object.getOwnPropertyNames(chart.resources[0])).toEqual(['resourceType', 'id'])
  })
})

describe('F9 SEC-028 SEC-100 time and size', () => {
  test.each<[string, Answer]>([
    ['hangs before the head', () => undefined],
    [
      'hangs after the head',
      (_, res) => res.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    ],
    [
      'drips without end',
      (_, res) => {
        res.writeHead(200, { 'content-type': 'application/json' })
        const drip = setInterval(() => res.write(' '), 10)
        res.on('close', () => clearInterval(drip))
      },
    ],
  ])('F9 a server that %s ends at the time limit of the request', async (_, answer) => {
    const { source } = await askConditions(answer, { client: quick })

    expect(source).toMatchObject({ state: 'error', why: 'timeout' })
  })

  test('SEC-100 when every key hangs the call ends once, at its deadline', async () => {
    const { chart } = await askConditions(() => undefined, {
      prefetch: {},
      client: { deadlineMs: 200, requestTimeoutMs: 1_500 },
    })

    expect(chart.sources.map(({ why }) => why)).toEqual(Array(15).fill('timeout'))
  })

  test('F9 slow pages end with the call', async () => {
    let page = 0
    const { source } = await askConditions(
      (_, res, base) => {
        page += 1
        const next = [{ relation: 'next', url: `${base}?page=${page}` }]
        setTimeout(() => answerJson(res, { ...bundle(condition(`c${page}`)), link: next }), 60)
      },
      { client: quick },
    )

    expect(source).toMatchObject({ state: 'partial', why: 'timeout' })
  })

  test('SEC-028 an endless response is cut at 5 MiB', async () => {
    let sent = 0
    const { source } = await askConditions((_, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      const more = () => {
        while (!res.destroyed && sent < 100_000_000) {
          sent += 65_536
          if (!res.write(Buffer.alloc(65_536, 32))) return
        }
      }
      res.on('drain', more)
      more()
    })

    expect(source.why).toBe('over-budget')
    expect(sent).toBeLessThan(50_000_000)
  })

  test('SEC-028 a response with a Content-Length over 5 MiB is not read', async () => {
    const { source } = await askConditions((_, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': String(6 * 1_048_576) })
      res.write('{')
    })

    expect(source.why).toBe('over-budget')
  })

  test.each([
    [200, 'over-budget'],
    [500, 'server-error'],
  ])('SEC-028 a gzip bomb with status %i is not unpacked', async (status, why) => {
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576, 32))
    const { source } = await askConditions((_, res) => {
      res.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    })

    expect(bomb.length).toBeLessThan(5 * 1_048_576)
    expect(source.why).toBe(why)
  })

  test('SEC-028 a valid gzip response is read', async () => {
    const { source } = await askConditions((_, res) => {
      res.writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' })
      res.end(gzipSync(JSON.stringify(bundle(condition('c1')))))
    })

    expect(source).toMatchObject({ state: 'ok', count: 1 })
  })
})

describe('SEC-022 F7 redirects', () => {
  test.each([[301], [302], [303], [307], [308]])('SEC-022 a redirect %i is not followed', async (status) => {
    await withCanary(async (port, connections) => {
      const { source, asked } = await askConditions(
        (_, res) => res.writeHead(status, { location: `http://127.0.0.1:${port}/r4/Condition` }).end(),
        { request: { fhirAuthorization: { accessToken: 'secret-1' } } },
      )

      expect(source).toMatchObject({ state: 'error', why: 'bad-answer' })
      expect(asked).toHaveLength(1)
      expect(connections()).toBe(0)
    })
  })

  test('F7 a redirect to the same server is not followed either', async () => {
    const { asked } = await askConditions((_, res, base) =>
      res.writeHead(302, { location: `${base}/Other` }).end(),
    )

    expect(asked).toHaveLength(1)
  })
})

describe('F6 SEC-023 pages', () => {
  const paged = (next: (base: string, page: number) => string): Answer => {
    let page = 0
    return (_, res, base) => {
      page += 1
      answerJson(res, {
        ...bundle(condition(`c${page}`)),
        link: [{ relation: 'next', url: next(base, page) }],
      })
    }
  }

  test('F6 all pages are read to the end, with the token', async () => {
    const { source, asked } = await askConditions(
      (req, res, base) => {
        const page = Number(new URL(req.url ?? '', 'http://x').searchParams.get('page') ?? '1')
        const link =
          page < 3
            ? [
                { relation: 'self', url: 'x' },
                { relation: 'next', url: `${base}?page=${page + 1}` },
              ]
            : []
        answerJson(res, { ...bundle(condition(`c${page}`)), link })
      },
      { request: { fhirAuthorization: { accessToken: 'secret-1' } } },
    )

    expect(source).toMatchObject({ state: 'ok', count: 3 })
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer secret-1'))
  })

  test('F6 endless pages end after 20', async () => {
    const { source, asked } = await askConditions(paged((base, page) => `${base}?page=${page}`))

    expect(source).toMatchObject({ state: 'partial', why: 'truncated', count: 20 })
    expect(asked).toHaveLength(20)
  })

  test.each([
    ['as many pages as are read', budgets.fhirPages.most, { state: 'ok' }],
    ['one page more', budgets.fhirPages.most + 1, { state: 'partial', why: 'truncated' }],
  ])('F6 of a search of %s', async (_, last, expected) => {
    let page = 0
    const { source, asked } = await askConditions((__, res, base) => {
      page += 1
      const link = page < last ? [{ relation: 'next', url: `${base}?page=${page}` }] : []
      answerJson(res, { ...bundle(condition(`c${page}`)), link })
    })

    expect(source).toMatchObject({ ...expected, count: budgets.fhirPages.most })
    expect(asked).toHaveLength(budgets.fhirPages.most)
  })

  test('F6 no more than 2,000 resources are taken', async () => {
    let page = 0
    const { source, asked } = await askConditions((_, res, base) => {
      page += 1
      const many = Array.from({ length: 1_500 }, (__, n) => condition(`c${page}-${n}`))
      answerJson(res, { ...bundle(...many), link: [{ relation: 'next', url: `${base}?page=${page}` }] })
    })

    expect(source).toMatchObject({ state: 'partial', why: 'over-budget', count: 1_999 })
    expect(asked).toHaveLength(2)
  })

  test('F6 a page that points to itself is read once', async () => {
    const { source, asked } = await askConditions(paged((base) => `${base}?page=again`))

    expect(source.why).toBe('truncated')
    expect(asked).toHaveLength(2)
  })

  test.each<[string, (base: string, port: number) => string]>([
    ['another host', (_, port) => `http://127.0.0.1:${port}/r4?page=2`],
    ['another name of the host', (base) => base.replace('127.0.0.1', 'localhost')],
    ['another base path', (base) => base.replace('/r4', '/admin')],
    ['a base that only starts alike', (base) => `${base}evil?page=2`],
    ['a way out by dots', (base) => `${base}/../admin`],
    ['a way out by escaped dots', (base) => `${base}/%2e%2e/admin`],
    ['a way out by backslash', (base) => `${base}\\..\\admin`],
    ['a way out by a path parameter', (base) => `${base}/..;/admin`],
    ['a way out by an escaped path parameter', (base) => `${base}/..%3b/admin`],
    ['a relative way out', () => '..;/admin'],
    ['a way out that comes back', (base) => `${base}/../r4/Condition`],
    ['user-info', (base) => base.replace('http://', 'http://user@')],
    ['another scheme', () => 'file:///etc/passwd'],
    ['a scheme-less host', (_, port) => `//127.0.0.1:${port}/r4`],
    ['a fragment', (base) => `${base}?page=2#x`],
  ])('SEC-023 a next link to %s is not followed', async (_, next) => {
    await withCanary(async (port, connections) => {
      const { source, urls } = await askConditions(
        paged((base) => next(base, port)),
        { request: { fhirAuthorization: { accessToken: 'secret-1' } } },
      )

      expect(source).toMatchObject({ state: 'partial', why: 'truncated', count: 1 })
      expect(
        urls
          .filter((url) => url?.startsWith('/r4/Condition?') !== true)
          .filter((url) => url !== undefined && !url.startsWith('/r4/')),
      ).toEqual([])
      expect(connections()).toBe(0)
    })
  })

  test('P7 the rest of a prefetched page is read, and the key is mixed', async () => {
    await withGather((gather) =>
      withServer(
        (req, res) => {
          answerJson(res, bundle(condition('c2', { note: [{ text: req.url }] })))
        },
        async (base) => {
          const conditions = {
            ...bundle(condition('c1')),
            link: [{ relation: 'next', url: `${base}?page=2` }],
          }
          const request = hookRequest(fullPrefetch({ conditions }), { fhirServer: base })
          const chart = await gather(request, clientFor({ fhirServers: [base] }))

          expect(sourceOf(chart, 'conditions')).toMatchObject({ origin: 'mixed', state: 'ok', count: 2 })
          expect(chart.resources.map(({ id }) => id)).toEqual([patientId, 'c1', 'c2'])
        },
      ),
    )
  })

  test('P7 a later page that fails leaves the key partly read', async () => {
    let page = 0
    const { source } = await askConditions((_, res, base) => {
      page += 1
      const link = [{ relation: 'next', url: `${base}?page=${page}` }]
      if (page === 1) answerJson(res, { ...bundle(condition('c1')), link })
      else answerJson(res, {}, 500)
    })

    expect(source).toMatchObject({ state: 'partial', why: 'server-error', count: 1 })
  })

  test.each([
    ['an older entry than any rule looks back: complete', '2026-02-20T09:00:00Z', 1, undefined],
    ['only recent entries: the next page is read', '2026-03-02T09:00:00Z', 2, undefined],
  ])('P7 a newest-first search with %s', async (_, effectiveDateTime, times, why) => {
    const temperature = (id: string, at: string) => ({
      resourceType: 'Observation',
      id,
      subject,
      effectiveDateTime: at,
    })
    let asked = 0
    await withGather(
      (gather) =>
        withServer(
          (req, res) => {
            asked += 1
            const next = [{ relation: 'next', url: `http://${req.headers.host ?? ''}?page=2` }]
            const page = bundle(
              temperature('o1', '2026-03-03T08:00:00Z'),
              temperature('o2', effectiveDateTime),
            )
            answerJson(res, asked === 1 ? { ...page, link: next } : bundle())
          },
          async (base) => {
            const request = hookRequest(missing(['temperatures']), { fhirServer: base })
            const chart = await gather(request, clientFor({ fhirServers: [base] }))

            expect(sourceOf(chart, 'temperatures')).toMatchObject({ state: 'ok', count: 2 })
            expect(sourceOf(chart, 'temperatures').why).toBe(why)
          },
        ),
      () => now,
    )
    expect(asked).toBe(times)
  })
})

describe('SEC-027 tokens and scopes', () => {
  test.each([
    ['6 seconds left', 6, 1],
    ['5 seconds left', 5, 0],
    ['no time left', 0, 0],
  ])('SEC-027 a token with %s', async (_, expiresInSeconds, times) => {
    const { asked, source } = await askConditions(giveOne, {
      request: { fhirAuthorization: { accessToken: 'secret-1', expiresInSeconds } },
      clock: () => now,
    })

    expect(asked).toHaveLength(times)
    expect(source.why).toBe(times === 0 ? 'refused' : undefined)
  })

  test.each([
    ['user/*.read', 1],
    ['patient/Condition.read launch openid', 1],
    ['patient/Condition.rs', 1],
    ['user/*.cruds', 1],
    ['system/*.s', 1],
    ['launch openid fhirUser', 1],
    ['', 1],
    ['patient/Observation.read patient/Patient.read', 0],
    ['patient/Condition.write', 0],
    ['patient/Condition.r', 0],
    ['patient/Condition.cud', 0],
  ])('SEC-027 with scopes "%s" the Conditions are searched %i times', async (scope, times) => {
    const { asked, source } = await askConditions(giveOne, {
      request: { fhirAuthorization: { accessToken: 'secret-1', scope } },
    })

    expect(asked).toHaveLength(times)
    expect(source.why).toBe(times === 0 ? 'refused' : undefined)
  })

  test('SEC-026 in 200 interleaved calls every request carries the token of its own call', async () => {
    const pairs: [string | null, string | undefined][] = []
    await withGather((gather) =>
      withServer(
        (req, res) => {
          pairs.push([
            new URL(req.url ?? '', 'http://x').searchParams.get('patient'),
            req.headers.authorization,
          ])
          answerJson(res, bundle())
        },
        async (base) => {
          const client = clientFor({ fhirServers: [base], deadlineMs: 20_000, requestTimeoutMs: 20_000 })
          const calls = Array.from({ length: 200 }, (_, n) => {
            const own = {
              fhirServer: base,
              patientId: `p${n}`,
              fhirAuthorization: { accessToken: `token-${n}` },
            }
            return gather(hookRequest(missing(['conditions', 'allergies', 'encounters']), own), client)
          })
          await Promise.all(calls)
        },
      ),
    )

    expect(pairs).toHaveLength(600)
    expect(pairs.filter(([patient, token]) => `Bearer token-${String(patient).slice(1)}` !== token)).toEqual(
      [],
    )
  })
})

describe('Medication by reference', () => {
  const order = (reference: string, display?: string) => ({
    resourceType: 'MedicationRequest',
    id: `r-${reference.length}`,
    subject,
    medicationReference: { reference, ...(display && { display }) },
  })

  test('a Medication that no answer supplied is read once, from the base, in every notation of its reference', async () => {
    const orders = bundle(order('Medication/m1'), order('https://foreign.example/fhir/Medication/m1'))
    const { urls, chart } = await askConditions(
      (_, res) => answerJson(res, { resourceType: 'Medication', id: 'm1' }),
      { prefetch: fullPrefetch({ medicationRequests: orders }) },
    )

    expect(urls).toEqual(['/r4/Medication/m1'])
    expect(chart.medications.get('Medication/m1')?.id).toBe('m1')
    expect(chart.medications.get('https://foreign.example/fhir/Medication/m1')?.id).toBe('m1')
  })

  test('a Medication without a display is read before those with one, because a display may name the drug', () => {
    const orders = [order('Medication/m1', 'KEFLEX 500 MG PO CAPS'), order('Medication/m-22')]

    expect(linkMedications(orders as never, new Map())).toEqual(['Medication/m-22', 'Medication/m1'])
  })

  test('SEC-025 hostile ids in references, orders and context never lead outside the base', async () => {
    await withGather((gather) =>
      withServer(
        (req, res) => {
          seen.push(req.url ?? '')
          answerJson(res, {}, 404)
        },
        async (base) => {
          const client = clientFor({
            fhirServers: [`${base}/r4`],
            deadlineMs: 20_000,
            requestTimeoutMs: 20_000,
          })
          await fc.assert(
            fc.asyncProperty(hostileId, hostileId, async (medication, patient) => {
              const orders = bundle({
                ...order(`Medication/${medication}`),
                subject: { reference: `Patient/${patient}` },
              })
              const request = hookRequest(
                missing(['patient', 'conditions'], { medicationRequests: orders }),
                {
                  fhirServer: `${base}/r4`,
                  patientId: patient,
                },
              )
              await gather(request, client)
            }),
            { numRuns: 300 },
          )
        },
      ),
    )

    expect(seen.length).toBeGreaterThan(50)
    const fine =
      /^\/r4\/(?:Patient\/[A-Za-z0-9.-]+|Medication\/[A-Za-z0-9.-]+|Condition\?patient=[A-Za-z0-9.-]+&_sort=-recorded-date&_count=200)$/
    expect(seen.filter((url) => !fine.test(url))).toEqual([])
    expect(seen.filter((url) => /\/\.{1,2}$/.test(url))).toEqual([])
  })
})

const seen: string[] = []
const hostileId = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '../admin?x=1',
    '%2e%2e/x',
    '..%2fx',
    'a/b',
    'a?b=c',
    'a#b',
    'a&b=c',
    '\\..\\x',
    'a b',
    'a\nb',
    '',
    'ü',
    '１',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', 'f', '?', '#', '\\', 'a'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('.', '-', 'a', 'Z', '0'), minLength: 1, maxLength: 130 }),
)
