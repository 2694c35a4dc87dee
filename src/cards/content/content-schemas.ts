import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** The schemas beside the content, as JSON. */
export interface ContentSchemas {
  card: object
  site: object
  cases: object
  /** The schema of the files that all cards share; each file has a property. */
  shared: { properties: Readonly<Record<SharedName, object>>; definitions: object }
}

type SharedName = 'parameters' | 'sources' | 'override-reasons' | 'every-card'
/** The name of a schema, or of a part of the shared schema. */
export type SchemaName = Exclude<keyof ContentSchemas, 'shared'> | SharedName

const checkers = new WeakMap<ContentSchemas, Ajv>()

/**
 * The check of content files against a schema, or against one part of the shared schema; compiled at its first use.
 *
 * Shape: a check finds every problem of a file. Checks are compiled without optimization, because each runs on few
 *        files. A test checks the schemas against the meta-schema.
 */
export function schemaCheck(schemas: ContentSchemas, name: SchemaName): ValidateFunction {
  const checker = checkers.get(schemas) ?? makeChecker(schemas)
  checkers.set(schemas, checker)
  const check = checker.getSchema(name)
  if (!check) throw new Error(`there is no schema ${name}`)
  return check as ValidateFunction
}

function makeChecker({ shared, ...schemas }: ContentSchemas): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { optimize: false },
    inlineRefs: false, // with inlined references ajv would compile a definition at each use
    meta: false,
    validateSchema: false,
  })
  formats.default(ajv)
  for (const [name, schema] of Object.entries<object>(schemas)) ajv.addSchema(schema, name)
  const { properties, definitions } = shared
  for (const [name, part] of Object.entries(properties)) ajv.addSchema({ ...part, definitions }, name) // ajv compiles the whole of a schema
  return ajv
}
