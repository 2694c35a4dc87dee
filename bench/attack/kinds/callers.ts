import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { callsWith, json } from '../calls.js'
import { aCall, anExam, clinicalWords, fill, smallHook } from '../charts.js'
import type { Kind, Tally } from '../kind.js'
import { flood } from '../send.js'
import type { Target } from '../target.js'
import { bearer, feedbackPath, viewPath } from '../tokens.js'

const tokensBefore = 300

/** Floods with tokens that were signed before, so that the attack is as fast as it can be. */
async function withTokens(
  target: Target,
  seconds: number,
  sign: () => Promise<string>,
  from?: string,
): Promise<Tally> {
  const tokens = await Promise.all(Array.from({ length: tokensBefore }, sign))
  const body = smallHook()
  return flood(target, {
    connections: 64,
    seconds,
    ...(from !== undefined && { from }),
    next: (place) => ({
      path: viewPath,
      headers: { ...json, authorization: tokens[place % tokens.length] ?? '' },
      body,
    }),
  })
}

const wrongSignature: Kind = {
  name: 'wrong-signature',
  sends: 'tokens of a known client and key whose ES384 signature is wrong, from ten addresses',
  calls: 'refused',
  async run(target, seconds) {
    const { privateKey } = await generateKeyPair('ES384')
    const sign = (): Promise<string> => bearer({ ...target.attacker, privateKey }, viewPath)
    const tallies = await Promise.all(
      Array.from({ length: 10 }, (_, place) => withTokens(target, seconds, sign, `127.0.1.${place + 1}`)),
    )
    const all: Tally = new Map()
    for (const tally of tallies)
      for (const [what, times] of tally) all.set(what, (all.get(what) ?? 0) + times)
    return all
  },
}

const unknownKid: Kind = {
  name: 'unknown-kid',
  sends: 'tokens of a known client that name a key nobody has',
  calls: 'refused',
  run: (target, seconds) =>
    withTokens(target, seconds, () => bearer({ ...target.attacker, kid: randomUUID() }, viewPath)),
}

const replay: Kind = {
  name: 'replayed-tokens',
  sends: 'good tokens of a known client, each used again and again',
  calls: 'refused',
  run: (target, seconds) => withTokens(target, seconds, () => bearer(target.attacker, viewPath)),
}

const noToken: Kind = {
  name: 'no-token',
  sends: 'calls without a token, and with one of 8 kB, over 64 connections',
  calls: 'refused',
  run: (target, seconds) =>
    flood(target, {
      connections: 64,
      seconds,
      next: (place) => ({
        path: viewPath,
        headers: { ...json, ...(place % 2 === 0 && { authorization: `Bearer ${'a.'.repeat(4_000)}` }) },
        body: '{}',
      }),
    }),
}

const feedbackItem = (change: object): object => ({
  card: '4E0A3A1E-3283-4575-AB82-028D55FE2719',
  outcome: 'overridden',
  outcomeTimestamp: new Date().toISOString(),
  ...change,
})

const feedbackOf = (amount: number, change: (place: number) => object): Buffer =>
  Buffer.from(
    JSON.stringify({ feedback: Array.from({ length: amount }, (_, place) => feedbackItem(change(place))) }),
  )

const feedback: Kind = {
  name: 'feedback',
  sends:
    'feedback of 1,000 items: ids in capitals, a second of 60, the same item, long comments, thousands of names',
  calls: 'accepted',
  run(target, seconds) {
    const names = Object.fromEntries(Array.from({ length: 900 }, (_, place) => [`n${place}`, 1]))
    const bodies = [
      feedbackOf(1_000, () => ({ card: randomUUID().toUpperCase() })),
      feedbackOf(1_000, () => ({ outcomeTimestamp: '2026-12-31T23:59:60Z' })),
      feedbackOf(1_000, () => ({})),
      feedbackOf(450, () => ({ overrideReason: { userComment: 'x'.repeat(4_000) } })),
      feedbackOf(150, () => ({ overrideReasons: { extension: names } })),
      feedbackOf(2, () => ({
        outcome: 'accepted',
        acceptedSuggestions: Array.from({ length: 1_000 }, () => ({ id: clinicalWords })),
      })),
    ]
    return callsWith(target, bodies, { seconds, path: feedbackPath })
  },
}

const smartEvaluate: Kind = {
  name: 'smart-evaluate',
  sends: 'charts of 0.47 MB and of 2 MB posted to /smart/evaluate without a token, over 16 connections',
  calls: 'accepted',
  run(target, seconds) {
    const question = (bytes: number): string => {
      const exams = fill(bytes, (place) => anExam(place, { valueString: clinicalWords }))
      const { prefetch } = JSON.parse(aCall({ prefetch: { breastSigns: exams } }).toString()) as {
        prefetch: object
      }
      return JSON.stringify({ iss: target.fhirBase, patientId: 'antibiotic-48h-not-improving', prefetch })
    }
    const [allowed, tooLarge] = [question(450_000), question(1_900_000)]
    return flood(target, {
      connections: 16,
      seconds,
      next: (place) => ({
        path: '/smart/evaluate',
        headers: json,
        body: place % 4 === 0 ? tooLarge : allowed,
      }),
    })
  },
}

const starve: Kind = {
  name: 'starve',
  sends:
    'calls of one client with good tokens and charts of 0.5 MB over 200 connections, as fast as they are answered',
  calls: 'accepted',
  run(target, seconds) {
    const exams = fill(500_000, (place) => anExam(place, { valueString: clinicalWords }))
    return callsWith(target, [aCall({ prefetch: { breastSigns: exams } })], { seconds, connections: 200 })
  },
}

/** Callers, known and unknown, and what they send again and again. */
export const callers: readonly Kind[] = [
  wrongSignature,
  unknownKid,
  replay,
  noToken,
  feedback,
  smartEvaluate,
  starve,
]
