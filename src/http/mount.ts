import { Router } from 'express'
import { named } from './routes.js'

/** Mounts the routes of another room below a path; the log names the routes by that path. */
export const mountAt = (path: string, routes: Router): Router => Router().use(path, named(path), routes)
