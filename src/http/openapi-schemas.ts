/**
 * JSON Schemas of the bodies in the OpenAPI description, for readers and tools; the checks of the service are stricter.
 */
const text = { type: 'string', minLength: 1 } as const
const url = { type: 'string', format: 'uri' } as const
const uuid = { type: 'string', format: 'uuid' } as const
const coding = {
  type: 'object',
  required: ['system', 'code'],
  properties: { system: url, code: text, display: text },
} as const
const bundle = {
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: { const: 'Bundle' } },
} as const

/** A reference to a schema under `components`. */
export const schemaRef = (name: keyof typeof schemas): { $ref: string } => ({
  $ref: `#/components/schemas/${name}`,
})

export const schemas = {
  HookRequest: {
    type: 'object',
    description: 'An optional member may be null, and is then as if absent',
    required: ['hook', 'hookInstance', 'context'],
    properties: {
      hook: { enum: ['patient-view', 'order-select', 'order-sign'] },
      hookInstance: text,
      fhirServer: url,
      fhirAuthorization: {
        type: 'object',
        required: ['access_token', 'token_type'],
        properties: {
          access_token: { type: 'string' },
          token_type: { const: 'Bearer' },
          expires_in: { type: 'integer' },
          scope: text,
          subject: text,
          patient: text,
        },
      },
      context: {
        type: 'object',
        required: ['userId', 'patientId'],
        properties: {
          userId: text,
          patientId: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,128}$' },
          encounterId: text,
          selections: { type: 'array', minItems: 1, items: text },
          draftOrders: bundle,
        },
      },
      prefetch: { type: 'object', additionalProperties: { type: ['object', 'null'] } },
      extension: { type: 'object' },
    },
  },
  CardsAnswer: {
    type: 'object',
    required: ['cards'],
    properties: { cards: { type: 'array', items: { $ref: '#/components/schemas/Card' } } },
  },
  Card: {
    type: 'object',
    required: ['uuid', 'summary', 'detail', 'indicator', 'source'],
    properties: {
      uuid,
      summary: { type: 'string', maxLength: 139 },
      detail: { type: 'string', description: 'GitHub-flavoured Markdown without HTML' },
      indicator: { enum: ['info', 'warning', 'critical'] },
      source: {
        type: 'object',
        required: ['label', 'topic'],
        properties: { label: text, url, topic: coding },
      },
      selectionBehavior: { const: 'any' },
      suggestions: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['label', 'uuid', 'actions'],
          properties: {
            label: text,
            uuid,
            isRecommended: { type: 'boolean' },
            actionSelectionBehavior: {
              const: 'all',
              description: 'only for clients configured to understand it',
            },
            actions: {
              type: 'array',
              minItems: 1,
              maxItems: 1,
              items: {
                type: 'object',
                required: ['type', 'description', 'resource'],
                properties: { type: { const: 'create' }, description: text, resource: { type: 'object' } },
              },
            },
          },
        },
      },
      overrideReasons: { type: 'array', minItems: 1, items: coding },
      links: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['label', 'url', 'type'],
          properties: { label: text, url, type: { enum: ['absolute', 'smart'] }, appContext: uuid },
        },
      },
    },
  },
  Feedback: {
    type: 'object',
    required: ['feedback'],
    properties: {
      feedback: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: {
          type: 'object',
          required: ['card', 'outcome', 'outcomeTimestamp'],
          properties: {
            card: uuid,
            outcome: { enum: ['accepted', 'overridden'] },
            acceptedSuggestions: {
              type: 'array',
              minItems: 1,
              items: { type: 'object', required: ['id'], properties: { id: text } },
            },
            overrideReason: {
              type: 'object',
              description: 'A Coding, a CodeableConcept or a text in its place is read too',
              properties: {
                reason: { type: 'object', properties: { system: text, code: text, display: text } },
                userComment: { type: 'string', maxLength: 4000 },
              },
            },
            outcomeTimestamp: { type: 'string', format: 'date-time' },
          },
        },
      },
    },
  },
  FeedbackAnswer: {
    type: 'object',
    required: ['received', 'kept'],
    properties: {
      received: { type: 'integer', description: 'The number of items that were kept' },
      kept: {
        type: 'array',
        items: { type: 'integer' },
        description: 'The places of these items in the post',
      },
      refused: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['item', 'expression', 'says'],
          properties: { item: { type: 'integer' }, expression: text, says: text },
        },
      },
    },
  },
  Discovery: {
    type: 'object',
    required: ['services'],
    properties: {
      services: {
        type: 'array',
        items: {
          type: 'object',
          required: [
            'hook',
            'id',
            'title',
            'description',
            'prefetch',
            'usageRequirements',
            'version',
            'hookVersion',
          ],
          properties: {
            hook: text,
            id: text,
            title: text,
            description: text,
            usageRequirements: text,
            version: text,
            hookVersion: text,
            prefetch: { type: 'object', additionalProperties: text },
          },
        },
      },
    },
  },
  Health: {
    type: 'object',
    required: ['status'],
    properties: {
      status: text,
      fhirServersAskedForLess: {
        type: 'integer',
        description: 'FHIR servers that refuse searches as discovery writes them, and are asked for less',
      },
    },
  },
  FhirResource: { type: 'object', required: ['resourceType'], properties: { resourceType: text } },
  OperationOutcome: {
    type: 'object',
    required: ['resourceType', 'issue'],
    properties: {
      resourceType: { const: 'OperationOutcome' },
      issue: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['severity', 'code', 'details'],
          properties: {
            severity: { enum: ['fatal', 'error'] },
            code: text,
            details: {
              type: 'object',
              required: ['coding', 'text'],
              properties: { coding: { type: 'array', items: coding }, text },
            },
            diagnostics: text,
            expression: { type: 'array', items: text },
          },
        },
      },
    },
  },
  AnyJson: { type: 'object' },
} as const
