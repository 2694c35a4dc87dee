import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, test } from '@jest/globals'
import { BodyBytes } from '../../src/http/body-bytes.js'
import { lineOfPages, makeSideLane } from '../../src/http/side-lane.js'
import { makeWorkLine } from '../../src/service/work-line.js'
import { aClient, post, someSettings } from './rig.js'

test('SEC-101 pages are answered one at a time', async () => {
  let open = 0
  let most = 0
  const withBody = makeSideLane(someSettings().limits, new BodyBytes(), makeWorkLine())
  const app = express().post('/', (req, res) =>
    withBody(req, aClient(), async () => {
      most = Math.max(most, (open += 1))
      await new Promise(setImmediate)
      open -= 1
      res.end('{}')
    }),
  )
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(base, {})))

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(most).toBe(1)
  } finally {
    server.close()
  }
})

test('SEC-101 all pages together have the turns of one client, whatever client a request names', async () => {
  let now = 0
  const line = makeWorkLine(() => now)
  const pages = lineOfPages(line)
  const done: string[] = []
  const takes = (name: string) => (): void => {
    now += 100
    done.push(name)
  }
  await Promise.all([
    pages.begin('a', takes('page of a')),
    pages.begin('b', takes('page of b')),
    pages.goOn('c', takes('page of c')),
    line.begin('a', takes('hook 1')),
    line.begin('a', takes('hook 2')),
  ])

  expect(done).toEqual(['page of c', 'hook 1', 'page of a', 'hook 2', 'page of b'])
})
