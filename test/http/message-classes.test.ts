import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import express from 'express'
import type { Express } from 'express'
import { makeExpressMessages } from '../../src/http/message-classes.js'
import { withServer } from '../gather/calls.js'

/** An app that says its name, what it was asked for and how it was addressed, by Express's own members. */
function namedApp(name: string): Express {
  const app = express()
  app.set('name', name)
  app.set('trust proxy', 1)
  app.get('/who', (req, res) => {
    res.json({ name: req.app.get('name') as string, at: req.path, over: req.protocol })
  })
  return app
}

const prototypesOf = (req: IncomingMessage, res: ServerResponse): readonly unknown[] => [
  Object.getPrototypeOf(req),
  Object.getPrototypeOf(res),
]

test.each<[string, boolean, boolean]>([
  ['of these classes keep the prototype they came with', true, true],
  ['of other classes are given another one by Express', false, false],
])('requests and responses %s', async (_, own, kept) => {
  const { classes, adopt } = makeExpressMessages()
  const app = namedApp('first')
  adopt(app)
  const seen: boolean[] = []
  const listener: RequestListener = (req, res) => {
    const before = prototypesOf(req, res)
    app(req, res)
    seen.push(...prototypesOf(req, res).map((prototype, at) => prototype === before[at]))
  }
  const ask = async (base: string): Promise<void> => {
    const answer = await fetch(`${base}/who`, { headers: { 'x-forwarded-proto': 'https' } })

    expect(await answer.json()).toEqual({ name: 'first', at: '/who', over: 'https' })
    expect(seen).toEqual([kept, kept])
  }
  await withServer(listener, ask, own ? classes : {})
})

test('after a reload a request belongs to the app that was adopted last', async () => {
  const { classes, adopt } = makeExpressMessages()
  let inForce = namedApp('first')
  adopt(inForce)
  await withServer(
    (req, res) => {
      inForce(req, res)
    },
    async (base) => {
      const name = async (): Promise<unknown> =>
        ((await (await fetch(`${base}/who`)).json()) as { name: unknown }).name

      expect(await name()).toBe('first')

      inForce = namedApp('second')
      adopt(inForce)

      expect(await name()).toBe('second')
    },
    classes,
  )
})
