import type { FhirResource } from 'fhir/r4.js'
import { ChartBuilder, concept, daysAgo, hoursAgo, words } from '../patients/chart-builder.js'

const other = new ChartBuilder('zz-neighbour')
other.breastfeeding()
other.mastitis(hoursAgo(30), 'left')
other.peauDOrange(hoursAgo(3), 'left')
other.dicloxacillin(hoursAgo(60))
other.temperature(39.9, hoursAgo(2))
other.ultrasound(hoursAgo(5), 'Abscess.')
const neighbour = other.resources
  .slice(1)
  .map((resource) => ({ ...resource, id: `other-${String(resource.id)}` }))

const own = new ChartBuilder('zz-planned')
own.observation(concept('ln', '29463-7', 'Body weight'), daysAgo(3), { valueString: '62 kg' }, 'vital-signs')
own.observation(words('Eye examination'), hoursAgo(5), { valueString: 'No redness of the right eye.' })
own.observation(concept('ln', '72166-2', 'Tobacco smoking status'), daysAgo(9), {}, 'social-history')
own.condition(concept('icd', 'J30.1', 'Allergic rhinitis due to pollen'), daysAgo(400))
own.condition(words('ankle sprain, left'), daysAgo(2))
own.medicationRequest(concept('rx', '5640', 'Ibuprofen'), hoursAgo(20))
own.procedure(words('appendectomy'), daysAgo(900))
own.report(words('X-ray of left ankle'), daysAgo(2), 'No fracture.')
own.serviceRequest(words('Physiotherapy'), daysAgo(1))
own.encounter({ status: 'finished' })
const matters = own.resources
  .slice(1)
  .map((resource) => ({ ...resource, id: `matter-${String(resource.id)}` }))

/** Resources of this patient that say nothing about her breasts, her milk or her infant. */
export const otherMatters: readonly FhirResource[] = matters

/** Resources of another woman, who has mastitis, fever and peau d'orange. */
export const otherPatient: readonly FhirResource[] = neighbour
