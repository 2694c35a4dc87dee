import { hookNames } from './hook-request.js'
import type { HookName, ServiceId } from './hook-request.js'

/** One CDS service: its hook, and its description in discovery. */
export interface CdsService {
  id: ServiceId
  hook: HookName
  title: string
  description: string
}

const words: Record<HookName, Pick<CdsService, 'title' | 'description'>> = {
  'patient-view': {
    title: 'Lactational mastitis: chart opened',
    description:
      'Looks where the patient stands between engorgement, mastitis and breast abscess, and advises on milk removal, ' +
      'breast ultrasound, skin punch biopsy for suspected inflammatory breast cancer, and sepsis. Silent without breast findings.',
  },
  'order-select': {
    title: 'Lactational mastitis: order selected',
    description:
      'Looks at the selected orders (antibiotic, lactation suppressant, incision, order to stop breastfeeding) in the light ' +
      'of the mastitis on record. Silent for all other orders.',
  },
  'order-sign': {
    title: 'Lactational mastitis: orders about to be signed',
    description:
      'Looks at the orders about to be signed (antibiotic, lactation suppressant, incision, order to stop breastfeeding) in ' +
      'the light of the mastitis on record. Silent for all other orders.',
  },
}

const services = new Map<string, CdsService>(
  hookNames.map((hook) => [`mastitis-${hook}`, { id: `mastitis-${hook}`, hook, ...words[hook] }]),
)

/** Every service, in the order of discovery. */
export const allServices: readonly CdsService[] = [...services.values()]

/** Finds the service of an id from a URL; an id from outside is looked up and used in no other way. */
export const serviceById = (id: string): CdsService | undefined => services.get(id)
