import express, { Router } from 'express'
import { expect, test } from '@jest/globals'
import request from 'supertest'
import type { CallLine } from '../../src/http/call.js'
import { openCall } from '../../src/http/call.js'
import { mountAt } from '../../src/http/mount.js'

test('the log names a mounted route by its mount path, and never by the path of the request', async () => {
  const noted: CallLine[] = []
  const routes = Router().get('/Patient/:id', (_req, res) => void res.json({}))
  const app = express().use(
    openCall(
      (line) => noted.push(line),
      () => 0,
    ),
    mountAt('/fhir', routes),
  )

  await request(app).get('/fhir/Patient/zzcanary')
  await request(app).get('/elsewhere/zzcanary')

  expect(noted.map(({ route }) => route)).toEqual(['/fhir', 'unknown'])
})
