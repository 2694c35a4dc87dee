/** The members of an object whose shape is not known yet. */
export type ResponseFields = Readonly<Record<string, unknown>>

/** Is a value an object, and neither null nor a list? */
export const isFields = (value: unknown): value is ResponseFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
