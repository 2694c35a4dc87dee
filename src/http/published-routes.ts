import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Router } from 'express'
import { cardKindCodeSystem, overrideReasonCodeSystem, sourceAttributes } from '../cards/published.js'
import type { CardPack } from '../cards/card-pack.js'
import { ProtocolError } from '../errors.js'
import { named, only } from './routes.js'
import { sendFhir, sendJson, sendText } from './send.js'

/** Pages of `cards/evidence/` that cards may cite as their source. */
const evidencePages = ['charter', 'after-loss'] as const

const unknownCard = (): ProtocolError =>
  new ProtocolError(
    'PROTOCOL_PATH_UNKNOWN',
    'There is no such card. See /CodeSystem/card-kind for all kinds.',
  )

/**
 * What cards link to, at stable addresses: code systems, source attributes of each card, evidence pages.
 *
 * Shape:  public; no patient data is in it. The pack is asked for at each request, so a reload shows at once.
 * Source: audit requirements 3; 45 CFR 170.315(b)(11)(iv)(A).
 */
export function publishedRoutes(cardsDir: string, pack: () => CardPack): Router {
  const router = Router()
  router.all('/CodeSystem/card-kind', named('/CodeSystem/card-kind'), only('GET', 'HEAD'), (_req, res) => {
    sendFhir(res, 200, cardKindCodeSystem(pack()))
  })
  router.all(
    '/CodeSystem/override-reason',
    named('/CodeSystem/override-reason'),
    only('GET', 'HEAD'),
    (_req, res) => {
      sendFhir(res, 200, overrideReasonCodeSystem(pack()))
    },
  )
  router.all('/cards/:kind/attributes', named('/cards/:kind/attributes'), only('GET', 'HEAD'), (req, res) => {
    const { kind } = req.params
    const attributes = typeof kind === 'string' ? sourceAttributes(pack(), kind) : undefined
    if (!attributes) throw unknownCard()
    sendJson(res, 200, attributes)
  })
  for (const page of evidencePages) {
    const text = readFileSync(join(cardsDir, 'evidence', `${page}.md`), 'utf8')
    router.all(`/evidence/${page}`, named(`/evidence/${page}`), only('GET', 'HEAD'), (_req, res) => {
      sendText(res, 200, text)
    })
  }
  return router
}
