import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { yieldToOthers } from './urgency.js'

/**
 * A FHIR server that means harm: the first step of the path says how it answers, whoever asks for whatever.
 *
 * Shape: `/quick/…` finds nothing and says so at once, `/large/…` some 4.5 MB of resources in one page, `/pages/…` a page that always has a next one, `/slow/…` a byte a
 *        second, `/silent/…` nothing, `/bomb/…` 100 MB packed into 100 kB, `/medications/…` orders whose Medication must be
 *        read, `/pieces/…` one of `forms`, which have no end.
 */
const server = createServer((req, res) => {
  const [, kind = '', type = '', id = ''] = (req.url ?? '').split(/[/?]/)
  const answer = answers[kind]
  if (answer) answer(req, res, { type, id })
  else res.writeHead(404).end()
})

interface Asked {
  type: string
  id: string
}
type Answer = (req: IncomingMessage, res: ServerResponse, asked: Asked) => void

const patientId = 'attacked'
const subject = { reference: `Patient/${patientId}` }
const json = { 'content-type': 'application/fhir+json' }
const words = 'Left breast red, warm and swollen; no fever; pain 7 of 10. '

const resource = ({ type }: Asked, place: number, text: string): object => ({
  resourceType: type,
  id: `${type}-${place}`,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://snomed.info/sct', code: '290070001' }], text },
  effectiveDateTime: new Date().toISOString(),
  note: [{ text }],
})

const medicationOrder = (place: number): object => ({
  resourceType: 'MedicationRequest',
  id: `order-${place}`,
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: new Date().toISOString(),
  medicationReference: { reference: `Medication/m-${place}` },
})

const bundle = (entries: readonly object[], next?: string): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: entries.map((each) => ({ resource: each, search: { mode: 'match' } })),
  ...(next !== undefined && { link: [{ relation: 'next', url: next }] }),
})

const patient = { resourceType: 'Patient', id: patientId, gender: 'female', birthDate: '1995-02-13' }
const made = new Map<string, Buffer>()

/** A body that is made once: the harm is meant for the service, not for this process. */
function body(name: string, make: () => object): Buffer {
  const known = made.get(name) ?? Buffer.from(JSON.stringify(make()))
  made.set(name, known)
  return known
}

const many = (asked: Asked, amount: number, text: string): readonly object[] =>
  Array.from({ length: amount }, (_, place) => resource(asked, place, text))

/** Answers a read of the patient as it should, and all else by `search`. */
const withPatient =
  (search: Answer): Answer =>
  (req, res, asked) => {
    if (asked.type === 'Patient') res.writeHead(200, json).end(JSON.stringify(patient))
    else search(req, res, asked)
  }

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\n'
const chunked = `${head}transfer-encoding: chunked\r\n\r\n`

/** Answers in endless pieces: how each begins, and what is written again and again. */
const forms: readonly (readonly [begin: string, goOn: string])[] = [
  [chunked, '1\r\n \r\n'.repeat(8_000)],
  [`${chunked}2\r\n{}\r\n0\r\n`, 'a: b\r\n'.repeat(8_000)],
  [head, 'a: b\r\n'.repeat(8_000)],
  ['', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(2_000)],
]
let formsSent = 0

/** Writes as fast as the other side reads, until it goes away. */
function writeOn(socket: Socket, bytes: string): void {
  if (socket.destroyed) return
  if (socket.write(bytes)) setImmediate(() => writeOn(socket, bytes))
  else socket.once('drain', () => writeOn(socket, bytes))
}

const bomb = gzipSync(
  Buffer.concat([Buffer.from('{"resourceType":"Bundle","x":"'), Buffer.alloc(100_000_000, 0x20)]),
)

const answers: Record<string, Answer | undefined> = {
  large: withPatient((_req, res, asked) => {
    const large = body(`large ${asked.type}`, () => bundle(many(asked, 1_500, words.repeat(22))))
    res.writeHead(200, json).end(large)
  }),
  pages: withPatient((req, res, asked) => {
    const next = `https://${req.headers.host ?? ''}/pages/${asked.type}?page=${Math.random()}`
    const page = JSON.stringify(bundle(many(asked, 200, words), next))
    res.writeHead(200, json).end(page)
  }),
  slow: withPatient((_req, res) => {
    res.writeHead(200, json).write('{')
    const timer = setInterval(() => res.write(' '), 1_000)
    res.once('close', () => clearInterval(timer))
  }),
  silent: withPatient(() => undefined),
  quick: withPatient((_req, res) => {
    res.writeHead(200, json).end(body('nothing', () => bundle([])))
  }),
  pieces: withPatient(({ socket }) => {
    const [begin, goOn] = forms[(formsSent += 1) % forms.length] ?? ['', '']
    socket.write(begin)
    writeOn(socket, goOn)
  }),
  bomb: withPatient((_req, res) => {
    res.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb)
  }),
  medications: withPatient((_req, res, asked) => {
    if (asked.type === 'Medication')
      res
        .writeHead(200, json)
        .end(JSON.stringify({ resourceType: 'Medication', id: asked.id, code: { text: words } }))
    else if (asked.type === 'MedicationRequest')
      res
        .writeHead(200, json)
        .end(
          body('orders', () => bundle(Array.from({ length: 2_000 }, (_, place) => medicationOrder(place)))),
        )
    else res.writeHead(200, json).end(JSON.stringify(bundle([])))
  }),
}

yieldToOthers()
process.once('message', (tls: { key: string; cert: string }) => server.setSecureContext(tls))
process.once('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
