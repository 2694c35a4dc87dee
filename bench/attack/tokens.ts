import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { publicUrl } from './site.js'
import type { Ehr } from './site.js'

export const viewPath = '/cds-services/mastitis-patient-view'
export const signPath = '/cds-services/mastitis-order-sign'
export const feedbackPath = `${viewPath}/feedback`

/** An Authorization header for one call to a path. */
export async function bearer({ iss, kid, privateKey }: Ehr, path: string): Promise<string> {
  const token = new SignJWT({ iss, aud: publicUrl + path, jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES384', kid, typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('5m')
  return `Bearer ${await token.sign(privateKey)}`
}
