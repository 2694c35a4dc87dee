import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** The schemas beside the content, as JSON. */
export interface ContentSchemas {
  card: object
  site: object
  cases: object
  shared: object
}

export type SchemaName =
  | Exclude<keyof ContentSchemas, 'shared'>
  | `shared#/properties/${'parameters' | 'sources' | 'override-reasons' | 'every-card'}`

const checkers = new WeakMap<ContentSchemas, Ajv>()

/**
 * The check of content files against a schema, or against one part of the shared one; compiled when it is first asked for.
 *
 * Shape: every problem of a file is found, not only the first. A check runs on a few files and is compiled for less than it
 *        would save: it is not made shorter, and the schemas, which are code, are held to their own schema by a test.
 */
export function schemaCheck(schemas: ContentSchemas, name: SchemaName): ValidateFunction {
  const checker = checkers.get(schemas) ?? makeChecker(schemas)
  checkers.set(schemas, checker)
  const check = checker.getSchema(name)
  if (!check) throw new Error(`there is no schema ${name}`)
  return check as ValidateFunction
}

function makeChecker(schemas: ContentSchemas): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { optimize: false },
    meta: false,
    validateSchema: false,
  })
  formats.default(ajv)
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema as object, name)
  return ajv
}
