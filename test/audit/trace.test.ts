import { expect, test } from '@jest/globals'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { libraryOf, traceOfBody } from './rig.js'

const token = 'a-token-lent-for-one-call'

test('AUD-003 the trace of a call holds no token, no resource of the chart and no draft order', async () => {
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  const orders = readOrders('fhir-fixtures', ['dicloxacillin'], fixture.patientId)
  const body = {
    ...requestBody({ fixture, hook: 'order-sign', orders }),
    fhirServer: 'https://fhir.example.org',
    fhirAuthorization: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'user/*.read',
      subject: 'cds',
    },
  }
  const { request, sources, facts } = await traceOfBody(body, libraryOf(), fixture.at)
  const kept = JSON.stringify({ request, sources, facts })

  expect(facts.drafts).toHaveLength(1)
  expect(kept).not.toContain(token)
  expect(kept).not.toContain('"subject"')
  expect(Object.keys(request).sort()).toEqual(['hook', 'hookInstance', 'patientId', 'serviceId', 'userId'])
})
