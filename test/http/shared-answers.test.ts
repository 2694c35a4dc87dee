import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ask } from './rig.js'
import { openRaw } from './sockets.js'
import { startWhole } from './whole.js'
import type { Whole } from './whole.js'

let whole: Whole
beforeAll(async () => {
  whole = await startWhole()
})
afterAll(() => whole.close())

const paths = [
  '/cds-services',
  '/cards.json',
  '/openapi.json',
  '/CodeSystem/card-kind',
  '/CodeSystem/override-reason',
  '/cards/ultrasound/attributes',
  '/evidence/charter',
]

test.each(paths)('%s has an entity tag, and a client with that tag gets 304 without a body', async (path) => {
  const first = await ask(whole.base + path)
  const etag = first.headers.get('etag') ?? ''
  const known = (list: string) => ask(whole.base + path, { headers: { 'if-none-match': list } })
  const again = await known(`"other", W/${etag}`)

  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
  expect((await known('"other"')).text).toBe(first.text)
})

test('the entity tag of one path does not match another path', async () => {
  const etags = await Promise.all(
    paths.map(async (path) => (await ask(whole.base + path)).headers.get('etag')),
  )

  expect(new Set(etags).size).toBe(paths.length)
})

test('SEC-101 300 requests for the largest shared response over one connection leave the service alive', async () => {
  const { socket, ended } = await openRaw(whole.base)
  socket.write('GET /cards.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(300))

  expect(await ended).toBe('')
  expect((await ask(`${whole.base}/health/live`)).status).toBe(200)
})
