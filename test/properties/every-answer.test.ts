import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ask, runs } from './ask.js'
import { anyAsking } from './asking.js'
import { patientPlan } from './patient-plan.js'
import { plannedChart } from './planned-chart.js'
import { promises } from './promises.js'

test(`${runs} patients, each with data missing in some way: every promise is kept`, async () => {
  await fc.assert(
    fc.asyncProperty(patientPlan, anyAsking, async (plan, asking) => {
      const answer = await ask(plannedChart(plan), asking)
      const broken = Object.entries(promises).flatMap(([promise, check]) =>
        check(plan, asking, answer).map((what) => `${promise}: ${what}`),
      )

      expect(broken).toEqual([])
    }),
    { numRuns: runs },
  )
}, 600_000)
