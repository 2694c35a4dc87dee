import type { SideView } from '../views.js'

/** Does a mastitis or abscess that can be lactational drive this breast? */
export const infected = ({ evidence }: SideView): boolean =>
  evidence.drivingMastitis.length > 0 || evidence.drivingAbscess.length > 0
