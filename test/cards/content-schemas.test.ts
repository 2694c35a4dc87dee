import { expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { readContent } from '../../src/cards/load-content.js'

test.each(Object.entries(readContent('cards').schemas))(
  'the %s schema is itself well formed',
  (_, schema) => {
    const ajv = new Ajv()

    expect(ajv.validateSchema(schema as object)).toBe(true)
  },
)
