/** The prefetch key of responses to the breast check; no template asks for them. */
export const breastCheckKey = 'breastCheck'

const canonical = /\/Questionnaire\/breast-check(?:\|[^/]{0,64})?$/

/**
 * Is this the canonical address of the breast check?
 *
 * Edge: the address of any installation counts, in any version, because a form outlives the address that published it.
 */
export const isBreastCheck = (questionnaire: unknown): boolean =>
  typeof questionnaire === 'string' && questionnaire.length <= 512 && canonical.test(questionnaire)
