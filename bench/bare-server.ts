import express from 'express'

/**
 * The yardstick: an Express 5 server that parses the same body and returns the same bytes, and does nothing else.
 *
 * Shape: `POST /answer` sets the bytes it returns; `POST /call` parses JSON and returns them. Prints its port.
 */
const app = express()
let answer = Buffer.from('{"cards":[]}')

app.post('/answer', express.raw({ type: () => true, limit: '4mb' }), (req, res) => {
  answer = Buffer.from(req.body as Buffer)
  res.sendStatus(204)
})

app.post('/call', express.json({ limit: '4mb' }), (_req, res) => {
  res.type('application/json').send(answer)
})

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on ${address.port}`)
})
