import type { CodeSystem } from 'fhir/r4.js'
import type { CodeBook } from '../terminology/code-book.js'
import { systemAddress } from './codings.js'

/**
 * The code system of the breast check: the codes that this service defines where no standard code is verified.
 *
 * Source: clinical changes C34
 */
export function checkCodeSystem(codes: CodeBook, canonicalBase: string, version: string): CodeSystem {
  const concept = codes.ownCodes.map(({ code, display }) => ({
    code,
    ...(display !== undefined && { display }),
  }))
  return {
    resourceType: 'CodeSystem',
    id: 'breast-check',
    url: systemAddress('check', canonicalBase),
    version,
    name: 'MastitisBreastCheck',
    title: 'Signs and answers of the breast check of mastitis-cds',
    description: 'Codes of the breast check for which no standard code is verified.',
    status: 'draft',
    experimental: false,
    content: 'complete',
    caseSensitive: true,
    count: concept.length,
    concept,
  }
}
