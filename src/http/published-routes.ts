import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Router } from 'express'
import { cardKindCodeSystem, overrideReasonCodeSystem, sourceAttributes } from '../cards/content/published.js'
import { checkCodeSystem } from '../check/published.js'
import type { Library } from '../service/library.js'
import { ProtocolError } from '../errors.js'
import { named, only } from './routes.js'
import { shared, sharedAnswer, sharedFhir, sharedJson } from './shared-answer.js'
import type { SharedAnswer } from './shared-answer.js'

/** The pages of `cards/evidence/` that cards may cite as their source. */
const evidencePages = ['charter', 'after-loss'] as const

const unknownCard = (): ProtocolError =>
  new ProtocolError(
    'PROTOCOL_PATH_UNKNOWN',
    'There is no such card. See /CodeSystem/card-kind for all kinds.',
  )

const plain = 'text/plain; charset=utf-8'

/**
 * The pages that cards link to, at stable addresses: code systems, the Questionnaire of the breast check, source
 * attributes of each card, evidence pages.
 *
 * Shape:  public, without patient data. Each response is serialized once for the content in force.
 * Source: audit requirements 3; 45 CFR 170.315(b)(11)(iv)(A).
 */
export function publishedRoutes(cardsDir: string, { pack, reading }: Library): Router {
  const router = Router()
  const publish = (path: string, answer: SharedAnswer): void => {
    router.all(path, named(path), only('GET', 'HEAD'), shared(answer))
  }
  publish('/CodeSystem/card-kind', sharedFhir(cardKindCodeSystem(pack)))
  publish('/CodeSystem/override-reason', sharedFhir(overrideReasonCodeSystem(pack)))
  publish(
    '/CodeSystem/breast-check',
    sharedFhir(checkCodeSystem(reading.codes, pack.canonicalBase, pack.version)),
  )
  publish('/Questionnaire/breast-check', sharedFhir(reading.check))
  const attributes = new Map(
    pack.cards.map(({ kind }) => [kind, shared(sharedJson(sourceAttributes(pack, kind)))]),
  )
  router.all(
    '/cards/:kind/attributes',
    named('/cards/:kind/attributes'),
    only('GET', 'HEAD'),
    (req, res, next) => {
      const answer = attributes.get(String(req.params['kind']))
      if (!answer) throw unknownCard()
      return answer(req, res, next)
    },
  )
  for (const page of evidencePages) {
    const text = readFileSync(join(cardsDir, 'evidence', `${page}.md`))
    publish(`/evidence/${page}`, sharedAnswer(plain, text))
  }
  return router
}
