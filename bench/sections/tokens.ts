import { againstBare, plainly, viewPath } from '../against-bare.js'
import type { Contestant } from '../in-turns.js'
import { bodiesFor, quiet } from '../patients.js'
import type { Part, Section } from '../section.js'
import { measuredCells, measuredHead, table } from '../table.js'
import { freshTokens, makeSigner } from '../tokens.js'

const signed = 'service, token '

/** What checking the token of each call adds, by algorithm. */
export const tokens: Section = {
  name: 'tokens',
  title: 'Tokens: none, RS384, ES384',
  run: async (bench): Promise<Part> => {
    const signers = [await makeSigner('RS384'), await makeSigner('ES384')]
    const plan = {
      warm: bench.quick ? 500 : 1_500,
      amount: bench.quick ? 300 : 600,
      rounds: bench.rounds,
      connections: 10,
    }
    const bodies = bodiesFor(quiet.fixture, 18, plan.warm + plan.rounds * plan.amount)
    const bare = await bench.bare()
    const open = await bench.service({ name: 'service, no token', audit: 'off' })
    const keys = signers.map(({ jwk }) => jwk)
    const guarded = await bench.service({ name: 'service with tokens', audit: 'off', keys })
    const asked = signers.map((signer): Contestant => ({
      name: `${signed}${signer.alg}`,
      server: guarded,
      call: async (amount) => ({ path: viewPath, bodies, authorizations: await freshTokens(signer, amount) }),
    }))
    bench.say('18 kB, quiet: no token, RS384, ES384')
    const measured = await againstBare(bare, [plainly(open, bodies), ...asked], bodies, plan)
    const without = measured.find(({ name }) => name === open.name)?.cpuMsPerRequest ?? Number.NaN
    const costs = measured
      .filter(({ name }) => name.startsWith(signed))
      .map(
        ({ name, cpuMsPerRequest }) =>
          `${name.slice(signed.length)} ${(cpuMsPerRequest - without).toFixed(2)} ms`,
      )
    return {
      lines: [
        `18 kB, quiet, audit off, 10 calls at once. Every call has a token of its own, signed before by the bench. Checking it adds: ${costs.join(', ')} of CPU.`,
        '',
        ...table(measuredHead, measured.map(measuredCells)),
      ],
      verdicts: [],
    }
  },
}
