/** The part of the `fhir` package that the tests use; its own types do not compile here. */
declare module 'fhir' {
  export class Fhir {
    validate(
      resource: object,
      options?: { errorOnUnexpected?: boolean },
    ): { valid: boolean; messages: { location?: string; severity?: string; message: string }[] }
  }
}
