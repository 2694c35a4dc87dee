import type { CheckResource } from '../../../../src/check/extract.js'

const shortDate = (instant: string): string =>
  new Date(instant).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

/** What a finding is about, with its breast: "Breast lump, left breast". */
export function nameOf(resource: CheckResource): string {
  if (resource.resourceType === 'Condition') return 'Infant'
  const site = resource.bodySite?.text
  return [resource.code.text ?? '', ...(site === undefined ? [] : [site.toLowerCase()])].join(', ')
}

/** What a finding says: "Yes", "38.8 °C", "92 / 58 mmHg". */
export function valueOf(resource: CheckResource): string {
  if (resource.resourceType === 'Condition') return resource.code?.text ?? ''
  const { valueCodeableConcept: concept, valueQuantity: quantity, component = [] } = resource
  if (concept) return concept.text ?? ''
  if (quantity) return `${quantity.value} ${quantity.unit ?? ''}`
  const unit = component[0]?.valueQuantity?.unit ?? ''
  return `${component.map(({ valueQuantity }) => valueQuantity?.value).join(' / ')} ${unit}`
}

/** Since when a finding is there, in words. */
export function sinceOf(resource: CheckResource): string {
  const period = resource.resourceType === 'Observation' ? resource.effectivePeriod : undefined
  if (!period?.start || period.start === period.end) return 'now'
  return shortDate(period.start)
}

/** The findings as plain lines, for a note. */
export const noteOf = (resources: readonly CheckResource[]): string =>
  resources
    .map(
      (each) =>
        `${nameOf(each)}: ${valueOf(each)}${sinceOf(each) === 'now' ? '' : `, since ${sinceOf(each)}`}`,
    )
    .join('\n')
