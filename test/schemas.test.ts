import { expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { readContent } from '../src/cards/content/load-content.js'
import { checkConfigFile } from '../src/config/file-schema.js'
import { hookNames } from '../src/protocol/hook-request.js'
import { bodyCheck } from '../src/protocol/request-schemas.js'

const schemas = {
  ...readContent('cards').schemas,
  'configuration file': checkConfigFile.schema as object,
  ...Object.fromEntries(hookNames.map((hook) => [`${hook} body`, bodyCheck(hook).schema as object])),
}

test.each(Object.entries(schemas))('the schema of %s is itself well formed', (_, schema) => {
  const ajv = new Ajv()

  expect(ajv.validateSchema(schema)).toBe(true)
})
