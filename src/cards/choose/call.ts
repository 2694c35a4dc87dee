import type { ClientSettings } from '../../config/settings.js'
import type { RequestIdentity } from '../../protocol/hook-request.js'

/**
 * The call that cards are chosen for; only `invocationId` makes the ids of its cards differ from those of another
 * call.
 */
export interface CardCall {
  request: RequestIdentity
  client: ClientSettings
  invocationId: string
}
