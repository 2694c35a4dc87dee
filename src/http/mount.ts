import { Router } from 'express'
import { named } from './routes.js'

/** Routes of another room, moved below a path; the log knows them by it. */
export const mountAt = (path: string, routes: Router): Router => Router().use(path, named(path), routes)
