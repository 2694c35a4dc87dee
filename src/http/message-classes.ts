import { IncomingMessage, ServerResponse } from 'node:http'
import type { ServerOptions } from 'node:http'
import express from 'express'
import type { Express } from 'express'

/** What a server makes of each call, as `createServer` takes it. */
export type MessageClasses = Required<Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>>

/** Classes of requests and responses, and a way to let an app take them as they are. */
export interface ExpressMessages {
  classes: MessageClasses
  /** Lets an app take them as they are; `req.app` and `res.app` are the app that was adopted last. */
  adopt: (app: Express) => void
}

/**
 * Makes classes of requests and responses that are Express's own from the beginning.
 *
 * Shape: Express gives each request and each response another prototype. The engine then makes a shape for each of them,
 *        never shared and kept until a full collection, and all code that touches them takes its slowest way. Messages
 *        that have the prototype already are left as they are.
 * Edge:  an app takes messages of other classes too, at Express's own speed. A call in progress while another app is adopted
 *        sees the settings of that one; ours read them when a call begins.
 */
export function makeExpressMessages(): ExpressMessages {
  class AppRequest extends IncomingMessage {}
  class AppResponse<Req extends IncomingMessage = IncomingMessage> extends ServerResponse<Req> {}
  Object.setPrototypeOf(AppRequest.prototype, express.request)
  Object.setPrototypeOf(AppResponse.prototype, express.response)
  return {
    classes: { IncomingMessage: AppRequest, ServerResponse: AppResponse },
    adopt(app) {
      const request: unknown = Object.assign(AppRequest.prototype, { app })
      const response: unknown = Object.assign(AppResponse.prototype, { app })
      app.request = request as Express['request']
      app.response = response as Express['response']
    },
  }
}
